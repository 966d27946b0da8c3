"""How a command ends early."""


class CommandFailed(Exception):
    """One line: why the command could not do its work. Exit code 1."""
