"""The fields of Forms 1 to 6: mandate, sampling, suspected violation, no sample, obstruction."""

from typing import Any, Final

from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.notices.bodies import body, body_name
from spotcheck.notices.history import History
from spotcheck.parties.models import Office

SAMPLED: Final = ("sampling.complete_sampling", "purchase.seal_and_notify")
ARRIVED: Final = ("sampling.present_notice", "sampling.claim_refusal", "sampling.record_not_sampled")
METHOD: Final = "按照抽查实施细则规定的方法随机抽取"


def groups(entry: Entry, history: History, sampled: Party | None, issuer: Office) -> dict[str, dict[str, Any]]:
    """The groups that belong to the field."""
    return {
        "sampling": _sampling(entry, history, sampled),
        "mandate": _mandate(entry, history),
        "lead": _lead(entry, history, sampled, issuer),
        "nosample": _nosample(entry),
        "refusal": _refusal(entry, history, sampled),
    }


def _sampling(entry: Entry, history: History, sampled: Party | None) -> dict[str, Any]:
    dossier = entry.dossier
    online = dossier.channel == Dossier.Channel.ONLINE
    sheet = history.facts(*SAMPLED)
    visit = history.facts("sampling.present_notice", "purchase.place_order")
    precheck = history.facts("sampling.pass_precheck")
    producer = sampled is not None and sampled.is_producer
    done = history.on(*SAMPLED)
    return {
        "body": body_name(entry, "sampling_body"),
        "samplers": visit.get("samplers"),
        "method": METHOD,
        "domain": "online" if online else ("production" if producer else "circulation"),
        "valid_from": history.on("sampling.present_notice", *SAMPLED),
        "notice": history.number(1),
        "mandate": history.number(2),
        "sheet": history.number(4) or sheet.get("sheet_number"),
        "way": "online" if online else ("on_site" if producer else "market"),
        "place": sampled.enterprise.actual_address if sampled is not None and not online else "",
        "stage": "web_shop" if online else "",
        "sampled_on": done,
        "visited_at": history.on(*ARRIVED),
        "commissioned": precheck.get("commissioned"),
        "for_sale": True if done else None,
        "acquired": "bought" if sheet.get("paid") or online else "",
        "media": sheet.get("media"),
        "remark": sheet.get("remark"),
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


def _lead(entry: Entry, history: History, sampled: Party | None, issuer: Office) -> dict[str, Any]:
    stopped = history.last("sampling.terminate_illegal", "inspection.terminate_illegal")
    if stopped is None:
        return {}
    suspicion = stopped.facts.get("suspicion") or "other"
    testing = stopped.act.startswith("inspection")
    return {
        "stage": "testing" if testing else "sampling",
        "found_at": stopped.on.isoformat(),
        "place": issuer.name if testing else (sampled.enterprise.actual_address if sampled else ""),
        "kinds": [suspicion],
        "checked": ["business_licence", "licence", "certification", "marking"],
        "description": stopped.facts.get("remark"),
        "terminated": True,
        "reported_at": stopped.on.isoformat(),
        "channel": "system",
        "reporter": issuer.name,
    }


def _nosample(entry: Entry) -> dict[str, Any]:
    if entry.act != "sampling.record_not_sampled":
        return {}
    cause = entry.facts.get("cause")
    return {
        "reasons": [cause] if cause else [],
        "verified": entry.facts.get("verified"),
        "narrative": entry.facts.get("remark"),
    }


def _refusal(entry: Entry, history: History, sampled: Party | None) -> dict[str, Any]:
    shown = history.facts("sampling.present_notice")
    address = sampled.enterprise.actual_address if sampled else ""
    if entry.act == "sampling.record_obstruction":
        papers = ["notice", "identity"] + (["mandate"] if shown.get("mandate_copy") else [])
        return {
            "place": address,
            "shown": papers if shown else [],
            "kind": entry.facts.get("conduct") or "other",
            "facts": entry.facts.get("remark"),
            "lawful": "no",
            "reported_province": entry.effective_on.isoformat(),
            "reported_county": entry.effective_on.isoformat(),
        }
    if entry.act == "sampling.claim_refusal":
        return {
            "place": address,
            "ground": entry.facts.get("ground"),
            "proven": entry.facts.get("proven"),
            "statement": entry.facts.get("remark"),
        }
    return {}
