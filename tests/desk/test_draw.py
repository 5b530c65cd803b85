"""The draw in two steps: the list is frozen, then drawn from; nobody knows a seed before, everybody sees it after."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from spotcheck.desk.forms import WishForm
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier, Party
from spotcheck.parties.actors import of_post
from spotcheck.parties.models import Enterprise, Offering, Post, Region
from spotcheck.planning import candidates, samplers
from spotcheck.planning import drawing as planning_drawing
from spotcheck.planning.candidates import Wish
from spotcheck.planning.draw import fingerprint
from spotcheck.planning.models import Frame, Task
from spotcheck.planning.operations import open_task
from tests.desk import world as cast
from tests.desk.test_acts_on_screen import text_of
from tests.desk.world import World
from tests.worlds import played

DAY = date(2024, 3, 4)
WISH = {"product_kind": "电线电缆", "source": "", "channel": "on_site", "check_kind": "daily", "place": ""}


@played
def task(world: World) -> Task:
    """A special task with its bodies, ready to be drawn."""
    with clock.simulated(DAY):
        task = open_task("JC2024001", "电线电缆专项抽查", on=DAY, product_kind="电线电缆")
    world.act(task.set_scheme, by="province", on=DAY, type="special", trigger="public_opinion")
    world.act(task.engage_agencies, by="province", on=DAY)
    return task


@pytest.fixture
def province(client_of: Callable[[str], Client]) -> Client:
    """The officer of the province."""
    return client_of("province")


def offering(world: World, firm: str, model: str, **more: Any) -> Offering:
    """One more line of the sampling frame."""
    given = {"kind": "producer", "product_kind": "电线电缆", "product_name": "软线", "model": model}
    return Offering.objects.create(enterprise=world.enterprises[firm], **(given | more))


def enterprise_in(place: str, name: str, credit: str) -> Enterprise:
    return cast._enterprise(name, credit, place, "")


def wish_of(task: Task, **more: str) -> Wish:
    """What the form of the candidates says, for somebody of the province."""
    places = list(Region.objects.exclude(level="province"))
    return WishForm({"product_kind": "电线电缆"} | more, task=task, places=places).wish()


def freeze(client: Client, task: Task, **more: str) -> Any:
    return client.post(f"/dossiers/{task.dossier.number}/draw/", WISH | more | {"what": "freeze"}, follow=True)


def draw(client: Client, task: Task, frame: Frame, **more: str) -> Any:
    sent = {"what": "draw", "frame": frame.sha256, "number": "2", "on": DAY.isoformat()} | more
    return client.post(f"/dossiers/{task.dossier.number}/draw/", sent, follow=True)


def test_art12_the_list_is_frozen_first_and_says_by_whom_and_when(task: Task, province: Client) -> None:
    """Number of lines, fingerprint, moment and person stand on the page; nothing is drawn yet."""
    with clock.simulated(DAY):
        looked = province.get(f"/dossiers/{task.dossier.number}/draw/", WISH)
        assert "冻结这份 2 行的名单" in text_of(looked)
        assert not Frame.objects.exists()
        page = freeze(province, task)
    frame = Frame.objects.get(task=task)
    text = text_of(page)
    assert frame.sha256 == fingerprint(planning_drawing.texts(frame))
    for told in (frame.sha256, "2024-03-04", "山东省市场监督管理局 周敏", "山东泰山红电缆有限公司"):
        assert told in text, told
    assert (frame.by, task.dossier.children.exists()) == (of_post_user(province), False)


def of_post_user(client: Client) -> Any:
    return Post.objects.get(user_id=client.session["_auth_user_id"]).user


def test_art12_no_seed_stands_in_a_page_or_a_request_before_the_draw(task: Task, province: Client) -> None:
    """It is made by the machine with the act; whoever sends one is not heard."""
    address = f"/dossiers/{task.dossier.number}/draw/"
    with clock.simulated(DAY):
        pages = [province.get(address), province.get(address, WISH | {"seed": "7"}), freeze(province, task, seed="7")]
        for page in pages:
            assert 'name="seed"' not in page.content.decode()
        inputs = re.findall(r'<input[^>]* name="(\w+)"', pages[-1].content.decode())
        assert {"frame", "number", "batches", "on"} <= set(inputs)
        draw(province, task, Frame.objects.get(), seed="7")
    task.refresh_from_db()
    assert task.draw_log.seed != "7"
    assert re.fullmatch(r"[0-9a-f]{32}", task.draw_log.seed)


def test_art12_anybody_can_draw_again_from_what_the_page_of_the_task_says(
    task: Task, province: Client, client_of: Callable[[str], Client]
) -> None:
    """Seed, fingerprints and samplers are there for the province and for the sampling body."""
    with clock.simulated(DAY):
        freeze(province, task)
        done = draw(province, task, Frame.objects.get())
        assert "已抽取 2 个对象" in text_of(done)
        log = Task.objects.get(pk=task.pk).draw_log
        for client in (province, client_of("sampler")):
            text = text_of(client.get(f"/dossiers/{task.dossier.number}/"))
            for told in (log.seed, log.candidates_hash, log.samplers_hash):
                assert told in text
            assert re.search(r"JC2024001-001 \S+、\S+ \S+、\S+ ", text), "two who come, two who wait"
        child = task.dossier.children.order_by("number")[0]
        assert "指派" in text_of(province.get(f"/dossiers/{child.number}/"))
    again = planning_drawing.choose(log.frame, seed=log.seed, number=2)
    drawn = [child.parties.order_by("pk")[0].enterprise_id for child in task.dossier.children.order_by("number")]
    assert [target["parties"][0]["enterprise"] for target in again] == drawn
    assert set(log.samplers) == {"张伟", "李娜", "陈静", "何涛"}


def test_who_tests_and_who_is_sampled_are_not_told_who_samples(
    task: Task, province: Client, client_of: Callable[[str], Client]
) -> None:
    """A target that was only drawn is no business of its laboratory yet; on the task it reads neither firm nor sampler."""
    with clock.simulated(DAY):
        freeze(province, task)
        draw(province, task, Frame.objects.get())
        child = task.dossier.children.order_by("number")[0]
        assert client_of("lab").get(f"/dossiers/{child.number}/").status_code == 404
        task_page = client_of("lab").get(f"/dossiers/{task.dossier.number}/").content.decode()
    for enterprise in Enterprise.objects.all():
        assert enterprise.name not in task_page
        assert enterprise.credit_code not in task_page
    for sampler in ("张伟", "李娜", "陈静", "何涛"):
        assert sampler not in task_page


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"number": ""}, "number"),
        ({"number": "0"}, "number"),
        ({"number": "3"}, "number"),
        ({"number": "²"}, "number"),
        ({"number": "2", "batches": "1"}, "batches"),
        ({"number": "2", "batches": "99999999999999999999"}, "batches"),
        ({"on": "2024-03-03"}, "on"),
        ({"on": "2024-03-05"}, "on"),
        ({"on": ""}, "on"),
    ],
)
def test_what_the_list_cannot_give_is_said_beside_the_input(
    task: Task, province: Client, typed: dict[str, str], wrong: str
) -> None:
    """Not more firms than there are, nothing before the list was frozen; what was typed stays."""
    with clock.simulated(DAY):
        freeze(province, task)
        page = draw(province, task, Frame.objects.get(), **typed)
    assert page.status_code == 422
    assert f'id="f-{wrong}_error"' in page.content.decode()
    assert page.context["draw_form"]["number"].value() == typed.get("number", "2")
    assert page.context["frozen"].frame == Frame.objects.get()
    assert not task.dossier.children.exists()


@pytest.mark.parametrize("frame", ["", "0" * 64, "²", "x" * 300])
def test_nothing_is_drawn_from_a_list_that_was_not_frozen(task: Task, province: Client, frame: str) -> None:
    """An invented fingerprint is none."""
    with clock.simulated(DAY):
        page = province.post(
            f"/dossiers/{task.dossier.number}/draw/",
            {"what": "draw", "frame": frame, "number": "1", "on": "2024-03-04"},
        )
    assert (page.status_code, "没有可以冻结或者抽取的名单" in text_of(page)) == (422, True)


def test_an_empty_list_is_not_frozen(task: Task, province: Client) -> None:
    with clock.simulated(DAY):
        assert freeze(province, task, product_kind="航天器").status_code == 422
    assert not Frame.objects.exists()


def test_art12_without_samplers_the_page_says_at_once_who_has_to_do_what(task: Task, province: Client) -> None:
    """The kept list of the body is too short: said before anything is typed, and again when it is tried."""
    Post.objects.filter(role="sampler").exclude(user__username="sampler").update(until=date(2023, 12, 31))
    with clock.simulated(DAY):
        page = freeze(province, task)
        for told in ("为每个对象随机选派两名以上抽样人员", "由抽样机构补足合格抽样人员名单", "第十二条"):
            assert told in text_of(page)
        tried = draw(province, task, Frame.objects.get())
    assert (tried.status_code, "由抽样机构补足合格抽样人员名单" in text_of(tried)) == (409, True)
    assert tried.context["draw_form"]["number"].value() == "2"


def test_art23_what_nobody_in_shandong_sells_or_makes_is_left_out_of_the_list(
    world: World, task: Task, province: Client
) -> None:
    """It is said how much, and a list that holds it all the same is refused with what to do."""
    away = enterprise_in("320382", "邳州线缆有限公司", "91320382MA3C0T1D0")
    shop = enterprise_in("330106", "杭州网店", "91330106MA3C0T1E0")
    far = Offering.objects.create(
        enterprise=shop,
        kind="seller",
        online=True,
        producer=away,
        product_kind="电线电缆",
        product_name="软线",
        model="RV",
    )
    near = Offering.objects.create(
        enterprise=shop,
        kind="seller",
        online=True,
        producer=world.enterprises["cable"],
        product_kind="电线电缆",
        product_name="硬线",
        model="BV",
    )
    wish = wish_of(task, channel="online")
    assert [line.text for line in candidates.preview(wish).lines] == [candidates.text_of(near)]
    with clock.simulated(DAY):
        page = province.get(f"/dossiers/{task.dossier.number}/draw/", WISH | {"channel": "online"})
        assert "另有 1 行销售者和生产者都不在省内，不在网络买样的范围之内（第二十三条），没有列入。" in text_of(page)
        frame = planning_drawing.freeze(task, [candidates._line(far, wish)], by=of_post(world.posts["province"]))
        tried = draw(province, task, frame, number="1")
    assert (tried.status_code, "第二十三条" in text_of(tried), "由省局改抽" in text_of(tried)) == (409, True, True)


def test_f31_a_producer_sampled_while_another_is_named_has_that_one_as_second_party(world: World, task: Task) -> None:
    """Articles 15, 28, 42: commissioned production has two producers from the draw on; a firm's own product has one."""
    made_for = offering(world, "toys", "RV 1", producer=world.enterprises["cable"])
    own = offering(world, "toys", "RV 2", producer=world.enterprises["toys"])
    wish = wish_of(task)
    targets = {line.text: line.target for line in candidates.preview(wish).lines}
    parties = [(p["label"], p["role"]) for p in targets[candidates.text_of(made_for)]["parties"]]
    assert parties == [("P", Party.Role.SAMPLED_PRODUCER), ("N", Party.Role.NOMINAL_PRODUCER)]
    assert [p["label"] for p in targets[candidates.text_of(own)]["parties"]] == ["P"]
    assert "标称生产者：山东泰山红电缆有限公司" in candidates.text_of(made_for)


