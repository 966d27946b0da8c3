"""Links that start a conversation: what they carry, their clicks and starts."""
