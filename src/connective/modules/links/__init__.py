"""Links that start a conversation: deeplinks with a payload and campaign tags, their clicks and starts."""
