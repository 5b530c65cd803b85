"""A tablet is enrolled; a person signed in at the entrance gives up that session for a token of the tablet."""

from typing import Any

from django.contrib.auth import logout
from django.http import HttpResponse
from rest_framework import serializers

from spotcheck.api.doors import told
from spotcheck.api.kept import Answer
from spotcheck.api.problems import Problem, Wrong
from spotcheck.api.shapes import Answered, Choice, Flag, Shape, Text
from spotcheck.docket import clock
from spotcheck.network.counting import address_of, is_beyond
from spotcheck.parties.models import Post
from spotcheck.rules.words import Words
from spotcheck.tablet import devices, escrow, holders, proofs
from spotcheck.tablet.doors import Call, FieldDoor, let_pass
from spotcheck.tablet.models import Device

TRIES, TRIES_SECONDS = 30, 60
"""So often an address tries codes within a minute."""
_NOT_ENCRYPTED = Words(
    "平板须由机构的设备管理加密并设锁屏", "the tablet has to be encrypted and locked by the office's device management"
)
_NO_KEY = Words(
    "须是 P-256 公钥（JWK，只含 kty、crv、x、y）", "send the public half of a P-256 key, and nothing besides"
)


class PublicKey(Shape):
    """The public half of the key of a device (RFC 7517)."""

    kty = Choice(choices=("EC",))
    crv = Choice(choices=("P-256",))
    x = Text(max_length=43)
    y = Text(max_length=43)


class Enrolling(Shape):
    """A tablet that has scanned its code."""

    code = Text(max_length=60)
    public_key = PublicKey()
    platform = Text(max_length=60, required=False)
    engine = Text(max_length=60, required=False)
    app = Text(max_length=30, required=False)
    encrypted = Flag(help_text="The office's device management encrypts and locks the tablet.")


class SigningIn(Shape):
    """In which post, where the person has several that sample."""

    post = serializers.IntegerField(required=False, min_value=1)


class DeviceAnswer(Answered):
    """A tablet that is enrolled."""

    device = serializers.UUIDField()
    name = serializers.CharField()
    inventory = serializers.CharField()
    office = serializers.CharField()
    escrow_key = serializers.DictField(allow_null=True)
    now = serializers.DateTimeField()


class TokenAnswer(Answered):
    """A token, shown this once."""

    token = serializers.CharField()
    user = serializers.IntegerField()
    name = serializers.CharField()
    post = serializers.IntegerField()
    office = serializers.CharField()
    role = serializers.CharField()
    escrow_key = serializers.DictField(allow_null=True)
    until = serializers.DateTimeField()
    now = serializers.DateTimeField()


class TimeAnswer(Answered):
    """How late it is here."""

    now = serializers.DateTimeField()


class Devices(FieldDoor):
    """``/devices``."""

    secured_by = ""
    takes = {"POST": Enrolling}
    answers = {"POST": {201: DeviceAnswer}}
    sends = {"POST": {proofs.HEADER: True}}

    def admit(self, call: Call) -> None:
        """Whoever has a code; an address that tries many waits."""
        if is_beyond(f"field-codes:{address_of(call.request)}", allowed=TRIES, seconds=TRIES_SECONDS):
            raise Problem("too-often", headers={"Retry-After": str(TRIES_SECONDS)})

    def post(self, call: Call) -> Answer:
        """A tablet is enrolled by the code that it has scanned; the same code and key again are the same tablet."""
        said = call.said
        key = dict(said["public_key"])
        if not proofs.is_public_key(key):
            raise Problem("invalid", wrong=[Wrong("/public_key", "key", _NO_KEY)])
        if not said["encrypted"]:
            raise Problem("invalid", wrong=[Wrong("/encrypted", "needed", _NOT_ENCRYPTED)])
        holders.prove(call.request, key, call.body)
        about = {name: said.get(name, "") for name in ("platform", "engine", "app")}
        return told(_as_answer(devices.enrol(said["code"], key, **about)), status=201)


class Sessions(FieldDoor):
    """``/sessions``."""

    takes = {"POST": SigningIn}
    answers = {"POST": {201: TokenAnswer}}
    secured_by = ""

    def admit(self, call: Call) -> None:
        """A device that signs, with somebody who has just come in by the entrance of the site."""
        device = holders.device_of(call.request)
        let_pass(device)
        holders.prove(call.request, device.public_jwk, call.body)

    def post(self, call: Call) -> Answer:
        """The session of the site is given up for a token of this tablet; locks and factors are the entrance's."""
        device = holders.device_of(call.request)
        request: Any = call.request
        if not request.user.is_authenticated or request.is_led:
            raise Problem("unauthenticated")
        posts = devices.posts_that_sample(request.user, device)
        wanted = call.said.get("post")
        found = next((post for post in posts if wanted in {None, post.pk}), None)
        if found is None:
            raise Problem("post-missing")
        token, text = devices.sign_in(device, found)
        logout(request)
        return told(
            {
                "token": text,
                "user": found.user_id,
                "name": str(found.user),
                "post": found.pk,
                "office": str(found.office),
                "role": Post.Role(found.role).value,
                "escrow_key": escrow.in_force(),
                "until": clock.local(token.expires_at).isoformat(),
                "now": clock.local(clock.now()).isoformat(timespec="milliseconds"),
            },
            status=201,
        )


class CurrentSession(FieldDoor):
    """``/sessions/current``."""

    answers = {"DELETE": {204: Answered}}

    def delete(self, call: Call) -> HttpResponse:
        """The person signs out of the tablet."""
        devices.sign_out(call.holder.token)
        return HttpResponse(status=204)


class Time(FieldDoor):
    """``/time``."""

    secured_by = ""
    answers = {"GET": {200: TimeAnswer}}

    def admit(self, call: Call) -> None:
        """Everybody."""

    def get(self, call: Call) -> Answer:
        """How late it is here, by which a tablet sets its anchor."""
        return told({"now": clock.local(clock.now()).isoformat(timespec="milliseconds")})


def _as_answer(device: Device) -> dict[str, Any]:
    return {
        "device": str(device.pk),
        "name": device.name,
        "inventory": device.inventory,
        "office": str(device.office),
        "escrow_key": escrow.in_force(),
        "now": clock.local(clock.now()).isoformat(timespec="milliseconds"),
    }
