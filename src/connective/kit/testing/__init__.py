"""What tests stand on: database, clock, running app, scripted receivers (see plugin.py)."""
