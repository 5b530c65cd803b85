"""What an actor sees of a dossier that it may see at all.

Who sees which dossier is decided in ``Dossier.objects.visible_to``. Inside it, a laboratory sees no party
(it tests blind), and an enterprise sees its own side of the matter and no names of those who sampled or tested.
"""

from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from spotcheck.casework import texts
from spotcheck.docket.models import Dossier, Entry, Involvement, Party, Track
from spotcheck.docket.sessions import parts_of
from spotcheck.notices.models import Recipient
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.regulations import FIRST

_Row = TypeVar("_Row", bound=Model)

SAMPLING_SHEET: Final = 4
RETEST_LABORATORY: Final = "retest_lab"
"""The part of an office that does the retests of a dossier (Article 40)."""
_UNSHOWN_KINDS: Final = (Office.Kind.LABORATORY, Office.Kind.SAMPLING_BODY)


@dataclass(frozen=True, slots=True)
class Sight:
    """The view of one actor."""

    actor: Actor

    @property
    def is_blind(self) -> bool:
        """Whether the actor tests, and therefore sees no party."""
        office = self.actor.office
        return office is not None and office.kind == Office.Kind.LABORATORY

    @property
    def is_party(self) -> bool:
        """Whether the actor is an enterprise."""
        return self.actor.enterprise is not None

    @property
    def is_bureau(self) -> bool:
        """Whether the actor is a bureau, which sees all papers of its dossiers."""
        return self.actor.office is not None and self.actor.office.is_bureau

    @property
    def is_office(self) -> bool:
        """Whether the actor works in an office with cases, and is neither a party nor an administrator."""
        return self.actor.office is not None and not self.actor.administers

    @property
    def asks_of_others(self) -> bool:
        """Whether the actor is a bureau with cases: such a one asks about firms, bodies and the bureaus beside it."""
        return self.is_bureau and self.is_office

    @property
    def organises(self) -> bool:
        """Whether the actor is the province, which organises the checks."""
        office = self.actor.office
        return office is not None and office.kind == Office.Kind.PROVINCE and not self.actor.administers

    def sees_results(self, dossier: Dossier) -> bool:
        """Whether the actor sees the results of the first test item by item: the province and who tests.

        Other bureaus do once the test has ended. A retest laboratory never does (40), nor who samples.
        """
        office = self.actor.office
        if office is None or self.actor.administers:
            return False
        if self.organises:
            return True
        if self.is_blind:
            return any(part.office_id == office.pk and part.role == "lab" for part in parts_of(dossier.pk))
        ended = Track.objects.filter(dossier=dossier, chart="inspection", state__in=CHARTS["inspection"].terminal)
        return office.is_bureau and ended.exists()

    def sees_items(self, dossier: Dossier) -> bool:
        """Whether the actor sees the items of the report with their values: all but who tests again (40, 47)."""
        return not self.is_blind or self.sees_results(dossier)

    def of_parties(self, rows: "QuerySet[_Row]") -> "QuerySet[_Row]":
        """Of rows that may belong to a party, those the actor may see: an enterprise its own and the common ones."""
        if not self.is_party:
            return rows
        return rows.filter(Q(party__isnull=True) | Q(party__enterprise=self.actor.enterprise))

    def own(self, rows: "QuerySet[_Row]") -> "QuerySet[_Row]":
        """Of rows that may belong to a party, those that a list tells and that a filter or a key may ask of.

        A bureau all; an enterprise its own and the common ones; who tests the common ones and those that it was
        commissioned with: the retests of a dossier (Article 40), the rechecks of a party (Article 47). So no answer of
        a list depends on what goes on with another side. ``rows`` need ``dossier`` and ``party``, and ``chart``
        where they may be a retest.
        """
        if not self.is_blind:
            return self.of_parties(rows)
        parts = Involvement.objects.filter(dossier=OuterRef("dossier"), office=self.actor.office)
        own = Q(party__isnull=True) | Q(Exists(parts.filter(party=OuterRef("party"))))
        if any(field.name == "chart" for field in rows.model._meta.get_fields()):
            own |= Q(Exists(parts.filter(role=RETEST_LABORATORY)), chart="retest")
        return rows.filter(own)

    def parties_of(self, rows: "QuerySet[Party]") -> "QuerySet[Party]":
        """Of parties, those whose place a filter may ask of: a bureau all, a party itself, the blind none."""
        if self.is_blind:
            return rows.none()
        return rows.filter(enterprise=self.actor.enterprise) if self.is_party else rows

    def recipients(self, rows: "QuerySet[Recipient]") -> "QuerySet[Recipient]":
        """Of those who get papers, those whose receipt a filter may ask of."""
        if self.is_blind:
            return rows.filter(party__isnull=True)
        own = Q(party__isnull=True) | Q(party__enterprise=self.actor.enterprise)
        return rows.filter(own) if self.is_party else rows

    def knows_receipt(self, recipient: Recipient) -> bool:
        """Whether the actor may know how this recipient got a paper; as ``recipients``, for rows that were read."""
        if recipient.party is None or not (self.is_party or self.is_blind):
            return True
        return self.is_party and recipient.party.enterprise_id == self.actor.enterprise.pk  # type: ignore[union-attr]

    def party(self, party: Party | None) -> str:
        """The party's name; for the blind its role, for another party its role too."""
        if party is None:
            return ""
        foreign = self.is_party and party.enterprise_id != self.actor.enterprise.pk  # type: ignore[union-attr]
        if self.is_blind or foreign:
            return str(party.get_role_display())
        return party.enterprise.name

    def parties(self, dossier: Dossier) -> list[Party]:
        """The parties as far as the actor may know them; they must be prefetched with their enterprises."""
        if self.is_blind:
            return []
        return [
            party
            for party in dossier.parties.all()
            if not self.is_party or party.enterprise_id == self.actor.enterprise.pk  # type: ignore[union-attr]
        ]

    def who(self, entry: Entry) -> str:
        """Who did an act: office and person, as far as the actor may know."""
        record = entry.actor
        if record.get("word") == "system":
            return _("系统")
        if record.get("enterprise"):
            return self.party(entry.party) if self.is_blind or entry.party else _("企业")
        person = record.get("person") or ""
        if entry.office is None:
            return person or _("企业")
        hides = self.is_blind or (self.is_party and entry.office.kind in _UNSHOWN_KINDS)
        stood_in = _("（代 %(name)s）") % {"name": entry.deputy_for} if entry.deputy_for_id and not hides else ""
        return " ".join(part for part in (self.office(entry.office), "" if hides else person + stood_in) if part)

    def office(self, office: Office) -> str:
        """The name of an office; for the blind a bureau by its level only, because its place would tell the party's."""
        if self.is_blind and office.kind in (Office.Kind.CITY, Office.Kind.COUNTY):
            return str(office.get_kind_display())
        return office.name

    def readable(self, papers: "QuerySet[_Row]") -> "QuerySet[_Row]":
        """Of papers, those whose file the actor may open: a bureau all, everybody else what it gets or has issued.

        The sampling sheet names the firm: who tests opens it once the result can no longer depend on it.
        """
        if self.actor.enterprise is not None:
            return papers.filter(Exists(_gets(party__enterprise=self.actor.enterprise)))
        office = self.actor.office
        if office is None:
            return papers.none()
        if office.is_bureau:
            return papers
        own = papers.filter(Exists(_gets(office=office)) | Q(issuer=office))
        if not self.is_blind:
            return own
        tested = Track.objects.filter(dossier=OuterRef("dossier"), chart="inspection")
        return own.filter(
            ~Q(regulation=FIRST, form=SAMPLING_SHEET) | Exists(tested.filter(state__in=CHARTS["inspection"].terminal))
        )

    def papers(self, rows: "QuerySet[_Row]") -> "QuerySet[_Row]":
        """Of papers, those that the actor may see: an enterprise its own, the common ones and what it was sent besides.

        The blind see none of a local bureau, unless it was sent to them.
        """
        if self.is_party:
            own = Q(party__isnull=True) | Q(party__enterprise=self.actor.enterprise)
            return rows.filter(own | Exists(_gets(party__enterprise=self.actor.enterprise)))
        if not self.is_blind:
            return rows
        local = Q(issuer__kind__in=(Office.Kind.CITY, Office.Kind.COUNTY))
        return rows.filter(~local | Exists(_gets(office=self.actor.office)))

    def own_papers(self, rows: "QuerySet[_Row]") -> "QuerySet[_Row]":
        """Of papers, those that the register tells and may be asked of; as ``own``.

        The blind find none to a party there: the notice whose service is theirs (Article 33) stands with its sample.
        """
        seen = self.papers(rows)
        if not self.is_blind:
            return seen
        office = self.actor.office
        return seen.filter(Q(party__isnull=True) | Exists(_gets(office=office)) | Q(issuer=office))

    def evidence(self, rows: "QuerySet[_Row]") -> "QuerySet[_Row]":
        """Of files that came with acts, those the actor may open: a bureau all, everybody else what it handed in."""
        enterprise, office = self.actor.enterprise, self.actor.office
        if enterprise is not None:
            return rows.filter(entry__actor__enterprise=enterprise.credit_code, entry__party__enterprise=enterprise)
        if office is None:
            return rows.none()
        return rows if office.is_bureau else rows.filter(entry__office=office)

    def of_recipients(self, services: "QuerySet[_Row]") -> "QuerySet[_Row]":
        """Of attempts of service, those whose proof the actor may open: a bureau all, an enterprise its own."""
        if self.is_party:
            return services.filter(recipient__party__enterprise=self.actor.enterprise)
        office = self.actor.office
        if office is None:
            return services.none()
        return services if office.is_bureau else services.filter(recipient__paper__issuer=office)

    def facts(self, entry: Entry) -> dict[str, Any]:
        """The facts of an entry without those that the actor may not know."""
        told = texts.of_entry(entry)
        sides = [told.of_people, told.of_parties] if self.is_party else [told.of_parties] if self.is_blind else []
        if None in sides:
            return {}
        hidden = frozenset[str]().union(*(side for side in sides if side is not None))
        if not self.organises and (entry.office_id is None or entry.office != self.actor.office):
            hidden |= told.of_tests
        return {name: value for name, value in entry.facts.items() if name not in hidden}


def _gets(**who: Any) -> "QuerySet[Recipient]":
    """The recipients of the paper of a row who are somebody."""
    return Recipient.objects.filter(paper=OuterRef("pk"), **who)
