"""What somebody typed into an address or a subject puts no further head into a letter."""

import pytest

from spotcheck.network import mail
from tests.smtp import MailServer

BREAKS = ("\r\nBcc: other@example.cn", "\nBcc: other@example.cn", "\r\n\r\nanother text", "\rX: y", "\x00")


@pytest.fixture
def server(settings):
    with MailServer() as running:
        settings.MAIL = mail.server_of(running.address, password_file="", sender="office@example.cn")
        yield running
        running.shutdown()


@pytest.mark.parametrize("more", BREAKS)
@pytest.mark.parametrize("place", ["to", "subject"])
def test_a_line_end_in_a_head_is_refused_or_is_no_head(server, place, more) -> None:
    """Nobody else gets the letter, and it has the heads that ours have."""
    said = {"to": "a@example.cn", "subject": "通知"}
    said[place] += more
    try:
        mail.send(said["to"], said["subject"], "正文", message_id="<1@example.cn>")
    except mail.Unsent as unsent:
        is_away = unsent.is_away
    else:
        is_away = False
    assert not is_away  # only this letter is bad, and the others are tried
    for letter in server.letters:
        assert {name.lower() for name in letter} <= OURS
    assert not any("other@" in word for word in server.words if word.upper().startswith("RCPT"))


OURS = {
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "auto-submitted",
    "content-type",
    "content-transfer-encoding",
    "mime-version",
}


def test_a_text_is_no_head(server) -> None:
    text = "Bcc: other@example.cn\n\n.\nRCPT TO:<other@example.cn>\n"
    assert mail.send("a@example.cn", "通知", text, message_id="<1@example.cn>") == "taken"
    (letter,) = server.letters
    assert {name.lower() for name in letter} == OURS
    assert [word for word in server.words if word.upper().startswith("RCPT")] == ["rcpt TO:<a@example.cn>"]
