"""Lines of the book as they are taken along for an audit: every column a text, the hash with which each was written.

What ``before`` and ``after`` say of a person is masked unless the whole is asked for (:func:`book.shown`).
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db.models import QuerySet

from spotcheck.docket import book, clock
from spotcheck.docket.models import Record
from spotcheck.docket.wording import say
from spotcheck.files.sheets import Sheet, written
from spotcheck.rules.book import KINDS, SUBJECTS
from spotcheck.rules.words import Words

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a table would reckon with: in CSV such a cell gets a stroke before it."""


HEADS: Final = (
    Words("序号", "line"),
    Words("时间", "at"),
    Words("种类", "kind"),
    Words("事项", "what"),
    Words("机构", "office"),
    Words("办理人", "by"),
    Words("登录名", "username"),
    Words("第二人", "second person"),
    Words("对象", "about"),
    Words("对象编号", "key"),
    Words("案卷", "dossier"),
    Words("原", "before"),
    Words("现", "after"),
    Words("理由", "reason"),
    Words("来处", "from where"),
    Words("请求编号", "request"),
    Words("摘要", "SHA-256"),
)
"""What the columns are called."""
_TITLE: Final = Words("登记簿", "the book")


def rows(records: "QuerySet[Record]", *, in_full: bool) -> Iterator[tuple[str, ...]]:
    """The lines in the order of writing; those read before, one statement for a thousand."""
    found = records.select_related("user", "office", "second_user", "dossier").order_by("pk")
    for record in found.iterator(chunk_size=1_000):
        subject = SUBJECTS.get(record.subject_type)
        yield (
            str(record.pk),
            clock.local(record.at).isoformat(timespec="seconds"),
            record.kind,
            say(KINDS.get(record.kind)),
            record.office.name if record.office else "",
            str(record.user or ""),
            record.user.username if record.user else "",
            str(record.second_user or ""),
            say(subject) if subject else record.subject_type,
            record.subject_id,
            record.dossier.number if record.dossier else "",
            _said(record.before, in_full=in_full),
            _said(record.after, in_full=in_full),
            record.reason,
            record.address,
            record.request_id,
            record.hash,
        )


def as_xlsx(lines: Iterable[tuple[str, ...]]) -> bytes:
    """The lines as a sheet."""
    return written(Sheet(say(_TITLE), [say(head) for head in HEADS], list(lines)))


def as_csv(lines: Iterable[tuple[str, ...]]) -> bytes:
    """The lines as CSV (UTF-8 with its mark, so that tables read it as such); no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([say(head) for head in HEADS])
    writer.writerows([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _said(values: dict[str, Any] | None, *, in_full: bool) -> str:
    shown = book.shown(values, to_auditor=in_full)
    return json.dumps(shown, ensure_ascii=False, sort_keys=True) if shown else ""
