"""Chats that operators begin: whom they may write to, and what is asked for it."""
