"""批量办理: what may go in a batch, what is refused and why, done once whatever happens, and who sees it."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from spotcheck.casework import batch_running, batches
from spotcheck.casework.models import Batch, BatchLine
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Entry, Record
from spotcheck.notices import production
from spotcheck.notices.models import Paper
from spotcheck.rules.acts import ACTS, OF_EVERY_ACT
from tests.desk.world import PASSWORD, World
from tests.worlds import played

TODAY = date(2024, 6, 5)
ORDER = "rectification.issue_order"
NUMBERS = ("SD2024-001", "SD2024-002", "SD2024-003")


@played
def three(world: World) -> list[Dossier]:
    """Three reports of one bureau: two since 29 May, the third since 4 June; the order is due on 5 June and later."""
    found = []
    for number, taken_over in zip(NUMBERS, (date(2024, 5, 29), date(2024, 5, 29), date(2024, 6, 4)), strict=True):
        dossier = world.reported(number, date(2024, 5, 6), date(2024, 5, 27))
        world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 29))
        case = MATTERS["rectification"].new(dossier, dossier.parties.get(label="P"))
        world.act(case.receive_report, by="county", on=taken_over)
        found.append(dossier)
    return found


@pytest.fixture
def day() -> Iterator[Callable[[date], None]]:
    """The day of a test, 5 June unless it is said otherwise."""
    with clock.simulated(TODAY):
        yield lambda on: None


def begun(client: Client, on: date = TODAY, act: str = ORDER) -> Batch:
    """The batch of everything that waits, looked at."""
    page = client.get(f"/batches/new/{act}/")
    chosen = [str(one) for one in _keys(page)]
    answer = client.post(f"/batches/new/{act}/", {"chosen": chosen, "on": on.isoformat(), "as_post": _post(page)})
    assert answer.status_code == 302, answer.content.decode()
    batch = Batch.objects.get(pk=answer["Location"].split("/")[2])
    batch_running.go_on(batch.pk)
    batch.refresh_from_db()
    return batch


def confirmed(client: Client, batch: Batch, **more: Any) -> Any:
    """Everything that can be done is confirmed."""
    page = client.get(f"/batches/{batch.pk}/")
    places = list(batch.lines.filter(outcome="ready").values_list("place", flat=True))
    said = {"chosen": places, "as_post": _post(page), "password_again": PASSWORD} | more
    return client.post(f"/batches/{batch.pk}/", said)


def _keys(page: Any) -> list[str]:
    return [key for _, key, _ in page.context["found"]]


def _post(page: Any) -> str:
    return str(page.wsgi_request.desk_post.pk)


def orders() -> int:
    """How many orders there are in the chains."""
    return Entry.objects.filter(act=ORDER).count()


def test_only_acts_that_ask_nothing_of_a_case_go_in_batches() -> None:
    """Facts that the act puts on record by itself aside; and none that comes with a file, a table or a draw."""
    flagged = [record for record in ACTS.values() if record.in_batches]
    assert {record.name for record in flagged} >= {"result_notice.send", ORDER, "recheck.pass_with_test"}
    for record in flagged:
        spec = MATTERS[record.name.partition(".")[0]].spec_of(record.name.partition(".")[2])
        assert set(spec.facts().fields) == set(OF_EVERY_ACT), record.name
        assert not record.obligatory, record.name
        assert spec.is_act, record.name
        assert not spec.creates, record.name
        assert not record.in_a_table, record.name
        assert not record.draws, record.name


@pytest.mark.usefixtures("day", "media")
def test_two_of_three_are_ordered_at_once(three: list[Dossier], client_of: Callable[[str], Client]) -> None:
    """On 3 June: the third report came a day later, and its line says so by article."""
    client = client_of("county")
    batch = begun(client, date(2024, 6, 3))
    assert orders() == 0, "looking does nothing"
    states = dict(batch.lines.values_list("dossier__number", "outcome"))
    assert states == {NUMBERS[0]: "ready", NUMBERS[1]: "ready", NUMBERS[2]: "refused"}
    page = client.get(f"/batches/{batch.pk}/").content.decode()
    assert "责令改正通知书" in page
    refused = batch.lines.get(outcome="refused")
    assert refused.said["zh-hans"] in page
    assert refused.said["en"].startswith("Not possible")

    assert confirmed(client, batch).status_code == 302
    assert orders() == 0, "a worker does it"
    batch_running.go_on(batch.pk)
    batch.refresh_from_db()
    assert (batch.stage, orders()) == ("done", 2)
    for line in batch.lines.filter(outcome="done"):
        assert line.entry.act == ORDER
        assert line.entry.effective_on == date(2024, 6, 3)
        assert line.entry.user == batch.post.user
        assert [paper["number"] for paper in line.papers] == [Paper.objects.get(dossier=line.dossier, form=11).number]


@pytest.mark.usefixtures("day", "media")
def test_what_is_confirmed_twice_or_done_by_two_workers_is_done_once(
    three: list[Dossier], client_of: Callable[[str], Client]
) -> None:
    client = client_of("county")
    batch = begun(client)
    for _ in range(2):
        assert confirmed(client, batch).status_code == 302
    for _ in range(3):
        batch_running.go_on(batch.pk)
    assert orders() == 3
    again = client.get(f"/batches/new/{ORDER}/")
    assert _keys(again) == [], "nothing waits any more"


@pytest.mark.usefixtures("day", "media")
def test_a_worker_that_dies_between_two_cases_leaves_the_rest_to_the_next(
    three: list[Dossier], client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of("county")
    batch = begun(client)
    confirmed(client, batch)
    really, asked = batch_running._done, []

    def dies(*args: Any, **more: Any) -> Any:
        asked.append(1)
        if len(asked) == 2:
            raise SystemExit
        return really(*args, **more)

    monkeypatch.setattr(batch_running, "_done", dies)
    with pytest.raises(SystemExit):
        batch_running.go_on(batch.pk)
    assert (orders(), batch.lines.filter(outcome="ready").count()) == (1, 2)
    assert batch.pk in batch_running.waiting()
    monkeypatch.undo()
    batch_running.go_on(batch.pk)
    assert orders() == 3
    assert batch.pk not in batch_running.waiting()


@pytest.mark.usefixtures("day", "media")
def test_one_case_that_breaks_stops_no_other(
    three: list[Dossier], client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of("county")
    batch = begun(client)
    confirmed(client, batch)
    really = batch_running._done

    def breaks(line: BatchLine, *args: Any, **more: Any) -> Any:
        done = really(line, *args, **more)
        if line.place == 2:
            raise RuntimeError("broken")
        return done

    monkeypatch.setattr(batch_running, "_done", breaks)
    batch_running.go_on(batch.pk)
    assert orders() == 2, "and of the broken one nothing is left"
    assert batch.lines.get(place=2).said["zh-hans"].startswith("系统出错")


@pytest.mark.usefixtures("media")
def test_what_is_late_wants_its_reason_once(three: list[Dossier], client_of: Callable[[str], Client]) -> None:
    """Article 43: two are due on 5 June and late on the 6th; the third is due on the 11th."""
    with clock.simulated(date(2024, 6, 6)):
        client = client_of("county")
        batch = begun(client, date(2024, 6, 6))
        assert dict(batch.lines.values_list("dossier__number", "late")) == dict(zip(NUMBERS, (1, 1, 0), strict=True))
        refused = confirmed(client, batch)
        assert refused.status_code == 409
        assert "请写明逾期的原因" in refused.content.decode()
        assert confirmed(client, batch, late_reason="系统停电一天").status_code == 302
        batch_running.go_on(batch.pk)
    reasons = dict(Entry.objects.filter(act=ORDER).values_list("dossier__number", "late_reason"))
    assert reasons == dict(zip(NUMBERS, ("系统停电一天", "系统停电一天", ""), strict=True))


@pytest.mark.usefixtures("day", "media")
def test_what_cannot_be_undone_wants_a_proof(
    three: list[Dossier], client_of: Callable[[str], Client], settings: Any
) -> None:
    settings.DEMO = False
    client = client_of("county")
    batch = begun(client)
    assert 'name="password_again"' in client.get(f"/batches/{batch.pk}/").content.decode()
    answer = confirmed(client, batch, password_again="wrong")
    assert answer.status_code == 422
    batch.refresh_from_db()
    assert batch.stage == "looked"


@pytest.mark.usefixtures("day", "media")
def test_a_batch_belongs_to_its_post_and_is_read_by_its_office(
    three: list[Dossier], client_of: Callable[[str], Client]
) -> None:
    """And only what waits on the list of somebody is offered to him: other keys are passed over."""
    batch = begun(client_of("county"))
    for who in ("other", "province", "lab"):
        assert client_of(who).get(f"/batches/{batch.pk}/").status_code == 404, who
    other = client_of("other")
    page = other.get(f"/batches/new/{ORDER}/")
    key = batch.lines.first().matter_id
    answer = other.post(f"/batches/new/{ORDER}/", {"chosen": [key], "on": TODAY.isoformat(), "as_post": _post(page)})
    assert (answer.status_code, Batch.objects.count()) == (409, 1)
    assert other.get("/batches/new/rectification.order_closure/").status_code == 404


@pytest.mark.usefixtures("day")
def test_results_and_papers_are_taken_along(
    three: list[Dossier], client_of: Callable[[str], Client], media: Path
) -> None:
    """An independent reader of the sheet; the papers in the order of the lines; both in the book."""
    client = client_of("county")
    batch = begun(client)
    confirmed(client, batch)
    batch_running.go_on(batch.pk)
    sheet = load_workbook(BytesIO(client.get(f"/batches/{batch.pk}/results.xlsx").content)).active
    numbers = [row[1].value for row in sheet.iter_rows(min_row=3)]
    assert numbers == list(batch.lines.order_by("place").values_list("dossier__number", flat=True))
    waits = client.get(f"/batches/{batch.pk}/papers.pdf")
    assert waits.status_code == 302, "they are being drawn"
    pages = 0
    for paper in batches.papers_of(batch):
        production.draw_paper(paper.pk)
        pages += len(PdfReader(BytesIO(production.content(paper).pdf)).pages)
    together = client.get(f"/batches/{batch.pk}/papers.pdf")
    assert len(PdfReader(BytesIO(together.content)).pages) == pages
    kinds = Record.objects.filter(subject_id=str(batch.pk)).values_list("kind", flat=True)
    assert set(kinds) == {"export.list", "export.papers"}


@pytest.mark.usefixtures("day", "media")
def test_the_start_page_offers_it_where_several_wait(three: list[Dossier], client_of: Callable[[str], Client]) -> None:
    page = client_of("county").get("/").content.decode()
    assert f"/batches/new/{ORDER}/" in page
    assert "/batches/new/" not in client_of("other").get("/").content.decode()


@pytest.mark.usefixtures("day", "media")
def test_a_line_opens_the_form_and_goes_on_to_the_next(
    three: list[Dossier], client_of: Callable[[str], Client], world: World
) -> None:
    """Two clicks: the act on its line, and 办完，下一件."""
    client = client_of("county")
    first = client.get("/").context["worklist"].due["today"][0]
    case = world.matter(first.dossier, "rectification")
    address = f"/dossiers/{first.dossier.number}/acts/rectification/{case.pk}/issue_order/"
    assert f'href="{address}?from=today"' in client.get("/").content.decode()
    form = client.get(f"{address}?from=today")
    assert "办完，下一件" in form.content.decode()
    assert "办完，下一件" not in client.get(address).content.decode()
    said = {"on": TODAY.isoformat(), "as_post": _post(form), "seen": form.context["seen"], "then": "next"}
    answer = client.post(address, said | {"from": "today", "password_again": PASSWORD})
    left = [number for number in NUMBERS if number != first.dossier.number]
    assert answer.status_code == 302, answer.content.decode()
    assert any(answer["Location"].startswith(f"/dossiers/{number}/acts/rectification/") for number in left)
