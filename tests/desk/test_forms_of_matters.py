"""What a form asks in one matter and not in another, what it offers to choose from, and what it says beforehand."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from spotcheck.casework.fields import Field
from spotcheck.docket import clock, register
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.parties.models import Office, Post
from spotcheck.planning import samplers
from spotcheck.planning.operations import open_task
from tests.desk import world as cast
from tests.desk.test_acts_on_screen import address_of, text_of
from tests.desk.world import World
from tests.worlds import played

DAY = date(2024, 5, 6)
TODAY = date(2024, 6, 5)
ON = {"on": TODAY.isoformat()}
BOTH = (("S", Party.Role.SELLER, "shop"), ("N", Party.Role.NOMINAL_PRODUCER, "cable"))
FOUND = {"finding": "现场无人经营，租赁合同显示已迁至新址", "address": "辽宁路 80 号"}


def field_of(page: Any, name: str) -> Field | None:
    """The input of a fact on a form; None when it is not asked for."""
    return next((made for made in page.context["fields"] if made.name == name), None)


def asked(page: Any) -> set[str]:
    return {made.name for made in page.context["fields"]}


def values(made: Field | None) -> list[str]:
    assert made is not None
    return [choice.value for choice in made.choices]


@played
def assigned(world: World) -> Dossier:
    """A target that was drawn; nobody has gone there yet."""
    world.task(DAY, world.target("SD2024-001", ("P", "sampled_producer", "cable")))
    return Dossier.objects.get(number="SD2024-001")


# Who comes (Articles 12, 13)


def test_art13_who_came_is_ticked_and_not_typed(assigned: Dossier, client_of: Callable[[str], Client]) -> None:
    """Boxes for the samplers drawn; one that is left empty is one who did not come."""
    sampler, address = client_of("sampler"), address_of(assigned, "sampling", "present_notice", "")
    shown = {"ids_valid": "1", "notice_matches": "1", "mandate_copy": "1"} | ON
    with clock.simulated(TODAY):
        made = field_of(sampler.get(address), "samplers")
        assert (made.kind, values(made), [c.chosen for c in made.choices]) == (
            "checkboxes",
            ["张伟", "李娜"],
            [False] * 2,
        )
        alone = sampler.post(address, shown | {"samplers": ["张伟"]})
        assert (alone.status_code, "第十三条" in text_of(alone)) == (409, True)
        assert [c.chosen for c in field_of(alone, "samplers").choices] == [True, False]
        other = sampler.post(address, shown | {"samplers": ["张伟", "陈静"]})
        assert (other.status_code, "按抽取次序更换" in text_of(other)) == (409, True)
        assert sampler.post(address, shown | {"samplers": ["张伟", "李娜"]}).status_code == 302
    assert Entry.objects.get(act="sampling.present_notice").facts["samplers"] == ["张伟", "李娜"]


def test_a_target_drawn_before_samplers_were_offers_the_kept_list(
    assigned: Dossier, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There the law of the draw of old holds: whoever stands on the list of the body may come."""
    monkeypatch.setattr(samplers, "was_drawn", lambda _dossier: False)
    monkeypatch.setattr(samplers, "of", lambda _dossier: [])
    with clock.simulated(TODAY):
        page = client_of("sampler").get(address_of(assigned, "sampling", "present_notice", ""))
    assert set(values(field_of(page, "samplers"))) == {"张伟", "李娜", "陈静", "何涛"}


def test_art12_who_cannot_come_is_chosen_and_who_comes_instead_is_shown(
    assigned: Dossier, client_of: Callable[[str], Client]
) -> None:
    """The next of the drawn order, and nobody else, whatever is sent."""
    body, address = client_of("sampler"), address_of(assigned, "sampling", "replace_sampler", "")
    with clock.simulated(TODAY):
        form = body.get(address)
        assert (field_of(form, "out").kind, values(field_of(form, "out"))) == ("radio", ["张伟", "李娜"])
        assert (field_of(form, "in").kind, field_of(form, "in").value) == ("shown", "陈静")
        assert "抽取次序中的下一名" in text_of(form)
        silent = body.post(address, ON | {"in": "陈静"})
        assert {name for name in ("out", "reason") if field_of(silent, name).errors} == {"out", "reason"}
        sent = ON | {"out": "李娜", "reason": "illness", "in": "何涛"}
        forged = body.post(address, sent)
        assert (forged.status_code, field_of(forged, "in").value) == (409, "陈静")
        done = sent | {"in": "陈静", "seen": str(forged.context["seen"])}
        assert [body.post(address, done).status_code for _twice in range(2)] == [302, 302]
    assert Entry.objects.filter(act="sampling.replace_sampler").count() == 1
    assert samplers.present(assigned) == ["张伟", "陈静"]
    with clock.simulated(TODAY):
        assert values(field_of(body.get(address_of(assigned, "sampling", "present_notice", "")), "samplers")) == [
            "张伟",
            "陈静",
        ]


