"""Every address of every door has its row in a matrix of rights, or stands here with the reason why it needs none.

Pages of the desk and of the administration are asked for by each kind of post in their own matrices. What strangers and
programs get is asked here, address by address.
"""

import re
from dataclasses import replace
from typing import Final

import pytest
from django.test import Client

from spotcheck.api.doors import Door
from spotcheck.docket import clock
from spotcheck.parties.models import Office, Post, User
from tests import addresses
from tests.addresses import Address
from tests.administration import test_rights as administration
from tests.desk import test_rights as desk
from tests.laboratories import test_matrix as laboratories
from tests.matrices import Matrix
from tests.tablet import test_rights as tablet

_PART: Final = re.compile(r"<(?:\w+:)?(\w+)>")
_TOKEN: Final = re.compile(r'value="[A-Za-z0-9]{64}"')
MACHINES: Final = {
    "/livez": "says only that the process answers (ground/test_site.py)",
    "/healthz": "says only that a sweep was there (ground/test_site.py)",
    "/readyz": "says by name which part fails (ground/test_site.py)",
    "/metrics": "this machine, or who brings the token (ground/test_site.py)",
    "/.well-known/oauth-authorization-server": "where programs find the door (RFC 8414)",
    "/api/<path:rest>": "answers programs that there is nothing",
    "set_language": "the language of the next page, for everybody",
    "problem": "what a sort of refusal means, for everybody",
    "demo_go_on": "only in the demonstration, which starts on loopback only (demo)",
}
PUBLIC: Final = {
    "public:entrance": "stands on papers: everybody may ask for a code",
    "public:paper": "stands on papers: answers whoever has the code, by its status",
    "public:check": "stands on papers: compares a file with the code",
    "public:calendar": "answers whoever has the secret address, with numbers and days only (desk/test_calendar.py)",
    "public:draw": "draws again from a protocol that somebody brings",
}
ENTRANCE: Final = {
    # Strangers are let in here, because they are not in yet; each door of it has its own tests (tests/signin).
    "account_login": 200,
    "demo_login": 405,
    "sign_in_again": 200,
    "sign_in_again_key": 200,
    "mfa_login_webauthn": 302,
    "mfa_authenticate": 302,
    "sso_prove": 404,
    "openid_connect_login": 405,
    "openid_connect_callback": 404,
    "account_logout": 405,
    "session_rest": 200,
    "session_stay": 405,
    "account_link": 410,
    "account_forgotten": 404,
    "account_forgotten_link": 404,
    "account_unlock": 404,
    "account_confirm_address": 404,
    "account_address": 404,
}
"""What a stranger gets of the entrance where no mail is set; everything else of it leads him to its first page."""
OPEN_TO_PROGRAMS: Final = {
    "api:token": "where a program proves itself",
    "api:revoke": "a program gives its token back, proving itself",
    "api:schema": "the description of the door, which says nothing of anybody",
    "api:docs": "the same as a page",
}
TABLET: Final = {
    "tablet:application": "the page of the sampler's application, the same for everybody, with no case in it",
    "tablet:part": "the files that it consists of, by a list of names (field/test_building.py)",
}
MATRICES: Final = (desk.PAGES, administration.SENT, administration.PAGES, tablet.DOOR, tablet.DEVICES)
OPERATING: Final = {"operating", "doctor"}
"""In the matrix of the administration, by their addresses."""


def of(door: str) -> list[Address]:
    return [one for one in addresses.every() if one.door == door]


def programs() -> list[Address]:
    """The addresses at which a program wants a token."""
    return [one for one in [*of("api"), *of("laboratories")] if one.key not in OPEN_TO_PROGRAMS]


def methods_of(one: Address) -> set[str]:
    """What can be done at the address of a door of programs."""
    return {name.upper() for name in ("get", "post", "put", "patch", "delete") if hasattr(one.view.view_class, name)}


def entrance() -> list[Address]:
    return [one for one in addresses.every() if not one.door and one.key not in MACHINES and one.name not in OPERATING]


def test_every_address_has_a_row_or_a_reason() -> None:
    """A new address is named here until its rights are said."""
    without = []
    doors = {matrix.door: matrix for matrix in MATRICES}
    for one in addresses.every():
        if one.door in doors:
            has_row = doors[one.door].has(one.name)
        elif one.door in {"api", "laboratories"}:
            has_row = one.key in OPEN_TO_PROGRAMS or issubclass(getattr(one.view, "view_class", object), Door)
        elif one.door == "public":
            has_row = one.key in PUBLIC
        elif one.door == "tablet":
            has_row = one.key in TABLET
        else:
            has_row = one.key in MACHINES or one.name in OPERATING or one in entrance()
        if not has_row:
            without.append(one.key)
    assert without == []


