"""Groups of bots: a name and a colour under which bots stand together in lists."""
