"""What is said in requests, and by whom."""
