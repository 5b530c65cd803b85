"""Mail: its settings, the last letter that was taken, what waits too long, and what was given up."""

from pathlib import Path
from typing import Final

from django.conf import settings

from spotcheck.docket import clock
from spotcheck.docket.models import Delivery
from spotcheck.network.mail import MailServer
from spotcheck.wiring.operating.doctor.findings import Check, Looking, Said, well, wrong

MAIL: Final = "Mail"
LATE: Final = 60 * 60
"""So many seconds a letter may wait: a server that is away for an hour is a matter for somebody."""


def mail(_looking: Looking) -> Said:
    """Letters go out, or no page promises any."""
    server: MailServer | None = settings.MAIL
    if server is None:
        return well("没有设置邮件服务器，网页也不承诺邮件。", "No mail server is set, and no page promises mail.")
    if server.password_file and _is_missing(Path(server.password_file)):
        return wrong(
            ("邮件口令的文件不存在。", "The file with the password for mail is not there."),
            ("检查 SPOTCHECK_MAIL_PASSWORD_FILE。", "Check SPOTCHECK_MAIL_PASSWORD_FILE."),
        )
    if parked := Delivery.objects.filter(done_at=None, parked_at__isnull=False).count():
        return wrong(
            (f"{parked} 封邮件多次没有发出，已搁置。", f"{parked} letters were given up after many tries."),
            (
                "spotcheck mail parked 查看答复；改正后 spotcheck mail again。",
                "spotcheck mail parked says what was answered; once mended, spotcheck mail again.",
            ),
        )
    before = clock.later(clock.now(), -LATE)
    if late := Delivery.objects.filter(done_at=None, parked_at=None, created_at__lt=before).count():
        return wrong(
            (f"{late} 封邮件等了一小时以上。", f"{late} letters have waited for more than an hour."),
            (
                "spotcheck mail test 地址：看服务器怎样答复。",
                "spotcheck mail test ADDRESS says what it answers.",
            ),
        )
    last = Delivery.objects.filter(done_at__isnull=False).order_by("-done_at").first()
    if last is None or last.done_at is None:
        return well("邮件服务器已设置，还没有发过邮件。", "A mail server is set; no letter has been sent yet.")
    at = clock.local(last.done_at)
    return well(f"最近一封邮件：{at:%Y-%m-%d %H:%M}。", f"The last letter: {at:%Y-%m-%d %H:%M}.")


def _is_missing(path: Path) -> bool:
    """Whether there is no such file, as far as this account may look."""
    try:
        return not path.exists()
    except PermissionError:
        return False


CHECKS: Final = (Check("mail", "database", MAIL, mail),)
