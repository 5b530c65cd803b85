"""What of a description of addresses would break a program that was written to an earlier one.

Whatever is added is free: programs pass over what they do not know in an answer, and need not state what they are not
asked for. What was promised has to stay: addresses, methods, statuses, headers, fields and values; and nothing more may
be demanded: no field, no parameter, no scope, no narrower limit.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

Document = Mapping[str, Any]
SENT, TOLD = "sent", "told"
"""What a program sends, and what it is told."""
_LEAST: Final = ("minimum", "minLength", "minItems", "exclusiveMinimum")
_MOST: Final = ("maximum", "maxLength", "maxItems", "exclusiveMaximum")


def breaks(before: Document, now: Document) -> list[str]:
    """Every difference of ``now`` that breaks who keeps to ``before``: where it is, and what it is."""
    return list(_Comparison(before, now).of_paths())


class _Comparison:
    """Two descriptions, each of which knows its own parts by name."""

    def __init__(self, before: Document, now: Document) -> None:
        self.before, self.now = before, now

    def of_paths(self) -> Iterator[str]:
        for path, methods in self.before["paths"].items():
            for method, was in methods.items():
                place = f"{method.upper()} {path}"
                present = self.now["paths"].get(path, {}).get(method)
                if present is None:
                    yield f"{place}: gone"
                else:
                    yield from self._of_operation(place, was, present)

    def _of_operation(self, place: str, was: Document, present: Document) -> Iterator[str]:
        yield from _of_scopes(place, was, present)
        yield from self._of_parameters(place, was, present)
        yield from self._of_body(place, was, present)
        answers = present.get("responses", {})
        for status, answer in was.get("responses", {}).items():
            if status not in answers:
                yield f"{place}: status {status} gone"
            else:
                there = f"{place} {status}"
                yield from self._of_content(there, self._old(answer), self._new(answers[status]), TOLD)

    def _of_parameters(self, place: str, was: Document, present: Document) -> Iterator[str]:
        old, new = self._parameters(self._old, was), self._parameters(self._new, present)
        for key, parameter in old.items():
            if key not in new:
                yield f"{place}: parameter {key} gone"
            else:
                yield from self._of_shape(
                    f"{place} {key}", parameter.get("schema", {}), new[key].get("schema", {}), SENT
                )
        for key, parameter in new.items():
            if parameter.get("required") and not old.get(key, {}).get("required"):
                yield f"{place}: parameter {key} is needed now"

    @staticmethod
    def _parameters(resolve: Any, operation: Document) -> dict[str, Document]:
        known = [resolve(parameter) for parameter in operation.get("parameters", ())]
        return {f"{parameter['in']} {parameter['name']}": parameter for parameter in known}

    def _of_body(self, place: str, was: Document, present: Document) -> Iterator[str]:
        old, new = self._old(was.get("requestBody", {})), self._new(present.get("requestBody", {}))
        if new.get("required") and not old.get("required"):
            yield f"{place}: a body is needed now"
        yield from self._of_content(f"{place} body", old, new, SENT)

    def _of_content(self, place: str, was: Document, present: Document, side: str) -> Iterator[str]:
        for name in was.get("headers", {}):
            if name not in present.get("headers", {}):
                yield f"{place}: header {name} gone"
        for kind, content in was.get("content", {}).items():
            if kind not in present.get("content", {}):
                yield f"{place}: {kind} gone"
            else:
                shape = present["content"][kind].get("schema", {})
                yield from self._of_shape(place, content.get("schema", {}), shape, side)

    def _of_shape(self, place: str, was: Document, present: Document, side: str) -> Iterator[str]:
        was, present = self._old(was), self._new(present)
        yield from _of_types(place, was, present, side)
        yield from _of_values(place, was, present)
        if side == SENT:
            yield from _of_limits(place, was, present)
        for name, shape in was.get("properties", {}).items():
            if name not in present.get("properties", {}):
                yield f"{place}/{name}: gone"
            else:
                yield from self._of_shape(f"{place}/{name}", shape, present["properties"][name], side)
        yield from _of_needed(place, was, present, side)
        for part in ("items", "additionalProperties"):
            if isinstance(was.get(part), Mapping) and isinstance(present.get(part), Mapping):
                yield from self._of_shape(f"{place}/*", was[part], present[part], side)

    def _old(self, part: Document) -> Document:
        return _resolved(self.before, part)

    def _new(self, part: Document) -> Document:
        return _resolved(self.now, part)


def _resolved(document: Document, part: Document) -> Document:
    """A part itself, where it is only named; a choice of one and nothing is that one, or nothing."""
    while "$ref" in part:
        name: str = part["$ref"]
        part = document
        for step in name.removeprefix("#/").split("/"):
            part = part[step]
    for choice in ("oneOf", "anyOf", "allOf"):
        if choice in part:
            some = [_resolved(document, one) for one in part[choice]]
            real = [one for one in some if one.get("type") != "null"]
            if len(real) == 1:
                can_be_null = {"type": [*_types(real[0]), "null"]} if len(some) > 1 else {}
                return {**real[0], **can_be_null}
    return part


def _types(shape: Document) -> list[str]:
    stated = shape.get("type", [])
    return [stated] if isinstance(stated, str) else list(stated)


def _of_scopes(place: str, was: Document, present: Document) -> Iterator[str]:
    def scopes(operation: Document) -> set[str]:
        return {scope for one in operation.get("security", ()) for named in one.values() for scope in named}

    for scope in sorted(scopes(present) - scopes(was)):
        yield f"{place}: scope {scope} is needed now"


def _of_types(place: str, was: Document, present: Document, side: str) -> Iterator[str]:
    old, new = set(_types(was)), set(_types(present))
    lost = (old - new) if side == SENT else (new - old)
    if old and lost:
        yield f"{place}: was {sorted(old)}, is {sorted(new)}"
    if was.get("format") and was.get("format") != present.get("format"):
        yield f"{place}: the format was {was['format']}"


def _of_values(place: str, was: Document, present: Document) -> Iterator[str]:
    if "enum" in present:
        if "enum" not in was and _types(was):
            yield f"{place}: only certain values now"
        for value in was.get("enum", ()):
            if value not in present["enum"]:
                yield f"{place}: value {value!r} gone"


def _of_limits(place: str, was: Document, present: Document) -> Iterator[str]:
    for name in (*_LEAST, *_MOST):
        old, new = was.get(name), present.get(name)
        narrower = new is not None and (old is None or (new > old if name in _LEAST else new < old))
        if narrower and not (old is None and name == "minLength" and new == 0):
            yield f"{place}: {name} was {old}, is {new}"
    if present.get("pattern") != was.get("pattern") and present.get("pattern"):
        yield f"{place}: another pattern"


def _of_needed(place: str, was: Document, present: Document, side: str) -> Iterator[str]:
    old, new = set(was.get("required", ())), set(present.get("required", ()))
    if side == SENT:
        yield from (f"{place}/{name}: is needed now" for name in sorted(new - old))
    else:
        gone = (name for name in sorted(old - new) if name in present.get("properties", {}))
        yield from (f"{place}/{name}: may be missing now" for name in gone)
