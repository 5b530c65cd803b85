"""What is to be written stands in a temporary table first, by COPY: then one statement writes it, however much it is.

A temporary table is ours, so that it can be analysed; without that the planner takes it for a small one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def stage(cursor: Any, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Make a table of these columns (name: type) with these rows, until the end of the transaction."""
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
    declared = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    cursor.execute(f"CREATE TEMP TABLE {name} ({declared}) ON COMMIT DROP")
    with cursor.copy(f"COPY {name} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(f"ANALYZE {name}")
