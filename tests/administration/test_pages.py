"""What pages of the administration show and keep: two languages, the book, the sheet, what is masked."""

import re
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pypdf import PdfReader

from spotcheck.docket import book, clock
from spotcheck.docket.models import Record
from spotcheck.docket.rule_sets import Document
from spotcheck.notices import lists
from spotcheck.notices.blocks import NOT_KNOWN, in_list
from spotcheck.parties.models import Post
from spotcheck.registers import links, people, posts, site_rules
from spotcheck.signin import factors
from spotcheck.wiring.machine.places import ROOT
from tests.desk.test_language import CJK, words_of
from tests.docket.test_calendar_notices import NOTICE
from tests.registers.conftest import DAY, People

ADDRESSES = {
    "ji": (
        "",
        "people/",
        "people/wang/",
        "people/wang/leave/",
        "people/wang/number/",
        "new-person/",
        "posts/new/",
        "proposals/",
        "rights/",
        "review/",
        "absences/",
    ),
    "jia": (
        "first/",
        "offices/new/",
        "offices/370102/short-name/",
        "rules/",
        "rules/notice/",
        "rules/document/",
        "proposals/",
    ),
    "shen": ("book/",),
    "wang": ("absences/", "book/mine/"),
}
NAMES = re.compile(
    r"[A-Za-z]+ 某|新人|.{2,12}市场监督管理局|省产品检验中心|换号|中文|可疑登录|鲁市监质监规字〔2021〕1号|元旦|春节|清明节|劳动节|端午节|中秋节|国庆节"
)


@pytest.fixture
def busy(people: People) -> People:
    """A few things have happened."""
    wanted = posts.Wanted(people.user("xin"), people.office("370102"), "administrator", DAY, entitlements=("manages",))
    posts.grant(wanted, by=people.by("jin"), reason="换号")
    site_rules.propose_notice(NOTICE, by=people.by("yi"), reason="换号")
    document = Document(number="9", issued_on=DAY, valid_from=date(2026, 5, 3), valid_until=date(2027, 5, 2))
    site_rules.propose_document("continue", "SD-2021-1", document, by=people.by("yi"), reason="换号")
    people_changed(people)
    return people


def people_changed(cast: People) -> None:
    people.change(cast.user("wang"), by=cast.by("li"), mobile="13912345678")
    people.lock(cast.user("sun"), by=cast.by("li"), reason="可疑登录")


def test_pages_are_wholly_english_for_whoever_reads_english(busy: People, client_of: Callable[[str], Client]) -> None:
    for who, tails in ADDRESSES.items():
        client = client_of(who)
        client.cookies["django_language"] = "en"
        for tail in tails:
            text = NAMES.sub("", words_of(client.get(f"/administration/{tail}").content.decode()))
            assert not CJK.search(text), (tail, CJK.findall(text))


