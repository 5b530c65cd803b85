"""The papers that a matter has issued and that still hold: which is received, replaced or withdrawn next."""

from django.db.models import Q, QuerySet

from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Entry
from spotcheck.notices import templates
from spotcheck.notices.models import Paper, of_keys
from spotcheck.rules.regulations import REGULATIONS


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


def acknowledged(path: str = "", *, also_by_acts: bool = True) -> Q:
    """The papers whose receipt a party acknowledges, of every text; ``path`` leads to them.

    Without those whose receipt an act of their matter records, where they are not wanted too.
    """
    found = Q(pk__in=())
    for text in REGULATIONS.values():
        keys = [key for key in templates.served(text.id) if also_by_acts or key not in text.receipts]
        found |= of_keys(keys, regulation=text.id, path=path)
    return found
