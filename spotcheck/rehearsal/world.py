"""The world of one file: its parties, offices and dossiers, and the labels by which it names matters."""

from datetime import date
from typing import Any

from stdnum.cn import uscc

from spotcheck.docket.flow import MATTERS, ActSpec, Flow
from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.objections.models import Objection
from spotcheck.parties import actors
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import PROVINCE_CODE, Enterprise, Office, Post, User, in_shandong
from spotcheck.parties.regions import city_of
from spotcheck.planning import samplers
from spotcheck.planning.models import Plan, Task
from spotcheck.planning.operations import PartySpec, TargetSpec
from spotcheck.rehearsal.scenario import ActLine, FormatError, PartyLine, Scenario

BODIES = {
    "sampling_body": ("CY01", Office.Kind.SAMPLING_BODY, "抽样机构"),
    "lab": ("JY01", Office.Kind.LABORATORY, "检验机构"),
    "retest_lab": ("FJ01", Office.Kind.LABORATORY, "复检机构"),
    "technical_body": ("JS01", Office.Kind.LABORATORY, "技术机构"),
}
ABOVE = ("plan", "task", "publication")
SINGLE = ("sampling", "purchase", "inspection", "conclusion", "denial")
OF_PARTY = ("result_notice", "rectification", "announcement", "recheck", "ban")
HASH = dict.fromkeys(OF_PARTY, (False, True)) | {"recheck": (True,), "ban": (False,)}
"""Whether the label of a party's matter has a number behind it: visits always, a ban never."""
COUNTED = ("objection", "retest", "lead")


