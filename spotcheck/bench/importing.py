"""import: what a long sheet of firms costs to be checked and taken, beside the same lines in a serializer off the shelf.

The stock way is the one that its documentation shows: a ``ModelSerializer`` with ``many=True`` over the lines of the
CSV, with the same table, the same check of the code and the same regions. It says less of a line (nothing of what
changes, of doubles in the sheet, of places), and is only asked whether the lines are valid.
"""

import csv
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Final

import xlsxwriter
from django.db import transaction
from rest_framework import serializers
from stdnum.cn import uscc

from spotcheck.bench.measuring import Figure, Result, Times, quietly
from spotcheck.parties.models import Enterprise, Region
from spotcheck.registers.doer import Doer
from spotcheck.registers.firm_sheets import COLUMNS, KIND, check
from spotcheck.registers.imports import reading
from spotcheck.registers.imports.kinds import KINDS, Checked
from spotcheck.wiring.machine.places import ROOT
from spotcheck.wiring.operating import databases

CSV_SECONDS: Final = 3.0
XLSX_SECONDS: Final = 7.0
PEAK_MIB: Final = 200.0
FASTER: Final = 50.0
ROUNDS: Final = 3
STOCK_LINES: Final = 2_000
"""So many lines are enough to know what the stock way costs for each."""
WRONG_OF: Final = 60
"""One line of so many is faulty."""
BY: Final = Doer(account="bench")
_HEADS: Final = [column.label.zh for column in COLUMNS]


class _Stock(serializers.ModelSerializer[Enterprise]):
    class Meta:
        model = Enterprise
        fields: ClassVar = [column.name for column in COLUMNS]

    def validate_registered_place(self, code: str) -> str:
        """A region of the table."""
        if not Region.objects.filter(pk=code).exists():
            raise serializers.ValidationError("no region has this code")
        return code


def sheets(lines: int) -> Result:
    """Read, check, take and take again so many lines of a CSV and of a workbook, and check some the stock way."""
    result = Result("import", f"a sheet of {lines:,} firms, one in {WRONG_OF} faulty, checked and taken")
    with quietly(), databases.scratch_database() as url:
        rows = _rows(lines, list(Region.objects.filter(level="county", valid_until=None)[:100]))
        contents = {"CSV, read and checked": _csv(rows), "xlsx, read and checked": _xlsx(rows)}
        taken = {name: _measured(lambda content=content: look(content)) for name, content in contents.items()}
        result.times = {name: Times.of([wall for wall, _ in each]) for name, each in taken.items()}
        csv_busy, xlsx_busy = (statistics.median(busy for _, busy in each) for each in taken.values())
        good = look(contents["CSV, read and checked"])
        stock = _stock(rows[:STOCK_LINES])
        wrote, first = _take(good)
        again, _ = _take(look(contents["CSV, read and checked"]))
        result.figures = {
            "csv": Figure(
                "CSV, read and checked", result.times["CSV, read and checked"].median / 1000, "s", CSV_SECONDS
            ),
            "xlsx": Figure("xlsx, the same", result.times["xlsx, read and checked"].median / 1000, "s", XLSX_SECONDS),
            "taken": Figure("taken, everything new", first, "s"),
            "wrote": Figure("rows written", wrote),
            "wrote_again": Figure("rows written by the same sheet once more", again, at_most=0),
            "peak_csv": Figure("memory of a fresh process, CSV", _peak(url, contents, 0), "MiB", PEAK_MIB),
            "peak_xlsx": Figure("memory of a fresh process, xlsx", _peak(url, contents, 1), "MiB", PEAK_MIB),
            "stock_csv": Figure(
                "a line the stock way : ours, CSV (processor)", stock / (csv_busy / lines), at_least=FASTER
            ),
            "stock_xlsx": Figure("a line the stock way : ours, xlsx (processor)", stock / (xlsx_busy / lines)),
        }
    return result


def _rows(lines: int, regions: list[Region]) -> list[list[str]]:
    """Firms with codes that check, spread over regions; every sixtieth has a fault."""
    rows = []
    for number in range(lines):
        place = regions[number % len(regions)].code
        body = f"91{place}{number:09d}"
        code = body + uscc.calc_check_digit(body)
        given = {
            "credit_code": code, "name": f"甲{number}电缆有限公司", "legal_representative": "王某", "registered_place": place,
            "registered_address": f"某路{number}号", "actual_place": place, "actual_address": f"某路{number}号",
            "contact": "李某", "phone": f"0531-{number % 10**7:07d}", "status": "open", "status_on": "2024-01-01",
        }  # fmt: skip
        if number % WRONG_OF == WRONG_OF - 1:
            given |= {"credit_code": body + "0" if code[-1] != "0" else body + "1"}
        rows.append([given[column.name] for column in COLUMNS])
    return rows


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([_HEADS, *rows])
    return out.getvalue().encode("gb18030")


def _xlsx(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate([_HEADS, *rows]):
            page.write_row(number, 0, row)
    return out.getvalue()


def look(content: bytes) -> Checked:
    """Read and check a sheet of firms."""
    return check(reading.table(content, COLUMNS), BY)


def _measured(call: Callable[[], object]) -> list[tuple[float, float]]:
    """Seconds by the clock, and of this process alone, of each round."""
    found = []
    for _ in range(ROUNDS):
        wall, busy = time.perf_counter(), time.process_time()
        call()
        found.append((time.perf_counter() - wall, time.process_time() - busy))
    return found


def _take(checked: Checked) -> tuple[int, float]:
    """How many rows the good lines write, and in how many seconds."""
    begun = time.perf_counter()
    with transaction.atomic():
        rows = KINDS[KIND].take(checked.what, None, BY).rows
    return rows, time.perf_counter() - begun


def _stock(rows: list[list[str]]) -> float:
    """Seconds of the processor for one line, the stock way."""
    data: list[dict[str, Any]] = [dict(zip((c.name for c in COLUMNS), row, strict=True)) for row in rows]
    busy = min(each for _, each in _measured(lambda: _Stock(data=data, many=True).is_valid()))
    return busy / len(rows)


def _peak(url: str, contents: dict[str, bytes], which: int) -> float:
    """The peak of a fresh process that reads and checks a sheet, in MiB."""
    ours = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(list(contents.values())[which])
        done = subprocess.run(  # noqa: S603 -- our own program
            [sys.executable, "-m", "spotcheck.bench.reader", file.name],
            env=ours | {"DATABASE_URL": url},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    return int(done.stdout.split()[-1]) / 1024
