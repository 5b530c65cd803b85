"""Papers prepared before their act: for a visit where there is no line the notice has its number and its code already.

It counts only when it is shown: the act then issues this very paper (``issuing.issue``). What will not be shown any
more is voided, visibly in the list of numbers.
"""

from typing import Any, Final

from spotcheck.docket import sessions
from spotcheck.docket.models import Dossier
from spotcheck.docket.sessions import session
from spotcheck.notices import issuing, numbering
from spotcheck.notices.models import NumberBlock, Paper, PreparedPaper, VisitCode
from spotcheck.notices.templates import templates

HOLDER: Final = "prepared:"


def in_force(dossier: Dossier, form: int) -> PreparedPaper | None:
    """The paper that is prepared for a dossier."""
    return issuing.prepared_for(dossier.pk, templates()[form])


def keep(dossier: Dossier, paper: Paper) -> PreparedPaper:
    """Prepare a paper as it would be issued today (``paper`` is one that was issued in a trial): number, code, content.

    The caller holds the dossier; where there is one in force it stays.
    """
    with session():
        known = in_force(dossier, paper.form)
        if known is not None:
            return known
        now = sessions.now()
        year = paper.issued_on.year
        holder = f"{HOLDER}{dossier.pk}:{paper.form}:{dossier.prepared_papers.count() + 1}"
        block = numbering.take_block(paper.issuer, paper.form, year, 1, holder)
        number, code = numbering.numbers_of(block)[0], issuing.new_code()
        return PreparedPaper.objects.create(
            dossier=dossier,
            form=paper.form,
            block=block,
            number=number,
            code=code,
            issuer=paper.issuer,
            template=issuing.kept_version(templates()[paper.form]),  # that of the trial was taken back with it
            snapshot=_numbered(paper.snapshot, number, paper.code or "", code),
            gaps=paper.gaps,
            prepared_at=now,
        )


def void(dossier: Dossier, reason: str) -> None:
    """Void what was prepared for a dossier and has not been shown: its numbers stay in the list with the reason."""
    ready = PreparedPaper.objects.filter(dossier=dossier, paper__isnull=True, voided_at__isnull=True)
    for one in ready.select_related("block"):
        PreparedPaper.objects.filter(pk=one.pk).update(voided_at=sessions.now(), reason=reason[:200])
        numbering.give_back(one.block, reason)


def code_of(dossier: Dossier) -> VisitCode:
    """The code of a visit; made when it is asked for first."""
    found, _made = VisitCode.objects.get_or_create(
        dossier=dossier, defaults={"code": issuing.new_code(), "made_at": sessions.now()}
    )
    return found


def block_for(holder: str) -> NumberBlock | None:
    """The block that was taken for a request, and is held."""
    return NumberBlock.objects.filter(holder=holder).select_related("series__office").first()


def _numbered(snapshot: dict[str, Any], number: str, before: str, code: str) -> dict[str, Any]:
    """The content with its own number and code."""
    data = snapshot["data"]
    url = str(snapshot["url"]).removesuffix(before) + code
    return snapshot | {"url": url, "data": data | {"paper": data["paper"] | {"number": number}}}
