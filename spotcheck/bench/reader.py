"""A fresh process that reads and checks one sheet of firms, and says how much memory that took.

``python -m spotcheck.bench.reader FILE`` on the database of DATABASE_URL.
"""

import sys
from pathlib import Path

import django

from spotcheck.bench.worker import peak


def main(file: str) -> None:
    """Read and check it; print the peak in KiB."""
    django.setup()
    from spotcheck.bench.importing import look  # noqa: PLC0415 -- app ready

    look(Path(file).read_bytes())
    sys.stdout.write(f"{peak()}\n")


if __name__ == "__main__":
    main(sys.argv[1])
