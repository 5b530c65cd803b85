"""The description of all addresses (OpenAPI 3.1), made from what the doors say of themselves."""

import inspect
from functools import cache
from typing import Any, Final

import yaml
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from spotcheck.api import shapes
from spotcheck.api.kept import HEADER, REPLAYED
from spotcheck.api.problems import SORTS
from spotcheck.api.scopes import SCOPES
from spotcheck.casework.problems import PROBLEM

OAUTH: Final = "oauth"
DEVICE: Final = "device"
"""How doors are secured: by the token of a credential, by that of a person on a tablet (empty: by neither)."""
REFUSALS: Final = ("400", "401", "403", "404", "405", "406", "409", "429", "503")
FORM: Final = "multipart/form-data"
OF_WRITING: Final = ("412", "413", "415", "422", "428")
_TOLD: Final = {
    "Retry-After": "With 429 and 503, and wherever `retry` says `after`: so many seconds later.",
    "WWW-Authenticate": "With 401, and with 403 where the token lacks a scope.",
}
_PROBLEM: Final = {"$ref": "#/components/schemas/Problem"}


class Described(AutoSchema):
    """What a door says of itself: shapes of bodies and answers, scopes, headers."""

    @property
    def door(self) -> Any:
        """The door."""
        return self.view

    def get_operation_id(self) -> str:
        """The name of an operation in a client: method and place."""
        parts = [part.strip("{}") for part in self.path.removeprefix("/api/v1/").split("/")]
        return "_".join([self.method.lower(), *parts]).replace("-", "_").replace(".", "_")

    def get_summary(self) -> str:
        """One line: the first of the method."""
        return self._said()[0]

    def get_description(self) -> str:  # type: ignore[override]  # as the generator of descriptions has it
        """The rest of it."""
        return " ".join(line for line in self._said()[1:] if line)

    def _said(self) -> list[str]:
        """What the method says of itself, or its class where one method does what the class is for."""
        name = self.method.lower()
        own, of_class = vars(type(self.door)).get(name), inspect.getdoc(type(self.door)) or ""
        if own is None and of_class.startswith("``"):  # it only names the address: the method comes from its base
            own = getattr(self.door, name)
        return ((inspect.getdoc(own) if own is not None else of_class) or "").splitlines()

    def get_tags(self) -> list[str]:
        """By the first part of the address."""
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def get_auth(self) -> list[dict[str, list[str]]]:
        """A token, with the scope that it needs."""
        if self.door.secured_by != OAUTH:
            return [{self.door.secured_by: []}] if self.door.secured_by else []
        scope = self.door.scopes.get(self.method, "")
        return [{OAUTH: [scope] if scope else []}]

    def get_request_serializer(self) -> Any:
        """The shape of the body."""
        shape = self.door.takes.get(self.method)
        return shape() if shape is not None else None

    def get_response_serializers(self) -> Any:
        """The shape of the answer."""
        return {status: shape() for status, shape in self.door.answers[self.method].items()}

    def get_override_parameters(self) -> list[Any]:
        """Nothing by annotations; headers come in ``get_operation``."""
        return []

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        """The operation with its headers, its questions and its refusals."""
        made = super().get_operation(*args, **kwargs)
        if made is None:
            return None
        found = [one for one in made.get("parameters", []) if one["in"] == "path"]
        for one in found:
            one["schema"] = {"type": "string", "minLength": 1, "maxLength": 60}
        made["parameters"] = [*found, *self._questions(), *self._headers()]
        writes = self.method != "GET"
        for status in (*REFUSALS, *(OF_WRITING if writes else ())):
            made["responses"][status] = {"$ref": "#/components/responses/Refused"}
        if not writes:
            made["responses"]["304"] = {"description": "It has not changed since."}
        for status, answer in made["responses"].items():
            if status.startswith("2"):
                told = ("ETag", *self.door.tells.get(self.method, ()), *((REPLAYED,) if self._is_kept else ()))
                answer["headers"] = {name: {"schema": {"type": "string"}} for name in told}
        if self.method in self.door.brings:
            made["requestBody"] = _file(self.door.brings[self.method])
        return made

    @property
    def _is_kept(self) -> bool:
        """Whether its answers are kept under a key."""
        return bool(self.method == "POST" and self.method not in self.door.sends)

    def _questions(self) -> list[dict[str, Any]]:
        asked = self.door.asks.get(self.method, {})
        must = self.door.needs.get(self.method, ())
        return [
            {"in": "query", "name": name, "schema": schema} | ({"required": True} if name in must else {})
            for name, schema in asked.items()
        ]

    def _headers(self) -> list[dict[str, Any]]:
        text = {"type": "string"}
        found: list[dict[str, Any]] = [{"in": "header", "name": "Accept-Language", "schema": text}]
        own = self.door.sends.get(self.method, {}).items()
        found += [{"in": "header", "name": name, "required": must, "schema": text} for name, must in own]
        if self.method == "GET":
            return [*found, {"in": "header", "name": "If-None-Match", "schema": {"type": "string"}}]
        if self.method in self.door.sends:
            return found
        if self._is_kept:
            key = {"type": "string", "minLength": 16, "maxLength": 64, "pattern": "^[!-~]{16,64}$"}
            found.append({"in": "header", "name": HEADER, "required": True, "schema": key})
        if self.method in self.door.matched:
            found.append({"in": "header", "name": "If-Match", "required": True, "schema": {"type": "string"}})
        dry = {"type": "string", "enum": ["true", "false"]}
        return [*found, {"in": "header", "name": "Dry-Run", "schema": dry}]

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        made = super()._map_basic_serializer(serializer, direction)
        if isinstance(serializer, shapes.Shape):
            made["additionalProperties"] = False
            if serializer.example:
                made["examples"] = [dict(serializer.example)]
        return made

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        made = super()._map_serializer_field(field, direction, bypass_extensions)
        if isinstance(field, serializers.ListField) and isinstance(made, dict):
            if field.min_length:
                made["minItems"] = field.min_length
            if field.max_length:
                made["maxItems"] = field.max_length
        return made


