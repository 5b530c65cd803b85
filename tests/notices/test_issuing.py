"""Papers are issued by the flow: all thirteen from one plan, to those whom the articles name, without gaps."""

import subprocess
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from typing import Final

import pytest
from django.db import transaction
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import KeyUsageConstraints, ValidationContext, validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pypdf import PdfReader

from spotcheck.docket.invariants import checking
from spotcheck.docket.problems import BadFacts
from spotcheck.docket.sessions import session
from spotcheck.files import storage
from spotcheck.notices import numbering, production
from spotcheck.notices.issuing import issue
from spotcheck.notices.models import NumberBlock, Paper, Recipient, Series, Service, VoidedNumber
from spotcheck.notices.templates import template
from spotcheck.parties.models import Enterprise, Office, Region
from spotcheck.rules.sd_2021_1.forms import FORMS
from tests.notices.reading import undefined_in
from tests.notices.second import data_of, done, issued, matter, who, words_of

ENTIRE: Final = SignatureCoverageLevel.ENTIRE_FILE


def signature_of(pdf: bytes) -> PdfSignatureStatus:
    """What pyHanko says of the seal. Asked in another thread: in this one a browser of other tests may have its loop."""
    with ThreadPoolExecutor(max_workers=1) as alone:
        return alone.submit(_validated, pdf).result()


def _validated(pdf: bytes) -> PdfSignatureStatus:
    """Validate the seal, trusting its own certificate."""
    (signature,) = PdfFileReader(BytesIO(pdf), strict=False).embedded_signatures
    assert str(signature.sig_object["/SubFilter"]) == "/ETSI.CAdES.detached"
    usage = KeyUsageConstraints(key_usage={"digital_signature"})
    trusted = ValidationContext(trust_roots=[signature.signer_cert])
    return validate_pdf_signature(signature, trusted, key_usage_settings=usage)


def newest(form: int) -> Paper:
    return Paper.objects.filter(form=form).order_by("-pk").first()


def test_one_plan_issues_all_thirteen_to_those_whom_the_articles_name(thirteen):
    assert set(thirteen.filter(letter="").values_list("form", flat=True)) == set(FORMS)
    words = defaultdict(set)
    for form, word in Recipient.objects.filter(paper__letter="").values_list("paper__form", "word"):
        words[form].add(word)
    # Nobody else has objected, so that Form 10 answers nobody besides its applicant.
    assert words == {number: set(form.recipients) - {"answered"} for number, form in FORMS.items()}
    nobody = Recipient.objects.filter(office=None, party=None).exclude(word__in=("public", "other_province"))
    assert not nobody.exists()


PROVINCE, ZHANGDIAN, ZIBO = "370000", "370303", "370300"
WHO: Final = {
    # form: issuer, parties that get it, offices that get it, the act that issued it, article
    1: (PROVINCE, "L", (), "sampling.present_notice", 13),
    2: (PROVINCE, "", ("CY01",), "task.engage_agencies", 10),
    3: ("CY01", "", (PROVINCE, "370102"), "sampling.terminate_illegal", 14),
    4: ("CY01", "P", ("JY01", PROVINCE), "sampling.complete_sampling", 16),
    5: ("CY01", "", (PROVINCE,), "sampling.record_not_sampled", 20),
    6: ("CY01", "", (PROVINCE, "371602"), "sampling.record_obstruction", 21),
    7: (PROVINCE, "P", (), "result_notice.send", 33),
    8: (PROVINCE, "P", (ZIBO,), "objection.order_retest", 38),
    9: (PROVINCE, "", ("FJ01",), "retest.commission", 40),
    10: (PROVINCE, "P", (ZIBO,), "retest.close_nonconforming", 41),
    11: (ZHANGDIAN, "P", (), "rectification.issue_order", 43),
    12: (ZHANGDIAN, "", ("JS01",), "recheck.commission_test", 47),
    13: (ZHANGDIAN, "P", (), "recheck.pass_with_test", 50),
}


@pytest.mark.parametrize("form", WHO)
def test_who_issues_a_form_by_which_act_and_who_gets_it(thirteen, form):
    issuer, parties, offices, act, article = WHO[form]
    paper = newest(form)
    received = list(paper.recipients.select_related("office", "party__enterprise"))
    assert paper.issuer.code == issuer
    assert "".join(r.party.label for r in received if r.party) == parties
    assert {r.office.code for r in received if r.office} == set(offices)
    assert len(received) == len(parties) + len(offices)
    assert (paper.entry.act, article in paper.entry.articles) == (act, True)


@pytest.mark.parametrize(("form", "named"), [(8, ["淄博市市场监督管理局"]), (10, ["淄博市市场监督管理局"]), (11, None)])
def test_art38_art41_the_bureaus_that_get_a_copy_are_named_on_the_paper(thirteen, form, named):
    paper = newest(form)
    assert paper.snapshot["data"]["paper"].get("cc") == named
    assert ("抄送：淄博市市场监督管理局。" in _text(production.content(paper).pdf)) == bool(named)


