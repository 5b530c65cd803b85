"""The English catalogue: compiled here, so that nobody needs gettext's tools."""

import polib

from spotcheck.wiring.machine.places import ROOT


def compile_messages() -> None:
    """Compile the catalogues whose source is newer than what was compiled from it."""
    for folder in (ROOT / "locale", *(ROOT / "spotcheck").glob("*/locale")):
        for source in folder.glob("*/LC_MESSAGES/*.po"):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
                polib.pofile(str(source)).save_as_mofile(str(compiled))
