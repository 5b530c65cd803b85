"""Who may open which page: every address of the desk for everybody of the cast."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from spotcheck.casework import inbox
from spotcheck.casework.models import Batch
from spotcheck.docket import clock
from spotcheck.docket.models import Deadline, Dossier, Entry, Evidence
from spotcheck.files import storage
from spotcheck.files.keeping import keep_bytes
from spotcheck.files.models import Upload
from spotcheck.inspection.models import Inspection
from spotcheck.notices.models import Service
from spotcheck.planning.detail_rules import snapshot
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports import running
from spotcheck.registers.imports.kinds import KINDS
from tests import content_types, doubled
from tests.desk.world import World
from tests.files.good import photograph
from tests.inspection.conftest import published
from tests.matrices import Matrix
from tests.tablet.parked import parked_act

TODAY = date(2024, 6, 5)
EVERYBODY = ("province", "city", "county", "other", "sampler", "lab", "enterprise", "administrator")

# 200 sees it, 403 sees the dossier but has no part in the act, 404 does not know that it exists.
MATRIX = {
    "today": (200, 200, 200, 200, 200, 200, 200, 302),
    "search": (200, 200, 200, 200, 200, 200, 200, 200),
    "search_sheet": (200, 200, 200, 200, 200, 200, 200, 200),
    "papers_sheet": (200, 200, 200, 200, 200, 200, 200, 200),
    "firm": (200, 200, 200, 404, 403, 403, 403, 403),
    "banned_firms": (200, 200, 200, 200, 403, 403, 403, 403),
    "figures": (200, 200, 200, 200, 403, 403, 403, 403),
    "figures_sheet": (200, 200, 200, 200, 403, 403, 403, 403),
    "late_duties": (200, 200, 200, 200, 403, 403, 403, 403),
    "messages": (200, 200, 200, 200, 200, 200, 200, 200),
    "post": (200, 200, 200, 200, 200, 200, 200, 200),
    "dossier": (200, 200, 200, 404, 200, 200, 200, 404),
    "why": (200, 200, 200, 404, 200, 200, 200, 404),
    "papers": (200, 200, 200, 200, 200, 200, 200, 200),
    "paper": (200, 200, 200, 404, 404, 404, 200, 404),
    "paper_state": (200, 200, 200, 404, 404, 404, 200, 404),
    "service": (200, 200, 200, 404, 404, 200, 200, 404),
    "service_ahead": (200, 403, 403, 404, 404, 200, 403, 404),
    "proof": (200, 200, 200, 404, 404, 404, 200, 404),
    "particulars": (200, 403, 200, 404, 403, 403, 403, 404),
    "evidence": (200, 200, 200, 404, 404, 404, 404, 404),
    "evidence_thumbnail": (200, 200, 200, 404, 404, 404, 404, 404),
    "upload_row": (404, 404, 200, 404, 404, 404, 404, 404),
    "upload_thumbnail": (404, 404, 200, 404, 404, 404, 404, 404),
    "case_file": (200, 200, 200, 404, 403, 403, 403, 404),
    "case_file_progress": (200, 200, 200, 404, 403, 403, 403, 404),
    "case_file_copy": (302, 302, 302, 404, 403, 403, 403, 404),
    "act": (200, 403, 200, 404, 403, 403, 403, 404),
    "act of the enterprise": (200, 403, 403, 404, 403, 403, 200, 404),
    "take_back": (403, 403, 403, 404, 403, 200, 403, 404),
    "dossier of a plan": (200, 200, 200, 200, 404, 404, 404, 404),
    "dossier of a task": (200, 404, 404, 404, 200, 200, 404, 404),
    "draw": (200, 404, 404, 404, 200, 403, 404, 404),
    "draw_protocol": (200, 404, 404, 404, 403, 403, 404, 404),
    "new_plan": (200, 403, 403, 403, 403, 403, 403, 403),
    "drafts": (204, 204, 204, 204, 204, 204, 204, 204),
    "new_task": (200, 403, 403, 403, 403, 403, 403, 403),
    "laboratories": (200, 403, 403, 403, 403, 200, 403, 403),
    "detail_rules": (200, 200, 200, 200, 200, 200, 403, 403),
    "detail_rule": (200, 200, 200, 200, 200, 200, 403, 403),
    "task_rule": (200, 404, 404, 404, 403, 403, 404, 404),
    "results": (403, 403, 403, 404, 403, 200, 403, 404),
    "import": (200, 403, 403, 403, 403, 403, 403, 403),
    "import_template": (200, 403, 403, 403, 403, 403, 403, 403),
    "import_look": (200, 404, 404, 404, 404, 404, 404, 404),
    "import_answered": (200, 404, 404, 404, 404, 404, 404, 404),
    "old_cases": (200, 200, 200, 200, 403, 403, 403, 403),
    "field_records": (200, 200, 200, 200, 200, 200, 403, 403),
    "field_record": (200, 200, 200, 404, 200, 404, 403, 403),
    "field_file": (200, 200, 200, 404, 200, 404, 403, 403),
    "field_visit": (200, 200, 200, 404, 200, 404, 403, 403),
    "field_return": (200, 403, 403, 404, 403, 403, 403, 403),
    "batch_new": (200, 200, 200, 200, 200, 200, 403, 403),
    "batch": (404, 404, 200, 404, 404, 404, 403, 403),
    "batch_results": (404, 404, 200, 404, 404, 404, 403, 403),
    "batch_papers": (404, 404, 404, 404, 404, 404, 403, 403),
    "mailing": (200, 200, 200, 200, 200, 200, 403, 403),
    "mailing_print": (404, 404, 200, 404, 404, 404, 403, 403),
    "calendar": (200, 200, 200, 200, 200, 200, 403, 403),
    "cases": (200, 200, 200, 200, 200, 200, 403, 403),
    "cases of the pool": (200, 200, 200, 200, 200, 200, 403, 403),
    "cases of a colleague": (403, 403, 403, 403, 403, 403, 403, 403),
}
ONLY_POST = {
    "read_all",
    "read_message",
    "preview",
    "case_file_prepare",
    "uploads",
    "upload",
    "owner",
    "write_note",
    "take_up",
    "take_cases",
    "hand_over",
    "answer_handover",
    "keep_list",
    "forget_list",
}
PAGES = Matrix("desk", EVERYBODY, MATRIX, elsewhere=frozenset(ONLY_POST), besides=frozenset({"post"}))


@pytest.fixture
def addresses(world: World, media: Path) -> dict[str, str]:
    """One address of each kind, about a dossier of Licheng."""
    dossier = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    case = world.ordered(dossier, "P", "county", date(2024, 5, 28), date(2024, 6, 3))
    clock_key = Deadline.objects.running().get(dossier=dossier, rule="D35").pk
    here = f"/dossiers/{dossier.number}/"
    task = dossier.parent
    notice, order = dossier.papers.get(form=7), dossier.papers.get(form=11)
    served = notice.recipients.get().services.get()
    kept = storage.keep("proofs/2024/rights.pdf", b"%PDF-1.4")
    Service.objects.filter(pk=served.pk).update(proof_file=kept.name, proof_sha256=kept.sha256)
    picture = keep_bytes(photograph(), at=served.recorded_at)
    photo = Evidence.objects.create(
        dossier=dossier, entry=dossier.entries.last(), kind="photo", stored=picture, name="照片.jpg"
    )
    post = world.posts["county"]
    waits = Upload.objects.create(
        owner=f"post:{post.pk}", office="x", name="x", size=1, received=1, expires_at=served.recorded_at, stored=picture
    )
    rule = published(world, valid_from=date(2024, 1, 1))
    Inspection.objects.filter(dossier=dossier).update(rule_snapshot=snapshot(rule))
    officer = Doer(post=world.posts["province"])
    kind = KINDS["detail_rules"]
    looked = running.begin(kind, name="细则.xlsx", content=running.template(kind), by=officer)
    parked = parked_act(world, dossier, picture)
    batch = Batch.objects.create(post=post, act="rectification.issue_order", on=TODAY, begun_at=served.recorded_at)
    transfer = f"{here}acts/rectification/{case.pk}/transfer_jurisdiction/"
    return {
        "today": "/",
        "search": "/dossiers/",
        "search_sheet": "/dossiers.xlsx",
        "papers_sheet": "/papers.xlsx",
        "firm": f"/firms/{world.enterprises['cable'].credit_code}/",
        "banned_firms": "/firms/",
        "figures": "/figures/",
        "figures_sheet": "/figures.xlsx",
        "late_duties": "/figures/late/",
        "messages": "/messages/",
        "post": "/post/",
        "dossier": here,
        "why": f"{here}clocks/{clock_key}/",
        "papers": "/papers/",
        "paper": f"{here}papers/{notice.pk}/",
        "paper_state": f"{here}papers/{notice.pk}/state/",
        "service": f"{here}papers/{notice.pk}/service/{served.recipient_id}/",
        "service_ahead": f"{here}papers/{notice.pk}/service/{served.recipient_id}/ahead/",
        "proof": f"{here}papers/{notice.pk}/proofs/{served.pk}/",
        "drafts": f"/drafts/?address={transfer}",
        "particulars": f"{transfer}particulars/",
        "evidence": f"{here}evidence/{photo.pk}/",
        "evidence_thumbnail": f"{here}evidence/{photo.pk}/thumbnail/",
        "upload_row": f"/uploads/{waits.pk}/row/?act=rectification.issue_order",
        "upload_thumbnail": f"/uploads/{waits.pk}/thumbnail/",
        "case_file": f"{here}case-file/",
        "case_file_progress": f"{here}case-file/progress/",
        "case_file_copy": f"{here}case-file/pdf/",
        "act": transfer,
        "act of the enterprise": f"{here}acts/objection/0/file/?party={case.party_id}",
        "take_back": f"{here}entries/{Entry.objects.get(dossier=dossier, act='sample.issue').sequence}/back/",
        "dossier of a plan": f"/dossiers/{task.parent.number}/",
        "dossier of a task": f"/dossiers/{task.number}/",
        "draw": f"/dossiers/{task.number}/draw/",
        "draw_protocol": f"/dossiers/{task.number}/draw/protocol.json",
        "new_plan": "/plans/new/",
        "new_task": "/tasks/new/",
        "laboratories": "/laboratories/",
        "detail_rules": "/rules/",
        "detail_rule": f"/rules/{rule.pk}/",
        "task_rule": f"/dossiers/{task.number}/rule/",
        "results": f"{here}results/",
        "old_cases": "/old-cases/",
        "import": "/imports/detail_rules/",
        "import_template": "/imports/detail_rules/template/",
        "import_look": f"/imports/of/{looked.pk}/",
        "import_answered": f"/imports/of/{looked.pk}/answered.xlsx",
        "field_records": "/field-records/",
        "field_visit": f"/field-records/of/{dossier.number}/",
        "field_return": f"/field-records/of/{dossier.number}/return/",
        "field_record": f"/field-records/{parked.pk}/",
        "field_file": f"/field-records/{parked.pk}/files/{picture.pk}/",
        "batch_new": "/batches/new/rectification.issue_order/",
        "batch": f"/batches/{batch.pk}/",
        "batch_results": f"/batches/{batch.pk}/results.xlsx",
        "batch_papers": f"/batches/{batch.pk}/papers.pdf",
        "mailing": "/mailing/",
        "mailing_print": f"/mailing/print.pdf?what=labels&r={order.recipients.get(party=case.party_id).pk}",
        "calendar": "/calendar/",
        "cases": "/cases/",
        "cases of the pool": "/cases/?of=pool",
        "cases of a colleague": f"/cases/?of={world.posts['county'].pk + 999}",
    }


def test_every_answer_is_of_the_type_it_says(
    addresses: dict[str, str], client_of: Callable[[str], Client], world: World
) -> None:
    """Pages, parts of pages, papers, pictures, and refusals."""
    with clock.simulated(TODAY):
        for who in ("county", "other", "enterprise"):
            client = client_of(who)
            found = {name: content_types.complaint(client.get(address)) for name, address in addresses.items()}
            assert {name: wrong for name, wrong in found.items() if wrong} == {}, who


def test_of_a_parameter_that_comes_twice_the_last_counts(
    addresses: dict[str, str], client_of: Callable[[str], Client], world: World
) -> None:
    with clock.simulated(TODAY):
        client = client_of("county")
        found = {name: doubled.complaint(client, address) for name, address in addresses.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_everybody_opens_exactly_what_concerns_them(
    addresses: dict[str, str], client_of: Callable[[str], Client]
) -> None:
    """Out of sight is 404; a step that is not one's own is 403."""
    with clock.simulated(TODAY):
        assert PAGES.asked(addresses, client_of) == MATRIX


