"""What belongs into the case file of a rectification case, what is there, and what is missing (Article 53).

Article 53 names six materials and others like them. Which of them a case has depends on what happened: a seller is
looked at on site (48), a fault of labels alone needs no test (47), proof of inability stands for the application (45),
and without either the bureau rechecks by itself (46). Whatever a case does not have is listed with the reason.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from spotcheck.docket import taking
from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.inspection.states import InspectionState
from spotcheck.notices.models import Paper
from spotcheck.remediation.flow.recheck import Recheck
from spotcheck.remediation.flow.rectification import Rectification
from spotcheck.remediation.states import RecheckState, RectificationState
from spotcheck.rules.articles import cite
from spotcheck.rules.words import Words

CONCLUDED: Final = frozenset({RecheckState.PASSED, RecheckState.FAILED, RecheckState.HARDSHIP_CONFIRMED})
ENDED: Final = frozenset({RectificationState.PASSED, RectificationState.LICENCE_REVOKED, RectificationState.WITHDRAWN})
TESTED: Final = frozenset({RecheckState.TEST_COMMISSIONED, RecheckState.TESTED})
IN_ORDER: Final = (
    taking.ACT,
    "inspection.report_serious",
    "inspection.issue_report",
    "conclusion.import_external",
    "objection.file",
    "retest.report",
    "rectification.receive_report",
    "rectification.record_order_receipt",
    "rectification.apply_recheck",
    "rectification.claim_hardship",
    "rectification.late_submission",
    "rectification.withdraw_application",
    "rectification.correct_lapse",
    "rectification.resume_and_apply",
    "recheck.verify_on_site",
    "recheck.test_done",
    "ban.record_producer_proof",
    "rectification.report_up",
    "announcement.announce",
    "rectification.order_closure",
    "rectification.revoke_licence",
)
"""The acts whose documents belong into the file although no paper of ours stands for them."""
ON_SITE: Final = Words("销售者现场检查记录", "Record of the on-site check of the seller")
VERIFIED: Final = Words("整改情况核查记录", "Record of the verification of the rectification")
REPORTS: Final = ("inspection.issue_report", "conclusion.import_external")
APPLICATIONS: Final = ("rectification.apply_recheck", "rectification.resume_and_apply")


@dataclass(frozen=True, slots=True)
class Material:
    """One material of a case file: whether it is there, and why this case has none, if it has none."""

    name: Words
    article: int
    here: bool
    excused: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether it should be there and is not."""
        return not self.here and not self.excused

    @property
    def words(self) -> Words:
        """Its name with the article that asks for it."""
        cited = cite(self.article)
        return Words(f"{self.name.zh}（{cited.zh}）", f"{self.name.en} ({cited.en})")

    def __str__(self) -> str:
        return self.words.zh


@dataclass(frozen=True, slots=True)
class _Held:
    """What there is of a case: its acts, each with the matter, and its papers."""

    acts: Collection[tuple[str, str]]
    papers: Collection[tuple[int, str, str]]
    elsewhere: str = ""
    """Where the originals are of what was done before the case came in from an old system."""
    came_in: Collection[str] = ()
    """The states in which its matters came in."""

    def before(self, *states: str) -> str:
        """Why a document is not here that a matter had already when it came in, in one of these states."""
        return self.elsewhere if set(states) & set(self.came_in) else ""

    def act(self, *names: str, label: str | None = None) -> bool:
        return any(act in names and label in {None, own} for act, own in self.acts)

    def form(self, number: int, label: str | None = None) -> bool:
        return any(form == number and label in {None, own} for form, _letter, own in self.papers)

    def letter(self, name: str) -> bool:
        return any(letter == name for _form, letter, _own in self.papers)


def papers_of(dossier: Dossier, party: Party | None) -> list[Paper]:
    """The papers of a dossier (of one party and those common to all), in the order of issue."""
    rows = Paper.objects.filter(dossier=dossier).select_related("issuer", "template").order_by("issued_on", "pk")
    return [paper for paper in rows if party is None or paper.party_id in {None, party.pk}]


def recorded(dossier: Dossier, party: Party | None) -> list[Entry]:
    """The acts that stand for documents from outside, in the order of their days."""
    rows = Entry.objects.filter(dossier=dossier, act__in=IN_ORDER).select_related("office", "party__enterprise")
    rows = rows.order_by("effective_on", "sequence")
    return [entry for entry in rows if party is None or entry.party_id in {None, party.pk}]


