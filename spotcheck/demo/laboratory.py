"""The laboratory of the demo: its people with their numbers, its rule of detail, its files, its program (9, 27 to 31).

What it hands in are real files, as plain as may be, and every one says that it is made up.
"""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

import structlog
import yaml
from django.test import RequestFactory
from django.urls import resolve
from oauth2_provider.models import get_access_token_model

from spotcheck.api import credentials, secret
from spotcheck.api.scopes import SCOPES
from spotcheck.demo import days, names
from spotcheck.demo.accounts import LAB, LABORANTS, RETEST_LAB, TECHNICAL_BODY, Person
from spotcheck.docket import clock
from spotcheck.docket.evidence import Attached
from spotcheck.files.keeping import keep_bytes
from spotcheck.files.models import Upload
from spotcheck.files.reasons import FileRefused
from spotcheck.files.scanning import Silent
from spotcheck.notices.binding import register_page
from spotcheck.notices.render import FontsMissing
from spotcheck.parties.models import Office, Post, StaffNumber, User
from spotcheck.planning import detail_rules
from spotcheck.planning.models import DetailRule
from spotcheck.registers.doer import Doer
from spotcheck.rules.entitlements import OF_LABORATORIES
from spotcheck.rules.limit_texts import limit

logger = structlog.get_logger(__name__)

SINCE_DAYS: Final = 400
"""So long before the demo's last day the laboratory has divided its work: before anything that runs now."""
ANALYST, TESTER, SIGNATORY = "J1001", "J1002", "J1003"
"""The staff numbers of who does everything, of a colleague, and of who signs."""
_NUMBERS: Final = (
    (LAB, "demo.lab", ANALYST),
    (LAB, "demo.tester", TESTER),
    (LAB, "demo.signatory", SIGNATORY),
    (RETEST_LAB, "demo.retest", "F2001"),
    (TECHNICAL_BODY, "demo.technical", "S3001"),
)
_LASTS_DAYS: Final = 300
_MINUTE: Final = 60
_PROGRAM: Final = "检验管理系统（演示）"
_NOTE: Final = "演示用文件，由演示数据生成，不是真实检验机构出具的报告。"


def divide_work(until: date) -> None:
    """Give the people of the laboratories their numbers, and those of the first one what they are entitled to there.

    A post is never changed: the one that entitled to nothing ends, and another one begins.
    """
    since = days.after(until, -SINCE_DAYS)
    lab = Office.objects.get(code=LAB)
    for post in Post.objects.filter(user__username="demo.lab", office=lab, until=None):
        post.until = days.after(since, -1)
        post.save(update_fields=["until"])
        Post.objects.create(
            user=post.user, office=lab, role=post.role, since=since, entitlements=sorted(OF_LABORATORIES)
        )
    for person in LABORANTS:
        _join(person, lab, since)
    for code, username, number in _NUMBERS:
        office, user = Office.objects.get(code=code), User.objects.get(username=username)
        StaffNumber.objects.get_or_create(office=office, user=user, defaults={"number": number})


def _join(person: Person, office: Office, since: date) -> None:
    user, new = User.objects.get_or_create(
        username=person.username, defaults={"full_name": names.person("account", person.username)}
    )
    if new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    given = {"since": since, "entitlements": list(person.entitlements)}
    Post.objects.get_or_create(user=user, office=office, role=person.post, defaults=given)


# The rule of detail


@cache
def _rule() -> dict[str, Any]:
    text = files("spotcheck.demo").joinpath("detail_rule.yaml").read_text(encoding="utf-8")
    said: dict[str, Any] = yaml.safe_load(text)
    return said


def publish_rule(*, on: date, by: Post) -> DetailRule:
    """The rule of detail of the demo, published by somebody of the province."""
    said = dict(_rule())
    items = [_item(one) for one in said.pop("items")]
    return detail_rules.publish(detail_rules.add(said | {"valid_from": on}, items, by=by.user), by=by)


def _item(said: Mapping[str, str]) -> dict[str, Any]:
    """An item of the rule as the sheet of a province says it."""
    unit = said.get("unit", "")
    holds = limit(
        said["limit"],
        kind=said.get("as", ""),
        unit=unit,
        comparison=said.get("comparison", ""),
        interval=said.get("interval", ""),
    )
    return {
        "number": said["number"],
        "code": f"YS-{int(said['number']):02d}",
        "name": said["name"],
        "kind": said.get("kind", "safety" if said["importance"] == "A" else "performance"),
        "importance": said["importance"],
        "method": said["method"],
        "judged_by": "GB/T 5023.3-2008",
        "mandatory": said["importance"] == "A",
        "limit": holds,
        "unit": unit,
        "required_lod": "",
        "reproducible": True,
        "remark": "",
    }


