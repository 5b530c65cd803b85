"""送达 on the screen: begun, received with proof, returned, corrected; and the clock that it starts, told beforehand."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from spotcheck.docket import clock
from spotcheck.docket.models import Deadline, Dossier, Entry, Party
from spotcheck.notices.models import Recipient, Service
from tests.desk.test_acts_on_screen import address_of, text_of
from tests.desk.world import World
from tests.notices.scans import scanned
from tests.worlds import played

TODAY = date(2024, 6, 14)


SLIP, OTHER = scanned(), scanned(2)


def scan(content: bytes = SLIP, name: str = "回证.pdf") -> SimpleUploadedFile:
    """A scanned acknowledgement."""
    return SimpleUploadedFile(name, content, "application/pdf")


@played(beside="media")
def dossier(world: World) -> Dossier:
    """Form 7 was sent to seller and producer; nobody has received it. Licheng has ordered the producer to rectify."""
    parties = (("S", Party.Role.SELLER, "shop"), ("N", Party.Role.NOMINAL_PRODUCER, "cable"))
    found = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27), *parties)
    for label in ("S", "N"):
        world.act(world.matter(found, "result_notice", label).send, by="province", on=date(2024, 5, 28))
    world.ordered(found, "N", "county", date(2024, 5, 28), date(2024, 6, 3))
    return found


def page_of(dossier: Dossier, form: int, label: str) -> str:
    """Where the service on a party is recorded."""
    recipient = Recipient.objects.get(paper__dossier=dossier, paper__form=form, party__label=label)
    return f"/dossiers/{dossier.number}/papers/{recipient.paper_id}/service/{recipient.pk}/"


def mailed(**more: Any) -> dict[str, Any]:
    """What an officer fills in who has the postal slip in hand."""
    return {
        "what": "begin",
        "method": "mail",
        "started_on": "2024-06-05",
        "tracking_no": "EMS 1123 4456 7CN",
        "at_once": "1",
        "received_on": "2024-06-07",
        "received_by": "陈明",
        "capacity": "法定代表人",
        "proof": scan(),
    } | more


def test_the_receipt_of_form_7_starts_the_clock_of_that_party_only(
    dossier: Dossier, client_of: Callable[[str], Client]
) -> None:
    """Article 35: the seller's window opens with the seller's receipt; the producer's does not."""
    client, here = client_of("province"), page_of(dossier, 7, "S")
    with clock.simulated(TODAY):
        assert "将起算" in text_of(client.get(here))
        done = client.post(here, mailed(), follow=True)
    text = text_of(done)
    assert "已登记收到。" in text
    assert "由这次收到起算的期限" in text
    assert "2024-06-22 周六" in text
    assert "最晚 2024-06-24 周一" in text
    window = Deadline.objects.get(dossier=dossier, rule="D35")
    assert (window.label, window.started_on, window.due_on) == ("S", date(2024, 6, 7), date(2024, 6, 22))
    served = Service.objects.get(recipient__paper__dossier=dossier)
    assert (served.outcome, served.received_by, served.receipt.act) == (
        "served",
        "陈明",
        "result_notice.record_receipt",
    )


def test_the_clock_is_told_before_anything_is_recorded(dossier: Dossier, client_of: Callable[[str], Client]) -> None:
    """For the day that stands in the form, both last days; afterwards nothing has changed."""
    client, entries = client_of("county"), dossier.entries.count()
    with clock.simulated(TODAY):
        ahead = text_of(client.get(f"{page_of(dossier, 11, 'N')}ahead/?received_on=2024-06-07"))
        before = text_of(client.get(f"{page_of(dossier, 11, 'N')}ahead/?received_on=2024-06-01"))
        nothing = client.get(f"{page_of(dossier, 11, 'N')}ahead/?received_on=gestern").content.decode().strip()
    assert "2024-06-07 周五 收到的，将起算" in ahead
    assert "2024-08-06 周二" in ahead
    assert "收到的，现在不能登记" in before or "将起算" in before
    assert nothing == ""
    assert (dossier.entries.count(), Deadline.objects.filter(rule="D44").count()) == (entries, 0)


