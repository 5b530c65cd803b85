"""邮寄: the papers of an office that wait to be posted, and their postings by the numbers that a scanner reads.

Every posting is a service begun by its own (``notices/service.py``), in its own transaction: what is refused of one
keeps none of the others back, and what is sent twice is done once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from spotcheck.casework.doing import attempt
from spotcheck.casework.privacy import Sight
from spotcheck.notices import issued, service
from spotcheck.notices.labels import Label
from spotcheck.notices.models import Paper, Recipient, Service
from spotcheck.parties.actors import Actor
from spotcheck.parties.regions import full_address
from spotcheck.rules import folding
from spotcheck.rules.refused import Refused

MOST: Final = 100
"""So many papers stand on the page."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A paper for one party, and what of an earlier attempt is known."""

    recipient: Recipient
    name: str
    address: str
    came_back: Service | None

    @property
    def paper(self) -> Paper:
        """What is posted."""
        return self.recipient.paper

    @property
    def label(self) -> Label:
        """What stands on its envelope."""
        party = self.recipient.party
        assert party is not None
        firm, dossier = party.enterprise, self.paper.dossier
        contact = "　".join(part for part in (firm.contact or firm.legal_representative, firm.phone) if part)
        return Label(
            name=self.name,
            address=self.address,
            contact=f"{contact}　收" if contact else "",
            sender=f"寄件人：{self.paper.issuer.name}",
            inside=f"内件：{self.paper.number}（{dossier.number}）",
        )


def waiting(actor: Actor) -> "QuerySet[Recipient]":
    """Parties that have yet to acknowledge a paper of this office, which is not on its way to them; oldest first."""
    live = Service.objects.filter(recipient=OuterRef("pk"), outcome__in=Service.LIVE)
    rows = Recipient.objects.filter(
        issued.acknowledged("paper__"),
        ~Exists(live),
        party__isnull=False,
        received_on__isnull=True,
        paper__issuer=actor.office,
        paper__status=Paper.Status.ISSUED,
    )
    papers = Sight(actor).own_papers(Paper.objects.filter(issuer=actor.office))
    return rows.filter(paper__in=papers.values("pk")).order_by("paper__issued_on", "paper__dossier__number", "pk")


def parcels(actor: Actor, rows: "QuerySet[Recipient]") -> list[Parcel]:
    """These recipients with everything that a line and an envelope say, with a fixed number of statements."""
    sight = Sight(actor)
    ended = Prefetch("services", Service.objects.filter(outcome=Service.Outcome.RETURNED).order_by("pk"))
    related = ("paper__issuer", "paper__dossier__sample_file", "party__enterprise")
    found = []
    for recipient in rows.select_related(*related).prefetch_related(ended):
        assert recipient.party is not None
        firm, attempts = recipient.party.enterprise, list(recipient.services.all())
        real = bool(firm.actual_address)
        place = firm.actual_place if real else firm.registered_place
        address = full_address(place, firm.actual_address or firm.registered_address)
        found.append(Parcel(recipient, sight.party(recipient.party), address, attempts[-1] if attempts else None))
    return found


def chosen(actor: Actor, keys: Iterable[int]) -> list[Parcel]:
    """Of the papers that wait those with these keys of their recipients, in the order of the page; at most 100."""
    return parcels(actor, waiting(actor).filter(pk__in=list(keys))[:MOST])


def post(numbers: Mapping[int, str], *, on: date, by: Actor) -> dict[int, Service | Refused]:
    """Record what was posted on a day: by recipient its number, or why it cannot be recorded.

    A number that several envelopes would have is refused for the later ones, unless they go to the same firm: two
    papers may lie in one envelope.
    """
    related = ("paper__dossier", "paper__issuer", "party__enterprise")
    own = Recipient.objects.filter(paper__issuer=by.office, party__isnull=False).select_related(*related)
    rows = own.in_bulk(numbers)
    return {key: attempt(partial(_posted, rows[key], numbers[key], on, by)) for key in numbers if key in rows}


def _posted(recipient: Recipient, number: str, on: date, by: Actor) -> Service:
    return service.begin(recipient, Service.Method.MAIL, on=on, by=by, tracking_no=number)


def mailed(actor: Actor, codes: Collection[str]) -> dict[str, list[Service]]:
    """What of this office's papers went out by mail under these numbers, by the folded number, oldest first.

    Numbers are kept as they were typed: they are folded here, and only what is asked for is read.
    """
    rows = Service.objects.filter(method=Service.Method.MAIL, recipient__paper__issuer=actor.office)
    rows = rows.exclude(tracking_no="").exclude(outcome=Service.Outcome.CORRECTED)
    folded = {key: folding.code(number) for key, number in rows.values_list("pk", "tracking_no")}
    wanted = [key for key, code in folded.items() if code in codes]
    related = ("recipient__paper__dossier", "recipient__paper__issuer", "recipient__party__enterprise")
    found: dict[str, list[Service]] = {}
    for one in rows.filter(pk__in=wanted).select_related(*related).order_by("pk"):
        found.setdefault(folded[one.pk], []).append(one)
    return found
