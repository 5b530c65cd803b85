"""How the site looks from outside (``--from https://…``): certificate, headers, and what has to stay inside."""

import http.client
import socket
import ssl
import time
from typing import Final
from urllib.parse import urlsplit

from spotcheck.wiring.operating.doctor.findings import Check, Looking, Said, beware, well, wrong

INSTALLING: Final = "Installing on one machine"
PATIENCE: Final = 2.0
DAYS: Final = 21
INNER: Final = ("/livez", "/healthz", "/readyz", "/metrics")
WANTED: Final = ("Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options")
_DAY: Final = 24 * 60 * 60


def certificate(looking: Looking) -> Said | None:
    """It is valid for three weeks more."""
    if not looking.outside:
        return None
    place = urlsplit(looking.outside)
    host, port = place.hostname or "", place.port or 443
    try:
        with (
            socket.create_connection((host, port), timeout=PATIENCE) as line,
            ssl.create_default_context().wrap_socket(line, server_hostname=host) as safe,
        ):
            ends = ssl.cert_time_to_seconds(str((safe.getpeercert() or {}).get("notAfter")))
    except (OSError, ValueError) as error:
        return wrong(
            (
                f"不能以 HTTPS 打开 {host}（{type(error).__name__}）。",
                f"{host} cannot be reached by HTTPS ({type(error).__name__}).",
            ),
            ("检查证书、域名和防火墙。", "Check certificate, name and firewall."),
        )
    days = int((ends - time.time()) // _DAY)
    if days < DAYS:
        return wrong(
            (f"证书还有 {days} 天到期。", f"The certificate ends in {days} days."),
            ("更换证书。", "Renew it."),
        )
    return well(f"证书还有 {days} 天到期。", f"The certificate ends in {days} days.")


def headers(looking: Looking) -> Said | None:
    """A page comes with the headers that protect it."""
    if not looking.outside:
        return None
    answer = _asked(looking.outside, "/login/")
    lacks = [name for name in WANTED if answer is None or name not in answer.headers]
    if lacks:
        named = ", ".join(lacks)
        return wrong(
            (f"登录页没有这些响应头：{named}。", f"The sign-in page lacks {named}."),
            ("让代理原样传递响应头，使用 HTTPS。", "Let the proxy pass headers on, and use HTTPS."),
        )
    return well("响应头齐全。", "The headers are there.")


def inner(looking: Looking) -> Said | None:
    """The four addresses for machines stay inside."""
    if not looking.outside:
        return None
    told = {path: _asked(looking.outside, path) for path in INNER}
    opened = [path for path, answer in told.items() if answer is not None and answer.status in {200, 503}]
    if opened:
        named = ", ".join(opened)
        return wrong(
            (f"外面能打开 {named}。", f"{named} can be opened from outside."),
            ("照 deploy/nginx.conf 关闭这四个地址。", "Close the four addresses as deploy/nginx.conf does."),
        )
    if None in told.values():
        return beware(
            (
                "没有得到答复，不知道四个内部地址是否关闭。",
                "No answer: it is not known whether the four inner addresses are closed.",
            ),
            ("检查网络后再看一次。", "Check the network and look again."),
        )
    return well("四个内部地址对外关闭。", "The four inner addresses are closed.")


def _asked(address: str, path: str) -> http.client.HTTPResponse | None:
    place = urlsplit(address)
    kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    line = kind(place.netloc, timeout=PATIENCE)
    try:
        line.request("GET", path)
        return line.getresponse()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()


CHECKS: Final = (
    Check("certificate", "outside", INSTALLING, certificate),
    Check("headers", "outside", INSTALLING, headers),
    Check("inner", "outside 2", INSTALLING, inner),
)
