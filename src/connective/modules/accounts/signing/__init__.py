"""Who is signed in, by what, and what was tried."""
