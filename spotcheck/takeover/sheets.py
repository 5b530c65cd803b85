"""Old cases from a sheet: the import kind ``old_cases`` (Articles 42, 53).

The bureau that handles a case, or the one above it, brings the sheet in; another person, of the province, confirms it.
Lines of one number are one sample with its parties and come in together or not at all. The same sheet once more changes
nothing; a batch is taken back whole within seven days, while nobody has done anything in one of its cases.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from spotcheck.docket import calendars, clock, law, rule_sets, taking
from spotcheck.docket.models import Dossier, Party
from spotcheck.inspection.models import Item, ResultNotice
from spotcheck.inspection.operations import keep_items
from spotcheck.objections.models import Objection
from spotcheck.parties.actors import Actor, of_post
from spotcheck.parties.models import Office, Post, User
from spotcheck.planning.operations import PartySpec, TargetSpec, open_sample
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports.kinds import NEW, SAME, WRONG, Checked, Finding, Kind, Taken, imports
from spotcheck.registers.imports.lines import Line, lines_of
from spotcheck.registers.imports.reading import Table
from spotcheck.registers.models import Import
from spotcheck.registers.refusals import refuse_if
from spotcheck.rules.sd_2021_1.period_codes import APPLY_FOR_RECHECK, FORCED_RECHECK, ORGANISE_RECHECK
from spotcheck.rules.words import Words
from spotcheck.sampling.operations import write_files
from spotcheck.takeover import files, judging, standing
from spotcheck.takeover.claims import Claim, claim_of
from spotcheck.takeover.columns import COLUMNS, EXAMPLES
from spotcheck.takeover.finding_out import PLACES
from spotcheck.takeover.standing import Stand

KIND: Final = "old_cases"
AHEAD_DAYS: Final = 90
"""So many days ahead a look tells what falls due."""
_TAKEN: Final = Words("这个编号已经移入，内容与这一行不同", "this number has come in already, with other words")


def may_import(by: Doer) -> bool:
    """An officer of a bureau, for what it and those below it handle; a command may read a sheet in."""
    post = by.post
    if post is None:
        return True
    return post.office is not None and post.office.is_bureau and post.role == Post.Role.OFFICER


def confirms(by: Doer) -> bool:
    """An officer of the province, whose check it was (Article 42)."""
    office = by.post.office if by.post is not None else None
    return may_import(by) and office is not None and office.kind == Office.Kind.PROVINCE


def check(table: Table, by: Doer) -> Checked:
    """What a sheet comes to; ``what`` are the samples with their good lines, and nothing is written."""
    checked = Checked(what=[])
    pairs = [(line, claim_of(line)) for line in lines_of(table, COLUMNS)]
    firms, offices = judging.firms_of(line["code"] for line, _ in pairs), judging.offices_of(by)
    for line, claim in pairs:
        judging.look_at(line, claim, firms, offices)
    before = files.came_in({claim.number for _, claim in pairs})
    for line, claim in pairs:
        row = before.get(claim.number, {}).get(claim.label) if claim.role else None
        if claim.number in before and row != claim.row:
            line.complain("number", _TAKEN)
    judging.look_at_numbers(pairs)
    samples: dict[str, list[Claim]] = defaultdict(list)
    for line, claim in pairs:
        state = WRONG if not line.is_good else SAME if claim.number in before else NEW
        if state == NEW:
            samples[claim.number].append(claim)
            _compare(line, claim)
        checked.findings += line.found
        checked.lines.append((line.number, state, _text(claim) if state == NEW else f"{claim.number}"))
    checked.what = list(samples.values())
    checked.findings += _ahead(checked.what)
    return checked


def _text(claim: Claim) -> str:
    """A line as a look tells it: where its matters will stand."""
    firm = claim.enterprise.name if claim.enterprise is not None else ""
    stands = [stand.words for stand in standing.of_party(claim, _rules(claim))]
    return " ".join((claim.number, firm, "；".join(stands)))


def _rules(claim: Claim) -> str:
    rules = rule_sets.governing(claim.days["sampled_on"])
    assert rules is not None
    return rules


def _compare(line: Line, claim: Claim) -> None:
    """The ledger's own last day is never a period; where ours is another one, both are shown."""
    until = claim.days.get("handled_until")
    starts = {day: rule for stand in standing.of_party(claim, _rules(claim)) for rule, day in stand.periods.items()
              if rule in (APPLY_FOR_RECHECK, FORCED_RECHECK, ORGANISE_RECHECK)}  # fmt: skip
    ours = sorted(law.last_days(_rules(claim), rule, day, calendars.current())[0] for day, rule in starts.items())
    if until is not None and ours and until not in ours:
        days = "、".join(day.isoformat() for day in ours)
        words = Words(f"只作记载；按规定计算为 {days}", f"kept as stated; by the rules it is {days}")
        line.complain("handled_until", words, stops=False)


