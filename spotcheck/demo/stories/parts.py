"""What many stories share. A plain function acts today; one that yields takes some days."""

from typing import Any

from spotcheck.demo import chance, written
from spotcheck.demo.file import File, do_together
from spotcheck.demo.products import results
from spotcheck.demo.timeline import Story, Together
from spotcheck.rules.sd_2021_1.period_codes import APPLY_FOR_RECHECK, LODGE_OBJECTION

UNITS = ("T", "R")
_CANNOT_COME = ("illness", "leave", "conflict")
_ONE_IN, _ONE_MORE_IN = 40, 90
"""At so many targets a sampler is replaced before Form 1 is shown, or one more comes in addition afterwards."""


def visit(*files: File) -> None:
    """The samplers drawn show Form 1, check, sample, and carry both units away (Articles 12 to 18)."""
    for file in files:
        if not chance.number(_ONE_IN, "replaced", file.dossier.number):
            reason = chance.pick(_CANNOT_COME, "cannot come", file.dossier.number)
            file.do("sampling.replace_sampler", reason=reason)
    do_together(files, "sampling.present_notice")
    for file in files:
        if not chance.number(_ONE_MORE_IN, "added", file.dossier.number):
            file.do("sampling.add_sampler")
    do_together(files, "sampling.pass_precheck")
    do_together(files, "sampling.complete_sampling")
    for unit in UNITS:
        do_together(files, "sample.dispatch", label=unit, by="sampling_body")


def arrival(*files: File) -> None:
    """The laboratory receives both units and looks at the licence (Articles 27, 28)."""
    for unit in UNITS:
        do_together(files, "sample.receive", label=unit)
    do_together(files, "inspection.receive_sample")
    do_together(files, "inspection.clear_qualification")


def testing_begins(*files: File) -> None:
    """The test unit goes to an inspector (Articles 10, 27)."""
    do_together(files, "sample.issue", label="T")
    do_together(files, "inspection.start_testing")


def testing_ends(*files: File) -> None:
    """The test is on record and every item has its result (Articles 27, 29)."""
    do_together(files, "sample.record_tested", label="T")
    do_together(files, "sample.retain", label="T")
    do_together(files, "inspection.complete")


def report_conforming(*files: File) -> None:
    """The reports go out (Article 31)."""
    do_together(files, "inspection.issue_report")


def report_danger(file: File, *failed: str) -> None:
    """These items show a danger by themselves: they are reported at once, the test goes on (Article 30)."""
    items = results(file.dossier.sample_file.product_kind, failed, key=file.dossier.number)
    at_once = [row for row in items if row["name"] in failed]
    file.do("inspection.report_serious", items=at_once, danger=True)


def report(file: File, *failed: str) -> None:
    """The report of a sample that does not conform goes out, with its analysis (Article 31)."""
    items = results(file.dossier.sample_file.product_kind, failed, key=file.dossier.number)
    file.do("inspection.issue_report", conclusion="nonconforming", analysis=True, items=items)


def lag(file: File, low: int, high: int, what: str) -> int:
    """A number of days between two bounds, always the same for the same file and matter."""
    return low + chance.number(high - low + 1, what, file.dossier.number)


def to_the_report(file: File, *failed: str) -> Story:
    """From the visit to the report, at the pace of an ordinary batch."""
    yield Together(visit, file)
    yield file.working(lag(file, 1, 2, "arrival"))
    yield Together(arrival, file)
    yield file.working(lag(file, 1, 4, "testing"))
    yield Together(testing_begins, file)
    yield file.after(lag(file, 9, 18, "report"))
    yield Together(testing_ends, file)
    if failed:
        report(file, *failed)
    else:
        yield Together(report_conforming, file)


def handled_here(file: File) -> list[str]:
    """The labels of the parties that a bureau of the province handles (Article 42)."""
    return [label for label in file.labels if file.party(label).in_shandong]


def province_sends(*files: File) -> None:
    """The province sends Form 7 to every party (Article 33)."""
    do_together(files, "result_notice.send", by="province", each_party=True)


def province_has_slips(*files: File) -> None:
    """The province has the proof that every party received Form 7 (Article 35)."""
    do_together(files, "result_notice.record_receipt", by="province", each_party=True)


def laboratory_sends(*files: File) -> None:
    """The laboratory mails Form 7, which it may when the result conforms (Article 33)."""
    do_together(files, "result_notice.send", by="lab", each_party=True)


