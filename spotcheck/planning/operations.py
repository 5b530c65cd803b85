"""Opening plans and tasks, and ending targets."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from spotcheck.docket import register, sessions
from spotcheck.docket.acts import proceed
from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.docket.sessions import hold, parties_changed, session
from spotcheck.parties.models import PROVINCE_CODE, Enterprise, Jurisdiction, Office, in_shandong
from spotcheck.planning.models import Plan, Target, Task
from spotcheck.planning.states import PlanState, TaskState


@dataclass(slots=True)
class PartySpec:
    """A party of a drawn target. ``place`` is where it really works; the handler follows from it when not named."""

    label: str
    role: str
    enterprise: int
    place: str
    registered_place: str
    handler: str | None = None


@dataclass(slots=True)
class TargetSpec:
    """A target as the list has it: the product, how it is sampled, and the parties (Article 12).

    Without a ``number`` it gets the next one of its task when it is drawn.
    """

    number: str
    product_kind: str
    product_name: str
    product_model: str
    parties: list[PartySpec]
    brand: str = ""
    standard: str = ""
    channel: str = Dossier.Channel.ON_SITE
    check_kind: str = ""
    """Nothing where the check is what the task's checks usually are."""

    def as_fact(self) -> dict[str, Any]:
        """The target as the docket keeps it."""
        return asdict(self)


def open_plan(year: int, *, on: date) -> Plan:
    """Open the file of a year's plan; its first act is the opening of suggestions or the adoption (Article 7)."""
    with session():
        dossier = Dossier.objects.create(
            kind=Dossier.Kind.PLAN,
            number=f"JH{year}",
            title=f"{year}年度省级监督抽查计划",
            opened_on=on,
        )
        plan = Plan(dossier=dossier, year=year, state=PlanState.DRAFTING)
        plan.save()
        register.write(plan, on)
        register.involve_all(dossier, Office.objects.filter(kind__in=Office.BUREAUS))  # every one may suggest
    return plan


def open_task(
    number: str, title: str, *, on: date, plan: Plan | None = None, product_kind: str = "", full_record: bool = False
) -> Task:
    """Open the file of a task, under a plan when it is a daily one (Article 5).

    ``full_record`` says that it is opened at a door: everything its files claim the record has to answer. Rehearsals
    and what was kept elsewhere before state their facts.
    """
    with session():
        dossier = Dossier.objects.create(
            kind=Dossier.Kind.TASK,
            number=number,
            title=title,
            product_kind=product_kind,
            opened_on=on,
            parent=plan.dossier if plan else None,
        )
        task = Task(dossier=dossier, product_kind=product_kind, state=TaskState.DRAFT, full_record=full_record)
        task.save()
        register.write(task, on)
        register.involve(dossier, Office.objects.get(code=PROVINCE_CODE), "province")
    return task


def open_sample(spec: TargetSpec, *, on: date, task: Task | None, origin: str = Dossier.Origin.PROVINCIAL) -> Dossier:
    """Open the file of a sample with its parties, and involve the bureaus of their places."""
    enterprises = Enterprise.objects.in_bulk([party.enterprise for party in spec.parties])
    producers = [party for party in spec.parties if party.role in Party.PRODUCERS]
    producers.sort(key=lambda party: party.role != Party.Role.NOMINAL_PRODUCER)
    dossier = Dossier.objects.create(
        kind=Dossier.Kind.SAMPLE,
        number=spec.number,
        parent=task.dossier if task else None,
        origin=origin,
        channel=spec.channel,
        check_kind=spec.check_kind or (task.usual_check if task is not None else Dossier.Check.DAILY),
        product_kind=spec.product_kind,
        product_name=spec.product_name,
        product_model=spec.product_model,
        brand=spec.brand,
        standard=spec.standard,
        producer=enterprises[producers[0].enterprise] if producers else None,
        opened_on=on,
        search=_search_text(spec, list(enterprises.values())),
    )
    register.involve(dossier, Office.objects.get(code=PROVINCE_CODE), "province")
    for party_spec in spec.parties:
        _add_party(dossier, party_spec, enterprises[party_spec.enterprise])
    return dossier


def name_producer(dossier: Dossier, enterprise: Enterprise) -> Party:
    """Put the nominal producer of a commissioned production on record as a party (Articles 15, 28, 42)."""
    taken = set(dossier.parties.values_list("label", flat=True))
    label = next(name for name in ("N", *(f"N{number}" for number in range(2, 100))) if name not in taken)
    spec = PartySpec(
        label=label,
        role=Party.Role.NOMINAL_PRODUCER,
        enterprise=enterprise.pk,
        place=enterprise.actual_place,
        registered_place=enterprise.registered_place,
    )
    dossier.producer = enterprise
    dossier.search = " ".join([dossier.search, enterprise.name, enterprise.credit_code, enterprise.pinyin]).lower()
    dossier.save(update_fields=["producer", "search"])
    return _add_party(dossier, spec, enterprise)


def _add_party(dossier: Dossier, spec: PartySpec, enterprise: Enterprise) -> Party:
    """Add a party, with the bureau that handles it when it works in Shandong, and involve its bureaus."""
    handler = (
        Office.objects.filter(code=spec.handler).first()
        if spec.handler
        else bureau_of(dossier.product_kind, spec.place)
    )
    party = Party.objects.create(
        dossier=dossier,
        label=spec.label,
        role=spec.role,
        enterprise=enterprise,
        place=spec.place,
        registered_place=spec.registered_place,
        handler=handler if in_shandong(spec.place) else None,
    )
    parties_changed(dossier.pk)
    involve_bureaus(party)
    return party


def bureau_of(product_kind: str, place: str) -> Office | None:
    """The bureau that handles at a place: as the work is divided today, else that of the place (Article 42, R13)."""
    divided = Jurisdiction.objects.on(sessions.today()).filter(region=place, product_kind__in={"", product_kind})
    newest = divided.select_related("office").order_by("-product_kind", "-since", "-pk").first()
    return newest.office if newest is not None else Office.objects.filter(code=place).first()


def involve_bureaus(party: Party) -> None:
    """Give the bureaus of a party's place their part in the dossier (Articles 14, 21, 30, 32, 42)."""
    codes = {party.place, party.city_code}
    for office in Office.objects.filter(code__in=codes, kind__in=(Office.Kind.CITY, Office.Kind.COUNTY)):
        register.involve(party.dossier, office, office.kind, party)
    if party.handler is not None:
        register.involve(party.dossier, party.handler, "handler", party)


def end_target(dossier: Dossier, *, on: date, cause: Entry) -> None:
    """Note that a target has come to its end; with the last one the testing of the task is done (Article 34)."""
    ended = Target.objects.filter(dossier=dossier, ended_on=None).update(ended_on=on)
    if not ended:
        return
    assert dossier.parent_id is not None
    hold(dossier.parent_id)  # read under the lock: another target of the task may have ended meanwhile
    running = Target.objects.filter(task=OuterRef("pk"), ended_on=None)
    task = Task.objects.annotate(goes_on=Exists(running)).get(targets__dossier=dossier)
    if task.state == TaskState.FIELD_WORK and not task.goes_on:
        proceed([task], "finish_testing", on=on, cause=cause)


def _search_text(spec: TargetSpec, enterprises: list[Enterprise]) -> str:
    """What the search box finds a dossier by."""
    words = [spec.number, spec.product_kind, spec.product_name, spec.product_model]
    for enterprise in enterprises:
        words += [enterprise.name, enterprise.credit_code, enterprise.pinyin]
    return " ".join(words).lower()
