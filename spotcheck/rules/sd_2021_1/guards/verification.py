"""What a written conclusion has to be (Article 36); apart from the guards of the charts."""

from typing import Final

from spotcheck.rules.guards import Guard
from spotcheck.rules.words import Words

LEAST_REASONS: Final = 20
"""So many characters have reasons that can be weighed."""

VERIFICATION: Final = (
    Guard(
        "verification_reasoned",
        (36,),
        Words(
            f"核实结论没有结论，或者理由不足{LEAST_REASONS}个字",
            f"there is no conclusion, or its reasons have fewer than {LEAST_REASONS} characters",
        ),
        Words("写明结论和核实的依据", "state the conclusion and on what it rests"),
    ),
)
