"""What follows by itself in chapter six."""

from collections.abc import Sequence

from spotcheck.docket import register
from spotcheck.docket.acts import let_lapse, proceed
from spotcheck.docket.consequences import follows
from spotcheck.docket.deadlines import lapses
from spotcheck.docket.models import Deadline, Dossier, Entry, Message, Party, Track
from spotcheck.docket.sessions import current, parties_changed
from spotcheck.objections.states import RetestState
from spotcheck.parties.models import Office, in_shandong
from spotcheck.planning.operations import involve_bureaus
from spotcheck.remediation import coverage
from spotcheck.remediation.flow.rectification import RUNNING
from spotcheck.remediation.models import (
    Announcement,
    Ban,
    Lead,
    Publication,
    Recheck,
    Rectification,
)
from spotcheck.remediation.requirements import conclusions_of, is_division_of_work
from spotcheck.remediation.states import BanState, RecheckState, RectificationState
from spotcheck.rules.sd_2021_1.period_codes import APPLY_FOR_RECHECK


@follows("conclusion.revoke", "conclusion.retest_conforming", "conclusion.withdraw_external", "conclusion.annul")
def withdraw_all(batch: list[Entry]) -> None:
    """The conclusion has fallen: every case of the sample is withdrawn, also a passed one (Articles 4, 38, 41)."""
    for entry in batch:
        _withdraw(entry.dossier, entry)


@follows("conclusion.maintain")
def withdraw_when_nothing_stands(batch: list[Entry]) -> None:
    """A retest has left no failed item and the full report is still out: no order stands meanwhile (R28)."""
    for entry in batch:
        if register.any_in(entry.dossier, "retest", RETESTED) and not coverage.failed(entry.dossier):
            _withdraw(entry.dossier, entry)


RETESTED = (RetestState.CLOSED_CONFORMING, RetestState.CLOSED_NONCONFORMING)


@follows("objection.uphold_denial", "denial.find_not_produced", "denial.find_nonexistent")
def withdraw_from_nominal_producer(batch: list[Entry]) -> None:
    """Who did not make the product is not responsible for it; the seller stays so (Articles 37, 52)."""
    for entry in batch:
        parties = entry.dossier.parties.filter(role=Party.Role.NOMINAL_PRODUCER)
        if entry.party_id is not None:
            parties = parties.filter(pk=entry.party_id)
        sellers = [party for party in entry.dossier.parties.filter(role=Party.Role.SELLER) if party.in_shandong]
        for party in parties.select_related("enterprise", "handler"):
            _withdraw(entry.dossier, entry, party)
            _open_lead(entry, sellers[0] if sellers else party)


def _withdraw(dossier: Dossier, cause: Entry, party: Party | None = None) -> None:
    """Withdraw the cases; where the business licence is revoked the case stays, and only its ban goes (R42)."""
    cases = Rectification.objects.filter(dossier=dossier).select_related("party__enterprise", "party__handler")
    if party is not None:
        cases = cases.filter(party=party)
    found = list(cases.order_by("pk"))
    fallen = [case for case in found if case.state in (*RUNNING, RectificationState.PASSED)]
    proceed(fallen, "withdraw", on=cause.effective_on, cause=cause)
    revoked = [case.party_id for case in found if case.state == RectificationState.LICENCE_REVOKED]
    _revocation_lost_basis(dossier, revoked, cause)


def _revocation_lost_basis(dossier: Dossier, parties: Sequence[int], cause: Entry) -> None:
    """The permanent bans of these parties are lifted; what falls after that is one ground more (Article 51, R42)."""
    if not parties:
        return
    bans = list(Ban.objects.filter(dossier=dossier, party__in=parties).select_related("party").order_by("pk"))
    first = [ban for ban in bans if ban.state == BanState.PERMANENT]
    again = [ban for ban in bans if ban.state == BanState.LIFTED]
    proceed(first, "lift_permanent", on=cause.effective_on, cause=cause)
    proceed(again, "lost_basis_again", on=cause.effective_on, cause=cause)


@follows("rectification.withdraw", "rectification.close_dissolved", "rectification.annul")
def lift_with_order(batch: list[Entry]) -> None:
    """With the order its ban falls, also the one that the revocation of the licence had made permanent (50, 51)."""
    for entry in batch:
        if entry.to_state == RectificationState.APPLIED:  # only the recheck was annulled: the order stands
            continue
        if entry.to_state == RectificationState.LICENCE_REVOKED:  # that stays: it is the decision of another authority
            _revocation_lost_basis(entry.dossier, [entry.matter.party_id], entry)
            continue
        bans = Ban.objects.filter(dossier=entry.dossier, party=entry.party, state=BanState.ACTIVE)
        proceed(
            list(bans.select_related("party")),
            "lift_on_withdrawal",
            on=entry.effective_on,
            cause=entry,
        )


