"""Which files the rows promise: every column of a file that stands beside the column of its SHA-256."""

import heapq
from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.db.models import Model
from django.db.models.functions import Collate

FILE, HASH = "file", "sha256"


class Promise(NamedTuple):
    """A file below MEDIA_ROOT, and the hash that it has for good."""

    name: str
    sha256: str


def columns() -> Iterator[tuple[type[Model], str, str]]:
    """Yield the models with such a pair of columns: ``file`` and ``sha256``, ``proof_file`` and ``proof_sha256``."""
    for model in apps.get_models():
        fields = {field.name for field in model._meta.concrete_fields}
        for name in sorted(fields):
            stem = name.removesuffix(FILE)
            if name.endswith(FILE) and f"{stem}{HASH}" in fields:
                yield model, name, f"{stem}{HASH}"


def promises() -> Iterator[Promise]:
    """Yield every file that some row promises, each once, by their names; one of a column is remembered."""
    last = ""
    for promise in heapq.merge(*(_in_order(*column) for column in columns()), key=_name):
        if promise.name != last:
            yield promise
        last = promise.name


def _in_order(model: type[Model], file: str, digest: str) -> Iterator[Promise]:
    manager = model._meta.default_manager
    assert manager is not None, model
    rows = manager.exclude(**{file: ""}).exclude(**{f"{file}__isnull": True})
    # Bytes of UTF-8 and characters of Python have one order, whatever the language of the database.
    for name, sha256 in rows.order_by(Collate(file, "C"), "pk").values_list(file, digest).iterator():
        yield Promise(str(name), sha256)


def _name(promise: Promise) -> str:
    return promise.name


def is_promised_beside(sha256: str, but: type[Model]) -> bool:
    """Whether a row of another model than this one promises a file with this hash."""
    for model, _file, digest in columns():
        manager = model._meta.default_manager
        assert manager is not None, model
        if model is not but and manager.filter(**{digest: sha256}).exists():
            return True
    return False