# What was found

_SPECIMENS: Final = ("0.71", "0.69", "0.74", "0.70", "0.68", "0.72")
GOOD: Final[tuple[dict[str, Any], ...]] = (
    {"number": "1", "text": "标志内容完整、清晰", "verdict": "pass"},
    {"number": "2", "value": "0.86", "unit": "mm", "uncertainty": {"value": "0.02", "k": "2"}},
    {"number": "3", "specimens": [{"value": one} for one in _SPECIMENS], "unit": "mm"},
    {"number": "4", "value": "7.28", "unit": "Ω/km", "uncertainty": {"value": "0.03", "k": "2"}},
    {"number": "5", "present": False},
    {"number": "6", "value": "14.62", "unit": "N/mm²"},
    {"number": "7", "value": "10", "qualifier": "<", "lod": "10", "unit": "mg/kg"},
    {"number": "8", "value": "3.42", "unit": "mm"},
)
"""A result of each item, all of them good."""


def found(others: Mapping[str, Mapping[str, Any]] | None = None) -> list[dict[str, Any]]:
    """The results of all items, those of some of them otherwise, by their numbers."""
    return [one | dict((others or {}).get(one["number"], {})) for one in GOOD]


# Files


def paper(
    kind: str, title: str, lines: Sequence[tuple[str, str]], items: Sequence[Sequence[str]] = ()
) -> list[Attached]:
    """A file of this kind that comes with an act: one page that says what it is; none where no page can be drawn."""
    try:
        content = register_page(f"{title}（演示）", lines, items, _NOTE)
        stored = keep_bytes(content, at=clock.now())
    except (FontsMissing, FileRefused, Silent) as fault:
        logger.info("a file of the demo was not made", title=title, why=str(fault))
        return []
    return [Attached(kind, stored, f"{title}.pdf")]


def picture() -> list[Attached]:
    """A photograph of a seal, as far as a demo has one."""
    content = files("spotcheck.demo").joinpath("slip.png").read_bytes()
    try:
        return [Attached("photo", keep_bytes(content, at=clock.now()), "封条.png")]
    except (FileRefused, Silent) as fault:
        logger.info("a picture of the demo was not kept", why=str(fault))
        return []


def handed_in(attached: Sequence[Attached]) -> str:
    """A file that the program has handed in and that waits for an act: its id, empty where there is none."""
    owner, lasts = f"office:{LAB}", days.after(clock.today(), 1)
    until = datetime(lasts.year, lasts.month, lasts.day, tzinfo=clock.SHANDONG)
    made = [
        Upload.objects.create(
            owner=owner,
            office=owner,
            name=one.name,
            size=one.stored.size,
            received=one.stored.size,
            stored=one.stored,
            expires_at=until,
        )
        for one in attached
    ]
    return str(made[0].pk) if made else ""


# The program


@dataclass(frozen=True, slots=True)
class Program:
    """The laboratory's program, which knocks at the same door as any other."""

    token: str

    @classmethod
    def of_the_laboratory(cls) -> "Program":
        """The program, by its credential, which is issued with the first request, and a token for a minute.

        The door reads the clock of the database, whatever day it is in a story.
        """
        office, label = Office.objects.get(code=LAB), _PROGRAM
        credential = credentials.of_office(office).filter(label=label).first()
        if credential is None:
            credential = credentials.issue(
                office,
                by=Doer(account="demo"),
                label=label,
                scopes=list(SCOPES),
                expires_on=days.after(clock.today(), _LASTS_DAYS),
            ).credential
        token = secret.token()
        get_access_token_model().objects.create(
            application=credential,
            token=token,
            token_checksum=secret.digest(token),
            expires=datetime.fromtimestamp(time.time() + _MINUTE, UTC),
            scope=" ".join(SCOPES),
        )
        return cls(token)

    def ask(self, method: str, path: str, body: Mapping[str, Any], **headers: str) -> int:
        """Send one request to an address below ``/api/v1``; the status of what is answered."""
        request = RequestFactory().generic(
            method,
            f"/api/v1{path}",
            json.dumps(body),
            "application/json",
            headers={"Authorization": f"Bearer {self.token}", "Host": "127.0.0.1"} | headers,
        )
        request.resolver_match = match = resolve(f"/api/v1{path}")
        answer = match.func(request, *match.args, **match.kwargs)
        return int(answer.status_code)
