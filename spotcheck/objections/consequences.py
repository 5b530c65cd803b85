"""What follows by itself in chapter five."""

from spotcheck.docket import register
from spotcheck.docket.acts import let_lapse, proceed
from spotcheck.docket.consequences import follows
from spotcheck.docket.deadlines import lapses
from spotcheck.docket.models import Deadline, Entry
from spotcheck.inspection.operations import change, conclusion_of, settle_items
from spotcheck.inspection.states import ConclusionState, ResultNoticeState
from spotcheck.objections.models import Objection, Retest, Verification
from spotcheck.objections.retests import BEFORE_REPORT
from spotcheck.objections.settlement import PROVISIONAL, finalise, reopen, report_is_complete, settle
from spotcheck.objections.states import ObjectionState
from spotcheck.objections.verifications import writer_of
from spotcheck.parties.models import Office
from spotcheck.rules.sd_2021_1.period_codes import RETEST_FORMALITIES
from spotcheck.sampling import films
from spotcheck.sampling.custody import side_of
from spotcheck.sampling.models import SampleUnit
from spotcheck.sampling.operations import mark_retested, release_reserve, void


@follows("result_notice.lapse")
def windows_may_be_over(batch: list[Entry]) -> None:
    """With the last window over a conclusion may become final."""
    finalise(batch)


@follows("inspection.issue_report", "inspection.terminate_illegal", "inspection.stop_unit_lost")
def no_further_report(batch: list[Entry]) -> None:
    """With the full report in, or the testing stopped, a conclusion may become final (Articles 30, 41)."""
    report_is_complete(batch)


@follows("objection.file")
def put_in_question(batch: list[Entry]) -> None:
    """A timely objection closes the window of its party and puts the conclusion in question (Article 35)."""
    for entry in batch:
        objection: Objection = entry.matter
        if objection.standing != Objection.Standing.IN_TIME:
            continue
        on = entry.effective_on
        if objection.window is not None and objection.window.state == ResultNoticeState.SERVED:
            proceed([objection.window], "object", on=on, cause=entry)
        conclusion = conclusion_of(entry.dossier)
        if conclusion is None:
            continue
        decided_by_retest = Retest.objects.filter(dossier=entry.dossier, completed=True).exists()
        if conclusion.state in PROVISIONAL:
            change(conclusion, "raise_objection", on=on, cause=entry)
        elif (
            conclusion.state in {ConclusionState.FINAL_CONFORMING, ConclusionState.FINAL_NONCONFORMING}
            and not decided_by_retest
        ):
            change(conclusion, "reopen", on=on, cause=entry)


@follows("result_notice.correct_lapse")
def count_what_was_on_file(batch: list[Entry]) -> None:
    """An objection on file for this window counts from now on, and the conclusion is open again (Article 35)."""
    for entry in batch:
        waiting = Objection.objects.filter(
            dossier=entry.dossier, window=entry.matter, standing=Objection.Standing.UNDER_CORRECTION
        )
        for objection in waiting:
            objection.dossier = entry.dossier
            objection.standing = Objection.Standing.IN_TIME
            objection.save(update_fields=["standing"])
            register.write(objection, entry.effective_on)
        reopen(entry.dossier, on=entry.effective_on, cause=entry)


@follows("verification.file")
def keep_verification(batch: list[Entry]) -> None:
    """A written conclusion is kept with its writer; the newest of each counts (Article 36)."""
    for entry in batch:
        by = entry.matter.proposal.by
        facts = entry.facts
        Verification.objects.create(
            objection=entry.matter,
            writer=writer_of(entry.matter, by, facts.get("writer")),
            position=facts["position"],
            reasons=facts["reasons"],
            document=facts.get("document") or "",
            post_id=side_of(entry).post,
            filed_on=entry.effective_on,
            entry=entry,
        )


@follows("objection.order_retest")
def put_under_retest(batch: list[Entry]) -> None:
    """A retest is held; the body named for it gets its part (Article 38)."""
    for entry in batch:
        named = Office.objects.filter(code=entry.facts.get("retest_lab") or "").first()
        register.involve(entry.dossier, named, "retest_lab")
        conclusion = conclusion_of(entry.dossier)
        if conclusion is not None and conclusion.state in {
            ConclusionState.UNDER_OBJECTION,
            ConclusionState.UNDER_RETEST,
        }:
            change(conclusion, "order_retest", on=entry.effective_on, cause=entry)


