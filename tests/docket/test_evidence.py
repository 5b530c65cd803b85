"""Files come with acts: in their transaction, in the chain, for good; what is wrong with them stops the act."""

from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from spotcheck.docket import clock, entries
from spotcheck.docket.acts import perform
from spotcheck.docket.evidence import Attached, claims_of, named
from spotcheck.docket.flow import MATTERS, act_named
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Evidence
from spotcheck.docket.problems import BadFacts
from spotcheck.files.keeping import keep_bytes
from spotcheck.files.models import StoredFile
from spotcheck.planning.operations import open_plan
from spotcheck.rules import evidence as kinds
from spotcheck.rules.acts import ACTS
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.sd_2021_1.evidence import OF_CHARTS
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.operating import databases
from tests.desk import world as cast
from tests.files import good, making


@pytest.fixture
def stored(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return lambda content: keep_bytes(content, at=clock.now())


def test_a_file_is_kept_once_with_its_pages_and_its_small_picture(stored):
    first, again = stored(good.photograph()), stored(good.photograph())
    assert first == again
    assert StoredFile.objects.count() == 1
    assert first.media_type == "image/jpeg"
    assert first.leaf_file.startswith(f"files/{first.pk[:2]}/{first.pk}.leaf")
    assert first.thumb_file


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE docket_evidence SET name = 'other'",
        "DELETE FROM docket_evidence",
        "UPDATE files_storedfile SET file = 'other'",
        "UPDATE files_storedfile SET file = '', leaf_file = '', thumb_file = ''",
        "DELETE FROM files_storedfile",
        "TRUNCATE files_storedfile CASCADE",
    ],
)
def test_what_was_handed_in_can_be_neither_changed_nor_deleted(stored, statement):
    stored(good.photograph())
    with pytest.raises(DatabaseError, match=r"permission denied|neither changed nor deleted"), transaction.atomic():
        connection.cursor().execute(statement)


def test_what_an_act_wants_are_kinds_and_facts_of_it_by_its_own_articles():
    """Each file that is wanted can come, each fact in its place is a claim, each condition an answer with words."""
    for act in ACTS.values():
        spec = act_named(act.name)
        assert set(act.evidence) <= set(kinds.KINDS), act.name
        for demand in act.obligatory:
            fields = spec.facts().fields
            assert set(demand.kinds) <= set(kinds.allowed(act.name)), act.name
            assert set(demand.instead) <= set(claims_of(spec)), act.name
            assert set(demand.articles) <= set(spec.articles), act.name
            for name, meant in demand.only_when.items():
                assert set(meant if isinstance(meant, tuple) else (meant,)) <= set(fields[name].choices), act.name
    wanting = [act.name for act in ACTS.values() if any(not one.instead for one in act.obligatory)]
    assert {"inspection.issue_report", "objection.file", "retest.report", "recheck.test_done"} <= set(wanting)


def test_every_kind_has_words_and_files_and_every_chart_its_kinds():
    assert set(OF_CHARTS) <= set(CHARTS)
    for kind in kinds.KINDS.values():
        assert kind.words.zh
        assert kind.words.en
        assert kind.media_types
    for known in OF_CHARTS.values():
        assert set(known) <= set(kinds.KINDS)
    assert kinds.allowed("plan.file_and_circulate")[:2] == ("letter", "contract")
    assert set(kinds.EVERYWHERE) <= set(kinds.allowed("plan.file_and_circulate"))


DAY = date(2024, 1, 10)


@pytest.fixture
def adopted(db):
    world = cast.build()
    with clock.simulated(DAY):
        plan = open_plan(2024, on=DAY)
        world.act(plan.adopt, by="province", on=DAY)
    return plan, world.actor("province")


def circulate(adopted, **more):
    plan, by = adopted
    with clock.simulated(DAY):
        return perform(plan.file_and_circulate, by=by, on=DAY, facts={"filed": True, "circulated": True}, **more)


def test_files_come_in_the_transaction_of_their_act_and_stand_in_the_chain(stored, adopted):
    files = [stored(good.photograph()), stored(making.plain())]
    come = [Attached("photo", files[0], "照片.jpg"), Attached("letter", files[1], "报备函.pdf")]
    entry = circulate(adopted, evidence=come)
    assert entry.evidence == [file.pk for file in files]
    assert [(row.kind, row.name, row.stored_id, row.by) for row in Evidence.objects.order_by("pk")] == [
        ("photo", "照片.jpg", files[0].pk, entry.user),
        ("letter", "报备函.pdf", files[1].pk, entry.user),
    ]
    assert list(entries.verify(entry.dossier)) == []
    entry.evidence = []
    assert entries.digest(entry) != entry.hash


@pytest.mark.parametrize(
    ("kind", "make"),
    [("film", good.photograph), ("report", making.plain), ("photo", making.plain), ("unheard", making.plain)],
    ids=["not of the act", "not of this chart", "no picture", "no kind"],
)
def test_an_act_takes_only_its_kinds_and_a_kind_only_its_files(kind, make, stored, adopted):
    with pytest.raises(BadFacts, match="does not take"):
        circulate(adopted, evidence=[Attached(kind, stored(make()), "x")])
    assert not Evidence.objects.exists()


def test_a_claim_names_the_file_that_stands_for_it_beside_what_was_written(stored):
    spec = MATTERS["sampling"].spec_of("terminate_illegal")
    assert {"finding", "evidence"} <= set(claims_of(spec))
    file = stored(good.photograph())
    come = [Attached("photo", file, "包装.jpg", answers=["evidence", "suspicion"])]
    facts = named(spec, {"suspicion": "other", "finding": "查无此证"}, come)
    assert facts == {
        "suspicion": "other",
        "finding": "查无此证",
        "evidence": f"照片“包装.jpg”（SHA-256 {file.pk[:16]}）",
    }
    assert named(spec, {"finding": "查无此证"}, []) == {"finding": "查无此证"}
    both = named(spec, {"evidence": "三张"}, come)["evidence"]
    assert both.startswith("三张；照片“包装.jpg”")


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("ALTER TABLE docket_evidence DISABLE TRIGGER docket_evidence_for_good", "docket_evidence_for_good is missing"),
        ("GRANT UPDATE ON files_storedfile TO PUBLIC", "may update"),
        ("DELETE FROM docket_evidence", "not those that its hash covers"),
    ],
)
def test_what_is_promised_unchangeable_is_watched(committed_db, settings, tmp_path, statement, told):
    settings.MEDIA_ROOT = tmp_path / "media"
    world = cast.build()
    with clock.simulated(DAY):
        plan = open_plan(2024, on=DAY)
        world.act(plan.adopt, by="province", on=DAY)
    file = keep_bytes(good.photograph(), at=clock.now())
    circulate((plan, world.actor("province")), evidence=[Attached("photo", file, "a.jpg")])
    assert list(checking.check(["I7"])) == []
    owner = addresses.with_name(databases.owner_url(), addresses.name_of(committed_db))
    with psycopg.connect(owner, autocommit=True) as server:
        if statement.startswith("DELETE"):
            server.execute("ALTER TABLE docket_evidence DISABLE TRIGGER USER")
        server.execute(statement)
    assert any(told in row.what for row in checking.check(["I7"]))
