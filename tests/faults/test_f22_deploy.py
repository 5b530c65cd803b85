"""F22: the schema of the next version is there, and workers of the one before still run."""

import time
from pathlib import Path

import psycopg
import pytest

from spotcheck.docket import audit, clock
from spotcheck.sampling.models import SampleFile
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.operating import databases
from tests.faults import versions, world
from tests.faults.crew import wait_for
from tests.faults.figures import report
from tests.faults.hands import Clerk, sweepers
from tests.sampling.agreeing import differing

ADDITIVE = (
    "ALTER TABLE docket_deadline ADD COLUMN next_version text",
    "ALTER TABLE docket_entry ADD COLUMN next_version jsonb NOT NULL DEFAULT '{}'",
    "ALTER TABLE docket_message ADD COLUMN next_version boolean NOT NULL DEFAULT false",
    "ALTER TABLE docket_dossier ADD COLUMN next_version date",
    "CREATE TABLE docket_next_version (id bigint PRIMARY KEY, dossier_id bigint REFERENCES docket_dossier)",
    "CREATE INDEX CONCURRENTLY next_version ON docket_entry (effective_on)",
)
DESTRUCTIVE = "ALTER TABLE docket_deadline RENAME COLUMN wake_on TO wakes_on"
A_LITTLE = 3


def test_old_workers_go_on_while_a_migration_adds_to_their_tables(worlds, judge):
    here = worlds()
    with databases.using(here.url):
        clerk = Clerk()
        with sweepers(2, here.environment(), "--batch", "3") as said:
            for statement in ADDITIVE:
                before = world.fired()
                wait_for(lambda before=before: world.fired() > before or world.waiting() == 0)
                for _ in range(A_LITTLE):
                    clerk.send_next()
                here.as_owner(statement)
            wait_for(lambda: world.waiting() == 0)
        assert [each["errors"] for each in said if each["cut"]] == []
        assert clerk.lost() == []
    verdict = judge(here.url)
    # A migration of ours makes the rights of its tables as well; what is here alone is a table that no list knows.
    broken = [row for row in verdict.broken if row.subject != "the table docket_next_version"]
    assert (broken, verdict.fired) == ([], here.periods)
    report("F22", statements=len(ADDITIVE), periods=verdict.fired, accepted=len(clerk.accepted), errors=0)


def test_a_migration_that_takes_a_column_away_is_caught(worlds):
    here = worlds()
    with databases.using(here.url), sweepers(1, here.environment(), "--batch", "3") as said:
        wait_for(lambda: world.fired() > 0)
        before = _undone(here)
        here.as_owner(DESTRUCTIVE)
        wait_for(lambda: _undone(here) > before)
    assert said[0]["cut"] > 0


def _undone(here) -> int:
    """How many transactions in this database have come to nothing."""
    with psycopg.connect(here.owner_url, autocommit=True) as connection:
        found = connection.execute("SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()")
        return found.fetchone()[0]


@pytest.fixture(scope="module")
def version_before(tmp_path_factory) -> Path:
    """The folder of the version before, without what this one has changed."""
    folder = tmp_path_factory.mktemp("before")
    try:
        name = versions.take_out(folder)
    except versions.NoVersionBefore:
        pytest.skip("there is no version with another schema to take out of the repository")
    report("F22 version", before=name)
    return folder


def test_workers_of_the_version_before_fire_beside_those_of_this_one(worlds, judge, version_before):
    here = worlds()
    with databases.using(here.url):
        clerk = Clerk()
        environment = here.environment()
        with (
            sweepers(2, environment, "--batch", "3", tree=version_before) as before,
            sweepers(1, environment, "--batch", "3") as now,
        ):
            while world.waiting():
                clerk.send_next()
                time.sleep(0.2)
        assert [each["errors"] for each in (*before, *now) if each["cut"]] == []
        assert clerk.lost() == []
        assert list(audit.verify()) == []
    verdict = judge(here.url)
    assert (verdict.broken, verdict.fired) == ([], here.periods)
    fired = sum(each["lapsed"] + each["noted"] for each in before)
    assert fired > 0
    report("F22 versions", periods=verdict.fired, by_the_one_before=fired, accepted=len(clerk.accepted), errors=0)


FOR_BOTH = ("S01", "S06", "S07")
"""Files about which both versions of the law say the same."""


def test_what_the_version_before_enters_holds_for_this_one(committed_db, judge, version_before):
    files = [str(path) for stem in FOR_BOTH for path in version_before.glob(f"tests/acceptance/{stem}*.yaml")]
    assert len(files) == len(FOR_BOTH)
    for file in files:
        with databases.using(databases.clone(addresses.name_of(committed_db))):
            assert versions.play_there(version_before, committed_db, file) == []
            assert list(audit.verify()) == []
            assert SampleFile.objects.exists()
            assert differing() == []
        with clock.simulated(_last_day(file)):
            assert judge(committed_db).broken == []


def _last_day(file: str):
    from spotcheck.rehearsal.scenario import read

    return read(Path(file)).steps[-1].day