def test_nobody_enters_without_signing_in(addresses: dict[str, str]) -> None:
    """Every page sends a stranger to the entrance, and htmx too."""
    stranger = Client()
    for address in addresses.values():
        answer = stranger.get(address)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/login/"), address
        if address != "/post/":
            answer = stranger.get(address, headers={"HX-Request": "true"})
            assert answer.headers["HX-Redirect"].split("?")[0] == "/login/", address


def test_an_act_of_another_office_is_refused_when_sent(
    addresses: dict[str, str], client_of: Callable[[str], Client]
) -> None:
    """Who may not see the form may not send it either."""
    with clock.simulated(TODAY):
        assert client_of("city").post(addresses["act"], {"on": "2024-06-04"}).status_code == 403
        assert client_of("other").post(addresses["act"], {"on": "2024-06-04"}).status_code == 404


def test_what_only_takes_posts_is_refused_alike(addresses: dict[str, str], client_of: Callable[[str], Client]) -> None:
    """Preview, service and the drawing of a case file: by those whom the act, the paper, the dossier concern."""
    sent = {
        "preview": (f"{addresses['act']}preview/", {"on": "2024-06-04"}, (422, 403, 422, 404, 403, 403, 403, 404)),
        "prepare": (f"{addresses['case_file']}prepare/", {}, (302, 302, 302, 404, 403, 403, 403, 404)),
        "service": (addresses["service"], {"what": "return"}, (422, 403, 403, 404, 404, 422, 403, 404)),
        "particulars": (addresses["particulars"], {}, (302, 403, 302, 404, 403, 403, 403, 404)),
    }
    here, none = addresses["dossier"], (404, 404, 404, 404, 404, 404, 403, 403)
    sent |= {
        "owner": (f"{here}owner/", {"what": "take"}, (302, 302, 302, 404, 302, 302, 403, 403)),
        "write_note": (f"{here}notes/", {"text": "企业已电话答复"}, (302, 302, 302, 404, 302, 302, 403, 403)),
        "take_up": (f"{here}drafts/1/", {}, none),
        "answer_handover": ("/handovers/1/", {"what": "accept"}, none),
        "take_cases": ("/cases/take/?of=pool", {}, (409, 409, 409, 409, 409, 409, 403, 403)),
        "keep_list": ("/lists/", {"list": "dossiers", "name": "逾期", "query": "due=late"}, (302,) * 8),
        "forget_list": ("/lists/999999999/forget/", {}, (404,) * 8),
        "hand_over": ("/cases/hand-over/", {}, (409, 409, 409, 409, 409, 409, 403, 403)),
    }
    with clock.simulated(TODAY):
        for name, (address, data, expected) in sent.items():
            found = tuple(client_of(who).post(address, data).status_code for who in EVERYBODY)
            assert found == expected, name


