"""Many files side by side: each waits for a flush or an answer, and not for us. Only a handful is known at once."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import Final, TypeVar

from spotcheck.files import storage
from spotcheck.files.promises import Promise
from spotcheck.wiring.machine.problems import Problem

AT_ONCE: Final = 16
HANDED_OUT: Final = 1000

_T = TypeVar("_T")
_R = TypeVar("_R")


def side_by_side(work: Callable[[_T], _R], items: Iterable[_T]) -> Iterator[tuple[_T, _R]]:
    """Do some work for many things, several at a time; yield each thing with what came of it, in their order."""
    waiting = iter(items)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while some := list(islice(waiting, HANDED_OUT)):
            yield from zip(some, pool.map(work, some), strict=True)


def damaged(files: Iterable[Promise], place: storage.Store) -> Iterator[str]:
    """Yield the names of those files that the store does not hold as promised."""
    for promise, is_there in side_by_side(partial(_is_there, place), files):
        if not is_there:
            yield promise.name


def _is_there(place: storage.Store, promise: Promise) -> bool:
    try:
        return storage.is_there(place, promise.name, promise.sha256)
    except OSError as error:
        raise Problem(f"The files cannot be checked: {error}") from error
