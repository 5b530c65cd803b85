"""Everything short of serving: fonts, the tablet's application, database, English messages, static files, a store."""

import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from spotcheck.files import storage
from spotcheck.wiring.machine import fieldapp, fonts
from spotcheck.wiring.machine.messages import compile_messages
from spotcheck.wiring.machine.places import durable, kept_text
from spotcheck.wiring.machine.problems import Problem
from spotcheck.wiring.operating import databases

_NOT_OURS = ["rest_framework", "ext", "htmax*", "htmx-4*"]
"""Files of libraries that no page of ours asks for: the pages that REST framework draws, what htmx could do besides."""


def prepare() -> None:
    """Make everything ready for serving; safe to repeat at any time."""
    prepare_program()
    with ThreadPoolExecutor(max_workers=1) as beside:  # files are packed while the database is made
        site = beside.submit(prepare_site)
        databases.prepare()
        databases.refresh_template()
        site.result()


def prepare_site() -> None:
    """Make what the site itself writes, as its own user: static files, and a place for papers and proofs."""
    collect_static()
    provide_store()


def prepare_program() -> None:
    """Make what lies in the program's own folder, where later only the one who installs it may write."""
    compile_messages()
    fonts.provide()
    fieldapp.provide_or_say()


def provide_store() -> None:
    """Have a place for papers and proofs."""
    try:
        storage.store().provide()
    except OSError as error:
        raise Problem(f"There is no place for files: check SPOTCHECK_FILES. {error}") from error


def collect_static() -> None:
    """Copy, hash and compress the static files, unless these very files were collected before."""
    stamp = Path(settings.DATA) / "static.collected"
    digest = _static_sources()
    if kept_text(stamp) == digest:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO(), ignore_patterns=_NOT_OURS)
    durable(stamp, digest.encode())


def _static_sources() -> str:
    found = []
    for finder in get_finders():
        for name, place in finder.list(None):
            status = Path(place.path(name)).stat()
            found.append((name, status.st_size, status.st_mtime_ns))
    return sha256(json.dumps(sorted(found)).encode()).hexdigest()
