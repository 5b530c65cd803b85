"""The case file of Article 53: everything in order, with an index, bookmarks and hashes, and what is missing."""

import csv
from hashlib import sha256
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from PIL import Image
from pypdf import PdfReader

from spotcheck.docket.models import Entry
from spotcheck.notices.binding import as_pdf
from spotcheck.notices.models import Paper
from spotcheck.remediation.flow.rectification import Rectification
from spotcheck.remediation.operations import bind_case_file
from spotcheck.remediation.queries import missing, variant
from tests.notices.reading import complaints_of_qpdf, text_of


@pytest.fixture
def case(thirteen) -> Rectification:
    return Rectification.objects.get(dossier=thirteen.get(form=13).dossier)


def test_the_case_file_holds_every_paper_with_index_and_bookmarks(case, media, tmp_path):
    bound = bind_case_file(case.dossier)
    reader = PdfReader(BytesIO(bound.pdf))
    marks = [mark.title for mark in reader.outline]
    numbers = list(Paper.objects.filter(dossier=case.dossier).values_list("number", flat=True))
    assert len(marks) == 1 + len(numbers)
    assert all(any(number in mark for mark in marks) for number in numbers)
    first = text_of(bound.pdf)
    assert "卷内文件目录" in first
    assert "山东省市场监督管理局" in first
    assert complaints_of_qpdf(bound.pdf, tmp_path) == ""
    assert bound.missing == []


def test_the_zip_file_carries_the_hash_of_each_original(case, media):
    box = ZipFile(BytesIO(bind_case_file(case.dossier).zip))
    lines = list(csv.DictReader(StringIO(box.read("SHA256.csv").decode())))
    assert len(lines) == len(box.namelist()) - 1
    for line in lines:
        assert sha256(box.read(line["file"])).hexdigest() == line["sha256"]


@pytest.mark.parametrize(
    ("form", "says"), [(11, "责令改正通知书（第四十三条）"), (12, "复查检验委托书"), (13, "复查结果通知书")]
)
def test_a_paper_that_is_not_there_is_named_with_its_article(case, form, says):
    Paper.objects.filter(form=form).update(form=99)
    assert any(says in line for line in missing(case))


def test_what_is_wanted_depends_on_the_variant(case):
    assert variant(case).tested
    assert Entry.objects.filter(dossier=case.dossier, act="recheck.test_done").exists()


def test_a_picture_becomes_a_page():
    buffer = BytesIO()
    Image.new("RGB", (3000, 2000), "red").save(buffer, "JPEG")
    assert len(PdfReader(BytesIO(as_pdf(buffer.getvalue()))).pages) == 1
