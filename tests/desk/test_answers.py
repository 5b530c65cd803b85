"""What a form asks, offers and takes for an answer: nothing is decided by a question that was passed over."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from spotcheck.desk import fields
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Entry
from spotcheck.docket.sweep import sweep
from spotcheck.parties.models import Offering
from spotcheck.planning.models import Target
from spotcheck.planning.operations import open_plan
from spotcheck.rules.charts import CHARTS
from tests.desk.test_acts_on_screen import address_of, text_of
from tests.desk.world import World

TODAY = date(2024, 6, 5)


@pytest.fixture
def told(world: World) -> Dossier:
    """A nonconforming report of which the producer has been told; its objection window ends on 2024-06-14."""
    found = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    world.told(found, "P", date(2024, 5, 28), date(2024, 5, 30))
    return found


def beginning(dossier: Dossier, label: str = "P") -> str:
    """Where a party's objection is begun."""
    return f"/dossiers/{dossier.number}/acts/objection/0/file/?party={dossier.parties.get(label=label).pk}"


def input_of(answer: Any, name: str) -> list[str]:
    """The inputs of this name on a page."""
    return re.findall(rf'<(?:input|textarea|select)[^>]* name="{name}"[^>]*>', answer.content.decode())


def test_art47_a_recheck_is_not_failed_by_a_question_passed_over(
    world: World, told: Dossier, client_of: Callable[[str], Client]
) -> None:
    """Whether the fault is mended is answered with yes or no; silence decides nothing."""
    world.ordered(told, "P", "county", date(2024, 5, 28), date(2024, 5, 28))
    world.act(world.matter(told, "rectification").record_order_receipt, by="county", on=date(2024, 5, 29))
    world.act(world.matter(told, "rectification").apply_recheck, by="enterprise", on=date(2024, 6, 3))
    world.act(world.matter(told, "rectification").start_recheck, by="county", on=date(2024, 6, 4))
    address = address_of(told, "recheck", "verify_on_site", world.matter(told, "recheck").label)
    officer = client_of("county")
    with clock.simulated(TODAY):
        assert [re.search('value="(.)"', one)[1] for one in input_of(officer.get(address), "rectified")] == ["1", "0"]
        silent = officer.post(address, {"on": "2024-06-05"})
        assert (silent.status_code, "请选择一项。" in text_of(silent)) == (422, True)
        assert world.matter(told, "recheck").rectified is None
        assert officer.post(address, {"on": "2024-06-05", "rectified": "0"}).status_code == 302
    assert world.matter(told, "recheck").rectified is False


def test_every_question_with_a_few_answers_is_answered() -> None:
    """No conclusion, ground or cause is left open; where another answer raises the question, only then."""
    specs = [spec for chart in CHARTS for spec in MATTERS[chart].specs() if spec.is_act]
    asked = {(spec.name, name) for spec in specs for name in fields.unanswered(spec, fields.QueryDict(""))}
    assert {
        ("recheck.test_done", "conclusion"),
        ("inspection.issue_report", "conclusion"),
        ("objection.file", "grounds"),
        ("sample.compromise", "cause"),
        ("task.engage_agencies", "sampling_body"),
        ("task.engage_agencies", "lab"),
        ("recheck.commission_test", "technical_body"),
    } <= asked
    assert asked >= fields.NEEDED
    assert fields.DECISIVE - asked == {("sampling.claim_refusal", "proven")}
    assert ("task.set_scheme", "trigger") not in asked
    special = next(spec for spec in specs if spec.name == "task.set_scheme")
    assert "trigger" in fields.unanswered(special, fields.QueryDict("type=special&detail_rules=own"))
    known = {(spec.name, name) for spec in specs for name in spec.facts().fields}
    assert (fields.DECISIVE | fields.NEEDED | set(fields.ONLY_WHEN)) <= known


def test_what_was_ticked_before_the_answer_changed_does_not_count() -> None:
    """An analysis of what failed belongs to no conforming report."""
    spec = MATTERS["inspection"].spec_of("issue_report")
    sent = "analysis=1&signed=1&conclusion="
    assert "analysis" in fields.facts_from(spec, fields.QueryDict(sent + "nonconforming"))
    assert "analysis" not in fields.facts_from(spec, fields.QueryDict(sent + "conforming"))


