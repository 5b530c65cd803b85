"""Send one notice of a result, and die by -9 at a named moment of it.

``python -m tests.notices.killed MOMENT [--without PROTECTION]`` works on the database of DATABASE_URL, whose world
``tests.faults.world`` has built. Without a moment the notice is sent and nothing happens to it.
"""

import argparse
import os
import signal
from typing import Any

import django

MOMENTS = ("in_the_act", "before_drawing", "while_sealing", "after_storing")
PROTECTIONS = ("transaction", "mark", "lease")


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser()
    parser.add_argument("moment", choices=MOMENTS)
    parser.add_argument("--without", choices=PROTECTIONS)
    options = parser.parse_args()
    django.setup()
    _take_away(options.without)
    _die_at(options.moment)
    _send()


def _send() -> None:
    from spotcheck.notices import production
    from spotcheck.notices.models import Paper
    from tests.faults.hands import Clerk

    entry = Clerk().send_next()
    production.draw_paper(Paper.objects.get(entry=entry).pk)


def _die(*_arguments: Any, **_options: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_at(moment: str) -> None:
    """Put the death in: after the number was taken, after the commit, in the seal service, after the file is there."""
    from spotcheck.files import storage
    from spotcheck.notices import issuing, production, sealing, waking

    match moment:
        case "in_the_act":
            issuing.kept_version = _die
        case "before_drawing":
            waking.wake = production.draw_paper = _die
        case "while_sealing":
            waking.wake = lambda pk: None
            sealing.seal = _die
        case "after_storing":
            waking.wake = lambda pk: None
            keep = storage.keep
            storage.keep = lambda *given: (keep(*given), _die())


def _take_away(protection: str | None) -> None:
    """Take one protection away: the one transaction, the mark that a paper waits, the lease that ends."""
    from spotcheck.notices import production
    from spotcheck.notices.models import Paper
    from tests.faults import mutants

    match protection:
        case "transaction":
            mutants.number_outside()
        case "mark":
            create = Paper.objects.create
            Paper.objects.create = lambda **given: create(**given | {"drawing": Paper.Drawing.ON_DEMAND})
        case "lease":
            take = production._take

            def for_good(pk: int, now: Any) -> bool:
                taken = take(pk, now)
                Paper.objects.filter(pk=pk).update(drawing=Paper.Drawing.DRAWN)
                return taken

            production._take = for_good


if __name__ == "__main__":
    main()