def cases_of(dossier: Dossier) -> list[Rectification]:
    """The cases of a dossier, one for each party; of a case that was moved, the one that goes on (Article 42)."""
    rows = Rectification.objects.filter(dossier=dossier).select_related("party__enterprise", "bureau").order_by("pk")
    return list({case.party_id: case for case in rows}.values())


def missing(case: Rectification) -> list[Words]:
    """The materials that this case should have and has not, each with its article."""
    return [material.words for material in materials(case) if material.is_missing]


def materials(case: Rectification) -> list[Material]:
    """Everything that may belong into the file of this case, in the order of the articles."""
    party = case.party
    assert party is not None
    entries = Entry.objects.filter(dossier=case.dossier)
    rows = entries.values_list("act", "label", "party_id")
    acts = [(act, label) for act, label, of in rows if of in {None, party.pk}]
    papers = [(paper.form, paper.letter, paper.label) for paper in papers_of(case.dossier, party)]
    held = _Held(set(acts), set(papers), *_old(case))
    return [
        *_of_the_order(case, held),
        *_of_the_party(case, held),
        *_of_the_visits(case, party, held),
        *_of_the_ladder(case, held),
    ]


def _old(case: Rectification) -> tuple[str, Collection[str]]:
    """Of a case of an old system: where its originals are, and in which states its matters came in (Article 53)."""
    rows = Entry.objects.filter(dossier=case.dossier, act=taking.ACT).order_by("sequence")
    rows = rows.filter(Q(party=None) | Q(party=case.party_id))
    came = list(rows.values("to_state", "facts__old_number"))
    where = f"原件在原系统案卷（{came[0]['facts__old_number']}）" if came else ""
    return where, {row["to_state"] for row in came}


ORDERED_BEFORE: Final = (RectificationState.ORDER_ISSUED, RectificationState.RECTIFYING, RectificationState.APPLIED)
"""States of a case that had its order when it came in."""


def _of_the_order(case: Rectification, held: _Held) -> Iterator[Material]:
    """Report, order and its receipt; a case that ended before has less of them (Articles 43, 44)."""
    ended = _ended(case)
    yield Material(Words("检验报告", "Test report"), 53, held.act(*REPORTS), held.before(InspectionState.REPORTED))
    yield Material(
        Words("责令改正通知书", "Rectification order"),
        43,
        held.form(11),
        held.before(*ORDERED_BEFORE) or (ended if case.ordered_on is None else ""),
    )
    yield Material(
        Words("责令改正通知书的送达凭证", "Proof of service of the rectification order"),
        44,
        case.order_received_on is not None,
        ended or held.before(RectificationState.APPLIED),
    )
    if held.act("rectification.transfer_jurisdiction"):
        yield Material(Words("案件移送函", "Letter of transfer"), 42, held.letter("jurisdiction_transfer"))
    if ended and case.ordered_on is not None:
        yield Material(
            Words("撤回责令改正通知书告知书", "Withdrawal of the rectification order"),
            43,
            held.letter("order_withdrawal"),
        )


def _of_the_party(case: Rectification, held: _Held) -> Iterator[Material]:
    """What the party hands in: the application, or what stands in its place (Articles 44 to 46, 48)."""
    assert case.party is not None
    hardship = held.act("rectification.claim_hardship")
    yield Material(
        Words("复查申请", "Application for a recheck"),
        44,
        held.act(*APPLICATIONS),
        _ended(case) or held.before(RectificationState.APPLIED) or _no_application(held, hardship=hardship),
    )
    if hardship:
        yield Material(Words("无法完成整改的证明材料", "Proof of inability to rectify"), 45, here=True)
    if case.party.is_seller:
        proof = held.act("ban.record_producer_proof") or _resumes(case)
        keeps_off = "" if proof else "没有恢复销售同一产品"
        yield Material(
            Words("生产者复查合格的证明", "Proof that the producer has passed its recheck"), 48, proof, keeps_off
        )


def _no_application(held: _Held, *, hardship: bool) -> str:
    if hardship:
        return f"以无法完成整改的证明代替（{cite(45).zh}）"
    lapsed = held.act("rectification.lapse") and not held.act("rectification.correct_lapse")
    return f"期限内没有提交，由结果处理部门组织复查（{cite(46).zh}）" if lapsed else ""