def test_a_row_with_only_a_result_is_not_lost_and_the_column_is_named(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """A result without its item is said to be wrong, not dropped; the message says which cell it means."""
    dossier = world.sampled("SD2024-003", date(2024, 5, 6))
    for act, who in (("dispatch", "sampler"), ("receive", "lab")):
        world.act(getattr(world.matter(dossier, "sample", "T"), act), by=who, on=date(2024, 5, 6))
    for act in ("receive_sample", "clear_qualification", "start_testing", "complete"):
        world.act(getattr(world.matter(dossier, "inspection"), act), by="lab", on=date(2024, 5, 6))
    sent = {"on": "2024-06-05", "conclusion": "nonconforming", "analysis": "1", "signed": "1", "items-0-result": "fail"}
    with clock.simulated(TODAY):
        wrong = client_of("lab").post(address_of(dossier, "inspection", "issue_report", ""), sent)
    assert wrong.status_code == 422
    assert "第 1 行 项目：" in text_of(wrong)
    assert not dossier.items.exists()


def test_an_enterprise_files_on_the_day_on_which_it_files(told: Dossier, client_of: Callable[[str], Client]) -> None:
    """Article 35: no earlier day can be stated by who would gain by it; what came on paper the bureau records."""
    firm = client_of("enterprise")
    with clock.simulated(TODAY):
        assert input_of(firm.get(beginning(told)), "on") == []
        sent = {"on": "2024-05-31", "grounds": "test_result", "evidence": "1"}
        assert firm.post(beginning(told), sent).status_code == 302
    assert Entry.objects.get(dossier=told, act="objection.file").effective_on == TODAY


def test_the_items_in_dispute_are_chosen_from_those_that_failed(
    told: Dossier, client_of: Callable[[str], Client]
) -> None:
    """Nobody has to spell them."""
    name = told.items.filter(result="fail").values_list("name", flat=True)[0]
    firm = client_of("enterprise")
    with clock.simulated(TODAY):
        assert [f'value="{name}"' in one for one in input_of(firm.get(beginning(told)), "items")] == [True]
        firm.post(beginning(told), {"grounds": "test_result", "evidence": "1", "items": [name]})
    assert MATTERS["objection"].objects.get(dossier=told).items == [name]


def test_art38_a_late_objection_is_not_offered_as_the_thing_to_do(
    told: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """Once the window is over it stands in the background, and its form says since when."""
    firm, address = client_of("enterprise"), f"/dossiers/{told.number}/"
    with clock.simulated(TODAY):
        begins = [item.matter.chart for item in firm.get(address).context["begin_now"]]
    assert "objection" in begins
    with clock.simulated(date(2024, 6, 20)):
        sweep(date(2024, 6, 20))
        late = firm.get(address)
        assert "objection" not in [item.matter.chart for item in late.context["begin_now"]]
        assert "objection" in [item.matter.chart for item in late.context["begin_besides"]]
        assert "异议期限已于 2024-06-14 周五 届满" in text_of(firm.get(beginning(told)))


def test_the_form_says_how_early_the_day_can_be(
    told: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """Article 59: not before the day that brought the matter where it is; whoever is refused can see which day."""
    world.ordered(told, "P", "county", date(2024, 5, 28), date(2024, 6, 3))
    address = address_of(told, "rectification", "transfer_jurisdiction")
    with clock.simulated(TODAY):
        form = client_of("county").get(address)
    assert "不早于 2024-06-03 周一" in text_of(form)
    assert 'min="2024-06-03"' in form.content.decode()


def test_the_two_units_of_a_sample_are_told_apart(world: World, client_of: Callable[[str], Client]) -> None:
    """On the start page, in the form and in the record."""
    dossier = world.sampled("SD2024-003", date(2024, 5, 6))
    sampler, address = client_of("sampler"), f"/dossiers/{dossier.number}/"
    with clock.simulated(date(2024, 5, 7)):
        today = text_of(sampler.get("/"))
        assert ("检验样品" in today, "备用样品" in today) == (True, True)
        assert "备用样品" in text_of(sampler.get(address_of(dossier, "sample", "dispatch", "R")))
        units = {line.unit for line in sampler.get(address).context["entries"]}
    assert units == {"", "检验样品", "备用样品"}


def test_who_is_named_on_form_1_need_not_be_typed(world: World, client_of: Callable[[str], Client]) -> None:
    """Article 13: those who may come are known."""
    world.task(date(2024, 6, 3), world.target("SD2024-004", ("P", "sampled_producer", "cable")))
    dossier = Dossier.objects.get(number="SD2024-004")
    Target.objects.filter(dossier=dossier).update(samplers=["张伟", "李娜"])
    with clock.simulated(TODAY):
        form = client_of("sampler").get(address_of(dossier, "sampling", "present_notice", ""))
    assert re.search(r'name="samplers"[^>]*>张伟\n李娜<', form.content.decode())


def test_who_was_signed_out_comes_back_to_the_page(told: Dossier) -> None:
    """A part of a page that is asked for after the session ended leads to the entrance, and back to the whole page."""
    page = f"http://testserver/dossiers/{told.number}/?tab=papers"
    headers = {"HX-Request": "true", "HX-Current-URL": page}
    answer = Client().get(beginning(told), headers=headers)
    assert answer.headers["HX-Redirect"] == f"/login/?next=/dossiers/{told.number}/%3Ftab%3Dpapers"


def test_whoever_decides_sees_what_is_decided_upon(
    told: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """The form of a decision shows what was stated before: the grounds of an objection, the ground of a refusal."""
    case = MATTERS["objection"].new(told, told.parties.get(label="P"))
    world.act(case.file, by="enterprise", on=date(2024, 6, 3), grounds="test_result", evidence=True)
    address = address_of(told, "objection", "start_verification", world.matter(told, "objection").label)
    with clock.simulated(TODAY):
        form = client_of("province").get(address)
    assert "此前 2024-06-03 周一 已提出异议申请" in text_of(form)
    assert "异议类型 对检验结果" in text_of(form)


def test_art38_the_first_laboratory_is_not_offered_as_the_other_one(
    told: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """Article 38: it is chosen, if at all, by its own answer."""
    case = MATTERS["objection"].new(told, told.parties.get(label="P"))
    world.act(case.file, by="enterprise", on=date(2024, 6, 3), grounds="test_result", evidence=True)
    world.act(world.matter(told, "objection").start_verification, by="province", on=date(2024, 6, 3))
    address = address_of(told, "objection", "order_retest", world.matter(told, "objection").label)
    with clock.simulated(TODAY):
        shown = client_of("province").get(address).context["fields"]
    assert [choice.value for made in shown if made.name == "retest_lab" for choice in made.choices] == ["LAB02"]


def test_a_paper_that_would_have_gaps_says_so_before_it_is_issued(
    told: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """The columns that nobody has filled in are named on the form of the act."""
    dossier = world.sampled_until_precheck("SD2024-003", date(2024, 5, 6))
    with clock.simulated(date(2024, 5, 6)):
        form = client_of("sampler").get(address_of(dossier, "sampling", "complete_sampling", ""))
    assert re.search(r"还有 \d+ 栏空着，须手写填写：", text_of(form))


def test_the_next_year_without_a_plan_is_proposed(world: World, client_of: Callable[[str], Client]) -> None:
    """Not one that exists already."""
    with clock.simulated(TODAY):
        assert client_of("province").get("/plans/new/").context["year"] == "2025"
        open_plan(2025, on=TODAY)
        assert client_of("province").get("/plans/new/").context["year"] == "2026"


def test_art12_nobody_sees_the_outcome_before_it_is_drawn(world: World, client_of: Callable[[str], Client]) -> None:
    """The candidates are shown in the order of their list, whatever the seed: no seed can be tried until it suits."""
    for number in range(6):
        Offering.objects.create(
            enterprise=world.enterprises["toys"],
            kind="producer",
            product_kind="电线电缆",
            product_name="软线",
            model=f"RV {number}",
        )
    task = world.task(TODAY, world.target("SD2024-001", ("P", "sampled_producer", "cable")), number="JC2024009").dossier
    wish = {"product_kind": "电线电缆", "channel": "on_site", "number": "2"}
    address = f"/dossiers/{task.number}/draw/"

    def rows(seed: str) -> list[str]:
        page = client_of("province").get(address, wish | {"seed": seed}).content.decode()
        return re.findall(r"<tr><td>.*?</tr>", page)

    with clock.simulated(TODAY):
        assert len(rows("1")) == 8
        assert rows("1") == rows("2") == rows("3")


def test_the_reserve_unit_is_not_offered_for_testing_until_it_is_needed(
    told: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """Article 40: to take it into use before a retest is possible, but nothing that anybody waits for."""
    with clock.simulated(TODAY):
        page = client_of("lab").get(f"/dossiers/{told.number}/")
    matters = [*page.context["matters"], *page.context["quiet_matters"]]
    reserve = next(item for item in matters if item.unit == "备用样品")
    assert "issue" not in [possible.spec.method for possible in reserve.now]
    assert "issue" in [possible.spec.method for possible in reserve.exceptions]
