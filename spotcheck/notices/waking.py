"""Asking a worker to draw."""

from django.db.models import QuerySet

from spotcheck.network import counting
from spotcheck.notices import tasks
from spotcheck.notices.models import Paper


def wake(pk: int) -> None:
    """Ask a worker to draw a paper now; when nobody can be asked, the sweep finds it."""
    counting.wake(tasks.draw_paper, pk)


def want(papers: "QuerySet[Paper]") -> int:
    """Ask for the files of those of these papers that have none yet; return how many they are."""
    undrawn = papers.exclude(drawing=Paper.Drawing.DRAWN)
    keys = list(undrawn.order_by("pk").values_list("pk", flat=True))
    Paper.objects.filter(pk__in=keys, drawing=Paper.Drawing.ON_DEMAND).update(drawing=Paper.Drawing.WANTED)
    for key in keys:
        wake(key)
    return len(keys)
