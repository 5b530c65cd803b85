"""Credentials: who issues them, how long they last, and that a program is let in by nothing else (RFC 6749, 7009, 7523)."""

import base64
import json
from datetime import date, timedelta
from typing import Any

import pytest
from jwcrypto.jwk import JWK
from jwcrypto.jws import JWS

from spotcheck.api import credentials
from spotcheck.api.credentials import Issued
from spotcheck.api.models import Credential
from spotcheck.api.oauth import assertions
from spotcheck.docket import clock
from spotcheck.docket.models import Record
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import NotDone
from tests.api.conftest import COMMAND, TODAY, Program, program_of
from tests.desk.world import World

SOON = TODAY + timedelta(days=100)


def _issue(world: World, **more: Any) -> Issued:
    wanted = {"label": "LIMS", "scopes": ["cases:read"], "expires_on": SOON, "by": COMMAND} | more
    return credentials.issue(world.offices["lab"], **wanted)


def test_a_secret_is_shown_once_and_kept_as_a_hash(world: World, today: date) -> None:
    issued = _issue(world)
    kept = Credential.objects.get(pk=issued.credential.pk)
    assert issued.secret.startswith("sck_")
    assert issued.secret not in json.dumps([str(value) for value in vars(kept).values()])
    line = Record.objects.get(kind="credential.issue")
    assert issued.secret not in json.dumps(line.after)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["cases:read", "everything"]}, "scopes"),
        ({"networks": ["10.2.0.0/99"]}, "networks"),
        ({"expires_on": TODAY + timedelta(days=401)}, "expiry"),
        ({"expires_on": TODAY - timedelta(days=1)}, "expiry"),
        ({"public_jwk": JWK.generate(kty="EC", crv="P-256").export(as_dict=True)}, "key"),
        ({"public_jwk": JWK.generate(kty="oct", size=256).export(as_dict=True)}, "key"),
        ({"label": " "}, "missing"),
    ],
)
def test_what_cannot_be_a_credential_is_refused(world: World, today: date, wrong: dict[str, Any], reason: str) -> None:
    with pytest.raises(NotDone) as refused:
        _issue(world, **wrong)
    assert reason in refused.value.names
    assert not Credential.objects.exists()


def test_three_are_live_at_most_and_only_laboratories_have_them(world: World, today: date) -> None:
    first = _issue(world)
    for _each in range(2):
        _issue(world)
    with pytest.raises(NotDone) as refused:
        _issue(world)
    assert refused.value.names == ("three_live",)
    credentials.revoke(first.credential, by=COMMAND, reason="换密钥")
    _issue(world)
    with pytest.raises(NotDone) as refused:
        credentials.issue(world.offices["county"], by=COMMAND, label="x", scopes=["cases:read"], expires_on=SOON)
    assert refused.value.names == ("not_a_laboratory",)


def test_the_first_comes_from_the_province_and_an_office_rotates_what_it_has(world: World, today: date) -> None:
    """What a body issues itself reaches no farther than what it has."""
    above, own = _administrator(world, "province"), _administrator(world, "lab")
    with pytest.raises(NotDone) as refused:
        _issue(world, by=own)
    assert refused.value.names == ("wider",)
    _issue(world, by=above, scopes=["cases:read", "custody:write"], networks=["10.2.0.0/16"])
    _issue(world, by=own, scopes=["cases:read"], networks=["10.2.0.0/16"])
    for wider in ({"scopes": ["reports:write"]}, {"networks": []}):
        with pytest.raises(NotDone) as refused:
            _issue(world, **({"by": own, "networks": ["10.2.0.0/16"]} | wider))
        assert refused.value.names == ("wider",)
    with pytest.raises(NotDone) as refused:
        _issue(world, by=_administrator(world, "retest_lab"))
    assert refused.value.names == ("manages",)


def _administrator(world: World, name: str) -> Doer:
    from spotcheck.parties.models import Post, User

    user = User.objects.create_user(f"admin-{name}", full_name="管理员")
    post = Post.objects.create(
        user=user, office=world.offices[name], role="administrator", since=date(2021, 1, 1), entitlements=["manages"]
    )
    return Doer(post=post)


