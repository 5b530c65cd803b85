"""What a form asks, offers and takes for an answer: nothing is decided by a question that was passed over."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spotcheck.casework import fields, questions
from spotcheck.docket import clock
from spotcheck.docket.acts import permitted
from spotcheck.docket.answers import askings, said
from spotcheck.docket.facts import Claim
from spotcheck.docket.flow import MATTERS, ActSpec, Proposal
from spotcheck.docket.models import Dossier, Entry
from spotcheck.docket.sweep import sweep
from spotcheck.notices import paper_data
from spotcheck.objections.requirements import FINDINGS_DECIDE
from spotcheck.planning.operations import open_plan
from spotcheck.rules.charts import CHARTS
from tests.desk.test_acts_on_screen import address_of, text_of
from tests.desk.world import World
from tests.worlds import played

TODAY = date(2024, 6, 5)
MOST_STATEMENTS = 12
"""Statements of the form that ends a sampling; with its paper gathered there were 20."""


@played
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
        bare = officer.post(address, {"on": "2024-06-05", "rectified": "0"})
        assert (bare.status_code, [made.errors for made in bare.context["fields"] if made.name == "finding"]) == (
            422,
            [["请填写。"]],
        )
        found = {"on": "2024-06-05", "rectified": "0", "finding": "不合格批次仍在出售，原因未查"}
        assert officer.post(address, found).status_code == 302
    assert world.matter(told, "recheck").rectified is False


SPECS = [spec for chart in CHARTS for spec in MATTERS[chart].specs() if spec.is_act]


def test_every_question_with_a_few_answers_is_answered() -> None:
    """No conclusion, ground or cause is left open; where another answer raises the question, only then."""
    asked = {(spec.name, name) for spec in SPECS for name in fields.unanswered(spec, QueryDict(""))}
    assert {
        ("recheck.test_done", "conclusion"),
        ("inspection.issue_report", "conclusion"),
        ("objection.file", "grounds"),
        ("objection.decide_anew", "decision"),
        ("sample.compromise", "cause"),
        ("task.engage_agencies", "sampling_body"),
        ("task.engage_agencies", "lab"),
        ("recheck.commission_test", "technical_body"),
        ("recheck.recommission", "technical_body"),
    } <= asked
    wanted = {
        (spec.name, name)
        for spec in SPECS
        for name, asking in askings(spec.facts).items()
        if (asking.needed is True or asking.decisive) and not asking.only_when
    }
    assert wanted <= asked
    assert ("task.set_scheme", "trigger") not in asked
    special = next(spec for spec in SPECS if spec.name == "task.set_scheme")
    assert "trigger" in fields.unanswered(special, QueryDict("type=special&detail_rules=own"))
    for spec in SPECS:
        of_it = askings(spec.facts)
        for asking in of_it.values():
            conditions = asking.needed if isinstance(asking.needed, dict) else {}
            assert {*asking.only_when, *conditions, *([asking.instead] if asking.instead else [])} <= set(of_it)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_what_a_guard_wants_in_writing_is_asked_for_in_writing(spec: ActSpec) -> None:
    """A claim that a guard looks at is needed, or another answer raises it; of no new act can it be forgotten (R52)."""
    claims = {name for name, made in spec.facts().fields.items() if isinstance(made, Claim)}
    wanted = {name for name in claims if any(name in need.asks for need in spec.needs)}
    silent = fields.unanswered(spec, QueryDict(""))
    of_it = askings(spec.facts)
    stand_ins = {asking.instead for asking in of_it.values()} - {""}
    needed_when = {name: one.needed for name, one in of_it.items() if isinstance(one.needed, dict)}
    raised = {name for name, one in of_it.items() if one.only_when} | set(needed_when)
    by_matter = {name for name, one in of_it.items() if one.only_of is not None}
    assert wanted <= set(silent) | raised | stand_ins
    for name in wanted & raised - stand_ins:
        of_others = {other: said(meant)[0] for other, meant in needed_when.get(name, {}).items()}
        condition = questions.shown_when(spec, name) or "&".join(f"{other}={one}" for other, one in of_others.items())
        answers = "&".join(f"{part.split('|')[0]}" for part in condition.split("&"))
        assert name in fields.unanswered(spec, QueryDict(answers)), name
    for name in wanted & by_matter:
        assert name not in fields.unanswered(spec, QueryDict(""), but={name})
    shown = {made.name: made for made in fields.fields_of(spec)}
    assert {name for name in claims if shown[name].kind not in {"long", "text"}} == set()
    for name in claims:
        assert (shown[name].kind == "text") == (spec.facts().fields[name].max_length <= 200), name


def test_a_claim_that_says_nothing_is_said_to_be_none_beside_its_input() -> None:
    """A stroke, a bare yes: the guard would refuse them, and the form says so where it is typed."""
    spec = MATTERS["lead"].spec_of("decline")
    for typed in ("是", "／", "无", "x"):
        assert fields.ill_formed(spec, QueryDict(f"reason={typed}")) == {
            "reason": ["请写明具体内容，或者写明所依据的文书名称和编号。"]
        }
    assert fields.ill_formed(spec, QueryDict("reason=许可证有效")) == {}


def test_art21_photographs_or_the_reason_why_there_are_none() -> None:
    """The one stands in for the other; one of them there has to be."""
    spec = MATTERS["sampling"].spec_of("record_obstruction")
    known = "conduct=other&finding=门卫锁门"
    assert fields.unanswered(spec, QueryDict(known)) == {"media": ["请填写；没有的，在下一栏写明原因。"]}
    assert fields.unanswered(spec, QueryDict(f"{known}&media=厂门照片")) == {}
    assert fields.unanswered(spec, QueryDict(f"{known}&no_media_reason=设备被夺走")) == {}
    both = QueryDict(f"{known}&media=厂门照片&no_media_reason=设备被夺走")
    assert "no_media_reason" not in fields.facts_from(spec, both)


@pytest.mark.parametrize(
    ("act", "answers", "raised"),
    [
        ("announcement.correct", "basis=changed", set()),
        ("announcement.correct", "basis=court", {"document", "text"}),
        ("announcement.correct", "basis=clerical", {"document", "text"}),
        ("publication.correct", "reason=changed", set()),
        ("publication.correct", "reason=court", {"document", "text"}),
        ("rectification.annul", "what=order&document=行政判决书", {"anew"}),
        ("rectification.annul", "what=recheck&document=行政判决书", set()),
        ("recheck.pass_without_test", "resume=0", set()),
        ("recheck.pass_without_test", "resume=1", {"proof"}),
        ("ban.record_producer_proof", "proof=dossier", set()),
        ("retest.recommission", "lab=retest_lab&reason=设备故障", {"retest_lab"}),
        ("retest.recommission", "lab=first_lab&reason=设备故障", set()),
        ("recheck.verify_on_site", "rectified=0", {"finding"}),
        ("recheck.verify_on_site", "rectified=1", set()),
        (
            "rectification.transfer_jurisdiction",
            "to-where=outside&to-province=320000&address=x&finding=已迁走",
            {"letter"},
        ),
        ("rectification.transfer_jurisdiction", "to-where=inside&to=370203&address=x&finding=已迁走", set()),
    ],
)
def test_a_question_comes_with_the_answer_that_raises_it(
    act: str, answers: str, raised: set[str], world: World
) -> None:
    """What the law wants only in one case is asked for in that case, and then it is needed."""
    spec = next(spec for spec in SPECS if spec.name == act)
    assert set(fields.unanswered(spec, QueryDict(answers), but={"stopped"})) == raised


def test_the_paper_of_another_province_has_a_number_to_be_asked_for() -> None:
    """Article 48: only where the producers' pass is shown by it."""
    spec = MATTERS["recheck"].spec_of("pass_without_test")
    sent = "resume=1&document=鲁外〔2024〕1号&proof="
    assert fields.facts_from(spec, QueryDict(sent + "other_province"))["document"] == "鲁外〔2024〕1号"
    assert "document" not in fields.facts_from(spec, QueryDict(sent + "dossier"))


