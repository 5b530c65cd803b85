"""What stops a command, said so that one knows what to do."""


class Problem(Exception):
    """It cannot go on like this. The message tells whoever started it what to do (exit code 2)."""
