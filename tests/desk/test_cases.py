"""Owners on pages: the pool, taking, naming, handing over with its answer, drafts that move with a case, and notes."""

import json
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client

from spotcheck.casework import drafts, owning
from spotcheck.casework.models import Draft, Handover, Note, Ownership
from spotcheck.docket import clock
from spotcheck.docket.models import Deadline, Dossier, Entry, Record
from spotcheck.parties.models import Post, User
from spotcheck.registers import absences
from spotcheck.registers.doer import Doer
from tests.desk import world as cast
from tests.desk.world import World
from tests.worlds import played

TODAY = date(2024, 6, 5)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.simulated(TODAY):
        yield


@played
def two(world: World) -> tuple[Dossier, Dossier]:
    """A county with two open cases, its head who coordinates, and two officers."""
    for key, name in (("li", "李进"), ("qian", "钱宁")):
        user = User.objects.create_user(key, password=None, full_name=name)
        world.posts[key] = Post.objects.create(
            user=user, office=world.offices["county"], role="officer", since=date(2021, 1, 1)
        )
    cast.entitle(world, "county", "coordinates")
    made = []
    for number in ("SD2024-001", "SD2024-002"):
        dossier = world.reported(number, date(2024, 5, 6), date(2024, 5, 27))
        world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
        made.append(dossier)
    return made[0], made[1]


def own(world: World, dossier: Dossier, name: str = "li") -> None:
    owning.name_owner(dossier, world.posts[name], by=world.posts[name])


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_case_is_taken_on_its_page_and_its_page_says_who_owns_it(
    world: World, two: tuple[Dossier, Dossier], client_of: Callable[[str], Client]
) -> None:
    here = f"/dossiers/{two[0].number}/"
    li = client_of("li")
    assert "待分：本单位还没有人承办" in text(li, here)
    assert li.post(f"{here}owner/", {"what": "take"}).status_code == 302
    assert owning.owner_of(two[0], world.posts["li"]) == world.posts["li"]
    assert "李进" in text(client_of("qian"), here)
    assert "待分：本单位还没有人承办" in text(client_of("city"), here)
    assert "承办人" not in text(client_of("enterprise"), here)
    assert client_of("qian").post(f"{here}owner/", {"what": "take"}).status_code == 409
    assert client_of("qian").post(f"{here}owner/", {"what": "release"}).status_code == 409
    to = str(world.posts["qian"].pk)
    assert client_of("county").post(f"{here}owner/", {"what": "give", "to": to}).status_code == 302
    assert owning.owner_of(two[0], world.posts["li"]) == world.posts["qian"]
    assert client_of("qian").post(f"{here}owner/", {"what": "release"}).status_code == 302
    assert not Ownership.objects.exists()
    assert Record.objects.filter(kind="people.own").count() == 3


def test_the_pool_is_given_out_by_who_coordinates_whole_or_not_at_all(
    world: World, two: tuple[Dossier, Dossier], client_of: Callable[[str], Client]
) -> None:
    head, li = client_of("county"), world.posts["li"]
    shown = text(head, "/cases/?of=pool")
    assert all(one.number in shown for one in two)
    assert "本单位待分案件" in text(head, "/")
    keys = [str(one.pk) for one in two]
    assert client_of("qian").post("/cases/take/?of=pool", {"chosen": keys, "to": li.pk}).status_code == 409
    assert head.post("/cases/take/?of=pool", {"chosen": keys, "to": "999999"}).status_code == 409
    own(world, two[1], "qian")
    assert head.post("/cases/take/?of=pool", {"chosen": keys, "to": li.pk}).status_code == 409
    assert Ownership.objects.count() == 1
    assert head.post("/cases/take/?of=pool", {"chosen": keys[:1], "to": li.pk}).status_code == 302
    assert owning.owner_of(two[0], li) == li
    assert two[0].number in text(client_of("li"), "/cases/")


