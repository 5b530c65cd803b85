"""What the papers of chapter six say (Forms 11 to 13 and the letters), whom they are for and when they are needed."""

from spotcheck.inspection import papers as results
from spotcheck.notices.contributions import Groups, Occasion, contributes
from spotcheck.remediation.papers import fate, handling, letters, publishing, transferring

__all__ = ["fate", "letters", "of_handling"]


@contributes("report", "order", "recheck", "restoration", "transfer", "change", "announcement", "publication")
def of_handling(of: Occasion) -> Groups:
    """The groups of the handling of results, of what is handed on and of what is made public."""
    entry, history = of.entry, of.history
    return {
        "report": _report(of),
        **handling.groups(entry, history, of.parties, of.issuer),
        **transferring.groups(entry, history),
        **publishing.groups(entry, history),
    }


def _report(of: Occasion) -> dict[str, object]:
    """Which failed items are those of the order, where the paper belongs to a case (Article 43)."""
    names = handling.items_of(of.entry, of.history)
    if names is None or of.history.last(*results.REPORTS) is None:
        return {}
    return {"failed": results.rows_of(results.standing_items(of.history), only_failed=True, names=names)}