def test_a_paper_names_the_text_that_governs_its_dossier(thirteen):
    said = _text(production.content(newest(11)).pdf).replace("\n", "")
    assert "《山东省市场监督管理局产品质量监督抽查工作规范》（以下简称规范）" in said


def test_a_paper_says_what_the_flow_knew(thirteen):
    order = newest(11).snapshot["data"]
    assert order["report"]["failed"][0]["verdict"] == "不合格"
    assert order["sampling"]["sheet"] == newest(4).number
    final = newest(13).snapshot["data"]
    assert final["order"]["number"] == newest(11).number
    assert final["recheck"]["modes"] == ["site", "test"]
    assert final["recheck"]["may_resume"] == "yes"
    retest = newest(10).snapshot["data"]["retest"]
    assert (retest["final"], retest["effect"], retest["agreement"]) == ("nonconforming", "maintained", "all")


def test_every_paper_keeps_its_template_and_can_be_drawn_again(thirteen):
    for paper in thirteen.select_related("template"):
        assert paper.template.digest == template(paper.key).digest
        assert production.content(paper).pdf == production.content(paper).pdf


def test_a_paper_is_drawn_with_the_version_it_was_issued_with(thirteen):
    paper = newest(7)
    source = paper.template.source.replace("现将检验结果通知如下", "旧版本的话")
    paper.template.source = source
    assert "旧版本的话" in _text(production.content(paper).pdf)