def test_a_line_is_readable_and_no_others(world: World, task: Task) -> None:
    """Two products of one firm that differ in brand only stand on two lines; the number is given later."""
    for brand in ("红", "蓝"):
        offering(world, "toys", "RV", brand=brand)
    lines = candidates.preview(wish_of(task)).lines
    assert len({line.text for line in lines}) == len(lines) == 4
    assert {line.firm for line in lines} == {e.credit_code for e in Enterprise.objects.all()}
    assert {line.target["number"] for line in lines} == {""}


def test_firms_are_drawn_and_batches_spread_over_them(world: World, task: Task, province: Client) -> None:
    """Two firms, five batches: as many as they have, evenly."""
    for number in range(4):
        offering(world, "toys", f"RV {number}")
        offering(world, "cable", f"BV {number}")
    with clock.simulated(DAY):
        freeze(province, task, source="producer")
        page = province.get(f"/dossiers/{task.dossier.number}/draw/")
        assert (page.context["frozen"].firms, page.context["frozen"].count) == (2, 9)
        draw(province, task, Frame.objects.get(), number="2", batches="5")
    firms = [child.parties.get().enterprise.name for child in task.dossier.children.all()]
    assert sorted(firms.count(name) for name in set(firms)) == [2, 3]


def test_the_place_and_the_stage_narrow_the_list(world: World, task: Task) -> None:
    offering(world, "toys", "RV")
    for more, names in (
        ({}, {"cable", "shop", "toys"}),
        ({"place": "370114"}, {"toys"}),
        ({"place": "370100"}, {"cable", "shop", "toys"}),
        ({"source": "seller"}, {"shop"}),
    ):
        lines = candidates.preview(wish_of(task, **more)).lines
        assert {line.firm for line in lines} == {world.enterprises[name].credit_code for name in names}, more


