"""A visit is returned for correction (退回补正): what is unclear, and why; the earlier log stays as it is (17)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from spotcheck.casework.field_settling import NotSettled
from spotcheck.casework.field_shape import SLOTS
from spotcheck.docket import sessions
from spotcheck.docket.facts import is_written
from spotcheck.docket.models import Dossier
from spotcheck.docket.sessions import hold, session
from spotcheck.notices.particulars import catalogue
from spotcheck.parties.models import Office, Post
from spotcheck.rules.characters import complaint
from spotcheck.sampling.field_tables import FieldAct, FieldReturn


def may_return(post: Post, dossier: Dossier) -> bool:
    """Whether somebody returns a visit: an officer of the province, or who coordinates the body that sampled."""
    if post.office is None:
        return False
    if post.office.kind == Office.Kind.PROVINCE and post.role == Post.Role.OFFICER:
        return True
    is_bodys = dossier.involvements.filter(office=post.office, role="sampling_body").exists()
    return "coordinates" in post.entitlements and (
        is_bodys or FieldAct.objects.filter(dossier=dossier, batch__post__office=post.office).exists()
    )


def send_back(
    dossier: Dossier, *, by: Post, reason: str, slots: Sequence[str] = (), fields: Sequence[str] = ()
) -> FieldReturn:
    """Return a visit of which a log is here, with the reason and what is meant. Raises :class:`NotSettled`."""
    with session():
        held = hold(dossier.pk)
        if wrong := _complaints(held, by, reason, slots, fields):
            raise NotSettled(wrong)
        return FieldReturn.objects.create(
            dossier=held,
            reason=reason.strip()[:500],
            slots=list(slots),
            fields=list(fields),
            by=by.user,
            post=by,
            at=sessions.now(),
        )


def _complaints(dossier: Dossier, by: Post, reason: str, slots: Sequence[str], fields: Sequence[str]) -> dict[str, Any]:
    odd = complaint(reason)
    checks = (
        ("", not may_return(by, dossier), _("由省局或者统筹该机构案件的人员退回。")),
        ("", not FieldAct.objects.filter(dossier=dossier).exists(), _("这次抽样没有平板上传的现场记录。")),
        ("reason", not is_written(reason), _("请写明理由。")),
        ("reason", odd is not None, odd.zh if odd is not None else ""),
        ("slots", not slots and not fields, _("请选择要补正的照片或者栏目。")),
        ("slots", not set(slots) <= set(SLOTS), _("没有这类照片。")),
        ("fields", not set(fields) <= set(catalogue()), _("没有这一栏。")),
    )
    wrong = next(((name, says) for name, is_so, says in checks if is_so), None)
    return {wrong[0]: [wrong[1]]} if wrong is not None else {}