def test_templates_hold_no_words_outside_of_messages() -> None:
    marked = re.compile(r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{%.*?%}|{{.*?}}", re.DOTALL)
    for path in (ROOT / "spotcheck" / "administration" / "templates").rglob("*.html"):
        assert not CJK.search(marked.sub("", path.read_text(encoding="utf-8"))), path.name


def test_auditors_read_what_is_masked_for_the_person(busy: People, client_of: Callable[[str], Client]) -> None:
    assert "13912345678" in client_of("shen").get("/administration/book/").content.decode()
    assert "13912345678" in client_of("li.audit").get("/administration/book/").content.decode()
    mine = client_of("wang").get("/administration/book/mine/").content.decode()
    assert "13912345678" not in mine
    assert "更改人员信息" in mine
    assert book.MASK in mine


def test_the_book_is_read_within_ones_offices_and_reading_it_is_a_line(
    busy: People, client_of: Callable[[str], Client]
) -> None:
    people.lock(busy.user("qing.officer"), by=busy.by("qing"), reason="可疑登录")
    county = client_of("li.audit").get("/administration/book/").content.decode()
    assert "sun 某" in county
    assert "qing.officer" not in county
    province = client_of("shen")
    for _again in range(2):
        assert "qing.officer" in province.get("/administration/book/").content.decode()
    assert Record.objects.filter(kind="read.book").count() == 2


def test_the_book_is_searched_and_turned(busy: People, client_of: Callable[[str], Client]) -> None:
    client = client_of("shen")

    def shown(query: str) -> str:
        return words_of(client.get(f"/administration/book/?{query}").content.decode())

    assert "锁定账号" in shown("q=sun")
    assert "更改人员信息" not in shown("q=sun")
    assert "锁定账号" not in shown("family=read")
    assert "锁定账号" not in shown("day=2025-03-02")
    for number in range(70):
        book.write("settings.change", by=None, user=None, subject=("site", number))
    first = client.get("/administration/book/")
    assert first.context["more"] is not None
    seen = [line.record.pk for line in first.context["lines"]]
    then = client.get(f"/administration/book/?before={first.context['more']}").context["lines"]
    assert seen[-1] > then[0].record.pk
    assert len({*seen, *(line.record.pk for line in then)}) == 60


def test_opening_a_persons_page_is_a_reading_of_the_hour(people: People, client_of: Callable[[str], Client]) -> None:
    for _again in range(3):
        assert client_of("li").get("/administration/people/wang/").status_code == 200
    line = Record.objects.exclude(kind="sign_in.in").get()
    assert (line.kind, line.user.username, line.subject_id) == ("read.person", "li", str(people.user("wang").pk))


def test_rights_on_a_day_are_taken_along_as_a_sheet(people: People, client_of: Callable[[str], Client]) -> None:
    """Every cell is a text, also one that begins like a formula; the book keeps filter, rows and hash."""
    people.user("wang").__class__.objects.filter(username="wang").update(full_name="=1+1")
    code = people.office("370102").pk
    content = client_of("li").get(f"/administration/rights/rights.xlsx?day=2025-03-03&office={code}").content
    with ZipFile(BytesIO(content)) as archive:
        texts = archive.read("xl/sharedStrings.xml").decode()
        cells = archive.read("xl/worksheets/sheet1.xml").decode()
    assert ("<t>=1+1</t>" in texts, "<f>" in cells, "管理人员" in texts) == (True, False, True)
    line = Record.objects.exclude(kind="sign_in.in").get()
    assert line.after["sha256"] == sha256(content).hexdigest()
    assert (line.kind, line.after["rows"]) == ("export.rights", 6)
    assert line.after["filter"] == {"day": "2025-03-03", "office": str(code)}


def test_an_office_chooses_that_everybody_there_needs_a_second_factor(
    people: People, client_of: Callable[[str], Client], settings
) -> None:
    """Whoever has none is led to it with the next request, and the book says who has chosen so."""
    officer = client_of("wang")
    settings.DEMO = False
    Authenticator.objects.create(user=people.user("li"), type="totp", data={"secret": "x"})
    assert officer.get("/dossiers/").status_code == 200
    client = client_of("li")
    assert "按岗位" in client.get("/administration/factors/").content.decode()
    assert client.post("/administration/factors/", {"office": "370102", "what": "need"}).status_code == 302
    assert "全体" in client.get("/administration/factors/").content.decode()
    assert officer.get("/dossiers/").url == "/account/factors/"
    assert people.user("wang") in factors.without(DAY)
    client.post("/administration/factors/", {"office": "370102", "what": "by_post"})
    assert officer.get("/dossiers/").status_code == 200
    lines = Record.objects.filter(kind="office.change").order_by("pk")
    assert [line.after for line in lines] == [{"needs_factor": True}, {"needs_factor": False}]


def test_many_rows_of_persons_are_taken_along_with_their_purpose_only(
    people: People, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page asks for it; what is taken without it is refused, and with it the line says what for."""
    monkeypatch.setattr("spotcheck.docket.exports.MOST_WITHOUT_PURPOSE", 5)
    client, address = client_of("li"), "/administration/rights/rights.xlsx?day=2025-03-03"
    page = client.get("/administration/rights/?day=2025-03-03").content.decode()
    assert 'name="purpose" required' in page
    for said in ("", "&purpose=无", "&purpose=%20-%20"):
        refused = client.get(address + said)
        assert refused.status_code == 422
        assert "须写明用途" in refused.content.decode()
    assert not Record.objects.filter(kind="export.rights").exists()
    assert client.get(f"{address}&purpose=年度权限核对").status_code == 200
    assert Record.objects.get(kind="export.rights").reason == "年度权限核对"


def test_rights_on_a_day_are_printed_to_be_signed(people: People, client_of: Callable[[str], Client]) -> None:
    """Line by line with room for what the reviewer says, and lines to sign on; the book keeps what was taken."""
    office = people.office("370102")
    address = f"/administration/rights/rights.pdf?day=2025-03-03&office={office.pk}"
    answer = client_of("li").get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).replace("\n", "")
    for said in (
        "人员权限清单",
        office.name,
        "wang 某",
        "管理人员",
        "核对意见",
        "单位负责人（签名、日期）",
        "2025年3月3日",
    ):
        assert said in text, said
    line = Record.objects.get(kind="export.rights")
    assert (line.after["rows"], line.after["sha256"]) == (6, sha256(answer.content).hexdigest())
    assert client_of("li").get(address).content == answer.content


def test_nobody_has_to_write_over_a_stroke(
    people: People, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has nothing to say is crossed out; the cells for the reviewer's word stay open."""
    given: list[dict[str, Any]] = []
    monkeypatch.setattr(lists, "pdf", lambda _name, data: given.append(data) or b"%PDF")
    client_of("li").get(f"/administration/rights/rights.pdf?office={people.office('370102').pk}")
    rows = given[0]["rights_on_day"]["rows"]
    assert {in_list(row["seen"]).strip() for row in rows} == {""}
    assert NOT_KNOWN in {in_list(row["until"]) for row in rows}


def test_what_cannot_be_printed_is_said_by_the_character(people: People, client_of: Callable[[str], Client]) -> None:
    people.user("wang").__class__.objects.filter(username="wang").update(full_name="王\U00030000")
    answer = client_of("li").get("/administration/rights/rights.pdf")
    assert answer.status_code == 200
    (page,) = PdfReader(BytesIO(answer.content)).pages
    assert "U+30000" in page.extract_text().replace("\n", ""), "no font has it: a box with its number stands there"


def test_too_many_lines_are_printed_office_by_office(
    people: People, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from spotcheck.administration.web import rights

    monkeypatch.setattr(rights, "MOST_ON_PAPER", 5)
    answer = client_of("ji").get("/administration/rights/rights.pdf")
    assert (answer.status_code, "按机构分别打印" in answer.content.decode()) == (409, True)


def test_rights_of_another_day(people: People, client_of: Callable[[str], Client]) -> None:
    posts.end_post(people.posts["wang"], by=people.by("li"), reason="调离")
    client = client_of("li")
    assert "wang 某" in client.get("/administration/rights/?day=2025-03-02").content.decode()
    assert "wang 某" not in client.get("/administration/rights/?day=2025-03-03").content.decode()
    assert "没有岗位" in client.get("/administration/rights/?day=2024-03-03").content.decode()


def test_an_office_of_others_is_not_offered(people: People, client_of: Callable[[str], Client]) -> None:
    other = people.office("370200").pk
    answer = client_of("li").post(
        "/administration/posts/new/",
        {"username": "xin", "office": other, "role": "officer", "since": "2025-03-03", "reason": "x"},
    )
    assert answer.status_code == 422
    assert not Post.objects.filter(user__username="xin").exists()


def test_a_link_is_shown_once_and_stands_nowhere_else(
    people: People, client_of: Callable[[str], Client], caplog
) -> None:
    answer = client_of("li").post("/administration/people/wang/link/")
    address = re.search(r'value="(http[^"]+)"', answer.content.decode())[1]
    secret = address.rstrip("/").rpartition("/")[2]
    assert links.look(secret).username == "wang"
    assert answer.headers["Cache-Control"] == "no-store"
    assert secret not in caplog.text
    assert secret not in str(list(Record.objects.values()))


def test_rights_are_kept_on_the_page_of_the_review(people: People, client_of: Callable[[str], Client]) -> None:
    with clock.simulated(date(2026, 1, 5)):
        client = client_of("li")
        before = client.get("/administration/review/").content.decode()
        assert f"/administration/posts/{people.posts['wang'].pk}/end/" in before
        answer = client.post("/administration/review/", {"kept": [people.posts["wang"].pk, people.posts["qing"].pk]})
        after = client.get("/administration/review/").content.decode()
    assert answer.status_code == 302
    assert ("wang 某" in before, "wang 某" in after) == (True, False)
    assert Record.objects.filter(kind="people.review").count() == 1


def test_the_administration_costs_few_statements(
    busy: People, client_of: Callable[[str], Client], django_assert_max_num_queries
) -> None:
    client = client_of("ji")
    for tail, most in (("people/", 14), ("rights/", 12), ("review/", 16), ("proposals/", 40)):
        with django_assert_max_num_queries(most):
            assert client.get(f"/administration/{tail}").status_code == 200
    auditor = client_of("shen")
    with django_assert_max_num_queries(14):
        assert auditor.get("/administration/book/").status_code == 200