def test_cases_are_looked_at_and_then_handed_over_in_one_confirmation(
    world: World, two: tuple[Dossier, Dossier], client_of: Callable[[str], Client]
) -> None:
    first, second = two
    for one in two:
        own(world, one)
    li, qian = client_of("li"), world.posts["qian"]
    before = list(Deadline.objects.order_by("pk").values())
    sent = {"chosen": [first.pk], "to": qian.pk, f"note-{first.pk}": "先催回执", f"to-{second.pk}": "pool"}
    looked = li.post("/cases/hand-over/", sent)
    assert looked.status_code == 200
    assert ("移交给 钱宁" in looked.content.decode(), "先催回执" in looked.content.decode()) == (True, True)
    assert not Handover.objects.exists()
    assert li.post("/cases/hand-over/", sent | {"what": "do"}).status_code == 302
    assert owning.owner_of(first, qian) == qian
    assert owning.owner_of(second, qian) is None
    assert list(Deadline.objects.order_by("pk").values()) == before
    page = text(client_of("qian"), "/")
    assert ("移交给我的案件" in page, "先催回执" in page, "2024-06-11" in page) == (True, True, True)
    assert "先催回执" in text(client_of("qian"), f"/dossiers/{first.number}/")


def test_nothing_is_handed_over_that_is_not_meant(
    world: World, two: tuple[Dossier, Dossier], client_of: Callable[[str], Client]
) -> None:
    own(world, two[0])
    li, qian = client_of("li"), world.posts["qian"]
    for sent in (
        {},
        {"chosen": [two[0].pk]},
        {"chosen": [two[0].pk, two[1].pk], "to": qian.pk},
        {"chosen": [two[0].pk], "to": world.posts["city"].pk},
        {"chosen": [two[0].pk], "to": qian.pk, f"note-{two[0].pk}": "长" * 2001},
    ):
        assert li.post("/cases/hand-over/", sent | {"what": "do"}).status_code == 409, sent
    assert not Handover.objects.exists()
    assert client_of("qian").post(f"/cases/hand-over/?of={world.posts['li'].pk}", {}).status_code == 403
    assert client_of("qian").get(f"/cases/?of={world.posts['li'].pk}").status_code == 403
    assert client_of("county").get(f"/cases/?of={world.posts['city'].pk}").status_code == 404


def test_a_whole_desk_is_chosen_by_filters(
    world: World, two: tuple[Dossier, Dossier], client_of: Callable[[str], Client]
) -> None:
    for one in two:
        own(world, one)
    head, desk = client_of("county"), f"of={world.posts['li'].pk}"
    due = Deadline.objects.running().filter(dossier=two[0]).earliest("due_on").due_on
    assert two[0].number in text(head, f"/cases/?{desk}&due_until={due}")
    early = date.fromordinal(due.toordinal() - 1)
    assert two[0].number not in text(head, f"/cases/?{desk}&due_until={early}")
    assert two[0].number not in text(head, f"/cases/?{desk}&product=%E7%9F%B3%E6%9D%90")
    assert two[0].number in text(head, f"/cases/?{desk}&due_until=nonsense")
    sent = {"all": "1", "to": world.posts["qian"].pk, "what": "do"}
    assert head.post(f"/cases/hand-over/?{desk}&q={two[0].number}", sent).status_code == 302
    assert [one.number for one in owning.owned_by(world.posts["qian"])] == [two[0].number]
    assert head.post(f"/cases/hand-over/?{desk}", sent).status_code == 302
    assert owning.owned_by(world.posts["qian"]).count() == 2


def test_the_new_owner_accepts_or_gives_back_for_a_reason(
    world: World, two: tuple[Dossier, Dossier], client_of: Callable[[str], Client]
) -> None:
    made = []
    for one in two:
        own(world, one)
        made += owning.hand_over([owning.Handed(one, world.posts["qian"])], of=world.posts["li"], by=world.posts["li"])
    qian = client_of("qian")
    assert client_of("li").post(f"/handovers/{made[0].pk}/", {"what": "accept"}).status_code == 404
    assert qian.post(f"/handovers/{made[0].pk}/", {"what": "accept"}).status_code == 302
    assert qian.post(f"/handovers/{made[0].pk}/", {"what": "return", "reason": "忙"}).status_code == 409
    assert qian.post(f"/handovers/{made[1].pk}/", {"what": "return", "reason": " "}).status_code == 409
    assert qian.post(f"/handovers/{made[1].pk}/", {"what": "return", "reason": "须回避"}).status_code == 302
    assert owning.owner_of(two[1], world.posts["li"]) == world.posts["li"]
    assert "移交给我的案件" not in text(qian, "/")


