"""Letters leave by a worker, each at least once and never lost, whatever the mail server does."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from django.db import connection

from spotcheck.casework import inbox
from spotcheck.cli.main import main
from spotcheck.docket import alarms, clock, deliveries
from spotcheck.docket.deliveries import Letter
from spotcheck.docket.models import Delivery, Message
from spotcheck.network import mail
from spotcheck.parties.models import PROVINCE_CODE
from tests.smtp import MailServer

KIND = "trial"
SUBJECT = "有新的通知"


@pytest.fixture
def server():
    made = MailServer()
    yield made
    made.may_answer.set()
    made.shutdown()
    made.server_close()


@pytest.fixture(autouse=True)
def written(monkeypatch):
    """Replace this to have other letters written."""
    made = {"letters": lambda delivery: Letter("a@example.org", SUBJECT, f"关于 {delivery.about}\n")}

    def compose(delivery):
        return made["letters"](delivery)

    monkeypatch.setitem(deliveries.COMPOSERS, KIND, compose)
    return made


@pytest.fixture
def sends(settings, server):
    settings.MAIL = mail.server_of(server.address, password_file="", sender="抽查 <spot@example.org>")
    return server


def due(**more) -> None:
    Delivery.objects.update(next_at=clock.now(), **more)


@pytest.mark.django_db
class TestOne:
    def test_it_goes_once(self, sends):
        promised = deliveries.promise(KIND, about="42")
        assert (deliveries.deliver(), deliveries.deliver()) == (1, 0)
        promised.refresh_from_db()
        assert (promised.answer, promised.tries, promised.target) == ("taken", 1, "a@example.org")
        (letter,) = sends.letters
        assert letter["Subject"] == SUBJECT
        assert str(promised.public_id) in letter["Message-ID"]
        assert letter.get_content().strip() == "关于 42"

    def test_where_no_mail_is_set_nothing_is_promised(self, settings):
        settings.MAIL = None
        assert deliveries.promise(KIND, about="42") is None
        assert not Delivery.objects.exists()
        assert deliveries.deliver() == 0

    def test_what_is_over_when_it_would_be_sent_is_not_sent(self, sends, written):
        written["letters"] = lambda _delivery: None
        promised = deliveries.promise(KIND, about="42")
        assert deliveries.deliver() == 1
        promised.refresh_from_db()
        assert (promised.answer, sends.letters) == ("not needed", [])

    def test_a_refusal_climbs_the_ladder_and_is_parked_with_an_alarm(self, sends, capsys):
        sends.mood = "refusing"
        promised = deliveries.promise(KIND, about="42")
        for step in deliveries.LADDER:
            assert deliveries.deliver() == 0
            promised.refresh_from_db()
            waits = (promised.next_at - clock.now()).total_seconds()
            assert step - 20 < waits <= step
            assert promised.answer == "550 no such mailbox"
            due()
        deliveries.deliver()
        promised.refresh_from_db()
        assert promised.parked_at is not None
        told = Message.objects.filter(kind=alarms.DELIVERY_PARKED).values_list("office__code", flat=True)
        assert list(told) == [PROVINCE_CODE]
        assert alarms.DELIVERY_PARKED in inbox.OPERATIONS
        due()
        assert deliveries.deliver() == 0  # nobody tries it before somebody says so
        assert main(["mail", "parked", "--lang", "en"]) == 0
        assert "550 no such mailbox" in capsys.readouterr().out
        assert main(["mail", "again", "--lang", "en"]) == 0
        sends.mood = "taking"
        assert deliveries.deliver() == 1

    def test_one_that_cannot_be_written_stops_no_other(self, sends, written):
        def letter(delivery):
            if delivery.about == "bad":
                raise KeyError(delivery.about)
            return Letter("a@example.org", SUBJECT, "x")

        written["letters"] = letter
        deliveries.promise(KIND, about="bad")
        deliveries.promise(KIND, about="good")
        assert deliveries.deliver() == 1
        assert Delivery.objects.get(about="bad").answer == "KeyError"

    def test_a_silent_server_is_left_after_one_letter(self, sends, monkeypatch):
        monkeypatch.setattr(mail, "PATIENCE", 0.3)
        sends.mood = "silent"
        for about in ("1", "2", "3"):
            deliveries.promise(KIND, about=about)
        assert deliveries.deliver() == 0
        assert sorted(Delivery.objects.values_list("tries", flat=True)) == [0, 0, 1]
        sends.mood = "taking"
        due()
        assert deliveries.deliver() == 3

    def test_a_server_that_is_away(self, settings, server):
        settings.MAIL = mail.server_of("smtp://127.0.0.1:1", password_file="", sender="a@example.org")
        promised = deliveries.promise(KIND, about="42")
        assert deliveries.deliver() == 0
        promised.refresh_from_db()
        assert "refused" in promised.answer.lower()

    def test_after_ninety_days_it_is_forgotten(self, sends):
        for about in ("old", "new", "waiting"):
            deliveries.promise(KIND, about=about)
        days = 24 * 60 * 60
        Delivery.objects.filter(about="old").update(done_at=clock.later(clock.now(), -91 * days))
        Delivery.objects.filter(about="new").update(done_at=clock.later(clock.now(), -89 * days))
        Delivery.objects.filter(about="waiting").update(created_at=clock.later(clock.now(), -99 * days))
        assert deliveries.forget_old() == 1
        assert set(Delivery.objects.values_list("about", flat=True)) == {"new", "waiting"}


DYING = f"""
import django; django.setup()
from spotcheck.docket import deliveries
deliveries.COMPOSERS["{KIND}"] = lambda one: deliveries.Letter("a@example.org", "x", one.about)
print(deliveries.deliver(), flush=True)
"""


@pytest.fixture
def sender(process_environment, server):
    """A process that sends what is due."""
    more = {
        "SPOTCHECK_MAIL": server.address,
        "SPOTCHECK_MAIL_FROM": "spot@example.org",
        "DJANGO_SETTINGS_MODULE": "spotcheck.wiring.site.settings",
    }
    return lambda: subprocess.Popen(
        [sys.executable, "-c", DYING], env=os.environ | process_environment | more, stdout=subprocess.PIPE, text=True
    )


def test_whoever_dies_between_sending_and_writing_it_down_has_it_sent_again(sender, server, settings):
    settings.MAIL = mail.server_of(server.address, password_file="", sender="spot@example.org")
    promised = deliveries.promise(KIND, about="42")
    server.mood = "slow"
    process = sender()
    assert server.has_one.wait(60)
    with process:
        process.send_signal(signal.SIGKILL)
    promised.refresh_from_db()
    assert (promised.done_at, promised.tries) == (None, 1)
    assert deliveries.deliver() == 0  # its lease is not over
    server.mood = "taking"
    due()
    assert deliveries.deliver() == 1
    first, second = server.letters
    assert first["Message-ID"] == second["Message-ID"]


def test_two_who_send_at_once_send_each_letter_once(committed_db, server, settings):
    settings.MAIL = mail.server_of(server.address, password_file="", sender="spot@example.org")
    for number in range(20):
        deliveries.promise(KIND, about=str(number))

    def send():
        deliveries.deliver()
        connection.close()

    both = [threading.Thread(target=send) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len({letter["Message-ID"] for letter in server.letters}) == len(server.letters) == 20


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("smtps://user%40x@mail.example.org:465", ("mail.example.org", 465, True, "user@x")),
        ("smtp://mail.example.org", ("mail.example.org", 587, False, "")),
        ("smtps://u@[::1]", ("::1", 465, True, "u")),
    ],
)
def test_the_address_of_a_server(address, read):
    found = mail.server_of(address, password_file="/run/secret", sender="a@b")
    assert (found.host, found.port, found.is_encrypted, found.user) == read


@pytest.mark.parametrize("address", ["mail.example.org", "http://mail", "smtp://u:p@h:1:2", "smtp://h/x"])
def test_what_is_no_address_is_said(address):
    with pytest.raises(ValueError, match="SPOTCHECK_MAIL"):
        mail.server_of(address, password_file="/run/secret", sender="a@b")
    with pytest.raises(ValueError, match="SPOTCHECK_MAIL_FROM"):
        mail.server_of("smtp://h", password_file="", sender="")
    with pytest.raises(ValueError, match="PASSWORD_FILE"):
        mail.server_of("smtp://u@h", password_file="", sender="a@b")


def test_a_password_is_not_sent_in_the_clear(server, settings, tmp_path, monkeypatch):
    (tmp_path / "password").write_text("secret-word\n")
    address = server.address.replace("//", "//user@")
    settings.MAIL = mail.server_of(address, password_file=str(tmp_path / "password"), sender="a@b")
    mail.send("a@b", "x", "x", message_id="<1@b>")  # on this machine it may be
    assert any(word.startswith("AUTH") for word in server.words)
    server.words.clear()
    monkeypatch.setattr(mail, "_HERE", frozenset())
    with pytest.raises(mail.Unsent, match="no encryption") as failed:
        mail.send("a@b", "x", "x", message_id="<2@b>")
    assert failed.value.is_away
    assert not any(word.startswith("AUTH") for word in server.words)


def test_the_command_says_what_the_server_answers(server, settings, capsys):
    settings.MAIL = mail.server_of(server.address, password_file="", sender="a@b")
    assert main(["mail", "test", "c@example.org", "--lang", "en"]) == 0
    assert server.letters[0]["To"] == "c@example.org"
    server.mood = "refusing"
    assert main(["mail", "test", "c@example.org", "--lang", "en"]) == 1
    assert "550 no such mailbox" in capsys.readouterr().err
    settings.MAIL = None
    assert main(["mail", "test", "c@example.org"]) == 2
