"""ActRecord: everything a text and its practice say of one act, but its chart and its guards; and all acts by name.

Names are ``chart.transition``, as in the charts; they are a public interface and are never renamed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class FactWords:
    """The words of one fact; without ``choices`` it is a yes or no, a number, a date, a name or a text in writing.

    Of a text in writing the label says what is to be written, and ``help`` gives an example.
    """

    label: Words
    help: Words | None = None
    choices: dict[str, Words] = field(default_factory=dict)
    recorded: bool = False
    """Whether nobody is asked for it: it comes on record with the act, or a rehearsal states it."""
    no_longer: bool = False
    """Whether it is not asked for any more: older entries hold it and stay readable."""
    earlier: tuple[str, ...] = ()
    """Answers that are not offered any more; older entries hold them."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A file that the articles want with an act: one of any of these kinds.

    ``instead`` names the facts that answer it in writing as well, by what they say or by the number of the paper.
    Without one it is the document itself that is to be on file, and whoever cannot hand it in says why
    (:data:`NO_FILE`). ``only_when`` are the answers with which it is wanted: always, when there are none.
    """

    kinds: tuple[str, ...]
    articles: tuple[int, ...]
    instead: tuple[str, ...] = ()
    only_when: Mapping[str, str | bool | tuple[str | bool, ...]] = field(default_factory=dict)


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
    its capacities and circles. Whoever two words mean is told once."""
    alarms: bool = False
    """Whether the message stays on top until it is read: dangers (30), suspected violations (14, 21, 28, 50)."""
    exceptional: bool = False
    """Whether it is possible but nothing waits for it, so that screens keep it in the background."""
    needs_recent: bool = False
    """Whether it cannot be undone, so that whoever does it at a door has proved himself within the last minutes."""
    entitled: tuple[str, ...] = ()
    """One of these entitlements a person of a laboratory needs that has divided its work among its people."""
    receipt_of: int | None = None
    """The form whose receipt it records."""
    replaces: int | None = None
    """The form of an earlier paper of the same matter in whose place the one of this act stands."""
    opens_to: str = ""
    """To whom the file opens with the paper of this act: the ``party`` it is about (or all sampled), or ``all``."""
    target: str = ""
    """The service target of the office for the duty that it fulfils (R12); never called a deadline."""
    ends: tuple[str, ...] = ()
    """The periods of another chart that its consequence ends."""
    by_form: bool = False
    """Whether an act of our own is offered and done by its form, as those of charts; else it has a page of its own."""
    draws: bool = False
    """Whether it draws from a list that is frozen before, so that it is done where the list is looked at."""
    in_a_table: bool = False
    """Whether it is done in a table or from a list of its own and not in the form of its facts."""
    in_batches: bool = False
    """Whether it asks nothing of a single case, so that it may be done for many at once, one transaction a case."""
    rests_on: tuple[str, ...] = ()
    """The acts on which it decides: the newest entry of each that concerns it is shown on its form. The form of every
    other act shows what was stated last in its matter."""
    stands_on: tuple[tuple[str, str], ...] = ()
    """Where other matters stand, which its form shows: charts with the label of the matter, or (``""``) its own."""
    facts: Mapping[str, FactWords] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    """The kinds of file that belong to it, the most frequent first; those of its chart may come as well."""
    obligatory: tuple[Demand, ...] = ()
    """The files that it does not go without at a door (R60)."""


ACTS: Final[dict[str, ActRecord]] = {}
"""Every act of every regulation by its name, in the order of the texts (filled by ``rules.regulations``)."""

OWN_ACTS: Final[dict[str, ActRecord]] = {}
"""Our own acts, which are of no chart of a text: those of the docket, and those that ride on a chart."""

FACTS: Final[dict[tuple[str, str], FactWords]] = {}
"""The words of every fact by its act and name, in the order of the texts."""

OWN_FACTS: Final[dict[tuple[str, str], FactWords]] = {}
"""Those of our own acts."""

NO_FILE: Final = "no_file_reason"
"""The fact that says why a document that is wanted with an act is not handed in."""

OF_EVERY_ACT: Final = {
    "remark": FactWords(Words("备注", "Remark")),
    NO_FILE: FactWords(
        Words("不能提交文件的原因", "Why the file cannot be handed in"),
        help=Words(
            "只在没有要求的文件时填写，例如：原件由法院留存，已另行调取",
            "Only where a file that is asked for is missing, for example: the court keeps the original, a copy has "
            "been asked for",
        ),
    ),
}
"""What may come with any act."""


def fact_words(act: str, name: str) -> FactWords | None:
    """Return the words of a fact of an act, of a chart or of our own; None for a fact that has none."""
    return FACTS.get((act, name)) or OWN_FACTS.get((act, name)) or OF_EVERY_ACT.get(name)


def words_of(name: str) -> ActRecord:
    """Return the record of an act, of a chart or of the docket itself."""
    return ACTS[name] if name in ACTS else OWN_ACTS[name]