@follows("objection.record_decision_receipt")
def begin_retest(batch: list[Entry]) -> None:
    """With the receipt of Form 8 the retest comes into being (Article 39)."""
    for entry in batch:
        objection: Objection = entry.matter
        if objection.state == ObjectionState.CONCLUDED_RETEST:
            retest = Retest(
                dossier=entry.dossier,
                party=objection.party,
                label=objection.label,
                items=objection.items,
            )
            proceed([retest], "create", on=entry.effective_on, cause=entry)


@follows("objection.maintain", "objection.withdraw", "objection.uphold_denial")
def objection_ended(batch: list[Entry]) -> None:
    """An objection that counted has ended (Article 38)."""
    for entry in batch:
        if entry.matter.standing == Objection.Standing.IN_TIME:
            settle(entry.dossier, on=entry.effective_on, cause=entry)
        else:
            finalise([entry])


@follows("objection.revoke")
def conclusion_falls(batch: list[Entry]) -> None:
    """The conclusion is revoked and the sampling void; a retest under way has no effect any more (Article 38)."""
    for entry in batch:
        _revoke(entry)


@follows("objection.decide_anew")
def decided_anew(batch: list[Entry]) -> None:
    """The retest that cannot be held ends, and the objection counts as maintained or revoked (Articles 38, 39)."""
    for entry in batch:
        running = Retest.objects.filter(dossier=entry.dossier, label=entry.label, state__in=BEFORE_REPORT)
        proceed(list(running.select_related("party")), "cancel", on=entry.effective_on, cause=entry)
        if entry.to_state == ObjectionState.CONCLUDED_REVOKE:
            _revoke(entry)
        else:
            settle(entry.dossier, on=entry.effective_on, cause=entry)


def _revoke(entry: Entry) -> None:
    conclusion = conclusion_of(entry.dossier)
    if conclusion is not None and conclusion.state not in {*PROVISIONAL, ConclusionState.REVOKED}:
        change(conclusion, "revoke", on=entry.effective_on, cause=entry)
    void(entry.dossier, on=entry.effective_on, cause=entry)


@follows("retest.recommission")
def involve_next_body(batch: list[Entry]) -> None:
    """The body that tests in place of the first one gets its part (Articles 38, 40)."""
    for entry in batch:
        named = Office.objects.filter(code=entry.facts.get("retest_lab") or "").first()
        register.involve(entry.dossier, named, "retest_lab")


@follows("retest.hand_over_sample")
def sample_released(batch: list[Entry]) -> None:
    """The filmed hand-over releases the reserve unit (Article 39)."""
    for entry in batch:
        films.keep(entry, SampleUnit.objects.filter(dossier=entry.dossier, label="R").first())
        release_reserve(entry.dossier, on=entry.effective_on, cause=entry)


@follows("retest.report")
def sample_used(batch: list[Entry]) -> None:
    """The retest has used the reserve unit (Article 41)."""
    for entry in batch:
        mark_retested(entry.dossier, on=entry.effective_on, cause=entry)


@follows("retest.close_conforming", "retest.close_nonconforming")
def results_replaced(batch: list[Entry]) -> None:
    """Form 10 replaces the results of the retested items at once and answers every objection to them (40, 41)."""
    for entry in batch:
        settle_items(entry.dossier, entry.matter.results)
        named = set(entry.matter.commissioned_items)
        others = Objection.objects.filter(
            dossier=entry.dossier, state__in=(ObjectionState.VERIFYING, ObjectionState.EXPERT_REVIEW)
        )
        others = others.filter(grounds="test_result", standing=Objection.Standing.IN_TIME).exclude(label=entry.label)
        answered = [
            one for one in others.select_related("party").order_by("pk") if one.items and set(one.items) <= named
        ]
        proceed(answered, "answer_by_retest", on=entry.effective_on, cause=entry)


@follows("retest.waive", "retest.close_conforming", "retest.close_nonconforming")
def retest_ended(batch: list[Entry]) -> None:
    """A retest has ended (Articles 39, 41)."""
    for entry in batch:
        settle(entry.dossier, on=entry.effective_on, cause=entry)


@follows("retest.reinstate")
def retest_revived(batch: list[Entry]) -> None:
    """The conclusion is opened again if it had been settled, and is under retest (Article 39)."""
    for entry in batch:
        reopen(entry.dossier, on=entry.effective_on, cause=entry)
        conclusion = conclusion_of(entry.dossier)
        if conclusion is not None and conclusion.state in {
            ConclusionState.UNDER_OBJECTION,
            ConclusionState.UNDER_RETEST,
        }:
            change(conclusion, "order_retest", on=entry.effective_on, cause=entry)


@lapses(RETEST_FORMALITIES)
def waive_retests(batch: list[Deadline]) -> None:
    """Without formalities in time the retest counts as waived (Article 39)."""
    let_lapse(batch, "waive")