def _ahead(samples: list[list[Claim]]) -> Iterator[Finding]:
    """What taking it would set going: periods that run, are over already or soon, and receipts to be found out."""
    found: Counter[str] = Counter()
    today = clock.today()
    for claims in samples:
        found["cases"] += 1
        for claim in claims:
            for stand in standing.of_party(claim, _rules(claim)):
                found["open"] += (stand.model.chart, str(stand.state)) in PLACES
                for rule, day in stand.periods.items():
                    left = (law.last_days(_rules(claim), rule, day, calendars.current())[1] - today).days
                    found["running"] += 1
                    found["over"] += left < 0
                    found["soon"] += 0 <= left <= AHEAD_DAYS
    if not found["cases"]:
        return
    counts = {name: found[name] for name in ("cases", "running", "over", "soon", "open")} | {"days": AHEAD_DAYS}
    yield Finding("", "", "", Words(_AHEAD.zh % counts, _AHEAD.en % counts), stops=False)


_AHEAD: Final = Words(
    "移入 %(cases)d 个案件：%(running)d 个期限起算，其中 %(over)d 个已满、%(soon)d 个在 %(days)d 天内到期；"
    "须查明送达日期 %(open)d 件",
    "%(cases)d cases come in: %(running)d periods run, %(over)d of them are over and %(soon)d end within %(days)d "
    "days; %(open)d receipts are to be found out",
)


def take(what: list[list[Claim]], found: Import, by: Doer) -> Taken:
    """Open the files and let every matter come in where it stands."""
    assert by.post is not None
    proposer = found.by.user if found.by is not None else None
    opened = [_take(claims, found.sha256, of_post(by.post), proposer) for claims in what]
    return Taken(sum(map(len, what)), before={"files": [dossier.pk for dossier in opened]})


def _take(claims: list[Claim], sheet: str, by: Actor, second: User | None) -> Dossier:
    first, rules = claims[0], _rules(claims[0])
    dossier = open_sample(_target(claims), on=first.days["sampled_on"], task=None)
    dossier.rule_set, dossier.pinned_on, dossier.batch = rules, first.days["sampled_on"], first.texts["batch"]
    dossier.save(update_fields=["rule_set", "pinned_on", "batch"])
    write_files([dossier])
    keep_items(dossier, [{"name": name, "result": Item.Verdict.FAIL} for name in first.items])
    parties = {party.label: party for party in dossier.parties.select_related("enterprise", "handler")}
    taken = _Taking(dossier, sheet, by, second)
    for stand in standing.of_sample(claims, rules):
        taken.over(stand, first, None)
    for claim in claims:
        party = parties[claim.label]
        party.told_on = standing.told_on(claim)
        party.save(update_fields=["told_on"])
        for stand in standing.of_party(claim, rules):
            taken.over(stand, claim, party)
    return dossier


class _Taking:
    """One file while its matters come in, one after the other."""

    def __init__(self, dossier: Dossier, sheet: str, by: Actor, second: User | None) -> None:
        self.dossier, self.sheet, self.by, self.second = dossier, sheet, by, second

    def over(self, stand: Stand, claim: Claim, party: Party | None) -> None:
        """Let one matter come in."""
        matter = stand.matter(self.dossier, party)
        if isinstance(matter, Objection):
            served = ResultNotice.objects.filter(dossier=self.dossier, party=party, received_on__isnull=False)
            matter.window = served.first()
        told = [claim.told(name) for name in stand.named]
        taking.take_over(
            matter,
            by=self.by,
            second=self.second,
            since=stand.since,
            periods=stand.periods,
            facts={
                "old_number": claim.number,
                "sheet": self.sheet,
                "line": claim.line,
                "proved": [one for one in told if "proof" in one],
                "stated": [one for one in told if "proof" not in one],
                "row": claim.row,
            },
        )


def _target(claims: list[Claim]) -> TargetSpec:
    """The sample as ``open_sample`` wants it."""
    texts = claims[0].texts
    return TargetSpec(
        number=files.number_of(claims[0].number),
        product_kind=texts["product_kind"],
        product_name=texts["product_name"],
        product_model=texts["product_model"],
        parties=[_party(claim) for claim in claims],
    )


def _party(claim: Claim) -> PartySpec:
    firm = claim.enterprise
    assert firm is not None
    return PartySpec(claim.label, claim.role, firm.pk, firm.actual_place, firm.registered_place)


def undo(before: Mapping[str, Any], by: Doer) -> int:
    """End the files of a batch; their old numbers are free again. Refused once something was done in one of them."""
    assert by.post is not None
    dossiers = list(Dossier.objects.filter(pk__in=before["files"]).order_by("pk"))
    refuse_if(acted_in=any(map(taking.has_been_acted_in, dossiers)))
    for dossier in dossiers:
        taking.take_back(dossier, by=of_post(by.post), old_number=dossier.number.removeprefix(files.PREFIX))
    return len(dossiers)


@imports(KIND)
def old_cases() -> Kind:
    """Cases of the old system."""
    return Kind(
        name=KIND,
        words=Words("旧案", "old cases"),
        may=may_import,
        confirms=confirms,
        columns=COLUMNS,
        check=check,
        take=take,
        undo=undo,
        in_parts=True,
        examples=EXAMPLES,
    )