def test_a_draft_moves_with_its_case_when_the_new_owner_takes_it_up(
    world: World, two: tuple[Dossier, Dossier], client_of: Callable[[str], Client]
) -> None:
    li, qian = world.posts["li"], world.posts["qian"]
    own(world, two[0])
    here = f"/dossiers/{two[0].number}/"
    form = f"{here}acts/lead/0/create/"
    drafts.keep(li, form, {"finding": ["现场发现冒用厂名的包装"]})
    draft = Draft.objects.get()
    new = client_of("qian")
    assert new.post(f"{here}drafts/{draft.pk}/").status_code == 404
    owning.hand_over([owning.Handed(two[0], qian)], of=li, by=li)
    assert "接着填写" in text(new, here)
    assert client_of("county").post(f"{here}drafts/{draft.pk}/").status_code == 404
    assert new.post(f"/dossiers/{two[1].number}/drafts/{draft.pk}/").status_code == 404
    taken = new.post(f"{here}drafts/{draft.pk}/")
    assert (taken.status_code, taken.url) == (302, form)
    assert json.loads(new.get("/drafts/", {"address": form}).content)["fields"] == {
        "finding": ["现场发现冒用厂名的包装"]
    }
    assert drafts.of(li, form) is None
    assert "接着填写" not in text(new, here)


def test_who_has_typed_himself_is_not_offered_what_others_typed(world: World, two: tuple[Dossier, Dossier]) -> None:
    li, qian = world.posts["li"], world.posts["qian"]
    own(world, two[0])
    here = f"/dossiers/{two[0].number}/"
    for post in (li, qian):
        drafts.keep(post, f"{here}acts/lead/0/create/", {"finding": [post.user.username]})
    owning.hand_over([owning.Handed(two[0], qian)], of=li, by=li)
    assert list(drafts.left_to(qian, two[0], here)) == []


def test_the_deputy_has_a_group_of_the_cases_for_which_he_stands_in(
    world: World, two: tuple[Dossier, Dossier], client_of: Callable[[str], Client]
) -> None:
    own(world, two[0])
    li, qian = world.posts["li"], world.posts["qian"]
    assert "代 李进" not in text(client_of("qian"), "/")
    absences.record(li, first_day=TODAY, last_day=TODAY, deputy=qian, reason="培训", by=Doer(post=li))
    shown = text(client_of("qian"), "/")
    assert "代 李进" in shown
    assert two[0].number in shown.partition("代 李进")[2].partition("</section>")[0]
    assert two[1].number not in shown.partition("代 李进")[2].partition("</section>")[0]
    assert "外出，由 钱宁 代理" in text(client_of("county"), f"/dossiers/{two[0].number}/")
    assert "代 李进" not in text(client_of("county"), "/")


def test_notes_are_seen_by_the_office_only_and_no_part_of_the_case_file(
    world: World, two: tuple[Dossier, Dossier], client_of: Callable[[str], Client]
) -> None:
    """Hostile text is text."""
    from spotcheck.remediation import case_file

    number = two[0].number
    hostile = "<script>alert(1)</script> 企业已电话答复 {{ 7 }}\u202e"
    before = Entry.objects.count()
    assert client_of("li").post(f"/dossiers/{number}/notes/", {"text": hostile}).status_code == 302
    assert client_of("li").post(f"/dossiers/{number}/notes/", {"text": " "}).status_code == 409
    assert client_of("li").post(f"/dossiers/{number}/notes/", {"text": "长" * 2001}).status_code == 409
    shown = text(client_of("qian"), f"/dossiers/{number}/?tab=notes")
    assert ("<script>alert" in shown, "&lt;script&gt;alert(1)&lt;/script&gt; 企业已电话答复" in shown) == (False, True)
    for name in ("city", "province", "lab", "enterprise"):
        assert "企业已电话答复" not in text(client_of(name), f"/dossiers/{number}/?tab=notes"), name
    assert Entry.objects.count() == before
    assert "Note" not in vars(case_file)
    assert Note.objects.get().office == world.offices["county"]


def test_lists_of_cases_cost_few_statements(
    world: World, two: tuple[Dossier, Dossier], client_of: Callable[[str], Client], django_assert_max_num_queries
) -> None:
    for one in two:
        own(world, one)
    head = client_of("county")
    for address in ("/cases/?of=pool", f"/cases/?of={world.posts['li'].pk}"):
        with django_assert_max_num_queries(24):
            assert head.get(address).status_code == 200


def test_a_laboratory_is_shown_no_party_in_its_lists(
    world: World, two: tuple[Dossier, Dossier], client_of: Callable[[str], Client]
) -> None:
    shown = text(client_of("lab"), "/cases/?of=pool")
    assert two[0].number in shown
    assert world.enterprises["cable"].name not in shown
    assert two[0].number in text(client_of("lab"), "/cases/?of=pool&place=370100")
