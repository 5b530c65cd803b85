"""What the papers of chapter two say: the task that they belong to, and the mandate of its bodies (Form 2)."""

from typing import Any, Final

from spotcheck.docket.models import Dossier, Entry
from spotcheck.notices.commissioned import body
from spotcheck.notices.contributions import Groups, Occasion, contributes
from spotcheck.notices.history import History
from spotcheck.parties.models import Office
from spotcheck.planning.models import Task

NONE: Final = "／"
"""What stands on a paper for a name that there is not."""


@contributes("product", "task", "mandate")
def of_the_task(of: Occasion) -> Groups:
    """The groups of the task, of its kind of product, and of what its bodies are commissioned with (Article 10)."""
    task = _task_of(of.entry.dossier)
    kind = task.product_kind if task is not None else ""
    is_sample = of.entry.dossier.kind == Dossier.Kind.SAMPLE
    return {
        "product": {} if is_sample else {"name": kind, "brand": NONE, "scope": kind},
        "task": _task(task, of.entry.dossier, of.history),
        "mandate": _mandate(task, of.entry, of.history),
    }


def _task(task: Task | None, dossier: Dossier, history: History) -> dict[str, Any]:
    if task is None:
        return {"source": dossier.get_origin_display(), "number": dossier.number, "kind": dossier.check_kind}
    scheme = history.facts("task.set_scheme")
    kind = dossier.check_kind
    if kind == Dossier.Check.DAILY and scheme.get("type") == "special":
        kind = "special"
    file = task.dossier
    plan = file.parent.title if file.parent else ""
    year = str(file.opened_on.year)
    return {
        "number": file.number,
        "title": file.title,
        "source": f"{year}年{dossier.get_origin_display()}",
        "plan": plan or file.title,
        "year": year,
        "kind": kind,
        **rules_of(task.product_kind, history),
        "basis": "、".join(filter(None, (plan, f"{file.title}抽查方案" if file.title else ""))),
    }


def rules_of(kind: str, history: History) -> dict[str, Any]:
    """The implementing rules of a kind of product, where the scheme rests on such (Article 9)."""
    has_some = kind and history.facts("task.set_scheme").get("detail_rules") in {"own", "superior"}
    return {"rules": f"{kind}产品质量监督抽查实施细则"} if has_some else {}


def _task_of(dossier: Dossier) -> Task | None:
    """The task that a file belongs to, or is of."""
    file = dossier.pk if dossier.kind == Dossier.Kind.TASK else dossier.parent_id
    return Task.objects.select_related("dossier__parent").filter(dossier=file).first() if file else None


def _mandate(task: Task | None, entry: Entry, history: History) -> dict[str, Any]:
    agencies = history.facts("task.engage_agencies")
    if not agencies:
        return {}
    commissioned = body(entry, "sampling_body")
    same = bool(agencies.get("same_body")) or agencies.get("sampling_body") == agencies.get("lab") != ""
    return {
        "bodies": commissioned.name if commissioned else "",
        "certificate": _certificate(commissioned, entry),
        "matters": ["on_site", "online", "test"] if same else ["on_site", "online"],
        "products": (task.product_kind or task.dossier.title) if task is not None else "",
        "from": history.on("task.engage_agencies"),
        "separation": "system" if same else "separate",
    }


def _certificate(office: Office | None, entry: Entry) -> str:
    """The certificate under which the body works on this day."""
    if office is None:
        return ""
    valid = office.qualifications.filter(valid_from__lte=entry.effective_on, valid_until__gte=entry.effective_on)
    return "、".join(valid.order_by("pk").values_list("number", flat=True))