def _of_the_visits(case: Rectification, party: Party, held: _Held) -> Iterator[Material]:
    """Each visit with its record, test and conclusion, and the one that has yet to come (Articles 46 to 51)."""
    visits = list(Recheck.objects.filter(dossier=case.dossier, party=party).order_by("pk"))
    for number, visit in enumerate(visits, 1):
        turn = number if len(visits) > 1 else 0
        yield from _of_one_visit(visit, party, held, turn, _ended(case) if visit.state not in CONCLUDED else "")
    open_ = bool(visits) and visits[-1].state not in CONCLUDED
    if not open_ and case.state not in {*ENDED, RectificationState.HARDSHIP_SUSPENDED}:
        turn = len(visits) + 1 if visits else 0
        yield from _of_one_visit(None, party, held, turn, "")


def _of_one_visit(visit: Recheck | None, party: Party, held: _Held, turn: int, ended: str) -> Iterator[Material]:
    """One visit, or with None the one that has yet to come; ``turn`` is 0 when there is only one."""
    label = visit.label if visit is not None else None

    def act(name: str) -> bool:
        return label is not None and held.act(name, label=label)

    def form(number: int) -> bool:
        return label is not None and held.form(number, label)

    untested = ended or _no_test(visit, party)
    checked, article = (ON_SITE, 48) if party.is_seller else (VERIFIED, 47)
    yield Material(_nth(checked, turn), article, act("recheck.verify_on_site"), ended)
    yield Material(_nth(Words("复查检验委托书", "Commission for the recheck test"), turn), 47, form(12), untested)
    yield Material(
        _nth(Words("复查检验报告", "Report of the recheck test"), turn), 53, act("recheck.test_done"), untested
    )
    yield Material(_nth(Words("复查结果通知书", "Notice of the recheck result"), turn), 50, form(13), ended)


def _nth(name: Words, turn: int) -> Words:
    """The material of one visit among several."""
    return Words(f"{name.zh}（第{turn}次复查）", f"{name.en} (recheck {turn})") if turn else name


def _no_test(visit: Recheck | None, party: Party) -> str:
    """Why a visit has no test; nothing when it has one or has yet to have it (Articles 45, 47, 48)."""
    if party.is_seller:
        return f"对销售者只作现场检查（{cite(48).zh}）"
    if visit is None or visit.test_conclusion or visit.state in TESTED:
        return ""
    reasons = {
        RecheckState.PASSED: f"只因标签、标志或者说明书不合格，经核查已经改正（{cite(47).zh}）",
        RecheckState.FAILED: f"经核查没有完成整改，不进行检验（{cite(47).zh}）",
        RecheckState.HARDSHIP_CONFIRMED: f"确认无法完成整改（{cite(45).zh}）",
    }
    return reasons.get(visit.state, "")


def _of_the_ladder(case: Rectification, held: _Held) -> Iterator[Material]:
    """After each failure what Article 51 wants; the rungs that were not reached are not listed."""
    steps = (
        (1, Words("逐级上报材料", "Report to the level above"), held.act("rectification.report_up")),
        (1, Words("公告", "Announcement"), held.letter("announcement") or held.act("announcement.announce")),
        (
            2,
            Words("责令停业、限期整顿的决定", "Decision to close for a period of consolidation"),
            held.act("rectification.order_closure"),
        ),
        (
            3,
            Words("吊销营业执照的决定", "Decision to revoke the business licence"),
            held.act("rectification.revoke_licence"),
        ),
    )
    for failures, name, here in steps:
        if case.failures >= failures:
            yield Material(name, 51, here, _ended(case))


def _ended(case: Rectification) -> str:
    """Why a withdrawn case has no more."""
    return f"案件已经终止，责令改正失去依据（{cite(43).zh}）" if case.state == RectificationState.WITHDRAWN else ""


def _resumes(case: Rectification) -> bool:
    """Whether a seller passed with the proof of its producer, so that it may sell again."""
    passed = Entry.objects.filter(dossier=case.dossier, party=case.party, act="recheck.pass_without_test")
    return any(facts.get("resume") for facts in passed.values_list("facts", flat=True))
