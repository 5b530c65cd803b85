"""What a search reads: the database answers a word from an index, wherever in a text the word stands."""

import json
from datetime import date

import pytest
from django.db import connection

from spotcheck.casework.dossier_filters import Wanted
from spotcheck.casework.dossier_search import matching
from spotcheck.casework.paper_search import WantedPapers
from spotcheck.casework.paper_search import matching as matching_papers
from spotcheck.docket import clock
from spotcheck.parties.folded import BIGRAMS
from tests.desk import world as cast
from tests.desk.world import World
from tests.worlds import played

TIMES = 2_000
DAY = date(2024, 6, 3)


@played
def many() -> World:
    """A dossier with its papers, and two thousand more that nobody looks for."""
    world = cast.build()
    dossier = world.reported("SD2024-DL-001", date(2024, 5, 6), date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    paper = dossier.papers.first()
    _copied("docket_dossier", dossier.pk, {"number": "'ZZ' || n", "search": "'ZZ' || n", "title": "''"})
    _copied("notices_paper", paper.pk, {"number": "'ZZ' || n", "code": "NULL", "serial": "1000 + n"})
    return world


def _copied(table: str, key: int, other: dict[str, str]) -> None:
    """Copies of a row, each with a name of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND is_generated = 'NEVER' AND column_name <> 'id' ORDER BY ordinal_position",
            [table],
        )
        columns = [name for (name,) in cursor.fetchall()]
        said = ", ".join(other.get(name, f'"{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {said} FROM {table}, generate_series(1, {TIMES}) AS n WHERE id = %s",
            [key],
        )


def plan_of(rows) -> dict:
    """How the database would answer if it may: it reads a table row by row only where no index can answer."""
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # nobody has counted these rows: it would guess
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        told = cursor.fetchone()[0]
    return (told if isinstance(told, list) else json.loads(told))[0]["Plan"]


def nodes(plan: dict) -> list[dict]:
    return [plan, *(node for part in plan.get("Plans", ()) for node in nodes(part))]


@pytest.mark.parametrize("who", ["province", "county", "lab"])
@pytest.mark.parametrize("words", ["DL-001", "电缆", "电线电缆", "找不到的", "91370112", "taishanhong"])
def test_dossiers_are_searched_by_the_index(many: World, words: str, who: str) -> None:
    """Two Chinese signs, an infix of a number or code, pinyin, and what is nowhere; also for who must not know parties."""
    with clock.simulated(DAY):
        found = nodes(plan_of(matching(many.actor(who), Wanted(words=words))))
    scanned = {node.get("Relation Name") for node in found if node["Node Type"] == "Seq Scan"}
    assert "docket_dossier" not in scanned
    assert any(BIGRAMS in node.get("Index Cond", "") for node in found) or who != "province"


@pytest.mark.parametrize("words", ["DL-001", "找不到的", "91370112"])
def test_papers_are_searched_by_their_indexes(many: World, words: str) -> None:
    """By their own numbers, by their dossier and by who gets them: no paper is read that was not found."""
    with clock.simulated(DAY):
        found = nodes(plan_of(matching_papers(many.actor("province"), WantedPapers(words=words))))
    scanned = {node.get("Relation Name") for node in found if node["Node Type"] == "Seq Scan"}
    assert not scanned & {"notices_paper", "docket_dossier"}


@pytest.mark.parametrize("word", ["d", "dl", "dl-0", "电", "电缆", "缆 ", "%", "_1", "\\", "'", "{a,b}", "找不到"])
def test_the_index_finds_what_looking_through_finds(many: World, word: str) -> None:
    """No pair of signs changes what a search finds, whatever is typed."""
    from spotcheck.docket.models import Dossier

    for column in ("found_by", "found_by_open"):
        some = Dossier.objects.filter(pk__lte=Dossier.objects.order_by("pk").first().pk + 50)
        plain = {row.pk for row in some if word in getattr(row, column)}
        assert set(some.filter(**{f"{column}__holds": word}).values_list("pk", flat=True)) == plain
