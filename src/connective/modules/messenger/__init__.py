"""The Messenger page: plays the outside system of a bot, and catches what the bot sends."""
