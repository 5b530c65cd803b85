"""Four eyes over how somebody comes in: second factors taken away, the single sign-on linked and unlinked by hand."""

from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.test import Client

from spotcheck.docket import clock, deliveries
from spotcheck.docket.models import Delivery, Record
from spotcheck.network import mail
from spotcheck.network.single import SingleSignOn
from spotcheck.registers.models import Proposal
from spotcheck.registers.refusals import NotDone
from spotcheck.rules.book import PROPOSED
from spotcheck.signin import recent, resetting
from spotcheck.signin.models import ConfirmedAddress
from tests.registers.conftest import People

PASSWORD = "Yz7#quiet-Lantern"
PAGE = "/administration/people/wang/"


@pytest.fixture
def wang(people: People):
    """An officer with an authenticator, recovery codes, a confirmed address, and a session somewhere."""
    user = people.user("wang")
    user.email = "wang@example.org"
    user.save()
    ConfirmedAddress.objects.create(user=user, address=user.email, since=clock.now())
    for kind in ("totp", "recovery_codes", "webauthn"):
        Authenticator.objects.create(user=user, type=kind, data={})
    return user


@pytest.fixture
def single(settings):
    settings.SSO = SingleSignOn("province", "https://id.example.org", "spotcheck", "secret", "staff_number")


def signed_in(user) -> Client:
    """Somewhere else, for which no second factor was asked at that time."""
    user.set_password(PASSWORD)
    user.save()
    kept = list(Authenticator.objects.filter(user=user))
    Authenticator.objects.filter(user=user)._raw_delete("default")
    client = Client()
    assert client.post("/login/", {"login": user.username, "password": PASSWORD}).status_code == 302
    Authenticator.objects.bulk_create(kept)
    return client


def confirm(client: Client) -> Proposal:
    proposal = Proposal.objects.get(outcome="")
    client.post(f"/administration/proposals/{proposal.pk}/", {"what": "confirm"})
    proposal.refresh_from_db()
    return proposal


def test_what_is_proposed_has_words():
    from spotcheck.registers import proposals

    assert set(PROPOSED) == set(proposals.CARRIED)


def test_two_administrators_take_a_second_factor_away(people: People, wang, client_of):
    elsewhere = signed_in(wang)
    assert UserSession.objects.filter(user=wang).count() == 1
    assert client_of("li").post(f"{PAGE}factor/", {"reason": ""}).status_code == 422
    assert client_of("li").post(f"{PAGE}factor/", {"reason": "手机丢失"}).url == PAGE
    assert client_of("li").post(f"{PAGE}factor/", {"reason": "手机丢失"}).status_code == 409  # it waits already
    assert confirm(client_of("li")).outcome == ""  # not by whoever proposed it
    assert Authenticator.objects.filter(user=wang).count() == 3
    own = Record.objects.filter(kind="sign_in.factor").count()
    page = client_of("jin").get("/administration/proposals/").content.decode()
    assert "重置第二重验证" in page
    assert confirm(client_of("jin")).outcome == "confirmed"
    assert not Authenticator.objects.filter(user=wang).exists()
    assert not UserSession.objects.filter(user=wang).exists()
    assert elsewhere.get("/account/").url.startswith("/login/")
    line = Record.objects.filter(kind="people.confirm").latest("pk")
    assert (line.user.username, line.second_user.username, line.after["kind"]) == ("jin", "li", "factor")
    assert Record.objects.filter(kind="sign_in.factor").count() == own  # he has done nothing himself


def test_the_person_is_told_by_mail(people: People, wang, settings):
    settings.MAIL = mail.server_of("smtp://127.0.0.1:1", password_file="", sender="a@b")
    resetting.reset_factor(wang, by=people.by("li"), reason="手机丢失")
    from spotcheck.registers import proposals

    proposals.confirm(Proposal.objects.get(outcome=""), by=people.by("jin"))
    delivery = Delivery.objects.get(kind="ways_changed")
    letter = deliveries.COMPOSERS["ways_changed"](delivery)
    assert letter.to == "wang@example.org"
    assert "重置第二重验证" in letter.text
    assert "reset the second factor" in letter.text
    assert "王" not in letter.subject
    ConfirmedAddress.objects.all().delete()
    assert deliveries.COMPOSERS["ways_changed"](delivery) is None  # nobody has said that it is his