def test_a_task_is_drawn_once(task: Task, province: Client) -> None:
    """Afterwards the page shows neither form, and what is sent again draws nothing."""
    with clock.simulated(DAY):
        freeze(province, task)
        frame = Frame.objects.get()
        draw(province, task, frame)
        page = province.get(f"/dossiers/{task.dossier.number}/draw/")
        assert 'name="what"' not in page.content.decode()
        assert "已随机抽取" in text_of(page)
        assert draw(province, task, frame).status_code == 409
    assert task.dossier.children.count() == 2


def test_the_sampling_body_draws_too(task: Task, client_of: Callable[[str], Client]) -> None:
    """Article 12: province or sampling body."""
    with clock.simulated(DAY):
        body = client_of("sampler")
        freeze(body, task)
        draw(body, task, Frame.objects.get())
    assert task.dossier.children.count() == 2
    assert Frame.objects.get().by.username == "sampler"


def test_art19_a_recent_check_that_the_register_knows_is_said_after_the_draw_and_at_the_visit(
    world: World, province: Client, client_of: Callable[[str], Client]
) -> None:
    """Nothing is refused: the firm may claim it (reading R40)."""
    before = world.sampled("SD2024-001", DAY)
    Offering.objects.all().delete()
    product = {"product_name": before.product_name, "model": before.product_model}
    offering(world, "cable", brand=before.brand, standard=before.standard, **product)
    later = date(2024, 6, 3)
    with clock.simulated(later):
        again = open_task("JC2024009", "电线电缆专项抽查", on=later, product_kind="电线电缆")
        world.act(again.set_scheme, by="province", on=later, type="special", trigger="public_opinion")
        world.act(again.engage_agencies, by="province", on=later)
        freeze(province, again)
        done = draw(province, again, Frame.objects.get(task=again), number="1", on=later.isoformat())
        assert "1 个对象：" in text_of(done)
        assert "可以同一产品近期已被抽查为由拒绝" in text_of(done)
        assert "JC2024009-001 近期已抽查" in text_of(done)
        child = Dossier.objects.get(number="JC2024009-001")
        visit = f"/dossiers/{child.number}/acts/sampling/{child.sampling_set.get().pk}/present_notice/"
        form = text_of(client_of("sampler").get(visit))
        assert "可以同一产品近期已被抽查为由拒绝" in form
        assert "第十一条、第十九条" in form
        assert "近期已被抽查" not in text_of(client_of("sampler").get(visit_of(before)))


def visit_of(dossier: Dossier) -> str:
    return f"/dossiers/{dossier.number}/acts/sampling/{dossier.sampling_set.get().pk}/correct_sheet/"


def instead(username: str, **other: Any) -> None:
    """Another post in the place of somebody's own: what a post says is written once."""
    post = Post.objects.get(user__username=username)
    Post.objects.filter(pk=post.pk).update(until=date(2020, 12, 31))
    post.pk = None
    for name, value in other.items():
        setattr(post, name, value)
    post.save()


def test_art12_the_kept_list_is_who_may_sample_on_the_day(world: World) -> None:
    """Entitled to sample, with a certificate that has not run out: both days are included; a role alone is not enough."""
    body, day = world.offices["sampling_body"], date(2024, 3, 1)
    before = set(samplers.kept(body, day))
    assert len(before) == 4
    instead("lina", certificate="CY-1", certificate_until=day)
    assert set(samplers.kept(body, day)) == before
    assert set(samplers.kept(body, date(2024, 3, 2))) == before - {"李娜"}
    instead("hetao", entitlements=[])
    assert set(samplers.kept(body, day)) == before - {"何涛"}
    instead("lab", entitlements=["sample"])
    assert set(samplers.kept(world.offices["lab"], day)) == set()