def test_administering_gives_no_sight(world: World, client_of: Callable[[str], Client]) -> None:
    """No dossier, paper, message, hit or count, although the office is the province: and a leak would be seen."""
    dossier = world.reported("SD2024-009", date(2024, 5, 6), date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    secrets = (dossier.number, dossier.parent.number, world.enterprises["cable"].name)
    pages = ("/", "/messages/", "/dossiers/", "/dossiers/?q=SD2024", "/papers/", f"/dossiers/{dossier.number}/")

    def shown(name: str) -> set[str]:
        client = client_of(name)
        return {secret for page in pages for secret in secrets if secret in client.get(page).content.decode()}

    with clock.simulated(TODAY):
        assert shown("administrator") == set()
        assert shown("province") == set(secrets)
    administrator = world.actor("administrator")
    assert Dossier.objects.visible_to(administrator).count() == 0
    assert inbox.unread(administrator) == ""
    assert inbox.unread(world.actor("province")) != ""


def test_messages_of_others_cannot_be_marked(world: World, client_of: Callable[[str], Client]) -> None:
    """A message belongs to its office."""
    dossier = world.reported("SD2024-002", date(2024, 5, 6), date(2024, 5, 27))
    message = dossier.messages.filter(office=world.offices["province"]).first()
    assert client_of("other").post(f"/messages/{message.pk}/read/").status_code == 404
    assert client_of("province").post(f"/messages/{message.pk}/read/").status_code == 302
    message.refresh_from_db()
    assert message.read_at is not None


def test_a_laboratory_is_shown_no_party(world: World, client_of: Callable[[str], Client]) -> None:
    """Neither name, nor code, nor place of the enterprise, on no tab; and search does not tell them either."""
    dossier = world.reported("SD2024-003", date(2024, 5, 6), date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    world.ordered(dossier, "P", "county", date(2024, 5, 28), date(2024, 6, 3))
    enterprise = world.enterprises["cable"]
    client = client_of("lab")
    with clock.simulated(TODAY):
        pages = [
            client.get(f"/dossiers/{dossier.number}/?tab={tab}") for tab in ("entries", "papers", "clocks", "parties")
        ]
        pages += [client.get("/"), client.get("/dossiers/"), client.get("/messages/")]
        for page in pages:
            text = page.content.decode()
            for secret in (enterprise.name, enterprise.credit_code, "历城区", enterprise.actual_address):
                assert secret not in text, (page.request["PATH_INFO"], secret)
        assert dossier.number in client.get("/dossiers/?q=SD2024").content.decode()
        for word in ("泰山红电缆", enterprise.credit_code, "sdtsh"):
            assert dossier.number not in client.get(f"/dossiers/?q={word}").content.decode(), word
        assert dossier.number in client_of("county").get("/dossiers/?q=sdtsh").content.decode()


def test_an_enterprise_is_shown_no_sampler_and_no_inspector(world: World, client_of: Callable[[str], Client]) -> None:
    """The names of those who sampled and tested stay inside, in acts and in facts."""
    dossier = world.reported("SD2024-004", date(2024, 5, 6), date(2024, 5, 27))
    with clock.simulated(TODAY):
        text = client_of("enterprise").get(f"/dossiers/{dossier.number}/?tab=entries").content.decode()
        assert "山东省产品抽样技术中心" in text
        for name in ("张伟", "李娜", "王强"):
            assert name not in text
        assert "李娜" in client_of("county").get(f"/dossiers/{dossier.number}/?tab=entries").content.decode()


def test_a_second_party_is_a_stranger_to_the_first(world: World, client_of: Callable[[str], Client]) -> None:
    """An enterprise sees its own side: not the name, the clocks or the papers of the other party."""
    parties = (("S", "seller", "shop"), ("N", "nominal_producer", "cable"))
    dossier = world.reported("SD2024-005", date(2024, 5, 6), date(2024, 5, 27), *parties)
    world.told(dossier, "S", date(2024, 5, 28), date(2024, 5, 30))
    world.told(dossier, "N", date(2024, 5, 28), date(2024, 5, 31))
    theirs = Deadline.objects.running().get(dossier=dossier, rule="D35", label="S")
    client = client_of("enterprise")
    with clock.simulated(TODAY):
        for tab in ("entries", "papers", "clocks", "parties"):
            assert (
                world.enterprises["shop"].name
                not in client.get(f"/dossiers/{dossier.number}/?tab={tab}").content.decode()
            )
        assert client.get(f"/dossiers/{dossier.number}/clocks/{theirs.pk}/").status_code == 404


def test_papers_are_links_only_for_those_who_may_open_them(world: World, client_of: Callable[[str], Client]) -> None:
    """A link that leads nowhere is a promise that is not kept."""
    dossier = world.reported("SD2024-006", date(2024, 5, 6), date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    address = f"/dossiers/{dossier.number}/papers/{dossier.papers.get(form=7).pk}/"
    with clock.simulated(TODAY):
        linked = {
            name: address in client_of(name).get(f"/dossiers/{dossier.number}/?tab=papers").content.decode()
            for name in ("county", "enterprise", "sampler")
        }
    assert linked == {"county": True, "enterprise": True, "sampler": False}


def test_a_laboratory_opens_the_sampling_sheet_when_its_report_is_out(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """The sheet names the firm; as long as the result is open the laboratory knows the sample alone."""
    dossier = world.sampled("SD2024-007", date(2024, 5, 6))
    reported = world.reported("SD2024-008", date(2024, 5, 6), date(2024, 5, 27))
    client = client_of("lab")
    with clock.simulated(TODAY):
        sheets = [f"/dossiers/{d.number}/papers/{d.papers.get(form=4).pk}/" for d in (dossier, reported)]
        assert [client.get(sheet).status_code == 404 for sheet in sheets] == [True, False]
        assert sheets[0] not in client.get(f"/dossiers/{dossier.number}/?tab=papers").content.decode()
