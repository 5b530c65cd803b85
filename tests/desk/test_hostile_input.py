"""Whatever is typed into an address or a form, the answer is a page that says what is wrong, and nothing is broken."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from spotcheck.desk import forms
from spotcheck.docket import calendars, clock
from spotcheck.docket.models import Dossier, Entry
from spotcheck.planning.operations import open_task
from spotcheck.rules.calendar import announced, with_provisional
from tests.desk.world import SLIP, World
from tests.worlds import played

DAY = date(2024, 6, 5)
MOVE = {
    "on": "2024-06-05",
    "to-where": "inside",
    "to": "青岛市市北区",
    "address": "辽宁路 80 号",
    "finding": "注册地已无经营，租赁合同显示已迁至新址",
}
"""A transfer as it is filled in."""
SUPERSCRIPT = "%C2%B2"
"""A digit to Unicode, and no number."""


@played
def received(world: World) -> str:
    """The county has received the report; the address of its order."""
    dossier = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    case = world.ordered(dossier, "P", "county", date(2024, 5, 28), date(2024, 6, 3))
    return f"/dossiers/{dossier.number}/acts/rectification/{case.pk}/"


@pytest.mark.parametrize("place", ["/dossiers/", "/papers/", "/messages/"])
@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' OR 1=1 --", "%' --"]
)
def test_what_is_typed_is_shown_and_looked_for_as_text(received, client_of, place: str, typed: str) -> None:
    """Neither a page nor a question to the database takes it for its own."""
    found = client_of("county").get(place, {"q": typed, "product": typed, "issuer": typed, "after": typed})
    page = found.content.decode()
    assert found.status_code == 200
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert place == "/messages/" or "SD2024-001" not in page  # that nothing is called so, and not everything


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/dossiers/?q=%00", 404),
        ("/dossiers/?product=a%00", 404),
        ("/dossiers/%00/", 404),
        (f"/dossiers/?after={SUPERSCRIPT}", 200),
        (f"/dossiers/?before={SUPERSCRIPT}", 200),
        (f"/dossiers/?place={SUPERSCRIPT}", 200),
        (f"/messages/?before={SUPERSCRIPT}", 200),
        ("/dossiers/?after=2024-06-05.99999999999999999999999", 200),
        ("/dossiers/?after=2024-13-05.1&before=2024-06-05", 200),
        ("/papers/?before=0001-01-01.1", 200),
        ("/papers/?q=%00", 404),
        (f"/papers/?form={SUPERSCRIPT}&after={SUPERSCRIPT}", 200),
        ("/papers/?issuer=%27%22&status=x&service=x&form=99", 200),
        (f"/dossiers/SD2024-001/acts/objection/0/file/?party={SUPERSCRIPT}", 404),
    ],
)
def test_an_address_that_makes_no_sense_breaks_nothing(
    received: str, client_of: Callable[[str], Client], address: str, status: int
) -> None:
    """Zero bytes, digits that are none, keys that are too long."""
    with clock.simulated(DAY):
        assert client_of("province").get(address).status_code == status


@pytest.mark.parametrize("on", ["0001-01-01", "2018-05-05", "2019-01-02"])
def test_a_legal_date_long_ago_is_refused_with_its_article(
    received: str, client_of: Callable[[str], Client], on: str
) -> None:
    """No order is received before it was issued, and no calendar has to know that day."""
    with clock.simulated(DAY):
        answer = client_of("county").post(f"{received}transfer_jurisdiction/", MOVE | {"on": on})
    assert answer.status_code == 409
    assert "第五十九条" in answer.content.decode()


@pytest.mark.parametrize(
    "place",
    [
        {"to": "²²²²²²"},
        {"to": "１２３４５６"},
        {"to": "3702"},
        {"to": ""},
        {"to": "320100"},
        {"to": "江苏省"},
        {"to": "市"},
        {"to-where": "outside"},
        {"to-where": "outside", "to-province": "370000"},
        {"to-where": "outside", "to-province": "32²²²²"},
        {"to-where": "outside", "to-province": "320000", "to-county": "330100"},
        {"to-where": "outside", "to-province": "320000", "to-county": "3201²²"},
    ],
)
def test_a_place_is_one_that_there_is(received: str, client_of: Callable[[str], Client], place: dict[str, str]) -> None:
    """A case is not sent to a place that nobody knows: it is said beside the input, and what was typed stays."""
    sent = MOVE | {"to": "", "letter": "鲁市监函〔2024〕9号"} | place
    with clock.simulated(DAY):
        answer = client_of("county").post(f"{received}transfer_jurisdiction/", sent)
    assert answer.status_code == 422
    made = next(one for one in answer.context["fields"] if one.name == "to")
    assert len(made.errors) == 1
    assert (made.value.name, made.value.county) == (sent["to"], sent.get("to-county", ""))
    assert 'id="e-to"' in answer.content.decode()
    assert not Entry.objects.filter(act="rectification.transfer_jurisdiction").exists()


def test_a_form_whose_mark_is_no_number_is_a_form_all_the_same(
    received: str, client_of: Callable[[str], Client]
) -> None:
    """The mark only recognises what was sent twice."""
    with clock.simulated(DAY):
        answer = client_of("county").post(f"{received}transfer_jurisdiction/", MOVE | {"seen": "²"})
    assert answer.status_code == 302


def test_a_period_beyond_the_calendar_is_a_refusal_in_words(
    received: str, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A year without notice and without estimate: nothing is counted, and the form says which year is missing."""
    calendar = with_provisional(announced())
    late = date(calendar.last_day.year, 12, 20)
    monkeypatch.setattr(calendars, "current", lambda: calendar)
    with clock.simulated(late):
        answer = client_of("county").post(f"{received}record_order_receipt/", {"on": late.isoformat(), "proof": SLIP})
    assert answer.status_code == 409
    assert f"{late.year + 1}年的节假日安排不在日历内" in answer.content.decode()
    assert not Entry.objects.filter(act="rectification.record_order_receipt").exists()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"number": "X" * 33, "title": "电线电缆"}, "number"),
        ({"number": "RW1", "title": "长" * 201}, "title"),
        ({"number": "RW1", "title": "电线电缆", "product_kind": "长" * 61}, "product_kind"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_input(
    client_of: Callable[[str], Client], typed: dict[str, str], name: str
) -> None:
    """Nothing is cut off, and no form breaks."""
    answer = client_of("province").post("/tasks/new/", typed)
    assert answer.status_code == 422
    assert f'id="{name}_error"' in answer.content.decode()
    assert not Dossier.objects.filter(kind="task").exists()


@pytest.mark.parametrize("address", ["/tasks/new/", "/plans/new/", "/messages/read/"])
def test_a_zero_byte_in_a_form_is_a_bad_request(client_of: Callable[[str], Client], address: str) -> None:
    """No keyboard types one, and no table can hold one: asked once for every page of the desk."""
    assert client_of("province").post(address, {"title": "a\0"}).status_code == 400


@pytest.mark.parametrize("year", ["²⁰²⁴", "２０２４０", "20240", "一九二四", ""])
def test_a_year_is_four_plain_digits(client_of: Callable[[str], Client], year: str) -> None:
    """Other digits are no year; those of a Chinese keyboard in full width are."""
    assert client_of("province").post("/plans/new/", {"year": year}).status_code == 422


def test_of_two_who_open_the_same_file_at_once_one_is_told(
    client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the question and the opening somebody else has taken the number."""
    open_task("RW1", "电线电缆", on=DAY)
    asked = forms.TaskForm.clean_number
    answers = iter(["RW1"])  # the number was free when it was asked for

    def as_asked(form: forms.TaskForm) -> str:
        return next(answers, "") or asked(form)

    monkeypatch.setattr(forms.TaskForm, "clean_number", as_asked)
    answer = client_of("province").post("/tasks/new/", {"number": "RW1", "title": "电线电缆"})
    assert answer.status_code == 422
    assert "这个编号已经使用" in answer.content.decode()
    assert Dossier.objects.filter(number="RW1").count() == 1
