"""Files of national checks and of other provinces, handed over to the province (Articles 4, 32, 52)."""

from spotcheck.demo.file import File
from spotcheck.demo.products import results
from spotcheck.demo.stories.parts import ordered, passed_on_site
from spotcheck.demo.timeline import Story


def imported(file: File, *failed: str) -> None:
    """The province takes the conclusion over, on the organiser's letter; it is final from the start (Article 32)."""
    rows = results(file.dossier.sample_file.product_kind, failed, key=file.dossier.number)
    file.do("conclusion.import_external", items=[row for row in rows if row["result"] == "fail"])


def not_the_maker(file: File) -> Story:
    """A national check: the producer named denies, rightly; the bureau of the seller is informed (Article 52)."""
    imported(file, "过滤效率")
    yield file.working(4)
    yield from ordered(file, "S", "N")
    yield file.working(3)
    file.do("denial.open", by="producer_bureau")
    yield file.working(2)
    file.do("denial.investigate")
    yield file.working(10)
    file.do("denial.find_not_produced")
    file.do("denial.notify_peer")
    yield file.working(5)
    file.do("denial.close")
    file.do("lead.acknowledge", label="1")
    yield file.working(2)
    file.do("lead.verify", label="1")
    yield file.after(15)
    file.do("lead.decline", label="1")
    file.do("rectification.apply_recheck", "S")
    yield file.after(8)
    yield from passed_on_site(file, "S")


def no_such_firm(file: File) -> Story:
    """Another province: the producer named does not exist, the seller is outside; up to the province (Article 52)."""
    imported(file, "可分解致癌芳香胺染料")
    yield file.working(3)
    file.do("rectification.receive_report", "N")
    yield file.working(2)
    file.do("denial.open", by="producer_bureau")
    file.do("denial.investigate")
    yield file.working(6)
    file.do("denial.find_nonexistent")
    yield file.working(2)
    file.do("denial.submit_to_city")
    yield file.working(3)
    file.do("denial.escalate")
    yield file.working(5)
    file.do("denial.close", by="province", peer_informed=True)
    file.do("lead.acknowledge", label="1")
    yield file.working(4)
    file.do("lead.verify", label="1")
    yield file.after(20)
    file.do("lead.decline", label="1")