def test_a_drawn_paper_is_sealed_stored_and_verifiable(thirteen, media):
    paper = newest(11)
    assert production.draw_paper(paper.pk)
    paper.refresh_from_db()
    content = storage.read(paper.file, paper.sha256)
    assert paper.sealed
    assert len(content) == paper.size
    assert PdfReader(media / paper.file).get_fields()["Seal"]["/FT"] == "/Sig"
    signed = subprocess.run(["pdfsig", str(media / paper.file)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in signed
    assert "Total document signed" in signed
    assert production.draw_paper(paper.pk)
    assert storage.read(paper.file, paper.sha256) == content


def test_a_seal_is_a_pades_signature_over_the_whole_file_and_a_changed_byte_is_found(thirteen, media):
    paper = newest(11)
    production.draw_paper(paper.pk)
    content = (media / Paper.objects.get(pk=paper.pk).file).read_bytes()
    sound = signature_of(content)
    assert (sound.intact, sound.valid, sound.bottom_line, sound.coverage) == (True, True, True, ENTIRE)
    assert "无法律效力" in sound.signing_cert.subject.human_friendly
    place = content.index(b"/Type")
    assert not signature_of(content[:place] + b"/Typf" + content[place + 5 :]).intact
    # What is appended leaves the signature itself intact: only its reach tells.
    appended = signature_of(content + b"\n%appended\n")
    assert appended.coverage != ENTIRE


def test_what_one_process_seals_after_another_paper_holds_nothing_of_that_paper(thirteen, media):
    for paper in Paper.objects.filter(issuer__code="370000", form__in=(1, 7, 10)):
        assert production.draw_paper(paper.pk)
        paper.refresh_from_db()
        assert paper.sealed
        assert undefined_in(storage.read(paper.file, paper.sha256)) == set()


def test_a_changed_file_is_noticed(thirteen, media):
    paper = newest(5)
    production.draw_paper(paper.pk)
    paper.refresh_from_db()
    (media / paper.file).write_bytes(b"%PDF-1.4 something else")
    with pytest.raises(storage.Damaged):
        storage.read(paper.file, paper.sha256)


def test_numbers_have_no_gaps_and_codes_are_random(thirteen):
    for series in Series.objects.all():
        count = thirteen.filter(
            issuer=series.office, form=series.form, letter=series.letter, issued_on__year=series.year
        ).count()
        assert series.last == count
    codes = set(thirteen.values_list("code", flat=True))
    assert len(codes) == thirteen.count()
    assert all(len(code) == 16 for code in codes)


def test_a_number_is_not_lost_with_an_act_that_fails(thirteen):
    paper = newest(7)
    before = Series.objects.get(office=paper.issuer, form=7, letter="", year=2022).last
    with transaction.atomic():
        numbering.next_number(paper.issuer, template(7), 2022)
        transaction.set_rollback(True)
    assert numbering.next_number(paper.issuer, template(7), 2022) == f"鲁市监质抽结〔2022〕{before + 1}号"


def test_a_name_that_cannot_be_printed_is_refused_before_a_number_is_taken(thirteen):
    paper = newest(7)
    entry = paper.entry
    matter = paper.dossier.parties.first()
    Enterprise.objects.filter(pk=matter.enterprise_id).update(name="独角兽🦄厂")
    before = Series.objects.get(office=paper.issuer, form=7, letter="", year=2022).last
    with pytest.raises(BadFacts, match=r"U\+1F984"):
        issue(7, _revived(entry))
    assert Series.objects.get(office=paper.issuer, form=7, letter="", year=2022).last == before


def test_a_block_of_sheet_numbers_for_a_tablet(thirteen):
    body = Office.objects.get(code="CY01")
    numbers = numbering.reserve(body, 4, 2022, 3, "平板 17", place="370303")
    assert len(set(numbers)) == 3
    assert all(number.startswith("SC22370303CY01") for number in numbers)
    assert not Paper.objects.filter(number__in=numbers).exists()
    voided = numbering.give_back(NumberBlock.objects.get(), "未使用", place="370303")
    assert voided == numbers
    assert set(VoidedNumber.objects.values_list("number", flat=True)) == set(numbers)


def test_a_sheet_printed_offline_keeps_its_number_and_no_other_is_taken(thirteen):
    body = Office.objects.get(code="CY01")
    (number, _) = numbering.reserve(body, 4, 2021, 2, "平板 17", place="370303")  # used in the year after
    last = Series.objects.get(office=body, form=4, year=2022).last
    paper = _sheet(number)
    assert paper.number == number
    assert Series.objects.get(office=body, form=4, year=2022).last == last
    assert list(checking.check(["I8"])) == []
    with pytest.raises(BadFacts, match="已经使用"):
        _sheet(number)


def test_a_body_may_have_any_code(thirteen):
    body = Office.objects.create(code="YS-Cy.2", name="某抽样所", kind=Office.Kind.SAMPLING_BODY)
    (number,) = numbering.reserve(body, 4, 2022, 1, "平板 17", place="370303")
    assert number.startswith("SC22370303YS-Cy.20001")
    with transaction.atomic():
        numbering.hold_reserved(body, number)


def test_a_sheet_number_from_nowhere_is_refused(thirteen):
    body = Office.objects.get(code="CY01")
    (number,) = numbering.reserve(body, 4, 2022, 1, "平板 17", place="370303")
    mistyped = number[:-2] + ("1" if number[-2] != "1" else "2") + number[-1]
    for wrong in ("CYD-1", mistyped, number.replace("CY01", "CY02")):
        with pytest.raises(BadFacts, match="号段"):
            _sheet(wrong)
    numbering.give_back(NumberBlock.objects.get(), "未使用", place="370303")
    with pytest.raises(BadFacts, match="号段"):
        _sheet(number)


def test_the_short_names_of_all_bureaus_differ(thirteen):
    offices = Office.objects.filter(kind__in=Office.BUREAUS)
    names = [numbering.initials(office) for office in offices]
    assert names
    assert len(names) == len(set(names))
    assert numbering.initials(Office.objects.get(code="370303")) == "淄博张店"
    assert Region.objects.filter(code="370303").exists()


def test_a_receipt_is_a_service_with_its_day(thirteen):
    recipient = newest(11).recipients.get(party__isnull=False)
    service = recipient.services.get()
    assert service.outcome == Service.Outcome.SERVED
    assert service.received_on == recipient.received_on == recipient.receipt.effective_on


def test_art47_the_body_of_a_recheck_is_told_nothing_of_the_first_test(thirteen):
    paper = thirteen.get(form=12)
    data = data_of(paper)
    said = words_of(paper)
    for telling in ("不合格", "实测值", data["report"].get("number") or "原检验报告"):
        assert telling not in said
    assert data["party"]["name"] in said
    assert "导体电阻" in said


def test_art20_a_statement_of_no_sampling_goes_to_the_province_alone(thirteen):
    paper = thirteen.get(form=5)
    assert who(paper) == {"370000"}
    said = words_of(paper)
    assert "结果处理部门" not in said
    assert "所在地市场监管部门意见" not in said


def test_form_7_says_only_what_its_articles_say(thirteen):
    said = words_of(thirteen.get(form=7))
    for gone in ("视为承认", "立即停止", "不停止改正"):
        assert gone not in said
    assert "异议申请逾期的，维持原检验结论（规范第三十八条）" in said
    assert "不得恢复生产、销售同一产品，为提供复查所需样品的除外（规范第五十条）" in said


def test_art47_who_gives_no_sample_has_failed_on_a_finding(thirteen):
    visit = matter(thirteen.get(form=13).dossier, "recheck", "P#1")
    facts = {"finding": "2022年5月11日书面要求提供样品，至5月18日没有提供"}
    paper = issued(13, done(visit, "recheck.fail_no_sample", on=date(2022, 5, 20), by="370303", **facts))
    recheck = data_of(paper)["recheck"]
    assert (recheck["conclusion"], recheck["findings"]) == ("failed", facts["finding"])
    assert recheck["next"] == ["report_up", "again"]


def _text(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def _sheet(number: str) -> Paper:
    """Issue Form 4 for a completed sampling whose sheet was printed before."""
    entry = _revived(newest(4).entry)
    entry.facts = entry.facts | {"sheet_number": number}
    with session():
        return issue(4, entry)


def _revived(entry):
    """The entry as it was while its act was being done: with its matter and its declaration."""
    from spotcheck.docket.flow import MATTERS  # noqa: PLC0415

    model = MATTERS[entry.chart]
    entry.matter = model.objects.get(dossier=entry.dossier, label=entry.label)
    entry.spec = model.spec_of(entry.act.partition(".")[2])
    return entry
