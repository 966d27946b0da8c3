"""How operators are shown to their clients, and their chats to one another."""
