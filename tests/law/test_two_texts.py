"""A second regulation beside the first: it plays, refuses and counts by itself, and neither shows on pages of the other.

The text is made up (``tests/second_text``); nothing of it is in the program, which only has room for it.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date

import psycopg
import pytest
from django.db import connection
from django.test import Client

from spotcheck.casework import paper_search
from spotcheck.casework.explanation import explain
from spotcheck.casework.possible_acts import to_begin
from spotcheck.casework.stage import derive
from spotcheck.casework.worklist import worklist_of
from spotcheck.docket import audit, clock, register
from spotcheck.docket.acts import matters_of, openings, perform
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Deadline, Dossier, Entry, Party
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.docket.sweep import sweep
from spotcheck.notices.models import Paper, Series
from spotcheck.parties.actors import Actor, of_post
from spotcheck.parties.models import Enterprise, Office, Post, User
from spotcheck.rules import regulations
from spotcheck.rules.regulations import FIRST, REGULATIONS
from spotcheck.rules.regulations import register as make_known
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.operating import databases
from tests.second_text import flow
from tests.second_text.rules import ID, TEXT

DAY = date(2026, 3, 9)


class Watching:
    """An office that watches, one that leads, a firm, and its file."""

    def __init__(self, charts: dict) -> None:
        self.charts = charts
        self.province, self.city, self.county = (
            Office.objects.get(code=code) for code in ("370000", "370100", "370102")
        )
        self.body = Office.objects.create(code="WB1", kind=Office.Kind.SAMPLING_BODY, name="监测中心")
        self.firm = Enterprise.objects.create(
            name="甲公司", credit_code="91370102MA3C0KHY4L", registered_place="370102", actual_place="370102"
        )
        self.posts = {
            "watcher": self._post(self.body, Post.Role.SAMPLER),
            "province": self._post(self.province, Post.Role.OFFICER),
            "city": self._post(self.city, Post.Role.OFFICER),
            "county": self._post(self.county, Post.Role.OFFICER),
        }
        with clock.simulated(DAY):
            self.file = Dossier.objects.create(kind="watch", number="W1", title="监测一", opened_on=DAY)
            self.party = Party.objects.create(
                dossier=self.file, label="P", role=Party.Role.SAMPLED_PRODUCER, enterprise=self.firm,
                place="370102", registered_place="370102", handler=self.county,
            )  # fmt: skip
            register.involve(self.file, self.body, "watch_body")
            register.involve(self.file, self.county, "county")

    def _post(self, office: Office, role: str) -> Post:
        user = User.objects.create(username=office.code, full_name=f"{office.name}的人")
        return Post.objects.create(user=user, office=office, role=role, since=date(2020, 1, 1))

    def actor(self, name: str) -> Actor:
        return of_post(self.posts[name])

    def advise(self, on: date = DAY, by: str = "watcher") -> Entry:
        with clock.simulated(on):
            return perform(self.charts["watch"].new(self.file, self.party).advise, by=self.actor(by), on=on)

    def page(self, name: str, address: str) -> str:
        client = Client()
        client.force_login(self.posts[name].user)
        client.get("/")
        return client.get(address, follow=True).content.decode()


@pytest.fixture
def watching(committed_db: str) -> Iterator[Watching]:
    owner = databases.with_name(databases.owner_url(), addresses.name_of(committed_db))
    with ExitStack() as stack:
        charts = stack.enter_context(flow.built())
        with connection.schema_editor(collect_sql=True) as editor:
            for model in charts.values():
                editor.create_model(model)
        with psycopg.connect(owner, autocommit=True) as server:
            for statement in editor.collected_sql:
                server.execute(statement)
        yield Watching(charts)


def test_no_two_texts_share_a_chart_a_kind_of_file_or_a_rule_set() -> None:
    chart = replace(TEXT.charts[0], name="sampling")
    with pytest.raises(ValueError, match="charts of another regulation: sampling"):
        make_known(replace(TEXT, charts=(chart,)))
    with pytest.raises(ValueError, match="kinds of file of another regulation: sample"):
        make_known(replace(TEXT, files={"sample": TEXT.files["watch"]}))
    assert list(REGULATIONS) == [FIRST]


def broken(watching: Watching) -> list[str]:
    """What the invariants complain of, but that no list of ours knows the tables of the made-up charts."""
    own = {f"the table {model._meta.db_table}" for model in watching.charts.values()}
    return [str(row) for row in checking.check() if row.subject not in own]


def test_it_plays_from_the_first_act_to_its_paper(watching: Watching) -> None:
    entry = watching.advise()
    assert (entry.act, entry.articles, entry.regulation) == ("watch.advise", [2], ID)
    watching.file.refresh_from_db()
    assert (watching.file.rule_set, watching.file.pinned_on) == (f"{ID}-A", DAY)
    paper = Paper.objects.get(entry=entry)
    assert (paper.regulation, paper.form, paper.words.zh) == (ID, 1, "产品质量风险提示书")
    with clock.simulated(date(2026, 3, 12)):
        perform(watching.charts["watch"].objects.get().answer, by=watching.actor("watcher"), on=date(2026, 3, 12))
        assert Deadline.objects.get().status == Deadline.Status.MET
        assert broken(watching) == []
    assert list(audit.verify()) == []


def test_its_numbers_are_its_own(watching: Watching) -> None:
    """Form 1 of one text does not count on where Form 1 of the other has come to."""
    Series.objects.create(office=watching.province, form=1, letter="", year=2026, last=41)
    paper = Paper.objects.get(entry=watching.advise())
    assert paper.issuer == watching.province
    assert "〔2026〕1号" in paper.number
    assert Series.objects.get(form=1, letter="").last == 41


def test_it_refuses_with_its_own_citations(watching: Watching) -> None:
    with pytest.raises(ActNotPermitted) as refused:
        watching.advise(by="county")
    problem = refused.value.as_problem("en")
    assert problem["articles"] == [{"regulation": ID, "article": 2, "item": None}]
    assert "no watcher" in problem["detail"]
    matter = watching.charts["warning"].new(watching.file)
    with pytest.raises(ActNotPermitted) as grave, clock.simulated(DAY):
        perform(matter.raise_it, by=watching.actor("province"), on=DAY, facts={"finding": "1"})
    assert [(reason.guard, reason.articles) for reason in grave.value.reasons] == [("is_grave", (4,))]


def test_nothing_begins_before_its_rules_are_in_force(watching: Watching) -> None:
    early = date(2025, 12, 30)
    Dossier.objects.filter(pk=watching.file.pk).update(opened_on=early)
    with pytest.raises(ActNotPermitted) as refused:
        watching.advise(on=early)
    assert refused.value.articles == (5,)


def test_its_period_lapses_by_its_own_article(watching: Watching) -> None:
    """The code is that of the objection window of the other text (15 days, Article 35); it means six days here."""
    watching.advise()
    row = Deadline.objects.get()
    assert (row.rule, row.due_on, row.latest) == ("D35", date(2026, 3, 15), date(2026, 3, 16))  # a Sunday
    told = explain(row).as_json("zh-hans")
    assert [(one["regulation"], one["number"]) for one in told["rule"]["articles"]] == [(ID, 3), (ID, 5)]
    with clock.simulated(date(2026, 3, 17)):
        sweep()
        assert watching.charts["watch"].objects.get().state == "silent"
        assert broken(watching) == []


def test_a_word_means_what_its_own_text_says(watching: Watching) -> None:
    """A handler is a city or county in one text, and the province in the other."""
    finding = {"finding": "两地同一型号起火"}
    matter = watching.charts["warning"].new(watching.file)
    with clock.simulated(DAY):
        with pytest.raises(ActNotPermitted):
            perform(matter.raise_it, by=watching.actor("county"), on=DAY, facts=finding)
        perform(matter.raise_it, by=watching.actor("province"), on=DAY, facts=finding)


def test_who_sees_all_files_of_one_text_sees_none_of_the_other_by_that(watching: Watching) -> None:
    sample = Dossier.objects.create(kind="sample", number="S1", opened_on=DAY)
    seen = {name: set(Dossier.objects.visible_to(watching.actor(name))) for name in watching.posts}
    assert seen == {"province": {sample}, "watcher": {watching.file}, "county": {watching.file}, "city": set()}


def test_a_file_knows_the_charts_of_its_own_text_only(watching: Watching) -> None:
    sample = Dossier.objects.create(kind="sample", number="S1", opened_on=DAY)
    assert {matter.chart for matter in openings(watching.file)} == {"watch", "warning"}
    assert not {matter.chart for matter in openings(sample)} & {"watch", "warning"}
    watching.advise()
    assert [matter.chart for matter in matters_of(watching.file)] == ["watch"]
    with clock.simulated(DAY):
        begun = to_begin(watching.file, watching.file.tracks.all(), watching.actor("watcher"), on=DAY)
    assert [one.matter.chart for one in begun if one.now] == []


def test_lists_and_searches_tell_them_apart(watching: Watching) -> None:
    watching.advise()
    assert derive(watching.file.tracks.all()).zh == "已提示"
    with clock.simulated(DAY):
        lists = worklist_of(watching.actor("watcher"), today=DAY)
    assert [(kind, number) for kind, _, number in lists.kinds] == []  # the period is the enterprise's
    keys = dict(paper_search.keys())
    assert (keys["1"].zh, keys[f"{ID}/1"].zh) == ("监督抽查通知书", "风险提示书")
    found = {
        key: paper_search.matching(watching.actor("watcher"), paper_search.WantedPapers(form=key)).count()
        for key in ("1", f"{ID}/1")
    }
    assert found == {"1": 0, f"{ID}/1": 1}


def test_nothing_of_the_one_shows_on_pages_of_the_other(watching: Watching) -> None:
    watching.advise()
    page = watching.page("watcher", "/dossiers/W1/")
    assert "风险提示" in page
    lanes = re.findall(r'<div class="lane-name">([^<]+)</div>', page)
    assert lanes == ["风险提示"]  # nothing has begun but this
    theirs = [chart.label.zh for chart in regulations.named(FIRST).charts if chart.label.zh != "样品"]
    assert [label for label in theirs if f">{label}<" in page] == []
    sample = Dossier.objects.create(kind="sample", number="S1", opened_on=DAY)
    register.involve(sample, watching.county, "county")
    other = watching.page("county", "/dossiers/S1/")
    assert "S1" in other
    assert [word for word in ("风险提示", "风险预警", "监测") if word in other] == []
    assert "已提示" in watching.page("watcher", "/dossiers/W1/?tab=entries")


def test_afterwards_the_program_knows_one_text_again() -> None:
    """What a test makes known is forgotten with it."""
    assert list(REGULATIONS) == [FIRST]
    assert "watch" not in regulations.CHARTS
