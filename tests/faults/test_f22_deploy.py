"""F22: the schema of the next version is there, and workers of this one still run."""

import time

from spotcheck.wiring import databases
from tests.faults import world
from tests.faults.crew import wait_for
from tests.faults.figures import report
from tests.faults.hands import Clerk, sweepers

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
            wait_for(lambda: world.waiting() == 0, 120)
        assert [each["errors"] for each in said if each["cut"]] == []
        assert clerk.lost() == []
    verdict = judge(here.url)
    assert (verdict.broken, verdict.fired) == ([], here.periods)
    report("F22", statements=len(ADDITIVE), periods=verdict.fired, accepted=len(clerk.accepted), errors=0)


def test_a_migration_that_takes_a_column_away_is_caught(worlds):
    here = worlds()
    with sweepers(1, here.environment(), "--batch", "3") as said:
        time.sleep(0.5)  # it has begun
        here.as_owner(DESTRUCTIVE)
        time.sleep(1.0)  # and goes on
    assert said[0]["cut"] > 0
