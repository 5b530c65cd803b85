"""The case file of an old case (Article 53): what came in with it, and where the originals are."""

import pytest

from spotcheck.docket import taking
from spotcheck.docket.models import Dossier
from spotcheck.remediation.queries import cases_of, materials, recorded
from tests.takeover.conftest import line, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media", "firms")]
WHERE = "原件在原系统案卷（CC2025-00{}）"


def standing(place: int) -> dict[str, str]:
    dossier = Dossier.objects.get(number=f"旧CC2025-00{place:02}")
    return {one.name.zh: one.excused or ("here" if one.here else "") for one in materials(*cases_of(dossier))}


def test_what_the_old_system_holds_is_not_called_missing(people):
    taken([line(9), line(11)], people)
    ordered, applied = standing(9), standing(11)
    assert ordered["检验报告"] == ordered["责令改正通知书"] == WHERE.format("09")
    assert ordered["责令改正通知书的送达凭证"] == "", "its receipt is not proved: it is missing"
    assert ordered["复查申请"] == ""
    assert applied["复查申请"] == WHERE.format(11)
    dossier = Dossier.objects.get(number="旧CC2025-0011")
    assert {entry.act for entry in recorded(dossier, None)} == {taking.ACT}, "what the sheet said has its pages"
