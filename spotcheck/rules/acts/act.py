"""ActRecord: everything the regulation and its practice say of one act, but its chart and its guards."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from spotcheck.rules.acts.fact import FactWords
from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class ActRecord:
    """One act.

    ``label`` is what somebody does (the button), ``done`` what has happened (the timeline), ``summary`` what the
    articles want here, in one sentence. ``facts`` are the words of what is stated with it, by the names of the facts.
    """

    code: str
    name: str
    label: Words
    done: Words
    summary: Words
    told: tuple[str, ...] = ()
    """Who is told: the text's own addressees, and where it is silent those who need to know, in the words of
    ``rules.actors`` and the circles of ``rules.letters``. Whoever two words mean is told once."""
    alarms: bool = False
    """Whether the message stays on top until it is read: dangers (30), suspected violations (14, 21, 28, 50)."""
    exceptional: bool = False
    """Whether it is possible but nothing waits for it, so that screens keep it in the background."""
    receipt_of: int | None = None
    """The form whose receipt it records."""
    replaces: int | None = None
    """The form of an earlier paper of the same matter in whose place the one of this act stands."""
    opens_to: str = ""
    """To whom the file opens with the paper of this act: the ``party`` it is about (or all sampled), or ``all``."""
    target: str = ""
    """The service target of the office for the duty that it fulfils (R12); never called a deadline."""
    facts: Mapping[str, FactWords] = field(default_factory=dict)
