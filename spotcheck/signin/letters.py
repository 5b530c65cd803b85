"""What the entrance sends by mail: the link for a forgotten password, for a locked account, for an address to confirm.

A link carries its own proof, signed and good for a day; it falls with what it was made for (the password has changed,
the lock is lifted, the address is another one), so that none lies in the database and none works twice. Letters go to
addresses that their owners have confirmed, and to no others.
"""

from typing import Final

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from spotcheck.docket import book, clock, deliveries, sessions
from spotcheck.docket.deliveries import Letter, composes
from spotcheck.docket.models import Delivery, Record
from spotcheck.parties.models import User
from spotcheck.registers.models import Proposal
from spotcheck.signin.forms import username_of
from spotcheck.signin.models import ConfirmedAddress

FORGOTTEN: Final = "forgotten_password"
LOCKED: Final = "account_locked"
CONFIRM: Final = "confirm_address"
WAYS: Final = "ways_changed"
RESET: Final = "factor_reset"
SECONDS: Final = 24 * 60 * 60
AN_HOUR: Final = 60 * 60
MOST: Final = 3
"""So many letters of a kind about one name, or to one address, go out in an hour."""
_LOCKS: Final = ("sign_in.locked", "people.lock")
_END: Final = "\n"
_OF_A_LOCK_ZH: Final = (
    "因一日之内多次输错密码，您的账号已锁定。如果是您本人，请在二十四小时内打开下面的链接解除锁定；"
    "如果不是，请告知本单位管理员。"
)
_OF_A_LOCK_EN: Final = (
    "Your account is locked after many wrong passwords in a day. If that was you, open the link below within a day; "
    "if not, tell your administrator."
)
_OF_WAYS_ZH: Final = (
    "两名管理员已为您的账号办理：{}。全部会话已经结束，请重新登录。如果不是您要求的，请立即告知本单位管理员。"
)
_OF_WAYS_EN: Final = (
    "Two administrators have done this to your account: {}. All sessions have ended; please sign in again. "
    "If you did not ask for it, tell your administrator at once."
)
_OF_RESET_ZH: Final = (
    "运行维护人员已在服务器上重置您的第二重验证。全部会话已经结束，请重新登录并设置。"
    "如果不是您要求的，请立即告知本单位管理员。"
)
_OF_RESET_EN: Final = (
    "Whoever operates the system has reset your second factor on the machine. All sessions have ended; please sign in "
    "and set up another. If you did not ask for it, tell your administrator at once."
)


def ask_for_password(typed: str) -> None:
    """Write down that somebody has forgotten a password; whose name that is, if anybody's, is asked when it is sent.

    So the answer, and the time it takes, say nothing of who has an account here.
    """
    about = typed.strip()[:60]
    since = clock.later(clock.now(), -AN_HOUR)
    if Delivery.objects.filter(kind=FORGOTTEN, about=about, created_at__gt=since).count() < MOST:
        deliveries.promise(FORGOTTEN, about=about)


def ask_to_confirm(user: User) -> bool:
    """Have a link sent to the address that stands with a person; False where enough have been sent this hour."""
    since = clock.later(clock.now(), -AN_HOUR)
    about = str(user.pk)
    if Delivery.objects.filter(kind=CONFIRM, about=about, created_at__gt=since).count() >= MOST:
        return False
    return deliveries.promise(CONFIRM, about=about) is not None


def tell_of_lock(lock: Record) -> None:
    """Tell the owner of an account, in the transaction that locks it, with a link that opens it."""
    deliveries.promise(LOCKED, about=str(lock.pk))


def tell_of_ways(proposal: Proposal) -> None:
    """Tell a person, in the transaction in which it is done, that two administrators have changed how he comes in."""
    deliveries.promise(WAYS, about=str(proposal.pk))


def tell_of_reset(line: Record) -> None:
    """Tell a person, in the transaction in which it is done, that a command has taken his second factor away."""
    deliveries.promise(RESET, about=str(line.pk))


def confirmed_address(user: User) -> str:
    """The address of a person, if he has confirmed that it is his; empty if not."""
    found = ConfirmedAddress.objects.filter(user=user, address__iexact=user.email).exists() if user.email else False
    return user.email if found else ""


def confirm(user: User, address: str) -> None:
    """Keep that an address is a person's own."""
    with sessions.session():
        now = sessions.now()
        ConfirmedAddress.objects.update_or_create(user=user, defaults={"address": address, "since": now})
        book.write("sign_in.address", by=None, user=user, subject=user, after={"email": address})


def owner_of(token: str) -> User | None:
    """Whose forgotten password may be set by this link; None where it does nothing any more."""
    said = _read(token, FORGOTTEN)
    user = User.objects.filter(pk=said[0]).first() if said else None
    if said is None or user is None or not _may_have_password(user) or print_of(user) != said[1]:
        return None
    return user


def lock_of(token: str) -> Record | None:
    """The lock that this link lifts; None where it is lifted already, or was laid by somebody."""
    said = _read(token, LOCKED)
    return _open_lock(int(said[0])) if said else None


def address_in(token: str, user: User) -> str:
    """The address that this person confirms with this link; empty where it is none of his."""
    said = _read(token, CONFIRM)
    return user.email if said and user.email and said == [user.pk, user.email] else ""