def laboratory_has_slips(*files: File) -> None:
    """The laboratory has the proof of receipt (Article 35)."""
    do_together(files, "result_notice.record_receipt", by="lab", each_party=True)


def noticed(file: File) -> Story:
    """Form 7 goes to every party and is received (Articles 33, 35)."""
    yield file.working(lag(file, 1, 2, "send"))
    yield Together(province_sends, file)
    yield file.after(lag(file, 2, 4, "slip"))
    yield Together(province_has_slips, file)


def noticed_by_laboratory(file: File) -> Story:
    """The laboratory mails the notice of a conforming result."""
    yield file.working(lag(file, 1, 2, "send"))
    yield Together(laboratory_sends, file)
    yield file.after(lag(file, 2, 4, "slip"))
    yield Together(laboratory_has_slips, file)


def conforming(file: File) -> Story:
    """An ordinary batch: it conforms, the laboratory mails the notice, nobody objects (Article 33)."""
    yield from visit_day(file)
    yield from to_the_report(file)
    yield from noticed_by_laboratory(file)


def nonconforming(file: File, *failed: str) -> Story:
    """An ordinary batch that does not conform, up to the receipt of Form 7."""
    yield from visit_day(file)
    yield from to_the_report(file, *failed)
    yield from noticed(file)


def visit_day(file: File) -> Story:
    """Wait for the samplers, who go round the drawn firms in the weeks after the draw."""
    turn = int(file.dossier.number.rpartition("-")[2])
    yield file.working(3 + turn // 2 + chance.number(3, "visit", file.dossier.number))


def window_over(file: File) -> Story:
    """Wait until the time for objections is over and the conclusion final (Article 35)."""
    while not (file.state("conclusion") or "").startswith("final"):
        yield file.lapse_of(LODGE_OBJECTION) or file.after(1)


def ordered(file: File, *who: str) -> Story:
    """The handling bureau receives the report and orders rectification; the party receives Form 11 (42, 43)."""
    for party in who:
        file.do("rectification.receive_report", party)
    yield file.working(3)
    for party in who:
        file.do("rectification.issue_order", party)
    yield file.after(2)
    for party in who:
        file.do("rectification.record_order_receipt", party)


def visited(file: File, party: str, *, rectified: bool = True, late_reason: str = "") -> Story:
    """A recheck begins and the bureau goes and looks (Articles 46, 47)."""
    file.do("rectification.start_recheck", party, late_reason=late_reason)
    yield file.working(1)
    if rectified:
        file.do("recheck.verify_on_site", party)
    else:
        not_rectified(file, party)


def not_rectified(file: File, party: str, finding: str = "") -> None:
    """The bureau has been there and writes down that nothing was rectified, and what it saw (Articles 47, 50)."""
    seen = {"finding": finding} if finding else written.not_rectified(file, file.party(party))
    file.do("recheck.verify_on_site", party, rectified=False, **seen)


def passed_on_test(file: File, party: str, *, conclusion: str = "conforming") -> Story:
    """A recheck with test (Article 47): passed, or failed when the test says so."""
    yield from visited(file, party)
    yield file.working(2)
    file.do("recheck.commission_test", party)
    yield file.after(12)
    file.do("recheck.test_done", party, conclusion=conclusion)
    yield file.working(2)
    file.do("recheck.pass_with_test" if conclusion == "conforming" else "recheck.fail_with_test", party)


def passed_on_site(file: File, party: str, **resumed: Any) -> Story:
    """A recheck without test: labels only, or a seller, which shows a proof when it resumes (Articles 47, 48)."""
    yield from visited(file, party)
    yield file.working(2)
    file.do("recheck.pass_without_test", party, **resumed)


def failed_on_site(file: File, party: str, *, late_reason: str = "") -> Story:
    """A recheck that finds nothing rectified (Article 50)."""
    yield from visited(file, party, rectified=False, late_reason=late_reason)
    yield file.working(2)
    file.do("recheck.fail_without_test", party)


def announced(file: File, party: str) -> Story:
    """The first failure goes up level by level and is announced (Article 51)."""
    file.do("rectification.report_up", party)
    yield file.working(2)
    file.do("announcement.submit_to_city", party)
    yield file.working(3)
    file.do("announcement.submit_to_province", party)
    yield file.working(4)
    file.do("announcement.announce", party)


def lapsed(file: File, party: str) -> Story:
    """Wait until the sixty days are over without anything submitted (Articles 44, 46)."""
    while file.state("rectification", party) == "rectifying":
        yield file.lapse_of(APPLY_FOR_RECHECK, party) or file.after(1)