def test_a_token_is_given_for_the_secret_and_for_nothing_else(world: World, today: date) -> None:
    program = Program(_issue(world))
    assert program.fetch_token(client_secret="sck_wrong").status_code == 401
    assert program.fetch_token(client_id="sc-nobody").status_code == 401
    assert program.fetch_token(grant_type="password", username="a", password="b").status_code == 400
    assert program.fetch_token(grant_type="authorization_code", code="x").status_code == 400
    assert program.fetch_token(scope="reports:write").json()["error"] == "invalid_scope"
    answer = program.fetch_token()
    said = answer.json()
    assert (said["token_type"], said["expires_in"], said["scope"]) == ("Bearer", 900, "cases:read")
    assert "refresh_token" not in said
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_token_lies_in_the_database_and_none_is_taken_from_an_address(world: World, today: date) -> None:
    from oauth2_provider.models import get_access_token_model

    program = program_of(world, "lab")
    kept = get_access_token_model().objects.get()
    assert program.token not in {str(value) for value in vars(kept).values()}
    assert program.client.get(f"/api/v1/me?access_token={program.token}").status_code == 401


def test_what_is_revoked_or_over_is_not_taken_from_the_next_request_on(world: World, today: date) -> None:
    program = program_of(world, "lab")
    assert program.get("/me").status_code == 200
    credential = program.issued.credential
    with clock.simulated(credential.expires_on + timedelta(days=1)):
        assert program.get("/me").status_code == 401
        assert program.fetch_token().status_code == 401
    credentials.revoke(credential, by=COMMAND, reason="遗失")
    refused = program.get("/me")
    assert refused.status_code == 401
    assert 'error="invalid_token"' in refused.headers["WWW-Authenticate"]
    assert program.fetch_token().status_code == 401


def test_a_token_that_is_given_back_is_none_any_more(world: World, today: date) -> None:
    program, other = program_of(world, "lab"), program_of(world, "retest_lab")
    assert _give_back(other, program.token).status_code == 200  # says nothing of a token of others
    assert program.get("/me").status_code == 200
    assert _give_back(program, program.token).status_code == 200
    assert program.get("/me").status_code == 401


def _give_back(program: Program, token: str) -> Any:
    from urllib.parse import urlencode

    issued = program.issued
    body = {"token": token, "client_id": issued.credential.client_id, "client_secret": issued.secret}
    kind = "application/x-www-form-urlencoded"
    return program.client.post("/api/v1/oauth/revoke", urlencode(body), content_type=kind)


def test_a_token_is_taken_from_the_networks_of_the_credential_only(world: World, today: date) -> None:
    program = Program(_issue(world, networks=["127.0.0.0/8"]))
    assert program.fetch_token().status_code == 200
    assert program.get("/me").status_code == 200
    program.client.defaults["REMOTE_ADDR"] = "203.0.113.9"
    assert program.get("/me").status_code == 401
    assert program.fetch_token().status_code == 401


def test_without_the_scope_it_is_refused_with_a_challenge(world: World, today: date) -> None:
    program = program_of(world, "lab", "custody:write")
    refused = program.get("/cases")
    assert refused.status_code == 403
    assert 'error="insufficient_scope", scope="cases:read"' in refused.headers["WWW-Authenticate"]
    assert refused.json()["type"] == "/problems/scope-missing"


def test_whoever_guesses_secrets_has_to_wait(world: World, today: date) -> None:
    program = Program(_issue(world))
    program.client.defaults["REMOTE_ADDR"] = "127.9.9.9"
    answers = [program.fetch_token(client_secret=f"sck_{each}") for each in range(12)]
    assert answers[0].status_code == 401
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert program.fetch_token().status_code == 429


KEY = JWK.generate(kty="EC", crv="P-256")