@pytest.mark.parametrize(("who", "reason"), [("wang", "not_oneself"), ("qing", "manages"), ("zhou", "manages")])
def test_who_may_not_propose_it(people: People, wang, who, reason):
    with pytest.raises(NotDone) as refused:
        resetting.reset_factor(wang, by=people.by(who), reason="手机丢失")
    assert reason in refused.value.names


def test_nobody_confirms_it_for_himself(people: People, wang):
    from spotcheck.registers import proposals

    li = people.user("li")
    Authenticator.objects.create(user=li, type="totp", data={})
    proposal = resetting.reset_factor(li, by=people.by("jin"), reason="手机丢失")
    with pytest.raises(NotDone) as refused:
        proposals.confirm(proposal, by=people.by("li"))
    assert "not_oneself" in refused.value.names
    with pytest.raises(NotDone, match="没有设置第二重验证"):
        resetting.reset_factor(people.user("zhao"), by=people.by("li"), reason="手机丢失")


def test_an_account_is_linked_and_unlinked_by_two(people: People, wang, single, client_of):
    SocialAccount.objects.create(user=people.user("zhao"), provider="province", uid="s-9")
    taken = client_of("li").post(f"{PAGE}single/", {"subject": "s-9", "reason": "工号不一致"})
    assert (taken.status_code, "已经关联另一个账号" in taken.content.decode()) == (409, True)
    assert client_of("li").post(f"{PAGE}single/", {"subject": "s-1", "reason": "工号不一致"}).url == PAGE
    assert not SocialAccount.objects.filter(user=wang).exists()
    assert "s-1" in client_of("jin").get("/administration/proposals/").content.decode()
    signed_in(wang)
    assert confirm(client_of("jin")).outcome == "confirmed"
    assert SocialAccount.objects.get(user=wang).uid == "s-1"
    assert not UserSession.objects.filter(user=wang).exists()
    assert "已关联" in client_of("li").get(PAGE).content.decode()
    assert client_of("li").post(f"{PAGE}single/end/", {"reason": "换了账号"}).url == PAGE
    assert confirm(client_of("jin")).outcome == "confirmed"
    assert not SocialAccount.objects.filter(user=wang).exists()
    kinds = [line.after["kind"] for line in Record.objects.filter(kind="people.confirm").order_by("pk")]
    assert kinds == ["link", "unlink"]


def test_whoever_confirms_has_proved_himself_lately(people: People, wang, client_of, settings, monkeypatch):
    resetting.reset_factor(wang, by=people.by("li"), reason="手机丢失")
    settings.DEMO = False
    monkeypatch.setattr("spotcheck.signin.factors.is_needed", lambda *_: False)
    proposal = Proposal.objects.get(outcome="")
    client = client_of("jin")
    answer = client.post(f"/administration/proposals/{proposal.pk}/", {"what": "confirm"})
    assert answer.url == "/account/again/?next=/administration/proposals/"
    assert Authenticator.objects.filter(user=wang).exists()
    monkeypatch.setattr(recent, "has_proved_lately", lambda _request: True)
    assert confirm(client).outcome == "confirmed"


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_whoever_takes_a_list_of_people_along_has_proved_himself_lately(people, client_of, settings, monkeypatch, kind):
    settings.DEMO = False
    monkeypatch.setattr("spotcheck.signin.factors.is_needed", lambda *_: False)
    client, code = client_of("li"), people.office("370102").pk
    asked = f"/administration/rights/rights.{kind}?day=2025-03-03&office={code}"
    answer = client.get(asked)
    assert unquote(answer.url) == f"/account/again/?next=/administration/rights/?day=2025-03-03&office={code}"
    assert not Record.objects.filter(kind="export.rights").exists()
    monkeypatch.setattr(recent, "has_proved_lately", lambda _request: True)
    assert client.get(asked).status_code == 200
    assert Record.objects.filter(kind="export.rights").count() == 1
