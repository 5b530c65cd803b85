"""Credentials of programs on the pages of who manages people: shown once, listed, revoked, in both languages."""

import re
from collections.abc import Callable

from django.test import Client

from spotcheck.api.models import Credential
from tests.registers.conftest import DAY, People


def _sent(people: People, **more: str) -> dict[str, str]:
    return {
        "office": str(people.office("YS-JY").pk),
        "label": "样品管理系统",
        "scopes": "cases:read",
        "expires_on": DAY.isoformat(),
    } | more


def test_a_secret_is_shown_once_and_a_revoked_one_is_told(people: People, client_of: Callable[[str], Client]) -> None:
    client = client_of("jia")
    page = client.post("/administration/programs/new/", _sent(people)).content.decode()
    (secret,) = re.findall(r"sck_[\w-]+", page)
    credential = Credential.objects.get()
    assert (credential.issued_by, credential.scopes) == (people.user("jia"), ["cases:read"])
    listed = client.get("/administration/programs/").content.decode()
    assert credential.client_id in listed
    assert secret not in listed
    client.post(f"/administration/programs/{credential.pk}/revoke/", {"reason": "换密钥"})
    assert "已撤销" in client.get("/administration/programs/").content.decode()


def test_what_cannot_be_issued_is_told_beside_its_inputs(people: People, client_of: Callable[[str], Client]) -> None:
    client = client_of("jia")
    for wrong, says in (
        ({"expires_on": "2099-01-01"}, "四百天"),
        ({"networks": "10.2.0.0/99"}, "网络的写法不对"),
        ({"public_jwk": "{}"}, "密钥只显示这一次"),  # no key: a secret is issued
        ({"public_jwk": '{"kty": "oct", "k": "AA"}'}, "公钥不可用"),
        ({"public_jwk": "[1]"}, "公钥须是 JWK 格式"),
        ({"public_jwk": "{"}, "公钥须是 JWK 格式"),
        ({"public_jwk": "[" * 60_000}, "公钥须是 JWK 格式"),
        ({"public_jwk": "1" * 5_000}, "公钥须是 JWK 格式"),
        ({"public_jwk": '{"kty": "EC", "kty": "oct"}'}, "公钥须是 JWK 格式"),
    ):
        assert says in client.post("/administration/programs/new/", _sent(people, **wrong)).content.decode(), wrong


def test_a_body_does_not_give_itself_the_first_one(people: People, client_of: Callable[[str], Client]) -> None:
    answer = client_of("yan").post("/administration/programs/new/", _sent(people))
    assert answer.status_code == 409
    assert "请省局签发" in answer.content.decode()
