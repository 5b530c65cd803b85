"""What the papers of chapter three say (Forms 1, 3 to 6): sampling, suspected violation, no sample, obstruction."""

from typing import Any, Final

from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.notices.commissioned import body_name
from spotcheck.notices.contributions import Groups, Occasion, contributes
from spotcheck.notices.history import Event, History
from spotcheck.parties.models import Office
from spotcheck.planning.models import Task
from spotcheck.planning.papers import NONE, rules_of
from spotcheck.sampling import custody
from spotcheck.sampling.models import SampleFile

SAMPLED: Final = ("sampling.complete_sampling", "purchase.seal_and_notify")
ARRIVED: Final = ("sampling.present_notice", "sampling.claim_refusal", "sampling.record_not_sampled")
ADDED: Final = "sampling.add_sampler"
METHOD: Final = "按照抽查实施细则规定的方法随机抽取"
CHECKED: Final = {
    "sampling": ["business_licence", "licence", "certification", "marking"],
    "testing": ["licence", "certification"],
}
"""What is looked at before a sampling (Article 14) and before a test (28)."""


@contributes("product", "task", "sampling", "lead", "nosample", "refusal")
def of_the_field(of: Occasion) -> Groups:
    """The groups that belong to the field."""
    entry, history, sampled = of.entry, of.history, of.sampled
    file = getattr(entry.dossier, "sample_file", None)
    return {
        "product": _product(file, history) if file is not None else {},
        "task": _rules(file, history),
        "sampling": _sampling(entry, history, sampled),
        "lead": _lead(entry, history, sampled, of.issuer),
        "nosample": _nosample(entry),
        "refusal": _refusal(entry, history, sampled),
    }


def _rules(file: SampleFile | None, history: History) -> dict[str, Any]:
    """Where a task is of several kinds of product, the implementing rules of this one (Article 9)."""
    if file is None or Task.objects.filter(dossier=file.dossier.parent_id).exclude(product_kind="").exists():
        return {}
    return rules_of(file.product_kind, history) if file.dossier.parent_id else {}


def _product(file: SampleFile, history: History) -> dict[str, Any]:
    """What the sample is of; its batch as the sheet says it (Article 17)."""
    return {
        "name": file.product_name or file.product_kind,
        "brand": file.brand or NONE,
        "model": file.product_model,
        "batch": history.facts(*SAMPLED).get("batch") or file.batch,
        "standard": file.standard,
        "producer": file.producer.name if file.producer else "",
        "scope": file.product_kind,
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
        "samplers": _samplers(history, visit),
        "replaces": history.number(1, label=entry.label) if entry.act == ADDED else "",
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
        "test_code": custody.code_of(dossier.number, "T") if done else "",
        "reserve_code": custody.code_of(dossier.number, "R") if done else "",
    }


def _samplers(history: History, visit: dict[str, Any]) -> list[str]:
    """Those who came, and those who were added afterwards (Articles 12, 13)."""
    named = list(visit.get("samplers") or [])
    added = [event.facts.get("in") for event in history.events if event.act == ADDED]
    return [*named, *(name for name in added if name and name not in named)]


def _lead(entry: Entry, history: History, sampled: Party | None, issuer: Office) -> dict[str, Any]:
    """What was found, by whom, about whom and on what evidence (Articles 14, 28)."""
    stopped = history.last("sampling.terminate_illegal", "inspection.terminate_illegal")
    if entry.chart == "lead":
        stopped = _source(entry, history)
    if stopped is None:
        return {}
    facts, testing = stopped.facts, stopped.act.startswith("inspection")
    stage = "testing" if testing else "sampling"
    evidence = facts.get("evidence")
    suspicion = facts.get("suspicion") or ("other" if stopped.act.endswith("terminate_illegal") else "")
    return {
        "stage": stage,
        "found_at": stopped.on.isoformat(),
        "place": issuer.name if testing else (sampled.enterprise.actual_address if sampled else ""),
        "about": _suspected(entry, facts, sampled, testing=testing),
        "kinds": [suspicion] if suspicion else [],
        "checked": CHECKED[stage],
        "description": facts.get("finding") or facts.get("remark"),
        "evidence": [{"name": evidence}] if isinstance(evidence, str) and evidence else [],
        "terminated": True,
        "reported_at": stopped.on.isoformat(),
        "channel": "system",
        "reporter": issuer.name,
    }


def _source(entry: Entry, history: History) -> Event | None:
    """The act that gave rise to a lead, or the one that reported it."""
    act = getattr(entry.matter, "source_act", "")
    return history.last(act) or history.last("lead.create", label=entry.label)


def _suspected(entry: Entry, facts: dict[str, Any], sampled: Party | None, *, testing: bool) -> list[str]:
    """The enterprises that a lead is about: the sampled one (14), or the producers that the laboratory means (28)."""
    if entry.matter.party is not None:
        return [entry.matter.party.enterprise.name]
    if not testing:
        return [sampled.enterprise.name] if sampled is not None else []
    named = facts.get("producer")
    producers = [p for p in entry.dossier.parties.select_related("enterprise").order_by("label") if p.is_producer]
    return [p.enterprise.name for p in producers if not named or p.label == named]


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
            "facts": entry.facts.get("finding") or entry.facts.get("remark"),
            "evidence": _pictures(entry.facts),
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


def _pictures(facts: dict[str, Any]) -> list[str]:
    """Which photographs or film there are, or why there are none (Article 21)."""
    if facts.get("media"):
        return [facts["media"]]
    return [f"没有影像：{facts['no_media_reason']}"] if facts.get("no_media_reason") else []
