"""What the papers of chapter two say: the task that they belong to, and the mandate of its bodies (Form 2)."""

from typing import Any

from spotcheck.docket.models import Dossier, Entry
from spotcheck.notices.commissioned import body
from spotcheck.notices.contributions import Groups, Occasion, contributes
from spotcheck.notices.history import History
from spotcheck.parties.models import Office


@contributes("task", "mandate")
def of_the_task(of: Occasion) -> Groups:
    """The groups of the task and of what its bodies are commissioned with (Article 10)."""
    return {"task": _task(of.entry.dossier, of.history), "mandate": _mandate(of.entry, of.history)}


def _task(dossier: Dossier, history: History) -> dict[str, Any]:
    file = dossier if dossier.kind == Dossier.Kind.TASK else dossier.parent
    if file is None:
        return {"source": dossier.get_origin_display(), "number": dossier.number, "kind": dossier.check_kind}
    scheme = history.facts("task.set_scheme")
    kind = dossier.check_kind
    if kind == Dossier.Check.DAILY and scheme.get("type") == "special":
        kind = "special"
    plan = file.parent.title if file.parent else ""
    year = str(file.opened_on.year)
    rules = f"{file.product_kind or dossier.product_kind}产品质量监督抽查实施细则"
    return {
        "number": file.number,
        "title": file.title,
        "source": f"{year}年{dossier.get_origin_display()}",
        "plan": plan or file.title,
        "year": year,
        "kind": kind,
        "rules": rules if scheme.get("detail_rules") in {"own", "superior"} else "",
        "basis": "、".join(filter(None, (plan, f"{file.title}抽查方案" if file.title else ""))),
    }


def _mandate(entry: Entry, history: History) -> dict[str, Any]:
    agencies = history.facts("task.engage_agencies")
    if not agencies:
        return {}
    commissioned = body(entry, "sampling_body")
    same = bool(agencies.get("same_body")) or agencies.get("sampling_body") == agencies.get("lab") != ""
    file = entry.dossier if entry.dossier.kind == Dossier.Kind.TASK else entry.dossier.parent
    return {
        "bodies": commissioned.name if commissioned else "",
        "certificate": _certificate(commissioned, entry),
        "matters": ["on_site", "online", "test"] if same else ["on_site", "online"],
        "products": (file.product_kind or file.title) if file else "",
        "from": history.on("task.engage_agencies"),
        "separation": "system" if same else "separate",
    }


def _certificate(office: Office | None, entry: Entry) -> str:
    """The certificate under which the body works on this day."""
    if office is None:
        return ""
    valid = office.qualifications.filter(valid_from__lte=entry.effective_on, valid_until__gte=entry.effective_on)
    return "、".join(valid.order_by("pk").values_list("number", flat=True))
