"""What a paper says, gathered from the register, the entries, the parties and the offices at the moment of issue."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Final

from spotcheck.docket import law, rule_sets
from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.docket.sessions import parties_of, region_names
from spotcheck.notices.catalogue import value_of
from spotcheck.notices.contributions import CONTRIBUTIONS, Occasion
from spotcheck.notices.history import History, read
from spotcheck.parties.models import Enterprise, Office
from spotcheck.parties.provinces import PROVINCES
from spotcheck.parties.regions import city_of
from spotcheck.rules.rule_sets import RULE_SETS

EMPTY: Final[tuple[Any, ...]] = (None, "", [])
HOTLINE = "12315"
CUSTOMARY: Final = frozenset(
    {
        "lead.checked",
        "lead.place",
        "order.apply_to",
        "order.basis",
        "product.brand",
        "recheck.report_to",
        "recheck.rules",
        "refusal.place",
        "report.attachments",
        "report.basis",
        "retest.attachments",
        "retest.documents",
        "retest.methods",
        "retest.report_to",
        "retest.where",
        "sampling.method",
        "sampling.place",
        "transfer.materials",
    }
)
"""Fields for which we have customary words and nobody's statement: what people state takes their place."""
RULES = "产品质量监督抽查的有关规定"
"""What a paper rests on while no text is in force (Article 60, reading R9)."""


def gather(entry: Entry, issuer: Office, *, to: str, cc: list[str], number: str = "") -> dict[str, dict[str, Any]]:
    """All groups of fields for a paper that this entry issues; what is not known is left out."""
    history = read(entry.dossier, entry.matter.party)
    data = recorded(entry, issuer, history, to=to, cc=cc, number=number)
    for group, members in history.particulars.items():
        for name, value in members.items():
            if is_open(data, f"{group}.{name}") and value not in EMPTY:
                data.setdefault(group, {})[name] = value
    return data


def is_open(data: Mapping[str, Any], name: str) -> bool:
    """Whether people may state a field: neither the register nor an act says what it is."""
    return name in CUSTOMARY or value_of(data, name) in EMPTY


def recorded(
    entry: Entry, issuer: Office, history: History, *, to: str, cc: list[str], number: str = ""
) -> dict[str, dict[str, Any]]:
    """What the register, the acts and custom say for a paper, without what people have stated besides."""
    dossier, party = entry.dossier, entry.matter.party
    parties = sorted(parties_of(dossier), key=attrgetter("label"))
    data: dict[str, dict[str, Any]] = {
        "paper": _paper(entry, issuer, number) | {"to": to, "cc": cc},
        **_parties(dossier, parties, party),
    }
    occasion = Occasion(entry, history, parties, issuer)
    for contribute in CONTRIBUTIONS[entry.matter.text().id]:
        for group, members in contribute(occasion).items():
            data.setdefault(group, {}).update(members)
    return {group: kept for group, members in data.items() if (kept := _known(members))}


def _known(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in EMPTY}


def _paper(entry: Entry, issuer: Office, number: str) -> dict[str, Any]:
    text = RULE_SETS.get(
        entry.dossier.rule_set or rule_sets.governing(entry.effective_on, law.text_of(entry.dossier)) or ""
    )
    return {
        "number": number,
        "issuer": issuer.name,
        "issued_on": entry.effective_on.isoformat(),
        "handler": entry.actor.get("person") or "",
        "hotline": HOTLINE,
        "rule_set": text.id if text else "",
        "regulation": f"《{text.title.zh}》" if text else RULES,
    }


def _parties(dossier: Dossier, parties: list[Party], concerned: Party | None) -> dict[str, dict[str, Any]]:
    names = _regions({p.place for p in parties})
    found: dict[str, dict[str, Any]] = {}
    for party in parties:
        described = _party(party, dossier, names)
        if party.role in Party.SAMPLED:
            found.setdefault("sampled", described)
        if party.role == Party.Role.NOMINAL_PRODUCER:
            found.setdefault("nominal", described)
        if concerned is not None and party.pk == concerned.pk:
            found["party"] = found["applicant"] = described
    if "nominal" not in found and (own := next((p for p in parties if p.is_producer), None)):
        found["nominal"] = _party(own, dossier, names)
    return found


def _party(party: Party, dossier: Dossier, names: dict[str, str]) -> dict[str, Any]:
    kind = "producer"
    if party.is_seller:
        kind = "online" if dossier.channel == Dossier.Channel.ONLINE else "seller"
    return {
        **_enterprise(party.enterprise),
        "region": names.get(city_of(party.place), "") + names.get(party.place, ""),
        "kind": kind,
        "role": party.role,
    }


def _enterprise(enterprise: Enterprise) -> dict[str, Any]:
    return {
        "name": enterprise.name,
        "credit_code": enterprise.credit_code,
        "legal_representative": enterprise.legal_representative,
        "registered_address": enterprise.registered_address,
        "actual_address": enterprise.actual_address,
        "contact": enterprise.contact,
        "phone": enterprise.phone,
    }


def _regions(places: set[str]) -> dict[str, str]:
    """Names by code, that of the province before its city; a city's own code gives no second name."""
    cities = {city_of(place) for place in places}
    names = region_names(places | cities)
    provinces = {code: PROVINCES.get(code[:2], "") for code in cities if not code.endswith("0000")}
    return {code: provinces.get(code, "") + name for code, name in names.items()}
