"""Whether dossiers and the files of their samples say the same, as they have to for one release."""

from spotcheck.docket.models import Dossier
from spotcheck.sampling.models import SampleFile
from spotcheck.sampling.operations import COLUMNS


def differing() -> list[str]:
    """The dossiers of samples of which dossier and file do not say the same."""
    files = {file.dossier_id: said(file) for file in SampleFile.objects.all()}
    return [dossier.number for dossier in Dossier.objects.samples() if files.get(dossier.pk) != said(dossier)]


def said(row: Dossier | SampleFile) -> list[object]:
    """What a row says of its product."""
    return [getattr(row, name) for name in COLUMNS]
