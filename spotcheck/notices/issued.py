"""The papers that a matter has issued and that still hold: which is received, replaced or withdrawn next."""

from django.db.models import QuerySet

from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Entry
from spotcheck.notices.models import Paper


def labels(matter: Entry | Flow) -> list[str]:
    """The label of a matter, and of those from which it took over (Article 42): their papers are its own."""
    found, known = [matter.label], getattr(matter, "matter", matter)
    while (known := getattr(known, "previous", None)) is not None:
        found.append(known.label)
    return found


def standing(form: int, matter: Entry | Flow) -> "QuerySet[Paper]":
    """The papers of a form of a matter (or of the matter of an entry) that hold, newest first."""
    same = Paper.objects.filter(dossier=matter.dossier_id, form=form, letter="", chart=matter.chart)
    return same.filter(label__in=labels(matter), status=Paper.Status.ISSUED).order_by("-pk")


def newest(form: int, matter: Entry | Flow) -> Paper | None:
    """The newest of them: the one that is received."""
    return standing(form, matter).first()
