"""ActWords: how one act is called."""

from dataclasses import dataclass

from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class ActWords:
    """The words of one act.

    ``label`` is what somebody does (the button), ``done`` what has happened (the timeline),
    ``summary`` what the articles want here, in one sentence.
    """

    code: str
    name: str
    label: Words
    done: Words
    summary: Words