def test_what_was_ticked_before_the_answer_changed_does_not_count() -> None:
    """An analysis of what failed belongs to no conforming report."""
    spec = MATTERS["inspection"].spec_of("issue_report")
    sent = "analysis=1&signed=1&conclusion="
    assert "analysis" in fields.facts_from(spec, QueryDict(sent + "nonconforming"))
    assert "analysis" not in fields.facts_from(spec, QueryDict(sent + "conforming"))


def test_a_row_with_only_a_result_is_not_lost_and_the_column_is_named(
    world: World, client_of: Callable[[str], Client]
) -> None:
    """A result without its item is said to be wrong, not dropped; the message says which cell it means."""
    dossier = world.sampled("SD2024-003", date(2024, 5, 6))
    world.tested(dossier, date(2024, 5, 6), date(2024, 5, 6))
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
        sent = {"on": "2024-05-31", "grounds": "test_result", "evidence": "1", "no_file_reason": "原件另行邮寄"}
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
        sent = {"grounds": "test_result", "evidence": "1", "items": [name], "no_file_reason": "原件另行邮寄"}
        firm.post(beginning(told), sent)
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


def test_art38_a_retest_of_the_one_unit_stands_in_the_way_of_another_before_anything_is_filled_in(
    told: Dossier, world: World
) -> None:
    """Article 38(3): there is one reserve unit, which the record knows of; nobody fills in a form to be told so."""
    day = date(2024, 6, 3)
    waiting = {}
    for label in ("1", "2"):
        case = MATTERS["objection"].new(told, told.parties.get(label="P"))
        world.act(case.file, by="enterprise", on=day, grounds="test_result", evidence=True)
        of = world.matter(told, "objection", label)
        world.act(of.start_verification, by="province", on=day)
        offered = permitted(world.matter(told, "objection", label), world.actor("province"), on=day)
        waiting[label] = {one.spec.method: [reason.guard for reason in one.reasons] for one in offered}
        if label == "1":
            world.act(world.matter(told, "objection", label).order_retest, by="province", on=day)
    assert (waiting["1"]["order_retest"], waiting["2"]["order_retest"]) == ([], ["retest_possible"])
    assert waiting["2"]["maintain"] == []