def test_a_late_service_of_the_order_is_said_before_and_after(
    dossier: Dossier, client_of: Callable[[str], Client]
) -> None:
    """Reading of 44 and 46: received so late that the forced recheck would come first."""
    client, here = client_of("county"), page_of(dossier, 11, "N")
    with clock.simulated(date(2024, 8, 10)):
        assert "送达过晚" in text_of(client.get(f"{here}ahead/?received_on=2024-08-08"))
        client.post(here, mailed(received_on="2024-08-08"))
        assert "送达过晚" in text_of(client.get(here))
        assert "送达过晚" in text_of(client.get(f"/dossiers/{dossier.number}/?tab=papers"))
        assert "送达过晚" in text_of(client.get("/papers/?form=11"))


def test_two_clicks_are_one_service(dossier: Dossier, client_of: Callable[[str], Client]) -> None:
    """The second finds the work of the first; one entry, one period, one attempt."""
    client, here = client_of("county"), page_of(dossier, 11, "N")
    with clock.simulated(TODAY):
        assert [client.post(here, mailed(proof=scan())).status_code for _twice in range(2)] == [302, 302]
    assert Entry.objects.filter(dossier=dossier, act="rectification.record_order_receipt").count() == 1
    assert Service.objects.filter(recipient__paper__form=11).count() == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"proof": ""}, "没有送达凭证"),
        ({"proof": scan(b"MZ...", "回证.pdf")}, "认不出这是什么文件"),
        ({"tracking_no": ""}, "邮寄送达须填写邮件号码"),
        ({"method": ""}, "请选择送达方式"),
        ({"received_on": "2024-06-04"}, "不能早于交寄（交付）日期"),
        ({"received_on": "2024-06-15"}, "不能是将来"),
        ({"received_on": ""}, "请填写日期"),
        ({"method": "direct", "servers": "赵静"}, "须由两人进行"),
        ({"method": "left", "servers": "赵静\n李娜"}, "须有见证人"),
        ({"method": "announced", "announced_where": "省局网站"}, "公告期未满"),
    ],
)
def test_what_is_wrong_is_said_in_place_and_nothing_typed_is_lost(
    dossier: Dossier, client_of: Callable[[str], Client], more: dict[str, Any], says: str
) -> None:
    """Beside its field; the rest of the form is as it was, and no half of it has been recorded."""
    with clock.simulated(TODAY):
        answer = client_of("county").post(page_of(dossier, 11, "N"), mailed(**more))
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert 'value="法定代表人"' in answer.content.decode()
    assert not Service.objects.filter(recipient__paper__form=11).exists()