def _assertion(client: str, *, key: JWK = KEY, alg: str = "ES256", **claims: Any) -> str:
    now = int(clock.now().timestamp())
    said = {
        "iss": client,
        "sub": client,
        "aud": assertions.audience(),
        "exp": now + 120,
        "iat": now,
        "jti": base64.b64encode(json.dumps(sorted(map(str, claims.items()))).encode()).decode()[:150] + "x",
    } | claims
    signed = JWS(json.dumps(said))
    signed.allowed_algs = [alg]
    signed.add_signature(key, alg=alg, protected=json.dumps({"alg": alg}))
    return signed.serialize(compact=True)


def _ask(program: Program, assertion: str, **more: str) -> int:
    from urllib.parse import urlencode

    body = {
        "grant_type": "client_credentials",
        "client_assertion_type": assertions.KIND,
        "client_assertion": assertion,
    } | more
    kind = "application/x-www-form-urlencoded"
    return program.client.post("/api/v1/oauth/token", urlencode(body), content_type=kind).status_code


def test_a_program_proves_itself_by_its_key_and_seven_attacks_are_refused(world: World, today: date) -> None:
    program = Program(_issue(world, public_jwk=KEY.export_public(as_dict=True)))
    assert program.issued.secret == ""
    name = program.issued.credential.client_id
    good = _assertion(name)
    assert _ask(program, good) == 200
    now = int(clock.now().timestamp())
    secret = JWK.from_json(json.dumps({"kty": "oct", "k": base64.urlsafe_b64encode(b"x" * 32).decode().rstrip("=")}))
    attacks = {
        "replay": good,
        "another audience": _assertion(name, aud="https://elsewhere.example/token"),
        "over": _assertion(name, exp=now - 1),
        "good for three hours": _assertion(name, exp=now + 3 * 3600),
        "another key": _assertion(name, key=JWK.generate(kty="EC", crv="P-256"), jti="other"),
        "a symmetric key": _assertion(name, key=secret, alg="HS256", jti="hs"),
        "somebody else's name": _assertion(name, sub="sc-other", jti="sub"),
        "no end": _assertion(name, exp=None, jti="noend"),
        "no name of its own": _assertion(name, jti=""),
        "unsigned": _unsigned(good),
        "nested without end": "[" * 5_000,
        "nested without end inside": f"{good.split('.')[0]}.{_coded(b'[' * 20_000)}.{good.split('.')[2]}",
        "a number without end": f"{good.split('.')[0]}.{_coded(b'1' * 5_000)}.{good.split('.')[2]}",
    }
    program.client.defaults["REMOTE_ADDR"] = "127.8.8.8"
    assert {what: _ask(program, attack) for what, attack in attacks.items()} == dict.fromkeys(attacks, 401)


def test_nobody_proves_himself_in_two_ways_at_once(world: World, today: date) -> None:
    program = Program(_issue(world, public_jwk=KEY.export_public(as_dict=True)))
    assert _ask(program, _assertion(program.issued.credential.client_id), client_secret="") == 200
    assert _ask(program, _assertion(program.issued.credential.client_id, jti="two"), client_secret="x") == 401
    assert program.fetch_token(client_secret="").status_code == 401


def _coded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _unsigned(assertion: str) -> str:
    head = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    return f"{head}.{assertion.split('.')[1]}."


def test_what_the_server_can_do_is_said_where_programs_look(client: Any) -> None:
    said = client.get("/.well-known/oauth-authorization-server").json()
    assert said["grant_types_supported"] == ["client_credentials"]
    assert said["token_endpoint"].endswith("/api/v1/oauth/token")


def test_what_is_over_is_forgotten(world: World, today: date) -> None:
    from oauth2_provider.models import get_access_token_model

    from spotcheck.api import forgetting
    from spotcheck.api.models import UsedAssertion

    program = Program(_issue(world, public_jwk=KEY.export_public(as_dict=True)))
    assert _ask(program, _assertion(program.issued.credential.client_id)) == 200
    tokens = get_access_token_model().objects
    tokens.update(expires=clock.later(clock.now(), 60))
    assert forgetting.forget_old() == 0
    with clock.simulated(TODAY + timedelta(days=3)):
        assert forgetting.forget_old() == 2
    assert not tokens.exists()
    assert not UsedAssertion.objects.exists()
