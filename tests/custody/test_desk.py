"""The custody on the desk: receive, refuse with a photograph, look, accept a gap; who tests sees no party."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from spotcheck.docket import clock
from spotcheck.sampling import custody
from spotcheck.wiring.operating.preparation import compile_messages
from tests.custody.conftest import DAY
from tests.files.making import picture as drawn
from tests.files.making import saved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_desk(settings, tmp_path) -> Iterator[None]:
    compile_messages()
    settings.MEDIA_ROOT, settings.DATA = tmp_path / "media", tmp_path
    with clock.simulated(DAY), translation.override("zh-hans"):
        yield


@pytest.fixture
def desk(bench):
    def of(name):
        client = Client()
        client.force_login(bench.world.posts[name].user)
        return client

    return of


def address(bench, method, label="T"):
    return f"/dossiers/{bench.dossier.number}/acts/sample/{bench.unit(label).pk}/{method}/"


def sent(bench, name, **more):
    return {"as_post": bench.world.posts[name].pk, "on": DAY.isoformat(), **more}


def test_the_laboratory_receives_by_the_seal_and_is_asked_no_tick(bench, desk):
    bench.send()
    lab, place = desk("lab"), address(bench, "receive")
    form = lab.get(place).content.decode()
    assert 'name="seal_number"' in form
    assert 'name="seal_intact"' not in form
    wrong = lab.post(place, sent(bench, "lab", seal_state="intact", seal_number="999"))
    assert wrong.status_code == 409
    assert "2026031801" in wrong.content.decode()
    said = sent(bench, "lab", seal_state="intact", seal_number="2026031801", condition="完好")
    assert lab.post(place, said).status_code == 302
    assert bench.unit().state == "in_custody"


def test_the_laboratory_refuses_with_a_photograph(bench, desk):
    bench.send()
    lab, place = desk("lab"), address(bench, "refuse_unit")
    said = sent(bench, "lab", reason="broken_seal", explanation="封条左侧撕开约三厘米")
    assert lab.post(place, said).status_code == 409
    photo = SimpleUploadedFile("封条.png", saved(drawn(), "PNG"), content_type="image/png")
    assert lab.post(place, said | {"files": photo}).status_code == 302
    assert bench.unit().links.latest("sequence").kind == "refused"
    assert "样品被拒收" in desk("province").get("/").content.decode()


def test_the_dossier_shows_the_custody_and_the_province_accepts_a_gap_there(bench, desk):
    bench.send(waybill="")
    tab = f"/dossiers/{bench.dossier.number}/?tab=custody"
    shown = desk("province").get(tab).content.decode()
    assert "只有一方确认" in shown
    assert "SD2025-101-T" in shown
    assert "认可流转缺口" in shown
    place = address(bench, "accept_gap")
    form = desk("province").get(place).content.decode()
    assert 'value="one_side.2"' in form
    said = sent(bench, "province", fault="one_side.2", reason="承运单位出具证明，运单号补登")
    assert desk("province").post(place, said).status_code == 302
    assert custody.open_faults(custody.links_of(bench.dossier, "T")) == []
    shown = desk("province").get(tab).content.decode()
    assert "省局已认可" in shown
    entries = desk("province").get(f"/dossiers/{bench.dossier.number}/?tab=entries").content.decode()
    assert "第 2 环节" in entries


def test_the_laboratory_sees_seals_and_no_party_and_no_word_of_the_samplers(bench, desk):
    bench.do(
        bench.unit("R"),
        "leave_with_enterprise",
        "sampler",
        undertaking=True,
    )
    bench.do(
        bench.unit(), "link_custody", "sampler", kind="moved", place="历城区泰山红电缆仓库", explanation="厂方门卫代管"
    )
    bench.send()
    shown = desk("lab").get(f"/dossiers/{bench.dossier.number}/?tab=custody").content.decode()
    assert "2026031801" in shown
    for word in ("泰山红电缆", "历城", "门卫", "张伟", "SF1234567890"):
        assert word not in shown, word
    assert (
        "山东泰山红电缆有限公司"
        in desk("province").get(f"/dossiers/{bench.dossier.number}/?tab=custody").content.decode()
    )


def test_an_enterprise_is_shown_no_custody(bench, desk):
    bench.dossier.parties.update(told_on=DAY)
    page = desk("enterprise").get(f"/dossiers/{bench.dossier.number}/?tab=custody")
    assert page.status_code == 200
    assert "样品流转" not in page.content.decode()


def test_in_english_too(bench, desk):
    bench.send(waybill="")
    client = desk("province")
    client.cookies["django_language"] = "en"
    shown = client.get(f"/dossiers/{bench.dossier.number}/?tab=custody", headers={"accept-language": "en"})
    assert "Accept a gap in the custody" in shown.content.decode()