def test_a_used_up_order_says_that_one_is_drawn_anew(
    assigned: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """Nobody is named before: the seed is made with the act."""
    act = world.matter(assigned, "sampling").replace_sampler
    for out in ("李娜", "陈静"):
        world.act(act, by="province", on=TODAY, out=out, reason="leave")
    province, address = client_of("province"), address_of(assigned, "sampling", "replace_sampler", "")
    with clock.simulated(TODAY):
        form = province.get(address)
        assert (field_of(form, "in").value, "抽取次序已经用完" in text_of(form)) == ("", True)
        assert province.post(address, ON | {"out": "何涛", "reason": "illness", "in": ""}).status_code == 302
    newest = Entry.objects.filter(act="sampling.replace_sampler").latest("pk").facts
    assert newest["in"] in {"李娜", "陈静"}
    assert newest["seed"]


def test_art13_one_joins_after_the_notice_and_two_clicks_bring_one(
    assigned: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """The state stays the same, so only the form itself tells the second click from a second person."""
    world.act(world.matter(assigned, "sampling").present_notice, by="sampler", on=TODAY)
    body, address = client_of("sampler"), address_of(assigned, "sampling", "add_sampler", "")
    with clock.simulated(TODAY):
        form = body.get(address)
        assert field_of(form, "in").value == "陈静"
        sent = ON | {"reason": "李娜途中突发疾病", "in": "陈静", "seen": str(form.context["seen"])}
        assert [body.post(address, sent).status_code for _twice in range(2)] == [302, 302]
    assert samplers.present(assigned) == ["张伟", "李娜", "陈静"]


def test_art24_the_buyers_are_those_assigned(world: World, client_of: Callable[[str], Client]) -> None:
    """They stand in the form; who else has bought is written beside them."""
    target = world.target("SD2024-002", ("S", "seller", "shop"), channel="online")
    world.task(DAY, target)
    dossier = Dossier.objects.get(number="SD2024-002")
    with clock.simulated(TODAY):
        form = client_of("sampler").get(address_of(dossier, "purchase", "place_order", ""))
    assert field_of(form, "samplers").value == "张伟\n李娜"


# Who samples and tests (Articles 10, 38, 40, 47)


def test_art10_a_bureau_with_samplers_of_its_own_is_offered_as_who_samples(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """Article 10(2): a bureau may sample itself; it has no mandate, so none is asked for."""
    with clock.simulated(DAY):
        task = open_task("RW2024001", "电线电缆专项抽查", on=DAY, product_kind="电线电缆")
    world.act(task.set_scheme, by="province", on=DAY, type="special", trigger="public_opinion")
    province, address = client_of("province"), address_of(task.dossier, "task", "engage_agencies", "")
    with clock.simulated(TODAY):
        assert set(values(field_of(province.get(address), "sampling_body"))) == {"SB01", "LAB01", "LAB02"}
        for username, name in (("ma", "马军"), ("gao", "高洁")):
            world.posts[username] = cast._post(username, name, "sampler", office=world.offices["county"])
        offered = values(field_of(province.get(address), "sampling_body"))
    assert (set(offered), offered[-1]) == ({"SB01", "LAB01", "LAB02", cast.LICHENG}, cast.LICHENG)
    world.bodies["sampling_body"] = cast.LICHENG
    world.task(DAY, world.target("SD2024-003", ("P", "sampled_producer", "cable")))
    dossier = Dossier.objects.get(number="SD2024-003")
    address = address_of(dossier, "sampling", "present_notice", "")
    with clock.simulated(TODAY):
        form = client_of("ma").get(address)
        assert (values(field_of(form, "samplers")), "mandate_copy" in asked(form)) == (["马军", "高洁"], False)
        shown = {"samplers": ["马军", "高洁"], "ids_valid": "1", "notice_matches": "1"} | ON
        assert client_of("ma").post(address, shown).status_code == 302


def test_art40_the_body_that_cannot_test_is_not_offered_again(world: World, client_of: Callable[[str], Client]) -> None:
    """Nor the first laboratory, which is chosen, if at all, by its own answer."""
    dossier = under_retest(world)
    world.act(world.matter(dossier, "retest").complete_formalities, by="enterprise", on=TODAY)
    world.act(world.matter(dossier, "retest").commission, by="province", on=TODAY)
    Office.objects.create(code="LAB03", kind="laboratory", name="青岛市产品质量检验研究院")
    label = world.matter(dossier, "retest").label
    with clock.simulated(TODAY):
        form = client_of("province").get(address_of(dossier, "retest", "recommission", label))
        page = text_of(client_of("province").get(f"/dossiers/{dossier.number}/?tab=entries"))
    assert values(field_of(form, "retest_lab")) == ["LAB03"]
    assert "指定的复检机构 国家电线电缆质量检验检测中心" in page
    assert "LAB02" not in page


def under_retest(world: World) -> Dossier:
    """A producer's objection was answered with a retest, and it has the decision."""
    dossier = world.reported("SD2024-001", DAY, date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    objection = MATTERS["objection"].new(dossier, dossier.parties.get(label="P"))
    world.act(objection.file, by="enterprise", on=date(2024, 6, 3))
    world.act(world.matter(dossier, "objection").start_verification, by="province", on=date(2024, 6, 3))
    world.act(world.matter(dossier, "objection").order_retest, by="province", on=date(2024, 6, 4))
    world.act(world.matter(dossier, "objection").record_decision_receipt, by="province", on=date(2024, 6, 4))
    return dossier


# Commissioned production (Articles 15, 28, 42)


def test_art15_the_nominal_producer_is_put_on_record_by_its_code(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """Asked for when production is commissioned; of one not known yet name and place too, the place by its name."""
    world.task(DAY, world.target("SD2024-001", ("P", "sampled_producer", "cable")))
    dossier = Dossier.objects.get(number="SD2024-001")
    world.act(world.matter(dossier, "sampling").present_notice, by="sampler", on=DAY)
    sampler, address = client_of("sampler"), address_of(dossier, "sampling", "pass_precheck", "")
    sent = ON | {"suspicion": "none", "commissioned": "1", "contract": "1"}
    with transaction.atomic():  # only for its code
        new = cast._enterprise("青岛海牌电缆有限公司", "91370203MA3C0T1F0", "370203", "").credit_code
        transaction.set_rollback(True)
    with clock.simulated(TODAY):
        assert "nominal_recorded" not in asked(sampler.get(address))
        for typed, wrong in (
            ({}, {"nominal_producer"}),
            ({"nominal_producer": "91370112MA3C0T1A0"}, {"nominal_producer", "nominal_name", "nominal_place"}),
            ({"nominal_producer": new}, {"nominal_name", "nominal_place"}),
            ({"nominal_producer": new, "nominal_name": "海牌", "nominal_place": "市区"}, {"nominal_place"}),
            ({"nominal_producer": world.enterprises["cable"].credit_code}, {"nominal_producer"}),
        ):
            answer = sampler.post(address, sent | typed)
            assert answer.status_code == 422, typed
            assert {made.name for made in answer.context["fields"] if made.errors} <= wrong, typed
            assert field_of(answer, "nominal_name").value == typed.get("nominal_name", "")
        done = {"nominal_producer": new, "nominal_name": "青岛海牌电缆有限公司", "nominal_place": "市北区"}
        assert sampler.post(address, sent | done).status_code == 302
    party = dossier.parties.get(role=Party.Role.NOMINAL_PRODUCER)
    assert (party.enterprise.name, party.place, party.handler.code) == ("青岛海牌电缆有限公司", "370203", "370203")


def test_art15_a_nominal_producer_on_record_is_not_asked_for_again(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """The record answers: commissioned or not is all that is asked."""
    parties = (("P", "sampled_producer", "toys"), ("N", "nominal_producer", "cable"))
    world.task(DAY, world.target("SD2024-001", *parties))
    dossier = Dossier.objects.get(number="SD2024-001")
    world.act(world.matter(dossier, "sampling").present_notice, by="sampler", on=DAY)
    sampler, address = client_of("sampler"), address_of(dossier, "sampling", "pass_precheck", "")
    with clock.simulated(TODAY):
        assert asked(sampler.get(address)) == {"suspicion", "commissioned", "contract", "remark"}
        sent = ON | {"suspicion": "none", "commissioned": "1", "contract": "1"}
        assert sampler.post(address, sent).status_code == 302
    assert dossier.parties.count() == 2


def test_art28_the_blind_laboratory_names_a_producer_by_its_role(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """Every producer, or the one it means; with one producer there is nothing to choose."""
    parties = (("P", "sampled_producer", "toys"), ("N", "nominal_producer", "cable"))
    two, one = world.sampled("SD2024-001", DAY, *parties), world.sampled("SD2024-002", DAY)
    for dossier in (two, one):
        world.testing(dossier, DAY)
    lab, address = client_of("lab"), address_of(two, "inspection", "terminate_illegal", "")
    with clock.simulated(TODAY):
        assert "producer" not in asked(lab.get(address_of(one, "inspection", "terminate_illegal", "")))
        form = lab.get(address)
        offered = [(choice.value, choice.label) for choice in field_of(form, "producer").choices]
        assert offered == [("", "每个生产者"), ("P", "被抽样生产者"), ("N", "标称生产者")]
        for enterprise in world.enterprises.values():
            assert enterprise.name not in form.content.decode()
        bare = lab.post(address, ON | {"suspicion": "no_licence", "producer": "N"})
        assert {made.name for made in bare.context["fields"] if made.errors} == {"finding", "evidence"}
        shown = {"finding": "许可证编号查无此证", "evidence": "查询结果打印件"}
        sent = ON | {"suspicion": "no_licence", "producer": "N"} | shown
        assert lab.post(address, sent).status_code == 302
    assert [lead.party.label for lead in MATTERS["lead"].objects.filter(dossier=two)] == ["N"]


# Objections (Articles 36 to 40)


def test_art38_the_applicant_is_the_cause_only_of_a_unit_that_it_keeps(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """Left with it, or sealed at its place: otherwise the record names another keeper."""
    dossier = world.sampled("SD2024-001", DAY)
    sampler = client_of("sampler")
    with clock.simulated(TODAY):
        address = address_of(dossier, "sample", "compromise", "R")
        assert "applicant" in values(field_of(sampler.get(address), "cause"))
        world.act(world.matter(dossier, "sample", "R").dispatch, by="sampler", on=DAY)
        assert "applicant" not in values(field_of(sampler.get(address), "cause"))


def test_art40_items_of_another_open_objection_are_offered_and_warned_of(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """There is one reserve unit: what Form 9 leaves out has none left (reading R32)."""
    failed = [{"name": name, "kind": "safety", "result": "fail"} for name in ("导体电阻", "绝缘厚度")]
    dossier = world.sampled("SD2024-001", DAY, *BOTH)
    world.tested(dossier, DAY, date(2024, 5, 27))
    world.act(world.matter(dossier, "inspection").issue_report, by="lab", on=date(2024, 5, 27), items=failed)
    for label in ("S", "N"):
        world.told(dossier, label, date(2024, 5, 28), date(2024, 5, 30))
    for label, item in (("N", "导体电阻"), ("S", "绝缘厚度")):
        filed = MATTERS["objection"].new(dossier, dossier.parties.get(label=label))
        world.act(filed.file, by="province", on=date(2024, 6, 3), items=[item])
    first = world.matter(dossier, "objection", "1")
    for act in ("start_verification", "order_retest", "record_decision_receipt"):
        world.act(getattr(first, act), by="province", on=date(2024, 6, 4))
    world.act(world.matter(dossier, "retest").complete_formalities, by="province", on=date(2024, 6, 4))
    province, address = client_of("province"), address_of(dossier, "retest", "commission", "1")
    with clock.simulated(TODAY):
        form = province.get(address)
        offered = {choice.label: choice.chosen for choice in field_of(form, "items").choices}
        assert offered == {"导体电阻": True, "绝缘厚度（另一项未决异议所争议）": False}
        assert "另一项未决异议争议的项目：绝缘厚度。备用样品只有一份" in text_of(form)
        assert province.post(address, ON | {"time": "1", "items": ["导体电阻", "绝缘厚度"]}).status_code == 302
    assert world.matter(dossier, "retest").commissioned_items == ["导体电阻", "绝缘厚度"]


def test_art38_deciding_anew_shows_the_unit_and_why_it_was_lost(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """State and cause stand on the form, with the objection and the decision that it replaces."""
    dossier = under_retest(world)
    unit = world.matter(dossier, "sample", "R")
    world.act(unit.compromise, by="lab", on=TODAY, cause="lab", evidence="冷柜断电记录")
    province, address = client_of("province"), address_of(dossier, "objection", "decide_anew", "1")
    with clock.simulated(TODAY):
        form = province.get(address)
        text = text_of(form)
        for told in (
            "检验机构",
            "冷柜断电记录",
            "已提出异议申请",
            "备用样品",
            "（自 2024-06-05 周三）",
            "待办复检手续",
        ):
            assert told in text, told
        bare = province.post(address, ON)
        assert {made.name for made in bare.context["fields"] if made.errors} == {"decision", "cause", "finding"}
        sent = ON | {
            "decision": "maintain",
            "cause": "unit",
            "finding": "备用样品在检验机构冷柜断电时失效",
            "written_conclusions": ["sampling_body", "lab"],
        }
        refused = province.post(address, sent)
        assert (refused.status_code, field_of(refused, "finding").value) == (409, sent["finding"])
        assert province.post(address, sent | {"decision": "revoke"}).status_code == 302
    assert world.matter(dossier, "objection").state == "concluded_revoke"


def denied(world: World, produced: str) -> Dossier:
    """The nominal producer denies having made the product, and the cities have answered."""
    dossier = world.reported("SD2024-001", DAY, date(2024, 5, 27), *BOTH)
    world.told(dossier, "N", date(2024, 5, 28), date(2024, 5, 30))
    filed = MATTERS["objection"].new(dossier, dossier.parties.get(label="N"))
    world.act(filed.file, by="province", on=date(2024, 6, 3), grounds="denial")
    world.act(world.matter(dossier, "objection").transfer_denial, by="province", on=date(2024, 6, 3))
    world.act(world.matter(dossier, "objection").denial_findings, by="province", on=date(2024, 6, 4), produced=produced)
    return dossier


@pytest.mark.parametrize(
    ("produced", "reasoned", "warned"),
    [("no", False, {"maintain"}), ("yes", False, {"uphold_denial"}), ("differ", True, {"maintain", "uphold_denial"})],
)
def test_art37_whoever_decides_on_a_denial_sees_what_the_cities_found(
    world: World, client_of: Callable[[str], Client], produced: str, reasoned: bool, warned: set[str]
) -> None:
    """Their finding and its papers; a decision against it is warned of; reasons are asked for where they differ."""
    dossier = denied(world, produced)
    words = {"no": "不是", "yes": "是", "differ": "两地结论不一"}[produced]
    with clock.simulated(TODAY):
        for method in ("maintain", "uphold_denial"):
            form = client_of("province").get(address_of(dossier, "objection", method, "1"))
            assert f"产品是否由标称生产者生产 {words} " in text_of(form)
            assert "青市监核〔2024〕11号" in text_of(form)
            assert [note.is_warning for note in form.context["notes"]] == [True] * (method in warned), method
        assert ("reason" in asked(form)) == reasoned


def test_art37_a_denial_upheld_against_one_city_is_reasoned(world: World, client_of: Callable[[str], Client]) -> None:
    """Asked for and needed where the cities differ, and nowhere else."""
    dossier = denied(world, "differ")
    province, address = client_of("province"), address_of(dossier, "objection", "uphold_denial", "1")
    sent = ON | {"written_conclusions": ["sampling_body", "lab"]}
    with clock.simulated(TODAY):
        silent = province.post(address, sent)
        assert (silent.status_code, field_of(silent, "reason").errors) == (422, ["请填写。"])
        assert province.post(address, sent | {"reason": "出货记录和模具比对均否定由其生产"}).status_code == 302


def test_a_lead_shows_what_it_followed_from(world: World, client_of: Callable[[str], Client]) -> None:
    """Nobody wrote it: what the samplers found stands on its form."""
    dossier = world.sampled_until_precheck("SD2024-001", DAY)
    world.act(world.matter(dossier, "sampling").terminate_illegal, by="sampler", on=DAY)
    lead = world.matter(dossier, "lead")
    with clock.simulated(TODAY):
        form = client_of("county").get(address_of(dossier, "lead", "acknowledge", lead.label))
    assert "外包装标注的生产许可证编号查无此证" in text_of(form)


# Cases (Articles 42 to 51)


def case_of(world: World, *, received: date | None = date(2024, 6, 4)) -> Dossier:
    """Licheng has ordered the producer to rectify."""
    dossier = world.reported("SD2024-001", DAY, date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    world.ordered(dossier, "P", "county", date(2024, 5, 28), date(2024, 6, 3))
    if received is not None:
        world.act(world.matter(dossier, "rectification").record_order_receipt, by="county", on=received)
    return dossier


@pytest.mark.parametrize(
    "typed", ["青岛市市北区", "青岛市市北区市场监督管理局", "市北区", " 青岛市 市北区 ", "370203"], ids=str.strip
)
def test_art42_the_place_is_chosen_by_its_name(world: World, client_of: Callable[[str], Client], typed: str) -> None:
    """Nobody has to know a code; the new address goes with it, and the case goes on there."""
    dossier = case_of(world)
    county, address = client_of("county"), address_of(dossier, "rectification", "transfer_jurisdiction")
    with clock.simulated(TODAY):
        done = county.post(address, ON | FOUND | {"to-where": "inside", "to": typed})
    assert done.status_code == 302, text_of(done)
    party = dossier.parties.get()
    assert (party.place, party.enterprise.actual_address) == ("370203", "辽宁路 80 号")
    assert MATTERS["rectification"].objects.filter(dossier=dossier).latest("pk").state == "rectifying"


def test_art42_who_takes_a_case_over_finds_the_act_first_on_the_page(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """The case before it is no reason to put the receipt of the report among what is out of the ordinary."""
    dossier = case_of(world, received=None)
    with clock.simulated(TODAY):
        sent = ON | FOUND | {"to-where": "inside", "to": "济南市历下区"}
        gone = client_of("county").post(address_of(dossier, "rectification", "transfer_jurisdiction"), sent)
        assert gone.status_code == 302, text_of(gone)
        page = client_of("lixia").get(f"/dossiers/{dossier.number}/")
    first = [possible.spec.name for item in page.context["begin_now"] for possible in item.now]
    assert "rectification.receive_report" in first
    assert "本岗位目前没有要办的事项" not in text_of(page)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("市中区", "有几处：济南市市中区、枣庄市市中区"),
        ("南京市", "省内没有“南京市”这个市、县（市、区）"),
        ("370999", "省内没有“370999”"),
    ],
)
def test_art42_a_name_that_is_wrong_is_said_beside_the_input(
    world: World, client_of: Callable[[str], Client], typed: str, says: str
) -> None:
    """And what was typed in the other fields is still there."""
    dossier = case_of(world)
    with clock.simulated(TODAY):
        answer = client_of("county").post(
            address_of(dossier, "rectification", "transfer_jurisdiction"),
            ON | FOUND | {"to-where": "inside", "to": typed},
        )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert says in field_of(answer, "to").errors[0]
    assert f'value="{typed}"' in html
    assert FOUND["finding"] in html
    assert FOUND["address"] in html


def test_art32_another_province_is_chosen_by_name_and_needs_the_letter(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """Asked for only there; the ban goes along and is not lifted."""
    dossier = case_of(world)
    county, address = client_of("county"), address_of(dossier, "rectification", "transfer_jurisdiction")
    with clock.simulated(TODAY):
        form = county.get(address)
        assert field_of(form, "letter").shown_when == "to-where=outside"
        provinces = {choice.label: choice.value for choice in field_of(form, "to").choices}
        assert (provinces["江苏省"], "山东省" in provinces) == ("320000", False)
        sent = ON | FOUND | {"to-where": "outside", "to-province": "320000", "to-county": "320382"}
        bare = county.post(address, sent)
        assert (bare.status_code, field_of(bare, "letter").errors) == (422, ["请填写。"])
        done = county.post(address, sent | {"letter": "鲁市监函〔2024〕9号"})
        assert done.status_code == 302
        assert "实际经营地 江苏省 320382" in text_of(county.get(f"/dossiers/{dossier.number}/?tab=entries"))
    assert (dossier.parties.get().place, register.state(dossier, "ban", "P")) == ("320382", "handed_over")


def test_art42_the_form_says_beforehand_what_a_transfer_brings(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """Superseded and received anew before service; the same state and clocks after it; handed over with the ban outside."""
    dossier = case_of(world, received=None)
    county, address = client_of("county"), address_of(dossier, "rectification", "transfer_jurisdiction")

    def told(on: date) -> str:
        with clock.simulated(on):
            return text_of(county.get(address))

    before = told(date(2024, 6, 3))
    assert "已下达的责令改正通知书尚未送达，由新的通知书代替" in before
    assert "本省案件到此办结，各期限终止。" in before
    world.act(world.matter(dossier, "rectification").record_order_receipt, by="county", on=date(2024, 6, 4))
    after = told(TODAY)
    assert "案件保持“整改中”的状态，次数、公告和各期限的起算日不变，禁令不变" in after
    assert "禁令随案移交，并不解除" in after
    assert "交本市的县（市、区）局办理" not in after


def test_art42_a_city_is_told_that_its_own_county_is_no_move(world: World, client_of: Callable[[str], Client]) -> None:
    """A division of work until the order is received; the county itself never passes a case to its city (R35)."""
    Party.objects.update(handler=None)
    dossier = world.reported("SD2024-001", DAY, date(2024, 5, 27))
    Party.objects.filter(dossier=dossier).update(handler=world.offices["city"])
    register.involve(dossier, world.offices["city"], "handler", dossier.parties.get())
    case = MATTERS["rectification"].new(dossier, dossier.parties.select_related("handler").get())
    world.act(case.receive_report, by="city", on=date(2024, 5, 28))
    address = address_of(dossier, "rectification", "transfer_jurisdiction")
    with clock.simulated(TODAY):
        form = client_of("city").get(address)
        assert "交本市的县（市、区）局办理：不是迁址" in text_of(form)
        assert "济南市历城区" in field_of(form, "to").suggestions
    licheng = case_of_other(world)
    with clock.simulated(TODAY):
        names = field_of(client_of("county").get(licheng), "to").suggestions
    assert not {"济南市", "济南市历城区"} & set(names)
    assert "青岛市" in names


def case_of_other(world: World) -> str:
    dossier = world.reported("SD2024-002", DAY, date(2024, 5, 27))
    world.ordered(dossier, "P", "county", date(2024, 5, 28), date(2024, 6, 3))
    return address_of(dossier, "rectification", "transfer_jurisdiction")


def test_art32_the_province_transfers_only_to_another_province(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """Nothing else is offered to it."""
    dossier = case_of(world)
    with clock.simulated(TODAY):
        form = client_of("province").get(address_of(dossier, "rectification", "transfer_jurisdiction"))
    assert (field_of(form, "to").value.where, field_of(form, "to").suggestions) == ("outside", [])
    assert 'value="inside"' not in form.content.decode()
    assert "移往省内" not in text_of(form)


def failed_once(world: World) -> Dossier:
    """The first recheck failed and was announced on 20 August."""
    dossier = case_of(world)
    days = [date(2024, 8, day) for day in (1, 2, 5, 6, 20)]
    world.act(world.matter(dossier, "rectification").apply_recheck, by="enterprise", on=days[0])
    world.act(world.matter(dossier, "rectification").start_recheck, by="county", on=days[1])
    visit = world.matter(dossier, "recheck")
    world.act(visit.verify_on_site, by="county", on=days[2], rectified=False, finding="不合格批次仍在出售")
    world.act(world.matter(dossier, "recheck").fail_without_test, by="county", on=days[2])
    world.act(world.matter(dossier, "rectification").report_up, by="county", on=days[3])
    report = MATTERS["announcement"]
    world.act(report.objects.get(dossier=dossier).submit_to_city, by="county", on=days[3])
    world.act(report.objects.get(dossier=dossier).submit_to_province, by="city", on=days[3])
    world.act(report.objects.get(dossier=dossier).announce, by="province", on=days[4])
    return dossier


def test_art51_an_early_second_recheck_asks_for_the_partys_request(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """Only while it would be early, by the legal date of the form; the first day is said (reading R41)."""
    dossier = failed_once(world)
    county, address = client_of("county"), address_of(dossier, "rectification", "start_recheck")
    with clock.simulated(date(2024, 10, 25)):
        assert "early_reason" not in asked(county.get(address))
        past = county.post(address, {"on": "2024-10-10"})
        assert (past.status_code, field_of(past, "early_reason").errors) == (422, ["请填写。"])
    with clock.simulated(date(2024, 9, 10)):
        form = county.get(address)
        assert field_of(form, "early_reason").needed
        assert "再次复查最早从 2024-10-20 周日 开始" in text_of(form)
        sent = {"on": "2024-09-10", "early_reason": "企业9月9日来函，整改已全部完成，请求提前复查"}
        assert county.post(address, sent).status_code == 302
    assert Entry.objects.filter(act="rectification.start_recheck").latest("pk").flags == ["EARLY_SECOND_RECHECK"]


def test_an_annulment_and_an_end_by_dissolution_show_what_they_end(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """Order, failed recheck, announcement, and where case and ban stand; whether to order anew only of an order."""
    dossier = failed_once(world)
    county = client_of("county")
    with clock.simulated(date(2024, 9, 10)):
        annul = address_of(dossier, "rectification", "annul")
        form = county.get(annul)
        for told in ("已下达责令改正通知书", "20℃导体电阻", "已公告", "禁止恢复生产销售", "（自 2024-08-20 周二）"):
            assert told in text_of(form), told
        silent = county.post(annul, {"on": "2024-09-10", "what": "order", "document": "济南中院行政判决书"})
        assert {made.name for made in silent.context["fields"] if made.errors} == {"anew"}
        gone = text_of(county.get(address_of(dossier, "rectification", "close_dissolved")))
        assert "已下达责令改正通知书" in gone
        sent = {"on": "2024-09-10", "what": "recheck", "document": "济南中院行政判决书", "anew": "1"}
        assert county.post(annul, sent).status_code == 302
    assert "anew" not in Entry.objects.get(act="rectification.annul").facts


def test_art48_only_a_seller_is_asked_whether_it_goes_on_selling(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """A producer resumes with its pass; of a seller the answer decides on its ban."""
    dossier = world.reported("SD2024-001", DAY, date(2024, 5, 27), *BOTH)
    for label, who in (("S", "lixia"), ("N", "county")):
        world.told(dossier, label, date(2024, 5, 28), date(2024, 5, 30))
        world.ordered(dossier, label, who, date(2024, 5, 28), date(2024, 5, 29))
        case = world.matter(dossier, "rectification", label)
        world.act(case.record_order_receipt, by=who, on=date(2024, 5, 30))
        world.act(case.apply_recheck, by=who, on=date(2024, 6, 3))
        world.act(case.start_recheck, by=who, on=date(2024, 6, 4))
        world.act(world.matter(dossier, "recheck", f"{label}#1").verify_on_site, by=who, on=date(2024, 6, 4))
    with clock.simulated(TODAY):
        producer = client_of("county").get(address_of(dossier, "recheck", "pass_without_test", "N#1"))
        seller = client_of("lixia").get(address_of(dossier, "recheck", "pass_without_test", "S#1"))
    assert asked(producer) == {"remark"}
    assert asked(seller) == {"resume", "proof", "document", "remark"}
    assert field_of(seller, "resume").kind == "whether"


def test_what_was_typed_stays_when_an_act_against_somebody_lacks_its_evidence(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """Every text, box and choice of the form comes back with what is wrong, tied to its input."""
    dossier = case_of(world)
    world.act(world.matter(dossier, "rectification").claim_hardship, by="county", on=TODAY, proof="closure")
    world.act(world.matter(dossier, "rectification").start_recheck, by="county", on=TODAY)
    world.act(world.matter(dossier, "recheck").verify_on_site, by="county", on=TODAY)
    world.act(world.matter(dossier, "recheck").confirm_hardship, by="county", on=TODAY)
    sent = ON | {"basis": "breach", "finding": "生产线正在运转，仓库存有新产品", "evidence": "无", "remark": "另附照片"}
    with clock.simulated(TODAY):
        answer = client_of("county").post(address_of(dossier, "rectification", "conditions_restored"), sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert field_of(answer, "evidence").errors == ["请写明具体内容，或者写明所依据的文书名称和编号。"]
    assert 'aria-invalid="true" aria-describedby="e-evidence h-evidence"' in " ".join(html.split())
    for typed in ("生产线正在运转，仓库存有新产品", ">无</textarea>", "另附照片"):
        assert typed in html
    assert field_of(answer, "basis").choices[1].chosen


def test_art43_an_order_after_its_day_gives_the_reason_for_the_delay(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """What is late stays late: the form says how late it is by its legal date, and the reason goes on record."""
    dossier = world.reported("SD2024-001", DAY, date(2024, 5, 27))
    case = MATTERS["rectification"].new(dossier, dossier.parties.get())
    world.act(case.receive_report, by="county", on=date(2024, 5, 28))
    county, address = client_of("county"), address_of(dossier, "rectification", "issue_order")
    with clock.simulated(date(2024, 6, 4)):
        assert "late_reason" not in asked(county.get(address))
    with clock.simulated(date(2024, 6, 12)):
        form = county.get(address)
        assert field_of(form, "late_reason").needed
        assert "下达责令改正通知书：最后一日为 2024-06-04 周二，已逾期 8 天。" in text_of(form)
        for typed in ("", "无"):
            silent = county.post(address, {"on": "2024-06-12", "late_reason": typed, "remark": "当面送交"})
            assert (silent.status_code, field_of(silent, "late_reason").errors) == (422, ["请写明逾期的原因。"])
            assert (field_of(silent, "late_reason").value, "当面送交" in text_of(silent)) == (typed, True)
        in_time = county.post(address, {"on": "2024-06-04", "remark": "补登记"})
        assert in_time.status_code == 302
    other = world.reported("SD2024-002", DAY, date(2024, 5, 27))
    case = MATTERS["rectification"].new(other, other.parties.get())
    world.act(case.receive_report, by="county", on=date(2024, 5, 28))
    with clock.simulated(date(2024, 6, 12)):
        sent = {"on": "2024-06-12", "late_reason": "企业搬迁，查找实际经营地"}
        assert county.post(address_of(other, "rectification", "issue_order"), sent).status_code == 302
    entries = {entry.dossier_id: entry for entry in Entry.objects.filter(act="rectification.issue_order")}
    assert (entries[dossier.pk].late_reason, entries[other.pk].late_reason) == ("", "企业搬迁，查找实际经营地")
    assert "late_reason" not in entries[other.pk].facts


def test_art57_how_a_stopped_sample_is_shown_is_asked_only_where_there_is_one(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """Most tasks have none, and then nothing is asked."""
    dossier = world.reported("SD2024-001", DAY, date(2024, 5, 27))
    publication = MATTERS["publication"].objects.get(dossier=dossier.parent)
    address = f"/dossiers/{dossier.parent.number}/acts/publication/{publication.pk}/publish/"
    with clock.simulated(TODAY):
        assert "stopped" not in asked(client_of("province").get(address))
        inspection = MATTERS["inspection"].objects.filter(dossier=dossier)
        inspection.update(state="stopped_unit_lost", partial_on=DAY)
        assert "stopped" in asked(client_of("province").get(address))


def test_a_post_is_no_fact_that_anybody_reads(
    assigned: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """The record names who came in; the key of the post is for the program."""
    world.act(world.matter(assigned, "sampling").replace_sampler, by="province", on=TODAY, out="李娜", reason="illness")
    with clock.simulated(TODAY):
        text = text_of(client_of("province").get(f"/dossiers/{assigned.number}/?tab=entries"))
    assert "接替的抽样人员 陈静" in text
    assert "任职编号" not in text
    assert Post.objects.filter(pk=Entry.objects.get(act="sampling.replace_sampler").facts["post"]).exists()


@pytest.mark.parametrize("typed", ["张伟", "张　伟", "王强、张伟", "王强 张伟", "1.王强；2.张伟"])
def test_art10_nobody_hides_a_sampler_among_inspectors_by_how_names_are_written(world: World, typed: str) -> None:
    """Several who test stand in one line; each of them has to be another one than those who sampled."""
    dossier = world.sampled("SDZJ20240099", DAY)
    for label in ("T", "R"):
        world.act(world.matter(dossier, "sample", label).dispatch, by="sampler", on=DAY)
        world.act(world.matter(dossier, "sample", label).receive, by="lab", on=DAY)
    with pytest.raises(ActNotPermitted) as refused:
        world.act(world.matter(dossier, "sample", "T").issue, by="lab", on=DAY, inspector=typed)
    assert {reason.guard for reason in refused.value.reasons} == {"not_the_sampler"}
    world.act(world.matter(dossier, "inspection").receive_sample, by="lab", on=DAY)
    world.act(world.matter(dossier, "inspection").clear_qualification, by="lab", on=DAY)
    world.act(world.matter(dossier, "sample", "T").issue, by="lab", on=DAY, inspector="王强、赵敏")
    with pytest.raises(ActNotPermitted):
        world.act(world.matter(dossier, "inspection").start_testing, by="lab", on=DAY, inspector="王强")
    world.act(world.matter(dossier, "inspection").start_testing, by="lab", on=DAY, inspector="赵敏 王强")
