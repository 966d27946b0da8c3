"""Zoho CRM: leads, contacts, deals and notes from scenarios and closed chats."""
