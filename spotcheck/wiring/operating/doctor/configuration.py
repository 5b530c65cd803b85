"""What the settings of this process say; nobody is asked. No line repeats a value that is a secret."""

import os
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from spotcheck.signin import factors
from spotcheck.wiring.operating.doctor.findings import Check, Looking, Said, beware, well, wrong

INSTALLING, SEVERAL = "Installing on one machine", "On several machines"
RENAMING: Final = "Renaming a site"
LONG_ENOUGH: Final = 32
_LOOPBACK: Final = {"localhost", "127.0.0.1", "::1", "[::1]"}
_OURS: Final = ("SPOTCHECK_", "DATABASE_", "REDIS_", "AWS_")
_EXAMPLE: Final = "CHANGE-ME"


def _outside() -> set[str]:
    return set(settings.ALLOWED_HOSTS) - _LOOPBACK


def hosts(_looking: Looking) -> Said:
    """The name that stands on papers is one by which the site answers."""
    name = urlsplit(settings.SITE_URL).hostname or ""
    if "*" in settings.ALLOWED_HOSTS or name not in {host.strip("[]") for host in settings.ALLOWED_HOSTS}:
        return wrong(
            (
                f"文书上的网址是 {name}，系统却不以它为名（或者接受任何名称）。",
                f"Papers name {name}, by which the site does not answer.",
            ),
            (
                "把它写进 SPOTCHECK_HOSTS，或者改正 SPOTCHECK_URL。",
                "Put it into SPOTCHECK_HOSTS, or set SPOTCHECK_URL right.",
            ),
        )
    if not _outside():
        return beware(
            ("只有本机能打开系统。", "Only this machine reaches the site."),
            ("在 SPOTCHECK_HOSTS 中写明域名。", "Name it in SPOTCHECK_HOSTS."),
        )
    return well(f"系统以 {name} 为名。", f"The site answers as {name}.")


def https(_looking: Looking) -> Said:
    """Whatever is reached from outside is reached by HTTPS."""
    if _outside() and not (settings.HTTPS and settings.SITE_URL.startswith("https://")):
        return wrong(
            ("系统对外提供服务却没有使用 HTTPS，口令会被旁人看到。", "The site is reached from outside without HTTPS."),
            (
                "去掉 SPOTCHECK_HTTPS=0，把 SPOTCHECK_URL 改为 https:// 开头。",
                "Drop SPOTCHECK_HTTPS=0; let SPOTCHECK_URL begin with https://.",
            ),
        )
    return well("对外只用 HTTPS，或者只在本机使用。", "HTTPS only, or only this machine.")


def examples(_looking: Looking) -> Said:
    """Nothing of the examples is left in what the process knows."""
    left = sorted(name for name, value in os.environ.items() if name.startswith(_OURS) and _EXAMPLE in value)
    if left:
        named = ", ".join(left)
        return wrong(
            (f"{named} 还是示例里的值。", f"{named}: still the value of the example."),
            ("换成自己的值，重启各部分。", "Put values of your own there and restart the parts."),
        )
    return well("没有留下示例里的值。", "No value of the examples is left.")


def key(_looking: Looking) -> Said:
    """The key is long, and nobody can guess it."""
    if len(settings.SECRET_KEY) < LONG_ENOUGH or len(set(settings.SECRET_KEY)) < LONG_ENOUGH // 4:
        return wrong(
            ("密钥太短或太简单。", "The secret key is too short or too simple."),
            (
                "换一个 50 位随机的 SPOTCHECK_SECRET_KEY，旧的写入 SPOTCHECK_OLD_SECRET_KEYS。",
                "Set SPOTCHECK_SECRET_KEY to 50 random characters, the old one to SPOTCHECK_OLD_SECRET_KEYS.",
            ),
        )
    return well("密钥足够长。", "The secret key is long enough.")


def proxies(looking: Looking) -> Said | None:
    """As many proxies as the settings believe; only a request can tell."""
    if looking.request is None:
        return None
    heard = looking.request.META.get("HTTP_X_FORWARDED_FOR", "")
    hops = len([hop for hop in str(heard).split(",") if hop.strip()])
    if hops < settings.PROXIES or (hops and not settings.PROXIES):
        return wrong(
            (
                f"这次请求经过 {hops} 层代理，设置写的是 {settings.PROXIES} 层；来访地址会认错。",
                f"{hops} proxies before this request, {settings.PROXIES} in the settings: addresses are mistaken.",
            ),
            (
                "改正 SPOTCHECK_PROXIES，并让代理传递 X-Forwarded-For。",
                "Set SPOTCHECK_PROXIES right, and let proxies pass X-Forwarded-For on.",
            ),
        )
    return well(
        f"代理层数与设置一致（{settings.PROXIES}）。", f"As many proxies as the settings say ({settings.PROXIES})."
    )


def demo(_looking: Looking) -> Said:
    """The demonstration, whose accounts open by a click, is for one's own machine."""
    if settings.DEMO and _outside():
        return wrong(
            (
                "演示账号不用口令就能登录，而系统对外提供服务。",
                "Accounts of the demonstration open without a password, and the site is reached from outside.",
            ),
            ("去掉 SPOTCHECK_DEMO。", "Drop SPOTCHECK_DEMO."),
        )
    if settings.DEMO or settings.DEBUG:
        return beware(
            (
                "演示或调试已经打开，只适合在本机试用。",
                "The demonstration or debugging is on: for a trial on one machine.",
            ),
            (
                "正式使用前去掉 SPOTCHECK_DEMO 和 SPOTCHECK_DEBUG。",
                "Drop SPOTCHECK_DEMO and SPOTCHECK_DEBUG before work begins.",
            ),
        )
    return well("没有打开演示。", "The demonstration is off.")


def passkeys(_looking: Looking) -> Said:
    """Passkeys belong to the name of the site; reached by its number, or without HTTPS, it can offer none."""
    address = urlsplit(settings.SITE_URL)
    host = address.hostname or ""
    if not factors.can_hold_keys(host, is_secure=address.scheme == "https"):
        return beware(
            (
                f"系统地址为 {host or '—'}，不能使用通行密钥，第二重验证只能用验证器。",
                f"Reached as {host or '—'} the site can offer no passkeys: a second factor is an authenticator only.",
            ),
            (
                "在 SPOTCHECK_URL 中写 https:// 和域名。",
                "Let SPOTCHECK_URL be https:// and a name.",
            ),
        )
    return well(
        f"通行密钥属于域名 {host}，更换域名后须重新添加。",
        f"Passkeys belong to {host}; under another name they are added anew.",
    )


CHECKS: Final = (
    Check("hosts", "nobody", INSTALLING, hosts),
    Check("https", "nobody", INSTALLING, https),
    Check("examples", "nobody", INSTALLING, examples),
    Check("key", "nobody", SEVERAL, key),
    Check("proxies", "nobody", INSTALLING, proxies),
    Check("demo", "nobody", INSTALLING, demo),
    Check("passkeys", "nobody", RENAMING, passkeys),
)
