"""When what somebody may do has changed, packages above hear of it: who is signed in goes on with nothing of before.

    @when_rights_change
    def end_sessions(user: User) -> None: ...

They are called inside the transaction of the change, in the order of the packages, and refuse nothing.
"""

from collections.abc import Callable
from typing import TypeAlias

from spotcheck.parties.models import User

Told: TypeAlias = Callable[[User], None]

_TOLD: list[Told] = []


def when_rights_change(told: Told) -> Told:
    """Register a function that is told whose rights have changed."""
    _TOLD.append(told)
    return told


def tell(user: User) -> None:
    """Tell everybody."""
    for told in _TOLD:
        told(user)
