"""Papers as screens show them: what each is, who gets it, how its service stands, what is left to write by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Prefetch, QuerySet

from spotcheck.casework.privacy import Sight
from spotcheck.docket.models import Dossier
from spotcheck.notices import particulars, service, templates
from spotcheck.notices.models import Paper, Recipient, Service
from spotcheck.rules.guards import FLAGS, Flag
from spotcheck.rules.words import Words

LATE: Final = "SERVICE_LATE"


@dataclass(slots=True)
class Served:
    """One recipient, and how the service on it stands."""

    recipient: Recipient
    name: str
    attempts: list[Service] = field(default_factory=list)

    @property
    def is_party(self) -> bool:
        """Whether a party gets it."""
        return self.recipient.party_id is not None

    @property
    def last(self) -> Service | None:
        """The newest attempt."""
        return self.attempts[-1] if self.attempts else None

    @property
    def is_awaited(self) -> bool:
        """Whether a proved receipt is still to come: the paper has an acknowledgement, and it holds."""
        paper = self.recipient.paper
        waits = self.is_party and self.recipient.received_on is None and paper.status == Paper.Status.ISSUED
        return waits and paper.key in templates.served(paper.regulation)

    @property
    def is_under_way(self) -> bool:
        """Whether the paper is on its way."""
        return self.last is not None and self.last.outcome == Service.Outcome.UNDER_WAY

    @property
    def came_back(self) -> bool:
        """Whether the last attempt came back and the next has not begun."""
        return self.last is not None and self.last.outcome == Service.Outcome.RETURNED

    @property
    def is_corrected(self) -> bool:
        """Whether the day of receipt was set right."""
        return any(attempt.outcome == Service.Outcome.CORRECTED for attempt in self.attempts)

    @property
    def flags(self) -> list[Flag]:
        """What the entry of the receipt is marked with: a service that came too late."""
        receipt = self.recipient.receipt
        return [FLAGS[name] for name in receipt.flags if name == LATE] if receipt is not None else []


@dataclass(slots=True)
class PaperLine:
    """One paper of a list."""

    paper: Paper
    title: Words
    issuer: str
    is_readable: bool
    may_serve: bool = False
    recipients: list[Served] = field(default_factory=list)

    @property
    def gaps(self) -> list[Words]:
        """The cells that are left to be filled in by hand."""
        return gap_words(self.paper.gaps)

    @property
    def short(self) -> Words:
        """What everybody calls the paper."""
        return self.paper.short

    @property
    def parties(self) -> list[Served]:
        """The parties that get it."""
        return [served for served in self.recipients if served.is_party]

    @property
    def offices(self) -> list[Served]:
        """The bureaus and bodies that get it."""
        return [served for served in self.recipients if not served.is_party and served.name]

    @property
    def is_wanted(self) -> bool:
        """Whether somebody is about to draw it."""
        return self.paper.drawing == Paper.Drawing.WANTED


def gap_words(names: Iterable[str]) -> list[Words]:
    """What open fields are called; a field that no longer exists keeps its name."""
    known = particulars.catalogue()
    return [known[name].label if name in known else Words(name, name) for name in names]


def of_dossier(dossier: Dossier, sight: Sight) -> list[PaperLine]:
    """The papers of a dossier, newest first."""
    rows = with_recipients(sight.papers(Paper.objects.filter(dossier=dossier))).order_by("-pk")
    found = lines(list(rows), sight)
    for line in found:
        line.may_serve = bool(line.parties) and service.may_serve(line.paper, sight.actor)
    return found


def with_recipients(papers: "QuerySet[Paper]") -> "QuerySet[Paper]":
    """Papers with everything that their lines say, with a fixed number of queries."""
    recipients = Recipient.objects.select_related("office", "party__enterprise", "receipt").order_by("pk")
    recipients = recipients.prefetch_related(Prefetch("services", attempts()))
    return papers.select_related("issuer", "dossier").prefetch_related(Prefetch("recipients", recipients))


def lines(rows: Sequence[Paper], sight: Sight) -> list[PaperLine]:
    """These papers as this actor may know them."""
    same = Paper.objects.filter(pk__in=[paper.pk for paper in rows])
    readable = set(sight.readable(same).values_list("pk", flat=True))
    return [_line(paper, sight, is_readable=paper.pk in readable) for paper in rows]


def attempts() -> "QuerySet[Service]":
    """Attempts of service, oldest first, with who recorded them and what proves them."""
    rows = Service.objects.select_related("recorded_by", "ended_by", "receipt").order_by("pk")
    return rows.prefetch_related("receipt__files__stored")


def served(recipient: Recipient, sight: Sight) -> Served:
    """A recipient as this actor may know it."""
    party, office = recipient.party, recipient.office
    name = sight.party(party) if party is not None else sight.office(office) if office is not None else ""
    return Served(recipient, name, list(recipient.services.all()))


def _line(paper: Paper, sight: Sight, *, is_readable: bool) -> PaperLine:
    made = PaperLine(paper, paper.words, sight.office(paper.issuer), is_readable)
    made.recipients = [served(each, sight) for each in paper.recipients.all() if sight.knows_receipt(each)]
    return made
