"""What follows by itself in chapter four."""

from spotcheck.docket import register
from spotcheck.docket.acts import let_lapse, proceed
from spotcheck.docket.consequences import follows
from spotcheck.docket.deadlines import lapses
from spotcheck.docket.models import Deadline, Dossier, Entry
from spotcheck.inspection import recording
from spotcheck.inspection.models import Conclusion, Inspection, ResultNotice
from spotcheck.inspection.operations import (
    NOT_COVERED,
    VERDICT_DIFFERS,
    alarm,
    conclusion_of,
    keep_items,
    notify_parties,
)
from spotcheck.inspection.states import ConclusionState, ResultNoticeState
from spotcheck.planning.operations import end_target
from spotcheck.rules.sd_2021_1.period_codes import LODGE_OBJECTION
from spotcheck.sampling.operations import void


@follows("sampling.complete_sampling", "purchase.seal_and_notify")
def await_sample(batch: list[Entry]) -> None:
    """An inspection awaits the sealed samples (Article 27)."""
    proceed(
        [Inspection.new(entry.dossier) for entry in batch],
        "create",
        on=[entry.effective_on for entry in batch],
        cause=batch,
    )


@follows("results.record")
def keep_results(batch: list[Entry]) -> None:
    """Results and declared limits are kept, and the province is told of a verdict that differs (Articles 29, 31)."""
    for entry in batch:
        recording.keep(entry)
        if "VERDICT_DIFFERS" in entry.flags:
            alarm(entry, VERDICT_DIFFERS)


@follows("inspection.report_serious")
def tell_of_danger(batch: list[Entry]) -> None:
    """A partial report makes the conclusion and the first notices (Article 30)."""
    for entry in batch:
        new = keep_items(entry.dossier, entry.facts.get("items") or ())
        if conclusion_of(entry.dossier) is None:
            _conclude(entry.dossier, "nonconforming", entry)
        if new and not _was_revoked(entry.dossier):
            told_before = ResultNotice.objects.filter(dossier=entry.dossier).exists()
            notify_parties(entry.dossier, on=entry.effective_on, cause=entry, supplement=told_before)


@follows("inspection.issue_report")
def tell_of_report(batch: list[Entry]) -> None:
    """The report makes the conclusion and a notice to every party (Articles 31 to 33).

    After a partial report the full one makes a second notice only when further items failed.
    """
    for entry in batch:
        if "CMA_NOT_COVERED" in entry.flags:
            alarm(entry, NOT_COVERED)
        new = keep_items(entry.dossier, entry.facts.get("items") or ())
        after_partial = entry.matter.partial_on is not None
        if not after_partial:  # else a partial report has made it
            _conclude(entry.dossier, entry.facts["conclusion"], entry)
        if not after_partial or (new and not _was_revoked(entry.dossier)):
            notify_parties(entry.dossier, on=entry.effective_on, cause=entry, supplement=after_partial)


@follows("inspection.stop_unit_lost")
def void_without_report(batch: list[Entry]) -> None:
    """Without a partial report there is no result: the sampling is void, the target may be sampled again (R49)."""
    for entry in batch:
        if conclusion_of(entry.dossier) is None:
            void(entry.dossier, on=entry.effective_on, cause=entry)


@follows("inspection.issue_report", "inspection.terminate_illegal", "inspection.stop_unit_lost")
def end_tested_target(batch: list[Entry]) -> None:
    """A target whose inspection has ended has come to its end (Article 34)."""
    for entry in batch:
        end_target(entry.dossier, on=entry.effective_on, cause=entry)


@follows("conclusion.import_external")
def keep_imported_items(batch: list[Entry]) -> None:
    """The items of a report that was handed over are kept like those of our own (Article 32)."""
    for entry in batch:
        keep_items(entry.dossier, entry.facts.get("items") or ())


@follows("conclusion.revoke", "conclusion.withdraw_external", "conclusion.annul")
def end_notices(batch: list[Entry]) -> None:
    """A result that does not stand is told to nobody any more, and no window goes on (Articles 33, 38, R55)."""
    for entry in batch:
        untold = ResultNotice.objects.filter(
            dossier=entry.dossier, state__in=(ResultNoticeState.DUE, ResultNoticeState.SENT, ResultNoticeState.SERVED)
        )
        notices = list(untold.select_related("party__enterprise", "party__handler").order_by("pk"))
        proceed(notices, "end", on=entry.effective_on, cause=entry)


@lapses(LODGE_OBJECTION)
def close_windows(batch: list[Deadline]) -> None:
    """The window of a party is over (Article 35). The legal date is the day after the later of the two dates."""
    let_lapse(batch, "lapse")


def _was_revoked(dossier: Dossier) -> bool:
    """Whether the conclusion has fallen while the testing went on: nobody is told what does not stand (R55)."""
    return register.any_in(dossier, "conclusion", (ConclusionState.REVOKED,))


def _conclude(dossier: Dossier, verdict: str, entry: Entry) -> None:
    """Bring the conclusion into being."""
    proceed([Conclusion.new(dossier)], f"set_{verdict}", on=entry.effective_on, cause=entry)