@pytest.mark.parametrize(
    ("produced", "differ", "left"),
    [
        (False, False, {"uphold_denial"}),
        (True, False, {"maintain"}),
        (None, True, {"maintain", "uphold_denial"}),
        (None, False, set()),
    ],
)
def test_art37_a_denial_is_offered_the_decisions_that_the_cities_have_left(
    told: Dossier, world: World, *, produced: bool | None, differ: bool, left: set[str]
) -> None:
    """Articles 37, 38: what the two cities found is on record, and decides before a form is filled in; never a retest."""
    of = MATTERS["objection"].new(told, told.parties.get(label="P"))
    of.produced, of.cities_differ = produced, differ
    with patch.object(type(of), "is_denial", new=True):
        open_to = set()
        for method in ("maintain", "uphold_denial", "order_retest"):
            spec = next(one for one in type(of).specs() if one.method == method)
            of.proposal = Proposal(spec=spec, by=world.actor("province"), on=TODAY, today=TODAY, facts={})
            open_to |= {method} if FINDINGS_DECIDE.stands(of) else set()
    assert open_to == left


def test_a_paper_that_would_have_gaps_says_so_before_it_is_issued(
    told: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    """The columns that nobody has filled in are named when they are asked for; without a script, on their page."""
    dossier = world.sampled_until_precheck("SD2024-003", date(2024, 5, 6))
    address, sampler = address_of(dossier, "sampling", "complete_sampling", ""), client_of("sampler")
    particulars = f"{address}particulars/"
    with clock.simulated(date(2024, 5, 6)):
        assert f'href="{particulars}"' in sampler.get(address).content.decode()
        asked = sampler.get(particulars, headers={"HX-Request": "true"})
        assert "还缺：" in text_of(sampler.get(particulars))
    assert re.fullmatch(r" ?还有 \d+ 栏空着，须手写填写：.* · .*", text_of(asked))


def test_the_form_of_an_act_gathers_no_paper(
    told: Dossier, world: World, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its papers would say is read when somebody asks for it, and not with every form."""
    dossier = world.sampled_until_precheck("SD2024-003", date(2024, 5, 6))
    address, sampler = address_of(dossier, "sampling", "complete_sampling", ""), client_of("sampler")

    def gathered(*_args: Any, **_keys: Any) -> None:
        raise AssertionError("the paper was gathered")

    monkeypatch.setattr(paper_data, "recorded", gathered)
    monkeypatch.setattr(paper_data, "gather", gathered)
    sampler.get("/messages/")  # the first page of a session writes down that somebody is there
    with clock.simulated(date(2024, 5, 6)), CaptureQueriesContext(connection) as asked:
        assert sampler.get(address).status_code == 200
    assert not [query["sql"] for query in asked if "notices_particulars" in query["sql"]]
    assert len(asked) <= MOST_STATEMENTS


def test_the_next_year_without_a_plan_is_proposed(world: World, client_of: Callable[[str], Client]) -> None:
    """Not one that exists already."""
    with clock.simulated(TODAY):
        assert client_of("province").get("/plans/new/").context["form"]["year"].value() == 2025
        open_plan(2025, on=TODAY)
        assert client_of("province").get("/plans/new/").context["form"]["year"].value() == 2026


def test_art18_the_reserve_unit_is_never_offered_for_the_first_test(
    told: Dossier, client_of: Callable[[str], Client]
) -> None:
    """Articles 18, 27, 39: only the test unit is issued; what can never be done is not shown."""
    with clock.simulated(TODAY):
        page = client_of("lab").get(f"/dossiers/{told.number}/")
    matters = [*page.context["matters"], *page.context["quiet_matters"]]
    reserve = next(item for item in matters if item.unit == "备用样品")
    acts = [*reserve.now, *reserve.exceptions, *reserve.blocked, *reserve.later]
    assert "issue" not in [possible.spec.method for possible in acts]


def test_what_is_for_cases_of_other_kinds_is_not_shown(told: Dossier, client_of: Callable[[str], Client]) -> None:
    """A check of the province itself has no organiser elsewhere that could take its conclusion back (Article 32)."""
    with clock.simulated(TODAY):
        page = client_of("province").get(f"/dossiers/{told.number}/")
    matters = [*page.context["matters"], *page.context["quiet_matters"], *page.context["begin_later"]]
    acts = [p.spec.name for m in matters for p in (*m.now, *m.exceptions, *m.blocked, *m.later)]
    assert "conclusion.annul" in acts
    assert "conclusion.withdraw_external" not in acts
