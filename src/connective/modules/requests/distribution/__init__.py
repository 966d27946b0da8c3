"""How a request finds its operator: the pure choice, what it is made from, what is kept of it."""