@follows("rectification.record_order_receipt")
def ban_resumption(batch: list[Entry]) -> None:
    """From the receipt of Form 11 the party must not resume the same product; a later order bans again (Article 50)."""
    for entry in batch:
        ban = Ban.objects.filter(dossier=entry.dossier, party=entry.party).select_related("party").first()
        if ban is None:
            proceed([Ban.new(entry.dossier, entry.party)], "activate", on=entry.effective_on, cause=entry)
        elif ban.state == BanState.LIFTED:
            proceed([ban], "reactivate", on=entry.effective_on, cause=entry)


@follows("rectification.start_recheck")
def open_visit(batch: list[Entry]) -> None:
    """The recheck begins with a visit; one after a proof of inability is no round of the ladder (Article 46)."""
    for entry in batch:
        visit = Recheck.new(
            entry.dossier,
            entry.party,
            case=entry.matter,
            is_round=entry.from_state != RectificationState.HARDSHIP_CLAIMED,
        )
        proceed([visit], "open", on=entry.effective_on, cause=entry)


@follows("recheck.pass_without_test", "recheck.pass_with_test")
def case_passed(batch: list[Entry]) -> None:
    """The case is passed; a producer may resume, a seller only when it has shown the producer's pass (48, 50)."""
    for entry in batch:
        _carry(entry, "pass_")
        if entry.matter.party.is_producer or entry.facts.get("resume"):
            bans = Ban.objects.filter(dossier=entry.dossier, party=entry.party, state=BanState.ACTIVE)
            proceed(list(bans), "lift_on_pass", on=entry.effective_on, cause=entry)


@follows("recheck.fail_without_test", "recheck.fail_with_test", "recheck.fail_no_sample")
def case_failed(batch: list[Entry]) -> None:
    """The case is failed (Articles 50, 51)."""
    for entry in batch:
        _carry(entry, "fail")


@follows("recheck.confirm_hardship")
def case_suspended(batch: list[Entry]) -> None:
    """The inability is confirmed and the case waits (Article 45)."""
    for entry in batch:
        _carry(entry, "confirm_hardship")


def _carry(entry: Entry, method: str) -> None:
    """The result of a visit carries its case along."""
    case = Rectification.objects.select_related("party__enterprise", "party__handler").get(pk=entry.matter.case_id)
    proceed([case], method, on=entry.effective_on, cause=entry)


@follows("rectification.report_up")
def report_failure(batch: list[Entry]) -> None:
    """The report on the failure starts on its way up, anew when an earlier one of this case was made (Article 51)."""
    for entry in batch:
        before = Announcement.objects.filter(case=entry.matter).select_related("party").first()
        report = before or Announcement.new(entry.dossier, entry.party, case=entry.matter)
        proceed([report], "report_again" if before else "create", on=entry.effective_on, cause=entry)


@follows("announcement.announce")
def case_announced(batch: list[Entry]) -> None:
    """With the announcement the time for the second recheck runs (Article 51)."""
    for entry in batch:
        _carry(entry, "announce")


@follows("rectification.revoke_licence")
def ban_for_good(batch: list[Entry]) -> None:
    """With the licence gone the ban stays (Article 51)."""
    for entry in batch:
        bans = Ban.objects.filter(dossier=entry.dossier, party=entry.party, state=BanState.ACTIVE)
        proceed(list(bans), "make_permanent", on=entry.effective_on, cause=entry)


@follows("ban.record_producer_proof")
def lift_after_proof(batch: list[Entry]) -> None:
    """The seller has shown the pass of the producer (Article 48)."""
    for entry in batch:
        proceed([entry.matter], "lift_on_pass", on=entry.effective_on, cause=entry)


@follows("rectification.transfer_jurisdiction")
def move_party(batch: list[Entry]) -> None:
    """The party is handled where it really works (Article 42).

    A case whose order was received, and one that a city gives to its own county, goes on there in the same state with
    its clocks, visit and announcement; before that the new bureau begins with its own receipt of the report. To
    another province the ban goes along and nothing is left here.
    """
    for entry in batch:
        case = entry.matter
        party, here, to = case.party, case.bureau.code, case.moved_to
        _move(party, to, address=entry.facts.get("address") or "")
        if party.handler is None:
            bans = Ban.objects.filter(dossier=entry.dossier, party=party, state=BanState.ACTIVE).select_related("party")
            proceed(list(bans), "hand_over", on=entry.effective_on, cause=entry)
        elif case.was_received or is_division_of_work(here, to):
            _hand_on(case, entry)


def _move(party: Party, to: str, *, address: str) -> None:
    """Give a party its place; the enterprise's own address is kept with the finding on it."""
    party.place = to
    party.handler = Office.objects.filter(code=to).first() if in_shandong(to) else None
    party.save(update_fields=["place", "handler"])
    parties_changed(party.dossier_id)
    if address:
        enterprise = party.enterprise
        enterprise.actual_place, enterprise.actual_address = to, address
        enterprise.save(update_fields=["actual_place", "actual_address"])
    involve_bureaus(party)