@cache
def document() -> dict[str, Any]:
    """The description, as a program reads it."""
    made: dict[str, Any] = SchemaGenerator(patterns=None).get_schema(request=None, public=True)
    made["info"] = {
        "title": "spotcheck",
        "version": "1",
        "description": (
            "What programs of laboratories read and do (docs/laboratories.md), and below /field/ what the tablet of "
            "a sampler sends and fetches (web/LOG.md)."
        ),
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }
    made["servers"] = [{"url": "/"}]
    components = made.setdefault("components", {})
    components["securitySchemes"] = {
        OAUTH: {
            "type": "oauth2",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": "/api/v1/oauth/token",
                    "scopes": {name: words.en for name, words in SCOPES.items()},
                }
            },
        },
        DEVICE: {"type": "http", "scheme": "bearer"},
    }
    components.setdefault("schemas", {})["Problem"] = _problem()
    refused = "A refusal; its type says which, and its page what to do."
    components["responses"] = {
        "Refused": {
            "description": refused,
            "headers": {name: {"description": says, "schema": {"type": "string"}} for name, says in _TOLD.items()},
            "content": {PROBLEM: {"schema": _PROBLEM}},
        }
    }
    return made


def text() -> str:
    """The same as YAML, for a file."""
    written: str = yaml.safe_dump(document(), allow_unicode=True, sort_keys=False, width=110)
    return written


def _file(kind: str) -> dict[str, Any]:
    """A body that is a file: whole, or as the one part of a form."""
    content: dict[str, Any] = {"type": "string", "format": "binary"}
    if kind == FORM:
        content = {"type": "object", "required": ["file"], "properties": {"file": content}}
    return {"required": True, "content": {kind: {"schema": content}}}


def _problem() -> dict[str, Any]:
    told = {"type": "string"}
    article = {"type": "object", "properties": {"regulation": told, "article": {"type": "integer"}, "item": told}}
    error = {"type": "object", "properties": {"pointer": told, "code": told, "says": told}}
    reason = {"type": "object", "properties": {"guard": told, "says": told, "cure": {"type": ["string", "null"]}}}
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail", "instance", "articles", "reasons", "errors", "retry", "docs"],
        "properties": {
            "type": {"type": "string", "enum": [f"/problems/{name}" for name in SORTS]},
            "title": told,
            "status": {"type": "integer"},
            "detail": told,
            "instance": told,
            "articles": {"type": "array", "items": article},
            "reasons": {"type": "array", "items": reason},
            "errors": {"type": "array", "items": error},
            "retry": {"type": "string", "enum": ["never", "after", "once"]},
            "docs": told,
        },
    }
