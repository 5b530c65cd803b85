"""The columns of the register of papers on the sheet that is taken along: what the lines of the screen say."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spotcheck.casework.papers import PaperLine, Served
from spotcheck.docket.wording import headed, listed

HEADS: Final[tuple[Any, ...]] = (
    gettext_lazy("文号"),
    gettext_lazy("文书"),
    gettext_lazy("出具日期"),
    gettext_lazy("发文机关"),
    gettext_lazy("效力"),
    gettext_lazy("受送达人"),
    gettext_lazy("送达"),
    gettext_lazy("案卷"),
)


def cells(line: PaperLine) -> list[str]:
    """What the columns say of a line."""
    return [
        line.paper.number,
        headed(line.short),
        line.paper.issued_on.isoformat(),
        line.issuer,
        str(line.paper.get_status_display()),
        listed(served.name for served in line.parties or line.offices),
        listed(filter(None, map(_service, line.parties))),
        line.paper.dossier.number,
    ]


def _service(served: Served) -> str:
    """How the service on a party stands."""
    if served.recipient.received_on is not None:
        return _("%(day)s 收到") % {"day": served.recipient.received_on.isoformat()}
    if served.is_under_way:
        return _("在途")
    if served.came_back:
        return _("被退回，待再送")
    return _("未送达") if served.is_awaited else ""