@pytest.mark.parametrize("matrix", MATRICES, ids=lambda matrix: matrix.door)
def test_every_matrix_is_whole(matrix: Matrix) -> None:
    """Each address of the door has its row, each row its address and a cell for everybody."""
    assert matrix.complaints() == []


def test_a_row_that_is_missing_would_be_seen() -> None:
    whole = desk.PAGES
    rows = {name: cells for name, cells in whole.rows.items() if name != "why"} | {"nowhere": (200,)}
    said = replace(whole, rows=rows).complaints()
    assert said == ["desk:why has no row", "desk:nowhere is not there", "desk:nowhere is not said of everybody"]


def test_every_operation_of_programs_has_a_row_of_its_own() -> None:
    """Read off the resolver, method by method; what tablets do has its rows in theirs."""
    rows = {(method, f"/api/v1{path}") for method, path in laboratories.ROWS}
    asked = {(method, _PART.sub(r"{\1}", f"/{one.route}")) for one in programs() for method in methods_of(one)}
    assert asked == rows


def test_nothing_is_listed_that_is_not_there() -> None:
    """A reason for an address that has gone would hide the next one of its name."""
    there = {one.key for one in addresses.every()} | {"demo_go_on"}
    assert set(MACHINES) | set(PUBLIC) | set(ENTRANCE) | set(OPEN_TO_PROGRAMS) | set(TABLET) <= there


@pytest.mark.django_db
def test_a_stranger_gets_no_further_than_the_entrance(settings) -> None:
    """Address by address, also those that are written tomorrow: his own account is for who is signed in."""
    settings.MAIL = None
    settings.SSO = None
    stranger, found = Client(), {}
    for one in entrance():
        answer = stranger.get(one.filled())
        led = answer.status_code == 302 and answer.url.split("?")[0] == "/login/"
        if not (led and one.name not in ENTRANCE):
            found[one.name] = answer.status_code
    assert found == ENTRANCE


PUBLIC_ROWS: Final = {
    "entrance": 200,
    "paper": 404,  # nobody has issued it
    "check": 405,
    "calendar": 404,  # nobody has this secret
    "draw": 200,
}
"""What is answered at an address that stands on papers, whoever asks."""


@pytest.mark.django_db
def test_what_stands_on_papers_answers_everybody_alike() -> None:
    """Strangers, each kind of post, and who has none: nothing of it depends on who is signed in."""
    county = Office.objects.get(code="370102")
    assert {f"public:{name}" for name in PUBLIC_ROWS} == set(PUBLIC)
    askers = [Client()]
    for role in (*Post.Role.values, ""):
        user = User.objects.create_user(f"public-{role}", password=None)
        if role and role != Post.Role.ENTERPRISE:
            Post.objects.create(user=user, office=county, role=role, since=clock.today())
        askers.append(Client())
        askers[-1].force_login(user)
    found = {one.name: [asker.get(one.filled()) for asker in askers] for one in of("public")}
    assert {name: {one.status_code for one in answers} for name, answers in found.items()} == {
        name: {status} for name, status in PUBLIC_ROWS.items()
    }
    for name, answers in found.items():
        said = {_TOKEN.sub("", one.content.decode()) for one in answers}
        assert len(said) == 1, name


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["desk", "administration"])
def test_a_stranger_is_led_to_the_entrance_by_every_page(door: str) -> None:
    """Whatever stands in its parts: that there is a dossier, a person, a paper is told to nobody."""
    stranger = Client()
    for one in of(door):
        for answer in (stranger.get(one.filled()), stranger.post(one.filled())):
            led = answer.status_code == 302 and answer.url.split("?")[0] == "/login/"
            assert led or answer.status_code == 405, (one.key, answer.status_code)


@pytest.mark.django_db
def test_a_program_without_a_token_is_told_nothing() -> None:
    """Every method of every address of programs wants a scope, and a token before anything else."""
    stranger = Client()
    for one in programs():
        asked = methods_of(one)
        assert asked, one.key
        for method in asked:
            answer = stranger.generic(method, one.filled(), b"{}", content_type="application/json")
            assert answer.status_code in {401, 403}, (one.key, method, answer.status_code)
            assert answer.headers["Content-Type"] == "application/problem+json", (one.key, method)
