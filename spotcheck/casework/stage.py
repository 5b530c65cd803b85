"""The derived stage: what a list says of a dossier. Nothing is stored; a dossier is many charts side by side."""

from collections.abc import Iterable
from typing import Final

from spotcheck.casework import texts
from spotcheck.casework.telling import Line, Register
from spotcheck.rules.words import Words

SEPARATOR: Final = " · "
NOTHING_YET: Final = Words("尚未开始", "not begun")


def derive(tracks: Iterable[Line]) -> Words:
    """Tell in a few words where a dossier stands, as its text does."""
    register: Register = {}
    for track in tracks:
        register.setdefault(track.chart, []).append(track)
    parts = list(dict.fromkeys(texts.of_charts(register).tell(register)))
    if not parts:
        return NOTHING_YET
    return Words(SEPARATOR.join(part.zh for part in parts), SEPARATOR.join(part.en for part in parts))
