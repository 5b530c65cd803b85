"""The case file of Article 53: in order, with index, check list, bookmarks and hashes; what belongs in by variant."""

import csv
import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from PIL import Image
from pypdf import PdfReader

from spotcheck.cli import main as cli
from spotcheck.docket import clock
from spotcheck.docket.models import Entry
from spotcheck.notices.binding import as_pdf
from spotcheck.notices.models import Paper, Service
from spotcheck.notices.service import Proof, acknowledge, begin
from spotcheck.parties import actors
from spotcheck.remediation.case_file import bind_case_file
from spotcheck.remediation.flow.rectification import Rectification
from spotcheck.remediation.queries import materials, missing, recorded
from tests.notices.reading import complaints_of_qpdf, text_of


@pytest.fixture
def case(thirteen) -> Rectification:
    return Rectification.objects.get(dossier=thirteen.get(form=13).dossier)


def test_the_case_file_holds_every_paper_and_document_with_index_and_bookmarks(case, media, tmp_path):
    bound = bind_case_file(case.dossier)
    reader = PdfReader(BytesIO(bound.pdf))
    marks = [mark.title for mark in reader.outline]
    numbers = list(Paper.objects.filter(dossier=case.dossier).values_list("number", flat=True))
    documents = recorded(case.dossier, None)
    assert len(marks) == 1 + len(numbers) + len(documents)
    assert all(any(number in mark for mark in marks) for number in numbers)
    assert {"inspection.issue_report", "rectification.apply_recheck", "recheck.test_done"} <= {e.act for e in documents}
    said = text_of(bound.pdf)
    for words in ("卷内文件目录", "山东省市场监督管理局", "材料核对"):
        assert words in said
    assert re.findall(r"案卷第(\d+)页", said) == [str(number) for number in range(1, len(reader.pages) + 1)]
    assert complaints_of_qpdf(bound.pdf, tmp_path) == ""
    assert bound.missing == []


def test_papers_and_documents_stand_in_the_order_of_their_days(case, media):
    bound = bind_case_file(case.dossier)
    reader = PdfReader(BytesIO(bound.pdf))
    pages = [reader.get_destination_page_number(mark) for mark in reader.outline]
    assert pages == sorted(pages)
    front = "".join(page.extract_text() for page in reader.pages[: pages[1]]).partition("期限核对")[0]
    days = re.findall(r"20\d{2}-\d{2}-\d{2}", front)
    assert len(days) == len(pages) - 1
    assert days == sorted(days)
    listed = re.findall(r"20\d{2}-\d{2}-\d{2}\s*(\d+)", front)
    assert [int(page) for page in listed] == [page + 1 for page in pages[1:]]


def test_an_uploaded_proof_is_in_the_file_and_among_the_originals(case, thirteen, media):
    paper = thirteen.get(form=13)
    recipient, by = paper.recipients.get(party__isnull=False), actors.of_office(paper.issuer)
    buffer = BytesIO()
    Image.new("RGB", (600, 400), "red").save(buffer, "JPEG")
    with clock.simulated(paper.issued_on):
        begun = begin(recipient, "mail", on=paper.issued_on, by=by, tracking_no="1234567890123")
        acknowledge(begun, by=by, on=paper.issued_on, proof=Proof("回证.jpg", buffer.getvalue()), received_by="王䶮")
    bound = bind_case_file(case.dossier)
    assert any("送达凭证（邮寄送达，已送达）" in mark.title for mark in PdfReader(BytesIO(bound.pdf)).outline)
    box = ZipFile(BytesIO(bound.zip))
    (name,) = [name for name in box.namelist() if name.startswith("送达凭证-")]
    assert box.read(name) == buffer.getvalue()
    assert Service.objects.get(recipient=recipient).proof_sha256 == sha256(box.read(name)).hexdigest()


def test_the_zip_file_carries_the_hash_of_each_original(case, media):
    box = ZipFile(BytesIO(bind_case_file(case.dossier).zip))
    lines = list(csv.DictReader(StringIO(box.read("SHA256.csv").decode())))
    assert len(lines) == len(box.namelist()) - 1
    for line in lines:
        assert sha256(box.read(line["file"])).hexdigest() == line["sha256"]
    papers = Paper.objects.filter(dossier=case.dossier)
    assert set(papers.values_list("sha256", flat=True)) < {line["sha256"] for line in lines}


def test_the_same_case_gives_the_same_file(case, media):
    once, again = bind_case_file(case.dossier), bind_case_file(case.dossier)
    assert once.pdf == again.pdf
    assert once.zip == again.zip


@pytest.mark.parametrize(
    ("form", "says"),
    [
        (11, "责令改正通知书（第四十三条）"),
        (12, "复查检验委托书（第四十七条）"),
        (13, "复查结果通知书（第五十条）"),
    ],
)
def test_a_paper_that_is_not_there_is_named_with_its_article(case, form, says):
    Paper.objects.filter(form=form).update(form=99)
    assert [words.zh for words in missing(case)] == [says]


def test_art53_a_producer_needs_all_six_materials(case):
    here = [m.name.zh for m in materials(case) if m.here]
    assert here == [
        "检验报告", "责令改正通知书", "责令改正通知书的送达凭证", "复查申请", "整改情况核查记录", "复查检验委托书",
        "复查检验报告", "复查结果通知书",
    ]  # fmt: skip
    assert missing(case) == []


@pytest.fixture
def exported(case, media, tmp_path, capsys) -> Iterator:
    """What ``spotcheck dossier export`` writes and says."""

    def export(number: str = case.dossier.number) -> tuple[int, str, list[str]]:
        code = cli.main(["dossier", "export", number, "--out", str(tmp_path)])
        said = capsys.readouterr()
        return code, said.out + said.err, sorted(path.suffix for path in tmp_path.glob("案卷-*"))

    return export


def test_the_command_exports_both_files_and_exits_with_what_is_missing(exported):
    code, said, files = exported()
    assert (code, files) == (0, [".pdf", ".zip"])
    assert "missing" not in said
    Paper.objects.filter(form=12).update(form=9)
    code, said, _ = exported()
    assert code == 1
    assert "missing: " in said
    assert "复查检验委托书（第四十七条）" in said


def test_the_command_knows_no_such_dossier(exported):
    code, said, files = exported("D999")
    assert (code, files) == (2, [])
    assert "D999" in said


def test_a_document_from_outside_has_a_page_with_what_the_register_knows(case, media):
    report = Entry.objects.get(dossier=case.dossier, act="recheck.test_done")
    said = text_of(bind_case_file(case.dossier).pdf)
    assert report.hash in re.sub(r"\s", "", said)
    assert "本页根据系统登记生成" in said


def test_a_picture_becomes_a_page():
    buffer = BytesIO()
    Image.new("RGB", (3000, 2000), "red").save(buffer, "JPEG")
    assert len(PdfReader(BytesIO(as_pdf(buffer.getvalue()))).pages) == 1