def test_what_the_articles_forbid_is_said_with_them(
    dossier: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """The case was moved meanwhile: the receipt is refused, and the form keeps what was typed."""
    case = world.matter(dossier, "rectification", "N")
    type(case).objects.filter(pk=case.pk).update(state="withdrawn")
    with clock.simulated(TODAY):
        answer = client_of("county").post(page_of(dossier, 11, "N"), mailed())
    assert answer.status_code == 409
    assert "现在不能办理" in text_of(answer)
    assert 'value="EMS 1123 4456 7CN"' in answer.content.decode()
    assert not Service.objects.filter(recipient__paper__form=11).exists()


def test_a_full_disk_records_nothing_and_says_so(
    dossier: Dossier, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the file there is no proof, and without proof no receipt; the form keeps what was typed."""

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("spotcheck.files.storage.keep", full)
    with clock.simulated(TODAY):
        answer = client_of("county").post(page_of(dossier, 11, "N"), mailed())
    assert answer.status_code == 503
    assert "什么也没有登记" in text_of(answer)
    assert 'value="法定代表人"' in answer.content.decode()
    assert not Service.objects.filter(recipient__paper__form=11).exists()
    assert not Entry.objects.filter(dossier=dossier, act="rectification.record_order_receipt").exists()


def test_a_county_records_no_service_of_the_province(dossier: Dossier, client_of: Callable[[str], Client]) -> None:
    """It sees how Form 7 stands, has no form, and is refused when it sends one all the same."""
    with clock.simulated(TODAY):
        page = client_of("county").get(page_of(dossier, 7, "N"))
        sent = client_of("county").post(page_of(dossier, 7, "N"), mailed())
    assert "送达由发出这份文书的机关登记" in text_of(page)
    assert 'name="what"' not in page.content.decode()
    assert sent.status_code == 403
    assert not Service.objects.exists()


def test_mail_comes_back_and_the_next_attempt_begins(dossier: Dossier, client_of: Callable[[str], Client]) -> None:
    """The first attempt stays with its reason; an announcement counts only after its days (practice, thirty)."""
    client, here = client_of("county"), page_of(dossier, 11, "N")
    begun = {name: value for name, value in mailed().items() if name not in {"at_once", "proof"}}
    with clock.simulated(TODAY):
        client.post(here, begun)
        under_way = client.get(here)
        assert "邮寄送达，自 2024-06-05 周三 在途" in text_of(under_way)
        (day,) = re.findall(r'<input[^>]*name="received_on"[^>]*>', under_way.content.decode())
        assert "value=" not in day  # nobody was there: no guess
        client.post(here, {"what": "return", "on": "2024-06-12", "reason": "原址查无此人"})
        assert "被退回：原址查无此人" in text_of(client.get(here))
        assert "原址查无此人" in text_of(client.get("/papers/?service=returned"))
        announced = {"what": "begin", "method": "announced", "started_on": "2024-06-13", "announced_where": "省局网站"}
        client.post(here, announced)
        text = text_of(client.get(here))
        early = client.post(here, {"what": "receive", "received_on": "2024-06-14", "proof": scan()})
    assert "公告满期之日为 2024-07-13 周六" in text
    assert early.status_code == 422
    with clock.simulated(date(2024, 7, 15)):
        client.post(here, {"what": "receive", "received_on": "2024-07-13", "proof": scan()})
        text = text_of(client.get(here))
    assert "历次送达" in text
    assert text.count("原址查无此人") == 1
    assert Deadline.objects.get(dossier=dossier, rule="D44").started_on == date(2024, 7, 13)


def test_a_corrected_receipt_shows_both_days_and_moves_the_clock(
    dossier: Dossier, client_of: Callable[[str], Client]
) -> None:
    """With new proof; the old day stays, struck out, and the period runs from the right one."""
    client, here = client_of("county"), page_of(dossier, 11, "N")
    with clock.simulated(TODAY):
        client.post(here, mailed())
        without = client.post(here, {"what": "correct", "received_on": "2024-06-10"})
        done = client.post(here, {"what": "correct", "received_on": "2024-06-10", "proof": scan(OTHER, "回执.pdf")})
        page = client.get(here).content.decode()
    assert (without.status_code, done.status_code) == (422, 302)
    assert "<s>2024-06-07 周五</s>" in page
    assert "2024-06-10 周一" in page
    assert "回证.pdf" in page
    assert "回执.pdf" in page
    assert Deadline.objects.running().get(dossier=dossier, rule="D44").started_on == date(2024, 6, 10)


def test_the_proof_is_given_back_as_it_was_handed_in(dossier: Dossier, client_of: Callable[[str], Client]) -> None:
    """To the bureaus and to the party itself; a stranger and the other party see nothing."""
    client, here = client_of("county"), page_of(dossier, 11, "N")
    with clock.simulated(TODAY):
        client.post(here, mailed())
        attempt = Service.objects.get(recipient__paper__form=11)
        address = f"/dossiers/{dossier.number}/papers/{attempt.recipient.paper_id}/proofs/{attempt.pk}/"
        assert client.get(address).content == SLIP
        codes = {name: client_of(name).get(address).status_code for name in ("enterprise", "province", "lab", "other")}
    assert codes == {"enterprise": 200, "province": 200, "lab": 404, "other": 404}


def test_the_act_of_a_receipt_leads_to_its_service(dossier: Dossier, client_of: Callable[[str], Client]) -> None:
    """One way to record it, with its proof; in the sheet the whole page goes there."""
    address = address_of(dossier, "rectification", "record_order_receipt", "N")
    client = client_of("county")
    with clock.simulated(TODAY):
        assert client.get(address).url == page_of(dossier, 11, "N")
        sheet = client.get(address, headers={"HX-Request": "true"})
    assert sheet.headers["HX-Redirect"] == page_of(dossier, 11, "N")
