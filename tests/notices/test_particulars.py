"""Particulars: which fields people may state, in both languages, and that nothing on record gives way to them."""

import re
from datetime import date

import pytest
import yaml

from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.notices import catalogue, paper_data, particulars
from spotcheck.notices.models import Particulars
from spotcheck.notices.particulars import BadParticulars
from spotcheck.notices.templates import served, templates
from spotcheck.parties import actors
from spotcheck.parties.models import Office
from spotcheck.rules.texts import of_yaml

CJK = re.compile(r"[\u4e00-\u9fff]")


def test_every_field_has_its_english_words():
    """Label, options and columns: what fields.yaml gains, particulars.yaml names too."""
    for name, one in particulars.catalogue().items():
        texts = [one.label.en, *(w.en for w in one.options.values()), *(w.en for w in one.columns.values())]
        assert all(text and not CJK.search(text) for text in texts), name


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d["sampling"].update(colour="Colour"), "sampling.colour"),
        (lambda d: d["sampling"]["stage"]["options"].pop("shelf"), "options"),
        (lambda d: d["sampling"].update(stock={"label": "Stock", "wrong": 1}), "wrong"),
    ],
    ids=["unknown", "option", "word"],
)
def test_the_file_is_strict(tmp_path, monkeypatch, change, says):
    data = of_yaml((catalogue.HOME / "particulars.yaml").read_text(encoding="utf-8"))
    change(data)
    (tmp_path / "particulars.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(particulars, "HOME", tmp_path)
    with pytest.raises(catalogue.BadCatalogue, match=says):
        particulars.catalogue.__wrapped__()


def test_what_identifies_a_paper_or_decides_a_matter_is_not_stated():
    """Number, issuer, date, names, decisions and conclusions come from acts and the register alone."""
    open_ = {name for name, one in particulars.catalogue().items() if one.may_be_stated}
    never = {
        "paper.number",
        "paper.issuer",
        "paper.issued_on",
        "sampled.name",
        "party.credit_code",
        "report.conclusion",
    }
    never |= {"objection.decision", "retest.final", "recheck.conclusion", "order.number", "sampling.sheet"}
    assert open_ & never == set()
    assert open_ >= paper_data.CUSTOMARY


def test_papers_with_an_acknowledgement_are_served():
    """送达回证 at the end: Forms 7, 8, 10, 11, 13 and the letters that change something for a party."""
    letters = {"order_withdrawal", "retest_waiver", "conclusion_change", "no_result", "restoration_notice"}
    assert served() == {7, 8, 10, 11, 13} | letters
    assert served() <= set(templates())


@pytest.fixture
def order(thirteen):
    """The matter that issues Form 11, as it was before, and its bureau."""
    paper = thirteen.get(form=11)
    matter = (
        MATTERS["rectification"]
        .objects.select_related("dossier", "party")
        .get(dossier=paper.dossier, label=paper.label)
    )
    return matter, matter.spec_of("issue_order"), actors.of_office(paper.issuer)


def state(order, **data):
    matter, spec, by = order
    with clock.simulated(date(2022, 3, 22)):
        return particulars.state(matter, spec, {name.replace("__", "."): v for name, v in data.items()}, by=by)


def test_only_who_does_the_act_states_for_its_papers(order):
    matter, spec, _by = order
    with pytest.raises(ActNotPermitted):
        state((matter, spec, actors.of_office(Office.objects.get(code="370000"))), paper__phone="0533-1")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"report__conclusion": "conforming"}, "不能另行填写"),
        ({"nosample__flow": "出口"}, "不能另行填写"),
        ({"paper__phone": "1" * 201}, "200"),
        ({"order__basis": ["a"]}, "不符合"),
    ],
)
def test_what_does_not_belong_there_is_refused(order, data, says):
    with pytest.raises(BadParticulars, match=says):
        state(order, **data)
    assert not Particulars.objects.exists()


def test_only_what_changed_is_kept(order):
    """Rows are added and never changed; each holds what it says anew."""
    state(order, paper__phone="0533-1", paper__address="柳泉路")
    state(order, paper__phone="0533-2", paper__address="柳泉路")
    assert state(order, paper__phone="0533-2", paper__address="柳泉路") is None
    assert [row.data for row in Particulars.objects.order_by("pk")] == [
        {"paper": {"phone": "0533-1", "address": "柳泉路"}},
        {"paper": {"phone": "0533-2"}},
    ]
    matter, spec, by = order
    form = particulars.forms_for(matter, spec, by)[0]
    assert {one.stated.known.name: one.value for one in form.asked if one.value} == {
        "paper.phone": "0533-2",
        "paper.address": "柳泉路",
    }
