"""Templates are read strictly and agree with the registry of forms, the articles and the periods."""

import json

import pytest

from spotcheck.cli import main as cli
from spotcheck.notices import expected, lists, templates
from spotcheck.notices.catalogue import fields
from spotcheck.notices.render import draw
from spotcheck.notices.template import BadTemplate, fill
from spotcheck.notices.template_files import parse
from spotcheck.rules.sd_2021_1.forms import FORMS
from spotcheck.rules.sd_2021_1.letters import LETTERS
from tests.notices.papers import sample

GOOD = """
form: 7
version: 2021-05-03
title: 通知
articles: [33]
issuer: province
recipients: [party]
blocks:
  - say: "自收到之日起{period:lodge-objection}内（{article:35}），{party.name}"
"""


def test_the_templates_agree_with_the_registry():
    assert list(templates.check()) == []
    assert set(templates.templates()) >= set(FORMS) | set(LETTERS)


@pytest.mark.parametrize(
    ("line", "instead", "says"),
    [
        ("issuer: province", "isuer: province", "unknown key 'isuer'"),
        ("- say:", "- speak:", "none of the blocks"),
        ("{party.name}", "{party.nmae}", "no field 'party.nmae'"),
        ("{period:lodge-objection}", "{period:object}", "no period 'object'"),
        ("{article:35}", "{article:61}", "{article:61}"),
        ("articles: [33]", "articles: [33, 77]", "no article [77]"),
        ("version: 2021-05-03", "version: soon", "layout or version"),
        ("form: 7", "form: 7\nletter: x", "either form or letter"),
    ],
)
def test_what_is_wrong_in_a_template_is_an_error_with_its_name(line, instead, says):
    with pytest.raises(BadTemplate, match=r"t\.yaml") as error:
        parse(GOOD.replace(line, instead), "t.yaml")
    assert says in str(error.value)


def test_periods_and_articles_come_from_the_regulation():
    template = parse(GOOD, "t.yaml")
    said = fill(template.blocks[0].text, {"party": {"name": "甲厂"}})
    assert said == "自收到之日起15日内（第三十五条），甲厂"


@pytest.fixture
def replace(tmp_path, monkeypatch):
    """Put a bureau's own template in the place of one of ours."""

    def put(key, told, instead):
        ours = templates.template(key)
        assert told in ours.source
        (tmp_path / ours.name).write_text(ours.source.replace(told, instead, 1), encoding="utf-8")
        templates.templates.cache_clear()

    monkeypatch.setenv("SPOTCHECK_FORMS", str(tmp_path))
    yield put
    monkeypatch.undo()
    templates.templates.cache_clear()


def test_no_period_is_typed_as_a_number_in_a_template(replace):
    replace(7, "{period:lodge-objection}", "15日内")
    assert any("typed period" in line for line in templates.check())
    assert templates.template(7).digest != parse(GOOD, "t").digest


def test_no_two_templates_count_in_one_series(replace):
    """The province writes letters of both kinds: each counts from one, and the second would have no number."""
    replace("peer_notice", "series: 市监质核通", "series: 市监质函")
    (complaint,) = templates.check()
    assert complaint.startswith("peer_notice.yaml: its numbers are those of other_province.yaml")


@pytest.mark.parametrize("form", FORMS)
def test_a_form_carries_every_field_or_argues_its_absence(form):
    template = templates.template(form)
    assert len(expected.expected(form)) > 20
    assert list(expected.differences(template)) == []
    assert all(len(reason) > 20 for reason in template.absent.values())