class World:
    """What a file has brought into being so far."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.plan: Plan | None = None
        self.tasks: dict[int, Task] = {}
        self.dossiers: dict[int, Dossier] = {}
        self.offices = {
            word: Office.objects.create(code=code, kind=kind, name=name) for word, (code, kind, name) in BODIES.items()
        }
        self.enterprises: dict[str, Enterprise] = {}
        for line in scenario.parties.values():
            if line.same_as is None:
                self.enterprises[line.label] = _enterprise(line, len(self.enterprises) + 1)
        for line in scenario.parties.values():
            if line.same_as is not None:
                self.enterprises[line.label] = self.enterprises[line.same_as]

    def target(self, number: int) -> TargetSpec:
        """What is drawn for a dossier of the file."""
        given = self.scenario.given.get(number, {})
        return TargetSpec(
            number=f"D{number}",
            product_kind=given.get("product", "电线电缆"),
            product_name=given.get("product", "电线电缆"),
            product_model=str(given.get("model", "A")),
            channel=given.get("channel", Dossier.Channel.ON_SITE),
            check_kind=given.get("check", ""),
            parties=[
                PartySpec(
                    label=line.label,
                    role=line.role,
                    enterprise=self.enterprises[line.label].pk,
                    place=line.region,
                    registered_place=line.registered,
                    handler=line.handler,
                )
                for line in self.scenario.parties.values()
                if line.dossier == number
            ],
        )

    def task(self, number: int) -> Task | None:
        """The task of a dossier; a file that starts with the plan has one task for all."""
        return self.tasks.get(1 if self.scenario.stage == "plan" else number)

    def find_dossiers(self) -> None:
        """Take over the dossiers that a draw has opened."""
        for number in self.scenario.dossiers:
            if number not in self.dossiers and (found := Dossier.objects.filter(number=f"D{number}").first()):
                self.dossiers[number] = found

    def keep_samplers(self, names: list[str], body: Office | None) -> None:
        """Let the kept list of the body that samples be these, in the order in which they are drawn (Article 12)."""
        for name in names if body is not None else []:
            user, _ = User.objects.get_or_create(username=f"sampler {name}", defaults={"full_name": name})
            given = {"since": date.min, "entitlements": ["sample"]}
            Post.objects.get_or_create(user=user, office=body, role=Post.Role.SAMPLER, defaults=given)

    def samplers_of(self, line: ActLine) -> list[str]:
        """Those who are assigned to a target."""
        dossier = self.dossiers.get(self._number(line))
        return samplers.present(dossier) if dossier is not None else []

    # Matters

    def matter(self, line: ActLine) -> Flow | None:
        """The matter that an act of the file concerns (a new one when it begins one), or None when there is none."""
        chart, model = line.chart, MATTERS[line.chart]
        if chart == "plan":
            return self._again(self.plan)
        if chart in {"task", "publication"}:
            return self._of_task(chart, self.task(self._number(line)))
        if chart in OF_PARTY or line.spec.name == "objection.file":
            return self._of_party(line)
        if chart in COUNTED and not line.spec.creates:
            return self._counted(line)
        dossier = self.dossiers.get(self._number(line))
        if dossier is not None and line.spec.creates:
            return model.new(dossier)
        return model.objects.filter(dossier=dossier, label=line.unit or "").first() if dossier else None

    def _of_task(self, chart: str, task: Task | None) -> Flow | None:
        if task is None or chart == "task":
            return self._again(task)
        return MATTERS[chart].objects.filter(dossier=task.dossier).first()

    def _again(self, matter: Any) -> Any:
        return type(matter).objects.get(pk=matter.pk) if matter is not None else None

    def _number(self, line: ActLine) -> int:
        if line.dossier is not None:
            return line.dossier
        if self.scenario.stage == "plan" and line.chart in ABOVE:
            return 1
        if self.scenario.has_several_dossiers and line.spec.name != "lead.create":  # its dossier need not be said
            raise FormatError(f"{line.spec.name}: there are several dossiers; say which")
        return self.scenario.dossiers[0]

    def _of_party(self, line: ActLine) -> Flow | None:
        assert line.party is not None
        party = self.party(line.party)
        if party is None:
            return None
        model = MATTERS[line.chart]
        if line.spec.creates:
            return model.new(party.dossier, party)
        matters = model.objects.filter(party=party).order_by("id")
        if line.chart == "result_notice":
            return matters[line.notice - 1 : line.notice].first()
        return matters.last()

    def _counted(self, line: ActLine) -> Flow | None:
        number = line.lead if line.chart == "lead" else line.objection
        found = self._numbered(line.chart)
        if number is None:
            if len(found) > 1:
                raise FormatError(f"{line.spec.name}: there are several; say which")
            return next(iter(found.values()), None)
        return found.get(number)

    def _numbered(self, chart: str) -> dict[int, Flow]:
        """Objections in the order of filing, retests by their objections, leads in the order of coming into being."""
        if chart == "retest":
            by_place = {(r.dossier_id, r.label): r for r in MATTERS["retest"].objects.all()}
            order = enumerate(Objection.objects.order_by("id"), 1)
            return {n: by_place[key] for n, o in order if (key := (o.dossier_id, o.label)) in by_place}
        return dict(enumerate(MATTERS[chart].objects.order_by("id"), 1))

    def party(self, label: str) -> Party | None:
        """The party that a label names, once its dossier exists."""
        dossier = self.dossiers.get(self.scenario.party_of(label).dossier)
        if dossier is None:
            return None
        return Party.objects.select_related("enterprise", "handler", "dossier").get(dossier=dossier, label=label)

    # Labels

    def state(self, label: str) -> str:
        """The state behind a label of the file, ``absent`` when there is nothing."""
        chart, _, rest = label.partition(".")
        if chart not in MATTERS:
            raise FormatError(f"unknown label {label!r}")
        matter = self._labelled(chart, rest, label)
        return matter.state if matter is not None else "absent"

    def _labelled(self, chart: str, rest: str, label: str) -> Flow | None:
        model = MATTERS[chart]
        if chart in COUNTED:
            if not rest.isdecimal():
                raise FormatError(f"unknown label {label!r}")
            return self._numbered(chart).get(int(rest))
        if chart in OF_PARTY:
            name, counted, number = rest.partition("#")
            self.scenario.party_of(name)
            if bool(counted) not in HASH[chart] or (counted and not number.isdecimal()) or number.startswith("0"):
                raise FormatError(f"unknown label {label!r}")
            return model.objects.filter(party__label=name, label=rest).first()
        unit = ""
        if chart == "sample":
            rest, _, unit = rest.rpartition(".")
            if unit not in {"T", "R"}:
                raise FormatError(f"unknown label {label!r}")
        return self._of_dossier(chart, rest, label, unit)

    def _of_dossier(self, chart: str, rest: str, label: str, unit: str) -> Flow | None:
        numbered = chart != "plan" and not (chart in ABOVE and self.scenario.stage == "plan")
        must = numbered and self.scenario.has_several_dossiers
        may = must or (numbered and self.scenario.is_table)
        known = rest.isdecimal() and int(rest) in self.scenario.dossiers
        if (must and not rest) or (rest and not (may and known)):
            raise FormatError(f"unknown label {label!r}")
        number = int(rest) if rest else self.scenario.dossiers[0]
        if chart == "plan":
            return self._again(self.plan)
        if chart in ABOVE:
            return self._of_task(chart, self.task(number))
        dossier = self.dossiers.get(number)
        return MATTERS[chart].objects.filter(dossier=dossier, label=unit).first() if dossier else None

    def deadline_name(self, deadline: Any) -> str:
        """The name of a period in the file: matters that are counted through the file have their number there."""
        if deadline.chart in COUNTED:
            for number, matter in self._numbered(deadline.chart).items():
                if (matter.dossier_id, matter.label) == (deadline.dossier_id, deadline.label):
                    return f"{deadline.rule}.{number}"
        return str(deadline.name)

    # Actors

    def actors(self, line: ActLine, matter: Flow | None) -> list[Actor]:
        """Who could do an act: the one named, or each of its actors, of whom the first who may is the right one."""
        words = [line.by] if line.by else [word for word in line.spec.actors if word != "system"]
        return [self._actor(word, line, matter) for word in words]

    def actor(self, line: ActLine, matter: Flow | None) -> Actor:
        """Who does an act: the one named, or the first of its actors."""
        return self.actors(line, matter)[0]

    def _actor(self, word: str, line: ActLine, matter: Flow | None) -> Actor:
        if word.isdigit():
            kind = Office.Kind.CITY if word.endswith("00") else Office.Kind.COUNTY
            return actors.of_office(Office.objects.get_or_create(code=word, defaults={"kind": kind, "name": word})[0])
        party = matter.party if matter is not None else None
        if (matter is not None and party is None and matter.pk is None) or party is None:
            party = self._concerned(matter, word, line.spec)
        party = _of_shandong(matter, word, party)
        place = _place(matter, word, party)
        if word in {"county", "city", "handler"} and place and not in_shandong(place):
            return Actor()  # no bureau of ours is meant: a lead about a party outside has no county here
        if word == "enterprise":
            return actors.in_capacity(word, enterprise=party.enterprise if party else None)
        return actors.in_capacity(word, office=self._office(word, party, place))

    def _concerned(self, matter: Flow | None, word: str, spec: ActSpec) -> Party | None:
        if matter is None or matter.dossier.kind != Dossier.Kind.SAMPLE:
            return None
        about = matter.about(word) or list(matter.dossier.parties.all())
        return about[0] if about else None

    def _office(self, word: str, party: Party | None, place: str) -> Office | None:
        if word in self.offices:
            return self.offices[word]
        if word == "sampler":
            return self.offices["sampling_body"]
        if word == "province":
            return Office.objects.get(code=PROVINCE_CODE)
        if party is None or word == "expert":
            return None
        if word == "handler":
            return party.handler
        return Office.objects.filter(code=city_of(place) if word == "city" else place).first()


def _of_shandong(matter: Flow | None, word: str, party: Party | None) -> Party | None:
    """Of several parties whose bureau a word means, one that works here: the city of the other is none of ours (37)."""
    if matter is None or matter.pk is None or word not in {"county", "city"}:
        return party
    if party is not None and in_shandong(_place(matter, word, party)):
        return party
    meant = zip(matter.about(word), matter.places(word), strict=True)
    return next((one for one, place in meant if in_shandong(place)), party)


def _place(matter: Flow | None, word: str, party: Party | None) -> str:
    """The place that decides which bureau a word means for the party concerned."""
    if party is None:
        return ""
    if matter is None or matter.pk is None:
        return party.place
    places = {one.pk: place for one, place in zip(matter.about(word), matter.places(word), strict=True)}
    return places.get(party.pk, party.place)


def _enterprise(line: PartyLine, number: int) -> Enterprise:
    """An enterprise with a valid credit code for a party of the file."""
    base = f"91{line.registered}MA{number:07d}"
    return Enterprise.objects.create(
        name=f"企业{line.label}",
        credit_code=base + uscc.calc_check_digit(base),
        registered_place=line.registered,
        actual_place=line.region,
    )


def earlier_dossier(world: World, facts: dict[str, Any]) -> dict[str, Any]:
    """Put the key of a dossier where a file names it by number (ground 19(4))."""
    earlier = facts.get("earlier_check")
    if isinstance(earlier, dict) and "dossier" in earlier:
        dossier = world.dossiers.get(earlier["dossier"])
        return {**facts, "earlier_check": {"dossier": dossier.pk if dossier else 0}}
    if isinstance(earlier, dict):
        return {**facts, "earlier_check": {**earlier, "sampled": earlier["sampled"].isoformat()}}
    return facts


def last_entry() -> int:
    """The key of the newest entry."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def first_day(scenario: Scenario) -> date:
    """The first day on which anything happens in a file."""
    days = [step.day for step in scenario.steps]
    for stage in scenario.given.values():
        days += [stage[key] for key in ("day", "sampled") if key in stage]
    if not days:
        raise FormatError("the file has neither a step nor a day")
    return min(days)
