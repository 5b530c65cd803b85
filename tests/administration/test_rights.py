"""Who may open and send what: every address of the administration × kinds of posts × where the office stands.

An address without a row fails, and so does a cell that is not said. 200 sees it, 302 it is done or lies elsewhere, 403 is
not for this post, 404 does not know that there is such a person, post or office, 409 is refused for itself.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from spotcheck.api import credentials
from spotcheck.docket import clock
from spotcheck.docket.models import Record
from spotcheck.docket.rule_sets import Document
from spotcheck.parties.models import Absence, Post, Qualification, Region
from spotcheck.registers import absences, districts, proposals, site_rules
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports import running
from spotcheck.registers.imports.kinds import KINDS as KINDS_OF_IMPORT
from spotcheck.registers.posts import Wanted, grant
from tests import content_types, doubled
from tests.addresses import every
from tests.docket.test_calendar_notices import NOTICE
from tests.matrices import Matrix
from tests.registers.conftest import DAY, People
from tests.registers.test_firm_sheets import firm, sheet
from tests.worlds import played

SHEET: Final = sheet([firm(1)])

KINDS: Final = (
    "jia",  # the province: manages and registers (above)
    "shen",  # the province: audits
    "yun",  # the province: operates
    "zhou",  # the province: an officer
    "ji",  # the city above: manages
    "hai",  # the city above: an officer who coordinates
    "li",  # the county itself: manages (own)
    "li.audit",  # the county itself: audits
    "li.data",  # the county itself: registers
    "wang",  # the county itself: an officer, about whom it is
    "zhao",  # the county itself: another officer
    "qing",  # another city: manages (beside)
    "qing.officer",  # another city: an officer
    "yan",  # a body: manages
    "liu",  # a body: an analyst
    "ming",  # an agent of a firm
)

# What is asked for is about the officer wang of the county 370102, whose administrator is li.
GET: Final = {
    "start":        (200, 302, 302, 403, 200, 403, 200, 302, 302, 403, 403, 200, 403, 200, 403, 403),
    "first_run":    (200, 403, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403, 403, 403),
    "people":       (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 200, 403, 200, 403, 403),
    "new_person":   (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 200, 403, 200, 403, 403),
    "person":       (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "particulars":  (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "lock":         (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "unlock":       (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "number":       (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "reset_factor": (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "link_single":  (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "unlink_single": (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "leave":        (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "back":         (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "new_deputy":   (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "end_deputy":   (405,) * 16,
    "link":         (405,) * 16,
    "grant":        (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 200, 403, 200, 403, 403),
    "end_post":     (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "open_cases":   (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "new_absence":  (200, 404, 404, 404, 200, 404, 200, 404, 404, 200, 404, 404, 404, 404, 404, 403),
    "proposals":    (200, 403, 403, 403, 200, 403, 200, 403, 200, 403, 403, 200, 403, 200, 403, 403),
    "decide":       (405,) * 16,
    "site_rules":   (200, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "new_notice":   (200, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "new_document": (200, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "decide of the site": (405,) * 16,
    "offices":      (200, 403, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403, 403, 403),
    "new_body":     (200, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "factors":      (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 200, 403, 200, 403, 403),
    "short_name":   (200, 403, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403, 403, 403),
    "short_name of another": (200, 403, 403, 403, 403, 403, 403, 403, 404, 403, 403, 403, 403, 403, 403, 403),
    "certificates": (200, 403, 403, 403, 403, 403, 403, 403, 404, 403, 403, 403, 403, 403, 403, 403),
    "new_certificate": (200, 403, 403, 403, 403, 403, 403, 403, 404, 403, 403, 403, 403, 403, 403, 403),
    "suspend_certificate": (200, 403, 403, 403, 403, 403, 403, 403, 404, 403, 403, 403, 403, 403, 403, 403),
    "regions":      (200, 403, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403, 403, 403),
    "new_zone":     (200, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "new_division": (200, 403, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403, 403, 403),
    "end_division": (405,) * 16,
    "imports":      (200, 403, 403, 403, 200, 403, 200, 403, 200, 403, 403, 200, 403, 200, 403, 403),
    "import":       (200, 403, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403, 403, 403),
    "import_template": (200, 403, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403, 403, 403),
    "import_look":  (404, 403, 403, 403, 404, 403, 404, 403, 200, 403, 403, 404, 403, 404, 403, 403),
    "import_answered": (404, 403, 403, 403, 404, 403, 404, 403, 200, 403, 403, 404, 403, 404, 403, 403),
    "programs":     (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 200, 403, 200, 403, 403),
    "new_credential": (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 200, 403, 200, 403, 403),
    "revoke_credential": (200, 403, 403, 403, 404, 403, 404, 403, 403, 403, 403, 404, 403, 200, 403, 403),
    "absences":     (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 403),
    "end_absence":  (405,) * 16,
    "rights":       (200, 200, 403, 403, 200, 403, 200, 200, 403, 403, 403, 200, 403, 200, 403, 403),
    "rights_sheet": (200, 200, 403, 403, 200, 403, 200, 200, 403, 403, 403, 200, 403, 200, 403, 403),
    "rights_paper": (200, 200, 403, 403, 200, 403, 200, 200, 403, 403, 403, 200, 403, 200, 403, 403),
    "review":       (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 200, 403, 200, 403, 403),
    "book":         (403, 200, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403, 403, 403, 403),
    "mine":         (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 403),
}  # fmt: skip

POST: Final = {
    "new_person":   (302, 403, 403, 403, 302, 403, 302, 403, 403, 403, 403, 422, 403, 422, 403, 403),
    "particulars":  (302, 403, 403, 403, 302, 403, 302, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "lock":         (302, 403, 403, 403, 302, 403, 302, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "unlock":       (409, 403, 403, 403, 409, 403, 409, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "number":       (302, 403, 403, 403, 302, 403, 422, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "reset_factor": (302, 403, 403, 403, 302, 403, 302, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "link_single":  (409, 403, 403, 403, 409, 403, 409, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "unlink_single": (409, 403, 403, 403, 409, 403, 409, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "leave":        (302, 403, 403, 403, 302, 403, 302, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "back":         (409, 403, 403, 403, 409, 403, 409, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "new_deputy":   (302, 403, 403, 403, 302, 403, 302, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "end_deputy":   (302, 403, 403, 403, 302, 403, 302, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "link":         (200, 403, 403, 403, 200, 403, 200, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "link of oneself": (409, 403, 403, 403, 409, 403, 409, 403, 403, 403, 403, 409, 403, 409, 403, 403),
    "link of the province": (200, 403, 403, 403, 404, 403, 404, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "grant":        (302, 403, 403, 403, 302, 403, 302, 403, 403, 403, 403, 422, 403, 422, 403, 403),
    "grant to oneself": (409, 403, 403, 403, 409, 403, 409, 403, 403, 403, 403, 422, 403, 422, 403, 403),
    "end_post":     (302, 403, 403, 403, 302, 403, 302, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "open_cases":   (302, 403, 403, 403, 302, 403, 302, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "new_absence":  (302, 404, 404, 404, 302, 404, 302, 404, 404, 302, 404, 404, 404, 404, 404, 403),
    "new_notice":   (302, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "new_document": (302, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "decide of the site": (302, 403, 403, 403, 404, 403, 404, 403, 404, 403, 403, 404, 403, 404, 403, 403),
    "decide":       (302, 403, 403, 403, 409, 403, 409, 403, 404, 403, 403, 404, 403, 404, 403, 403),
    "new_certificate": (302, 403, 403, 403, 403, 403, 403, 403, 404, 403, 403, 403, 403, 403, 403, 403),
    "suspend_certificate": (302, 403, 403, 403, 403, 403, 403, 403, 404, 403, 403, 403, 403, 403, 403, 403),
    "new_zone":     (302, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "new_division": (302, 403, 403, 403, 403, 403, 403, 403, 422, 403, 403, 403, 403, 403, 403, 403),
    "end_division": (302, 403, 403, 403, 403, 403, 403, 403, 404, 403, 403, 403, 403, 403, 403, 403),
    "new_body":     (302, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "factors":      (302, 403, 403, 403, 302, 403, 302, 403, 403, 403, 403, 404, 403, 404, 403, 403),
    "short_name":   (302, 403, 403, 403, 403, 403, 403, 403, 302, 403, 403, 403, 403, 403, 403, 403),
    "import":       (302, 403, 403, 403, 403, 403, 403, 403, 302, 403, 403, 403, 403, 403, 403, 403),
    "import_look":  (404, 403, 403, 403, 404, 403, 404, 403, 302, 403, 403, 404, 403, 404, 403, 403),
    "new_credential": (200, 403, 403, 403, 422, 403, 422, 403, 403, 403, 403, 422, 403, 200, 403, 403),
    "revoke_credential": (302, 403, 403, 403, 404, 403, 404, 403, 403, 403, 403, 404, 403, 302, 403, 403),
    "end_absence":  (302, 404, 404, 404, 302, 404, 302, 404, 404, 404, 403, 404, 404, 404, 404, 403),
    "review":       (302, 403, 403, 403, 302, 403, 302, 403, 403, 403, 403, 302, 403, 302, 403, 403),
    "first_run":    (302, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403),
}  # fmt: skip
OPERATING: Final = {
    "/operating/":        (403, 403, 200, 200, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "/operating/doctor/": (403, 403, 200, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403),
}  # fmt: skip
"""Of those who operate; the first one the officers of the province read, too."""
NOT_SENT: Final = {
    "certificates",
    "regions",
    "imports",
    "import_template",
    "import_answered",
    "programs",
    "start",
    "people",
    "person",
    "proposals",
    "site_rules",
    "offices",
    "absences",
    "rights",
    "rights_sheet",
    "rights_paper",
    "book",
    "mine",
}
"""Addresses that take nothing."""
PAGES: Final = Matrix("administration", KINDS, GET)
SENT: Final = Matrix("administration", KINDS, POST, elsewhere=frozenset(NOT_SENT))


@played
def addresses(people: People) -> dict[str, str]:
    """One address of each kind."""
    with clock.simulated(DAY):
        return _addresses(people)


def _addresses(people: People) -> dict[str, str]:
    here, wang = "/administration/", people.posts["wang"]
    xin = people.user("xin")
    Authenticator.objects.create(user=wang.user, type="totp", data={"secret": "x"})
    wanted = Wanted(xin, people.office("370102"), "administrator", DAY, entitlements=("manages",))
    proposal = grant(wanted, by=people.by("ji"), reason="工作需要")
    document = Document(
        number="鲁市监质监字〔2025〕1号", issued_on=DAY, valid_from=date(2026, 5, 3), valid_until=date(2027, 5, 2)
    )
    about_site = site_rules.propose_document("continue", "SD-2021-1", document, by=people.by("yi"))
    sun = people.posts["sun"]
    away = absences.record(
        sun, first_day=DAY, last_day=DAY, deputy=people.posts["zhao"], reason="培训", by=people.by("li")
    )
    pair = absences.name_deputy(sun, people.posts["zhao"], by=people.by("li"))
    laboratory = people.office("YS-JY")
    credential = credentials.issue(
        laboratory, by=Doer(account="tests"), label="LIMS", scopes=["cases:read"], expires_on=DAY
    ).credential
    certificate = Qualification.objects.create(
        office=laboratory, kind="CMA", number="1", valid_from=DAY, valid_until=DAY
    )
    divided = districts.divide(
        Region.objects.get(code="370103"),
        people.office("370100"),
        document="济市监发〔2025〕1号",
        since=DAY,
        by=people.by("jia"),
    )
    looked = running.begin(KINDS_OF_IMPORT["enterprises"], name="x.csv", content=SHEET, by=people.by("li.data"))
    return {
        "start": here,
        "first_run": f"{here}first/",
        "people": f"{here}people/",
        "new_person": f"{here}new-person/",
        "person": f"{here}people/wang/",
        "particulars": f"{here}people/wang/particulars/",
        "lock": f"{here}people/wang/lock/",
        "unlock": f"{here}people/wang/unlock/",
        "number": f"{here}people/wang/number/",
        "reset_factor": f"{here}people/wang/factor/",
        "link_single": f"{here}people/wang/single/",
        "unlink_single": f"{here}people/wang/single/end/",
        "leave": f"{here}people/wang/leave/",
        "back": f"{here}people/wang/back/",
        "new_deputy": f"{here}posts/{wang.pk}/deputy/",
        "end_deputy": f"{here}deputyships/{pair.pk}/end/",
        "link": f"{here}people/wang/link/",
        "grant": f"{here}posts/new/",
        "end_post": f"{here}posts/{wang.pk}/end/",
        "open_cases": f"{here}posts/{wang.pk}/cases/",
        "new_absence": f"{here}posts/{wang.pk}/absence/",
        "proposals": f"{here}proposals/",
        "decide": f"{here}proposals/{proposal.pk}/",
        "decide of the site": f"{here}proposals/{about_site.pk}/",
        "site_rules": f"{here}rules/",
        "new_notice": f"{here}rules/notice/",
        "new_document": f"{here}rules/document/",
        "offices": f"{here}offices/",
        "new_body": f"{here}offices/new/",
        "factors": f"{here}factors/",
        "short_name": f"{here}offices/370102/short-name/",
        "short_name of another": f"{here}offices/370200/short-name/",
        "certificates": f"{here}offices/YS-JY/certificates/",
        "new_certificate": f"{here}offices/YS-JY/certificates/new/",
        "suspend_certificate": f"{here}certificates/{certificate.pk}/suspend/",
        "regions": f"{here}regions/",
        "new_zone": f"{here}regions/zone/",
        "new_division": f"{here}regions/division/",
        "end_division": f"{here}regions/division/{divided.pk}/end/",
        "imports": f"{here}imports/",
        "import": f"{here}imports/enterprises/",
        "import_template": f"{here}imports/enterprises/template/",
        "import_look": f"{here}imports/of/{looked.pk}/",
        "import_answered": f"{here}imports/of/{looked.pk}/answered.xlsx",
        "programs": f"{here}programs/",
        "new_credential": f"{here}programs/new/",
        "revoke_credential": f"{here}programs/{credential.pk}/revoke/",
        "absences": f"{here}absences/",
        "end_absence": f"{here}absences/{away.pk}/end/",
        "rights": f"{here}rights/",
        "rights_sheet": f"{here}rights/rights.xlsx",
        "rights_paper": f"{here}rights/rights.pdf",
        "review": f"{here}review/",
        "book": f"{here}book/",
        "mine": f"{here}book/mine/",
    }


def sent(people: People, name: str, who: str) -> tuple[str, dict[str, Any]]:
    """What is sent to an address, and to which, if it depends on who sends it."""
    county = str(people.office("370102").pk)
    post = {"username": "zhao", "office": county, "role": "sampler", "since": "2025-03-03", "reason": "工作需要"}
    return {
        "new_person": ("", {"office": county, "username": "he", "full_name": "何洁", "number": "777"}),
        "particulars": ("", {"full_name": "王芳", "mobile": "1", "email": ""}),
        "lock": ("", {"reason": "可疑登录"}),
        "unlock": ("", {"reason": "已核实"}),
        "number": ("", {"office": str(people.office("370100").pk), "number": "888"}),
        "reset_factor": ("", {"reason": "手机丢失"}),
        "link_single": ("", {"subject": "s-1", "reason": "工号不一致"}),
        "unlink_single": ("", {"reason": "换了账号"}),
        "leave": ("", {"last_day": "2025-03-03", "reason": "调离"}),
        "back": ("", {"reason": "复职"}),
        "new_deputy": ("", {"other": str(people.posts["sun"].pk)}),
        "link of oneself": (f"/administration/people/{who}/link/", {}),
        "link of the province": ("/administration/people/yi/link/", {}),
        "grant": ("", post),
        "grant to oneself": ("/administration/posts/new/", post | {"username": who}),
        "end_post": ("", {"reason": "调离"}),
        "open_cases": ("", {"reason": "调离"}),
        "new_absence": (
            "",
            {
                "first_day": "2025-03-10",
                "last_day": "2025-03-11",
                "deputy": str(people.posts["zhao"].pk),
                "reason": "培训",
            },
        ),
        "import": ("", {"file": SimpleUploadedFile("企业.csv", SHEET)}),
        "import_look": ("", {}),
        "decide": ("", {"what": "confirm"}),
        "decide of the site": ("", {"what": "confirm"}),
        "new_notice": ("", {"file": SimpleUploadedFile("2027.csv", NOTICE.encode()), "reason": "国务院办公厅通知"}),
        "new_document": (
            "",
            {
                "how": "continue",
                "rule_set": "SD-2021-1",
                "number": "鲁市监质监字〔2025〕2号",
                "issued_on": "2025-03-01",
                "valid_from": "2026-05-03",
                "valid_until": "2027-05-02",
                "reason": "继续适用",
            },
        ),
        "new_credential": (
            "",
            {
                "office": str(people.office("YS-JY").pk),
                "label": "样品管理系统",
                "scopes": "cases:read",
                "expires_on": DAY.isoformat(),
            },
        ),
        "revoke_credential": ("", {"reason": "换密钥"}),
        "new_certificate": (
            "",
            {"kind": "CMA", "number": "2", "valid_from": "2025-01-01", "valid_until": "2030-12-31", "scope": "玩具"},
        ),
        "suspend_certificate": ("", {"since": "2025-03-03", "reason": "限期整改"}),
        "new_zone": ("", {"office": str(people.office("370100").pk), "name": "起步区"}),
        "new_division": (
            "",
            {"region": "370102", "office": str(people.office("370100").pk), "document": "一号", "since": "2025-03-03"},
        ),
        "new_body": ("", {"kind": "laboratory", "code": "YS-XX", "name": "某检验中心"}),
        "factors": ("", {"office": "370102", "what": "need"}),
        "short_name": ("", {"short_name": "历下监"}),
        "first_run": ("", {"what": "province"}),
    }.get(name, ("", {}))


def test_every_page_has_the_whole_menu(addresses: dict[str, str], client_of: Callable[[str], Client]) -> None:
    """No page puts something of its own in the place of what the menu is drawn from."""
    menus = {}
    for name, address in addresses.items():
        answer = client_of(KINDS[0]).get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            menu = re.search(r'<nav class="[^"]*".*?</nav>', answer.content.decode(), re.DOTALL)
            menus[name] = re.findall(r'href="([^"]+)"', menu[0]) if menu else []
    assert "/administration/people/" in menus["start"]
    assert {name: menu for name, menu in menus.items() if menu != menus["start"]} == {}


def test_everybody_opens_exactly_what_is_his(addresses: dict[str, str], client_of: Callable[[str], Client]) -> None:
    assert PAGES.asked(addresses, client_of) == GET


def test_every_answer_is_of_the_type_it_says(addresses: dict[str, str], client_of: Callable[[str], Client]) -> None:
    """Pages, sheets, papers, and refusals."""
    for who in ("jia", "shen", "li", "zhou", "ming"):
        client = client_of(who)
        found = {name: content_types.complaint(client.get(address)) for name, address in addresses.items()}
        assert {name: wrong for name, wrong in found.items() if wrong} == {}, who


@pytest.mark.parametrize("who", ["jia", "shen"])
def test_of_a_parameter_that_comes_twice_the_last_counts(
    addresses: dict[str, str], client_of: Callable[[str], Client], who: str
) -> None:
    client = client_of(who)
    found = {name: doubled.complaint(client, address) for name, address in addresses.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_only_who_operates_looks_at_the_installation(people: People, client_of: Callable[[str], Client]) -> None:
    """And nobody sends anything there."""
    here = {f"/{one.route}" for one in every() if one.route.startswith("operating/")}
    assert here == set(OPERATING)
    found = {at: tuple(client_of(who).get(at).status_code for who in KINDS) for at in OPERATING}
    assert found == OPERATING
    assert {client_of("yun").post(at).status_code for at in OPERATING} == {405}
    assert {Client().get(at).status_code for at in OPERATING} == {302}


@pytest.mark.parametrize("name", POST)
def test_everybody_does_exactly_what_is_his(
    people: People, addresses: dict[str, str], client_of: Callable[[str], Client], name: str
) -> None:
    """And what is refused leaves no line in the book and no post."""
    from django.db import transaction

    found = []
    for who in KINDS:
        address, data = sent(people, name, who)
        before = (Record.objects.exclude(kind="sign_in.in").count(), Post.objects.count(), Absence.objects.count())
        with transaction.atomic():
            status = client_of(who).post(address or addresses[name], data).status_code
            if status >= 400:
                assert (
                    Record.objects.exclude(kind="sign_in.in").count(),
                    Post.objects.count(),
                    Absence.objects.count(),
                ) == before, who
            transaction.set_rollback(True)
        found.append(status)
    assert tuple(found) == POST[name]


def test_what_takes_nothing_takes_nothing(addresses: dict[str, str], client_of: Callable[[str], Client]) -> None:
    client = client_of("jia")
    assert {client.post(addresses[name]).status_code for name in NOT_SENT} == {405}


def test_nobody_enters_without_signing_in(addresses: dict[str, str]) -> None:
    stranger = Client()
    for name, address in addresses.items():
        if GET[name][0] != 405:
            answer = stranger.get(address)
            assert (answer.status_code, answer.url.split("?")[0]) == (302, "/login/"), address


def test_a_form_that_was_drawn_for_another_post_does_nothing(
    people: People, addresses: dict[str, str], client_of: Callable[[str], Client]
) -> None:
    other = Post.objects.create(user=people.user("li"), office=people.office("370102"), role="officer", since=DAY)
    client = client_of("li")
    client.post("/post/", {"post": people.posts["li"].pk})
    answer = client.post(addresses["lock"], {"reason": "可疑登录", "as_post": other.pk})
    assert (answer.status_code, people.user("wang").is_active) == (409, True)


def test_a_leak_would_be_seen(
    addresses: dict[str, str], client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever forgets to ask whose person it is, or for whom the page is, turns a cell."""
    from spotcheck.administration.web import guarding
    from spotcheck.parties.models import User
    from spotcheck.registers import people as registered

    assert client_of("qing").get(addresses["person"]).status_code == 404
    monkeypatch.setattr(registered, "in_sight", lambda _by: User.objects.all())
    assert client_of("qing").get(addresses["person"]).status_code == 200
    assert client_of("zhou").get(addresses["book"]).status_code == 403
    monkeypatch.setattr(guarding, "entitles", lambda _post, _name: True)
    assert client_of("zhou").get(addresses["book"]).status_code == 200


def test_administrators_see_none_of_the_cases(client_of: Callable[[str], Client]) -> None:
    for who in ("jia", "shen", "yun", "ji", "li"):
        client = client_of(who)
        assert client.get("/").status_code == 302
        for address in ("/dossiers/", "/papers/", "/messages/"):
            assert client.get(address).status_code == 200


def test_who_confirms_has_the_post_made(people: People, addresses: dict[str, str], client_of) -> None:
    assert client_of("jin").post(addresses["decide"], {"what": "confirm"}).status_code == 302
    assert Post.objects.filter(user__username="xin", role="administrator").exists()
    assert proposals.open_for(people.by("jin")).count() == 0