@pytest.mark.parametrize(
    ("form", "line", "says"),
    [
        (7, "      - [{field: report.basis, required: true}]\n", "basis is missing"),
        (11, "forced-recheck", "no_apply_note is missing"),
        (1, "被抽样单位签收", "received_by is missing"),
        (8, "  - service: true\n", "served_at is missing"),
        (9, "  task_no: on the sampling sheet, whose number is named\n", "task_no is missing"),
    ],
)
def test_a_field_that_is_taken_away_is_missed(form, line, says):
    source = templates.template(form).source
    assert line in source
    instead = {"forced-recheck": "organise-recheck", "被抽样单位签收": "签收"}.get(line, "")
    changed = parse(source.replace(line, instead), "t.yaml")
    assert any(says in said for said in expected.differences(changed))


def test_an_absence_is_argued_only_where_something_is_expected_and_absent():
    source = templates.template(7).source + "  report_no: nobody needs it\n  moon: not up\n"
    said = list(expected.differences(parse(source, "t.yaml")))
    assert said == [
        "t.yaml: report_no is there, but absent says it is not",
        "t.yaml: absent argues about moon, which nobody expects",
    ]


def test_every_field_of_the_catalogue_is_used_by_some_paper():
    used = set().union(*(template.fields_used() for template in templates.templates().values()))
    used |= lists.template("rights_on_day").fields_used()
    decides = {name for template in templates.templates().values() for block in template.blocks for name in block.when}
    unused = {
        name
        for name in set(fields()) - used - decides
        if name.partition(".")[0] not in {"party", "applicant", "nominal", "sampled"} and not fields()[name].retired
    }
    # These stand in the head, at the foot and under the date of every paper; the last one says how long periods are.
    assert sorted(unused) == [
        "paper.address", "paper.handler", "paper.issued_on", "paper.issuer", "paper.number", "paper.phone",
        "paper.rule_set",
    ]  # fmt: skip


def test_a_field_that_is_retired_stands_on_no_layout_of_today(replace):
    """Papers issued with an earlier layout are drawn as they were, so that the field itself stays."""
    assert {name for name, field in fields().items() if field.retired} == {"retest.consistent", "retest.fee_bearer"}
    replace(10, "retest.agreement", "retest.consistent")
    assert any("only papers of earlier layouts" in line for line in templates.check())


def test_a_paper_of_an_earlier_layout_is_still_drawn():
    """Its layout was kept with it, and may name what no layout of today names."""
    earlier = GOOD + "  - grid: [[{field: retest.consistent}, {field: retest.fee_bearer}]]\n"
    data = {"retest": {"consistent": True, "fee_bearer": "applicant"}}
    assert draw(parse(earlier, "t.yaml"), data).pages == 1


def test_rights_name_their_articles():
    for template in templates.templates().values():
        for block in template.blocks:
            assert all(cites for _, cites in block.items), template.name


def test_the_command_lists_checks_and_draws(tmp_path, capsys):
    assert cli.main(["forms", "check"]) == 0
    assert cli.main(["forms", "list"]) == 0
    assert "复检委托书" in capsys.readouterr().out
    data, out = tmp_path / "d.json", tmp_path / "o.pdf"
    data.write_text(json.dumps(sample(9)), encoding="utf-8")
    assert cli.main(["forms", "render", "9", "--data", str(data), "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("which", "change", "code", "says"),
    [
        ("14", {}, 2, "no form or letter 14"),
        ("9", {"retest": {"labb": "x"}}, 2, "retest.labb: 没有这个栏目"),
        ("9", {"retest": {"formalities_on": "4月1日"}}, 2, "要一个日期"),
        ("9", {"retest": {"lab": "甲🦄所"}}, 1, "U+1F984"),
        ("9", {"retest": {}}, 0, "left open: 复检机构"),
    ],
)
def test_the_command_says_what_is_wrong_with_the_data(which, change, code, says, tmp_path, capsys):
    data = tmp_path / "d.json"
    data.write_text(json.dumps(sample(9) | change), encoding="utf-8")
    assert cli.main(["forms", "render", which, "--data", str(data), "--out", str(tmp_path / "o.pdf")]) == code
    said = capsys.readouterr()
    assert says in said.out + said.err
