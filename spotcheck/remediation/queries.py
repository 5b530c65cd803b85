"""What belongs into the case file of a rectification case, and what is missing (Article 53)."""

from dataclasses import dataclass
from typing import Final

from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.notices.models import Paper
from spotcheck.remediation.flow.rectification import Rectification
from spotcheck.rules.articles import cite

DONE: Final = frozenset({"passed", "failed", "hardship_confirmed"})
IN_ORDER: Final = (
    "inspection.issue_report",
    "conclusion.import_external",
    "rectification.receive_report",
    "rectification.record_order_receipt",
    "rectification.apply_recheck",
    "rectification.claim_hardship",
    "rectification.late_submission",
    "rectification.resume_and_apply",
    "recheck.verify_on_site",
    "recheck.test_done",
    "announcement.announce",
    "rectification.order_closure",
    "rectification.revoke_licence",
)
"""The acts whose documents belong into the file although no paper of ours stands for them."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Which of the materials of Article 53 this case must have."""

    orders: bool
    applies: bool
    proves_hardship: bool
    tested: bool
    rechecked: bool


def variant(case: Rectification) -> Variant:
    """What has happened in the case decides: a seller is not tested, a fault of labels alone neither (47, 48)."""
    visits = list(case.visits.order_by("pk"))
    tested = Entry.objects.filter(dossier=case.dossier, party=case.party, act="recheck.commission_test").exists()
    acts = set(Entry.objects.filter(dossier=case.dossier, party=case.party).values_list("act", flat=True))
    return Variant(
        orders=case.ordered_on is not None,
        applies="rectification.apply_recheck" in acts,
        proves_hardship="rectification.claim_hardship" in acts,
        tested=tested,
        rechecked=any(visit.state in DONE for visit in visits),
    )


def papers_of(dossier: Dossier, party: Party | None) -> list[Paper]:
    """The papers of a dossier (of one party and those common to all), in the order of issue."""
    rows = Paper.objects.filter(dossier=dossier).select_related("issuer", "template").order_by("issued_on", "pk")
    return [paper for paper in rows if party is None or paper.party_id in {None, party.pk}]


def recorded(dossier: Dossier, party: Party | None) -> list[Entry]:
    """The acts that stand for documents from outside, in the order of their days."""
    rows = Entry.objects.filter(dossier=dossier, act__in=IN_ORDER).order_by("effective_on", "sequence")
    return [entry for entry in rows if party is None or entry.party_id in {None, party.pk}]


def missing(case: Rectification) -> list[str]:
    """The materials of Article 53 that this case should have and has not, each with its article."""
    has, acts = variant(case), {entry.act for entry in recorded(case.dossier, case.party)}
    forms = {paper.form for paper in papers_of(case.dossier, case.party)}
    wanted = [
        ("检验报告", 53, not acts & {"inspection.issue_report", "conclusion.import_external"}),
        ("责令改正通知书", 43, not has.orders or 11 not in forms),
        ("责令改正通知书的送达凭证", 44, has.orders and case.order_received_on is None),
        (
            "复查申请或者无法完成整改的证明",
            44,
            has.rechecked and not (has.applies or has.proves_hardship) and not _lapsed(case),
        ),
        ("复查检验委托书", 47, has.tested and 12 not in forms),
        ("复查检验报告", 47, has.tested and "recheck.test_done" not in acts),
        ("复查结果通知书", 50, not has.rechecked or 13 not in forms),
    ]
    return [f"{name}（{cite(article).zh}）" for name, article, lacks in wanted if lacks]


def _lapsed(case: Rectification) -> bool:
    """Without an application in time the bureau rechecks by itself (Article 46)."""
    return Entry.objects.filter(dossier=case.dossier, party=case.party, act="rectification.lapse").exists()
