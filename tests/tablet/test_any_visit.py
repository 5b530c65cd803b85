"""Visits at random, well done and badly: by their log they come out as the acts themselves do, refusals too."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spotcheck.rehearsal import player, stages
from spotcheck.rehearsal.scenario import FormatError
from tests.tablet.test_acceptance import Through, _played

DRAWN = date(2021, 7, 5)

SAID: dict[str, list[dict[str, Any]]] = {
    "sampling.present_notice": [{}, {}, {}, {"samplers": ["张伟"]}, {"ids_valid": False}, {"notice_matches": False}],
    "sampling.pass_precheck": [{}, {}, {}, {"commissioned": True, "contract": True}, {"commissioned": True, "contract": False}],
    "sampling.complete_sampling": [{}, {}, {}, {"signed": False}, {"paid": False}, {"fee_charged": True}, {"media": ["place"]}, {"sealed_separately": False}],
    "sampling.claim_refusal": [{"ground": "19(1)"}, {"ground": "19(2)"}, {"ground": "19(5)"}],
    "sampling.terminate_illegal": [{}, {"suspicion": "no_licence"}, {"suspicion": "none"}, {"evidence": False}],
    "sampling.record_obstruction": [{}],
    "sampling.record_not_sampled": [{}],
    "sample.dispatch": [{"unit": "T"}, {"unit": "R"}],
    "sample.leave_with_enterprise": [{"unit": "R"}, {"unit": "R", "undertaking": False}],
    "sampling.accept_refusal": [{}],
    "sampling.reject_refusal": [{}],
}  # fmt: skip
"""What may be said of each act: mostly what is right."""
ON_THE_WAY = ("sampling.present_notice", "sampling.pass_precheck", "sampling.complete_sampling", "sample.dispatch")


@st.composite
def visits(draw: st.DrawFn) -> dict[str, Any]:
    """A target, and what is tried there: the usual way with anything between, on the same day or later."""
    day = DRAWN
    tried = []
    for place in range(draw(st.integers(3, 8))):
        usual = ON_THE_WAY[min(place, 3)] if draw(st.booleans()) else None
        act = usual or draw(st.sampled_from(sorted(SAID)))
        said = dict(draw(st.sampled_from(SAID[act])))
        unit = {"unit": said.pop("unit")} if "unit" in said else {}
        day += timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 9])))
        tried.append({"day": day, "do": [{"act": act, **unit, **({"with": said} if said else {})}], "expect": {}})
    parties = {"P": {"role": "sampled_producer", "region": 370705}}
    return {"given": {"stage": "drawn", "day": DRAWN}, "parties": parties, "steps": tried}


def _comes_out(path: Path) -> Any:
    """What was done and refused, and the entries; or that a fact has no such form."""
    try:
        differences, entries = _played(path)
    except FormatError:
        return "no such fact"
    return [str(one) for one in differences], entries


@pytest.mark.slow
@pytest.mark.parametrize("examples", [25, pytest.param(500, marks=pytest.mark.long)])
def test_any_visit_comes_out_the_same_by_its_log(
    db: Any, examples: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "R01.yaml"
    seen = {"done": 0, "refused": 0}

    @settings(
        max_examples=examples, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(visits())
    def play(said: dict[str, Any]) -> None:
        path.write_text(
            yaml.safe_dump({"id": "R01", "title": "t", "about": "a", "articles": [13], **said}, allow_unicode=True),
            encoding="utf-8",
        )
        directly = _comes_out(path)
        through = Through()
        with monkeypatch.context() as patched:
            patched.setattr(player, "perform", through)
            patched.setattr(stages, "perform", through, raising=False)
            assert _comes_out(path) == directly
        seen["done"] += through.done
        seen["refused"] += through.refused

    play()
    assert seen["done"] > examples
    assert seen["refused"] > examples / 2
