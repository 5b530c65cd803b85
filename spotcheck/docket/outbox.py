"""The outbox: messages are written with the act and delivered after its commit, each once."""

from django.db import transaction

from spotcheck.docket import clock
from spotcheck.docket.models import Message


def deliver(*, batch: int = 500) -> int:
    """Deliver what waits to the desks of the offices and the pages of the parties; return how many.

    Two deliverers at once take different rows; one that dies in the middle leaves its rows undelivered.
    """
    delivered = 0
    while True:
        with transaction.atomic():
            keys = list(
                Message.objects.select_for_update(skip_locked=True)
                .filter(delivered_at__isnull=True)
                .order_by("pk")
                .values_list("pk", flat=True)[:batch]
            )
            if not keys:
                return delivered
            Message.objects.filter(pk__in=keys).update(delivered_at=clock.now())
            delivered += len(keys)