def _hand_on(case: Rectification, entry: Entry) -> None:
    """The same case with the new bureau: what was done counts, what runs runs on (R22, R35, R36)."""
    kept = {name: getattr(case, name) for name in GOES_ALONG}
    heir = Rectification.new(entry.dossier, case.party, previous=case, **kept)
    proceed([heir], "take_over_running", on=entry.effective_on, cause=entry)
    Recheck.objects.filter(case=case, state__in=OPEN_VISIT).update(case=heir)
    Announcement.objects.filter(case=case).update(case=heir)


GOES_ALONG = (
    "report_received_on",
    "ordered_on",
    "order_received_on",
    "was_received",
    "items",
    "applied_by_party",
    "hardship_claimed_on",
    "round",
    "failures",
    "visits_for_hardship",
    "announced_on",
    "closure_until",
)
"""What a case keeps when another bureau takes it over."""
OPEN_VISIT = (RecheckState.OPENED, RecheckState.VERIFIED, RecheckState.TEST_COMMISSIONED, RecheckState.TESTED)


@follows("sampling.terminate_illegal", "sampling.record_obstruction")
def lead_about_sampled(batch: list[Entry]) -> None:
    """What the samplers met is reported about the sampled entity (Articles 14, 21)."""
    for entry in batch:
        for party in entry.dossier.parties.filter(role__in=Party.SAMPLED).order_by("pk")[:1]:
            _open_lead(entry, party)


@follows("inspection.terminate_illegal")
def lead_about_producer(batch: list[Entry]) -> None:
    """What the laboratory met is reported about every producer, or the one it names, never the seller (28, R39)."""
    for entry in batch:
        producers = entry.dossier.parties.filter(role__in=Party.PRODUCERS).order_by("pk")
        if meant := entry.facts.get("producer"):
            producers = producers.filter(label=meant)
        found: list[Party | None] = list(producers)
        for party in found or [None]:
            _open_lead(entry, party)


@follows("ban.record_breach")
def lead_about_breach(batch: list[Entry]) -> None:
    """A breach of the ban is a lead; the recheck goes on (Articles 50, 56)."""
    for entry in batch:
        _open_lead(entry, entry.party)


def _open_lead(entry: Entry, party: Party | None) -> None:
    lead = Lead.new(entry.dossier, party, source_act=entry.act)
    proceed([lead], "create", on=entry.effective_on, cause=entry)


@follows("task.finish_testing")
def compile_results(batch: list[Entry]) -> None:
    """With the testing done the results of the task are compiled (Article 57)."""
    proceed(
        [Publication.new(entry.dossier) for entry in batch],
        "create",
        on=[entry.effective_on for entry in batch],
        cause=batch,
    )


@follows("publication.approve")
def keep_approved(batch: list[Entry]) -> None:
    """What was approved is kept: only that is published (Article 57, R44)."""
    for entry in batch:
        entry.matter.approved = conclusions_of(entry.dossier)
        entry.matter.save(update_fields=["approved"])


@follows("publication.publish", "publication.correct")
def keep_published(batch: list[Entry]) -> None:
    """What was published or corrected is kept, so that a later change is seen (Article 57)."""
    for entry in batch:
        entry.matter.published = conclusions_of(entry.dossier)
        entry.matter.save(update_fields=["published"])


@follows("conclusion.set_nonconforming", "conclusion.import_external")
def review_effectiveness(batch: list[Entry]) -> None:
    """The bureau that had passed the producer is told to evaluate that rectification (Article 55)."""
    now = current().now
    for entry in batch:
        if "EFFECTIVENESS_REVIEW" not in entry.flags:
            continue
        producers = entry.dossier.parties.filter(role__in=Party.PRODUCERS).values("enterprise")
        passed = Track.objects.filter(
            chart="rectification",
            state=RectificationState.PASSED,
            party__role__in=Party.PRODUCERS,
            party__enterprise__in=producers,
            dossier__sample_file__product_kind=entry.dossier.sample_file.product_kind,
        ).exclude(dossier=entry.dossier)
        offices = set(passed.exclude(party__handler=None).values_list("party__handler", flat=True))
        Message.objects.bulk_create(
            [
                Message(
                    dossier=entry.dossier,
                    entry=entry,
                    kind="effectiveness_review",
                    office_id=office,
                    created_at=now,
                )
                for office in sorted(offices)
            ],
            ignore_conflicts=True,
        )


@follows("recheck.commission_test", "recheck.recommission")
def involve_technical_body(batch: list[Entry]) -> None:
    """The body commissioned with the recheck test gets its part (Article 47)."""
    for entry in batch:
        body = Office.objects.filter(code=entry.facts.get("technical_body") or "").first()
        register.involve(entry.dossier, body, "technical_body", entry.party)


@lapses(APPLY_FOR_RECHECK)
def close_time_to_rectify(batch: list[Deadline]) -> None:
    """Nothing was submitted in time; the forced recheck comes (Articles 44, 46)."""
    let_lapse(batch, "lapse")
