"""How a check ends that does not take a file."""


class Refusal(Exception):
    """The file is not taken; ``code`` is one of :data:`spotcheck.files.reasons.REASONS`."""

    def __init__(self, code: str, what: str = "") -> None:
        self.code, self.what = code, what
        super().__init__(code)
