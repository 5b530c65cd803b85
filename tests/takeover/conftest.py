"""A county with two firms, officers of three levels, and sheets of old cases."""

from datetime import date

import pytest

from spotcheck.docket import clock
from spotcheck.docket.models import Dossier
from spotcheck.parties.models import Enterprise
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports import running
from spotcheck.registers.imports.kinds import KINDS, Checked
from spotcheck.registers.models import Import
from spotcheck.takeover.columns import EXAMPLES, NAMED
from tests.registers import conftest as registers
from tests.registers.test_firm_sheets import code
from tests.registers.test_sheets_of_registers import sheet
from tests.worlds import played

DAY = date(2025, 7, 1)
KIND = KINDS["old_cases"]
HEAD = "|".join(column.label.zh for column in NAMED.values())


@played
def people():
    return registers.build()


@played
def firms(people):
    """A producer and a seller of Lixia."""
    del people
    return [
        Enterprise.objects.create(name=name, credit_code=code(n), registered_place="370102", actual_place="370102")
        for n, name in ((1, "松烟岭电缆厂"), (2, "萤火河商行"))
    ]


@pytest.fixture(autouse=True)
def _on_this_day():
    with clock.simulated(DAY):
        yield


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def line(place: int = 1, /, **said: str) -> str:
    """The line of one of the examples, with other cells."""
    cells = dict(EXAMPLES[place - 1]) | {"code": code(1)} | said
    return "|".join(cells.get(name, "") for name in NAMED)


def begun(lines: list[str], by: Doer) -> Import:
    return running.begin(KIND, name="旧案.csv", content=sheet(HEAD, *lines), by=by)


def looked(lines: list[str], by: Doer) -> Checked:
    return running.look(begun(lines, by), by)


def taken(lines: list[str], people: registers.People) -> Import:
    """Brought in by the county, confirmed by the province."""
    found = begun(lines, people.by("wang"))
    running.take(found, by=people.by("zhou"))
    return Import.objects.get(pk=found.pk)


def states(dossier: Dossier) -> dict[str, str]:
    return {str(track).partition(":")[0]: track.state for track in dossier.tracks.all()}


def running_periods(dossier: Dossier) -> dict[str, date]:
    return {row.name: row.started_on for row in dossier.deadlines.running()}