def unlock(lock: Record, *, address: str) -> User | None:
    """Lift a lock by wrong tries; whoever comes in still needs password and second factor. None: it is lifted."""
    with sessions.session():
        user = User.objects.select_for_update().get(pk=lock.subject_id)
        if _open_lock(lock.pk) is None:
            return None
        user.is_active = True
        user.save(update_fields=["is_active"])
        said = {"active": False}, {"active": True}
        book.write("sign_in.unlocked", by=None, user=user, subject=user, before=said[0], after=said[1], address=address)
    return user


@composes(FORGOTTEN)
def _forgotten(delivery: Delivery) -> Letter | None:
    user = User.objects.filter(username__iexact=username_of(delivery.about)).first()
    if user is None or not _may_have_password(user):
        return None
    to = confirmed_address(user)
    since = clock.later(clock.now(), -AN_HOUR)
    sent = Delivery.objects.filter(kind=FORGOTTEN, target=to, done_at__gt=since).count()
    if not to or sent >= MOST:
        return None
    _note(delivery, user)
    return _letter(
        to,
        ("设置新密码的链接", "A link to set a new password"),
        reverse("account_forgotten_link", args=[_token(FORGOTTEN, user.pk, print_of(user))]),
        ("请在二十四小时内打开下面的链接设置新密码。如果不是您本人要求的，不必理会，密码不会改变。",
         "Open the link below within a day to set a new password. If you did not ask for it, nothing changes."),
    )  # fmt: skip


@composes(LOCKED)
def _locked(delivery: Delivery) -> Letter | None:
    lock = _open_lock(int(delivery.about))
    user = User.objects.filter(pk=lock.subject_id, left_on=None).first() if lock else None
    to = confirmed_address(user) if user is not None else ""
    if lock is None or user is None or not to:
        return None
    _note(delivery, user)
    return _letter(
        to,
        ("账号已锁定", "An account is locked"),
        reverse("account_unlock", args=[_token(LOCKED, lock.pk)]),
        (_OF_A_LOCK_ZH, _OF_A_LOCK_EN),
    )


@composes(CONFIRM)
def _confirm(delivery: Delivery) -> Letter | None:
    user = User.objects.filter(pk=int(delivery.about), is_active=True, left_on=None).first()
    if user is None or not user.email or confirmed_address(user):
        return None
    return _letter(
        user.email,
        ("确认邮箱", "Confirm an address"),
        reverse("account_address", args=[_token(CONFIRM, user.pk, user.email)]),
        ("请登录后在二十四小时内打开下面的链接，确认这个邮箱是您的。",
         "Sign in and open the link below within a day to confirm that this address is yours."),
    )  # fmt: skip


@composes(WAYS)
def _ways(delivery: Delivery) -> Letter | None:
    proposal = Proposal.objects.select_related("subject").filter(pk=int(delivery.about), outcome="confirmed").first()
    to = confirmed_address(proposal.person) if proposal is not None else ""
    if proposal is None or not to:
        return None
    zh, en = proposal.words.in_("zh-hans"), proposal.words.in_("en")
    return _letter(
        to,
        ("登录方式已更改", "How you sign in has changed"),
        reverse("account"),
        (_OF_WAYS_ZH.format(zh), _OF_WAYS_EN.format(en)),
    )  # fmt: skip


@composes(RESET)
def _reset(delivery: Delivery) -> Letter | None:
    line = Record.objects.filter(pk=int(delivery.about)).first()
    user = User.objects.filter(pk=line.subject_id).first() if line is not None else None
    to = confirmed_address(user) if user is not None else ""
    words = ("第二重验证已重置", "Your second factor was reset")
    return _letter(to, words, reverse("account"), (_OF_RESET_ZH, _OF_RESET_EN)) if to else None


def _may_have_password(user: User) -> bool:
    return user.is_active and user.left_on is None and not user.sso_only


def _open_lock(key: int) -> Record | None:
    """A lock by wrong tries that still holds."""
    lock = Record.objects.filter(pk=key, kind="sign_in.locked").first()
    if lock is None or not User.objects.filter(pk=lock.subject_id, is_active=False).exists():
        return None
    later = Record.objects.filter(subject_type="user", subject_id=lock.subject_id, kind__in=_LOCKS, pk__gt=key)
    return None if later.exists() else lock


def print_of(user: User) -> str:
    """What changes with the password and with the address: a link made before is then none any more."""
    return salted_hmac("spotcheck forgotten password", f"{user.password}:{user.email}", algorithm="sha256").hexdigest()[
        :20
    ]


def _token(kind: str, *said: str | int) -> str:
    return signing.dumps(list(said), salt=f"spotcheck.{kind}")


def _read(token: str, kind: str) -> list[str | int] | None:
    try:
        return list(signing.loads(token, salt=f"spotcheck.{kind}", max_age=SECONDS))
    except signing.BadSignature:
        return None


def _note(delivery: Delivery, user: User) -> None:
    """One line of the book, however often the letter is tried."""
    if delivery.tries <= 1:
        book.write("sign_in.mailed", by=None, user=None, subject=user, after={"kind": delivery.kind})


def _letter(to: str, subject: tuple[str, str], page: str, text: tuple[str, str]) -> Letter:
    address = f"{settings.SITE_URL}{page}"
    site = f"{settings.SITE_NAME} {settings.SITE_URL}"
    parts = (text[0], address, text[1], site)
    return Letter(to, " / ".join(subject), (_END * 2).join(parts) + _END)
