"""Chart: one state chart of a regulation, and all charts by name.

A dossier is a set of charts side by side; it has no single status. Names of charts and states are a public interface
(audit trail, programming interface, rehearsals): they are never renamed, and no two texts share the name of a chart.
"""

from dataclasses import dataclass
from typing import Final

from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class Chart:
    """One state chart. ``package`` is the chapter that carries it out, ``files`` are the kinds of file it stands in."""

    code: str
    name: str
    label: Words
    articles: tuple[int, ...]
    package: str
    states: dict[str, Words]
    initial: str
    terminal: tuple[str, ...]
    files: tuple[str, ...] = ("sample",)


CHARTS: Final[dict[str, Chart]] = {}
"""Every chart of every regulation by its name, in the order of the texts (filled by ``rules.regulations``)."""
