"""Dialogs and their messages."""
