"""The charts of the made-up text: matters that exist only while a test knows the text."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test.utils import isolate_apps

from spotcheck.docket import acts
from spotcheck.docket.deadlines import LAPSES, lapses
from spotcheck.docket.facts import Facts, claim, is_written
from spotcheck.docket.flow import ABSENT, MATTERS, Flow, Proposal, act
from spotcheck.docket.requirements import Requirement
from spotcheck.docket.rule_sets import RULE_SET_VALID
from spotcheck.notices.contributions import CONTRIBUTIONS, Occasion, contributes
from spotcheck.rules.regulations import known
from tests.second_text.rules import ID, TEXT


@contextmanager
def built() -> Iterator[dict[str, type[Flow]]]:
    """Know the text, with its charts; forget both afterwards."""
    with known(TEXT), isolate_apps("spotcheck.docket"):
        try:
            yield _charts()
        finally:
            for chart in TEXT.charts:
                MATTERS.pop(chart.name, None)
            LAPSES.pop((ID, "D35"), None)
            CONTRIBUTIONS.pop(ID, None)


def _charts() -> dict[str, type[Flow]]:
    class Finding(Facts):
        finding = claim(200)

    is_grave = Requirement("is_grave", lambda matter: is_written(matter.proposal["finding"]), ("finding",))

    class Watch(Flow):
        chart = "watch"
        opened_by_hand = "party"

        class Meta:
            app_label = "docket"

        @act("W1", source=ABSENT, target="advised", articles=(2,), by=("watcher",), needs=(RULE_SET_VALID,),
             opens=("D35",), forms=(1,))  # fmt: skip
        def advise(self, proposal: Proposal) -> None:
            """Article 2."""

        @act("W2", source="advised", target="answered", articles=(3,), by=("enterprise",), recorded_by=("watcher",),
             closes=("D35",))  # fmt: skip
        def answer(self, proposal: Proposal) -> None:
            """Article 3."""

        @act("W3", source="advised", target="silent", articles=(3,), closes=("D35",))
        def run_out(self, proposal: Proposal) -> None:
            """Article 3."""

    class Warning_(Flow):  # noqa: N801 -- Python has a Warning of its own
        chart = "warning"
        opened_by_hand = "dossier"

        class Meta:
            app_label = "docket"

        @act("N1", source=ABSENT, target="raised", articles=(4,), by=("handler",), needs=(is_grave,), facts=Finding)
        def raise_it(self, proposal: Proposal) -> None:
            """Article 4."""

    @lapses("D35", text=ID)
    def _silence(batch: list[Any]) -> None:
        acts.let_lapse(batch, "run_out")

    @contributes("sampling", text=ID)
    def _said(_occasion: Occasion) -> dict[str, dict[str, Any]]:
        return {}

    return {"watch": Watch, "warning": Warning_}
