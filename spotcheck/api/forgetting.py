"""What the programs' door keeps for a while only."""

from typing import Final

from oauth2_provider.models import get_access_token_model

from spotcheck.api.models import RefusedRequest, UsedAssertion
from spotcheck.docket import clock

REFUSED: Final = 90 * 24 * 60 * 60
"""Seconds that a refused request is kept."""
_DAY: Final = 24 * 60 * 60


def forget_old() -> int:
    """Forget tokens and assertions that were over a day ago, and old refusals; return how many rows."""
    now = clock.now()
    yesterday = clock.later(now, -_DAY)
    tokens = get_access_token_model().objects.filter(expires__lt=yesterday)
    return sum(
        rows._raw_delete(rows.db)  # noqa: SLF001 -- nothing hangs on them, and other tables are closed to us
        for rows in (
            tokens,
            UsedAssertion.objects.filter(expires_at__lt=yesterday),
            RefusedRequest.objects.filter(at__lt=clock.later(now, -REFUSED)),
        )
    )
