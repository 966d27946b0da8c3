"""When a chat that nobody goes on with is ended, handed on or brought to mind."""
