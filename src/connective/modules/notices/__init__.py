"""What the product has to tell one person: heard at once, or found when he comes back."""
