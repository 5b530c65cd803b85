"""The ground of 19(4): the same product was checked within six months (README 10.1, 16)."""

from __future__ import annotations

from datetime import date

from tests.second_reading import counting
from tests.second_reading.acts import Act
from tests.second_reading.records import Dossier
from tests.second_reading.world import World


def established(act: Act) -> bool:
    """Is the ground of the refusal good? 19(4) is computed, for the others the proof decides.

    The register is looked up for a claim of 19(4) only: it proves that ground, whoever wrote the claim down, and no
    other one.
    """
    dossier = act.dossier
    claim = dossier.refusal or {}
    if claim.get("ground") != "19(4)":
        return bool(claim.get("proven", True))
    visit = dossier.visit_on or dossier.claimed_on
    if visit is None:
        return False
    return by_papers(act.world, dossier, visit) or by_register(act.world, dossier, visit)


def by_papers(world: World, dossier: Dossier, visit: date) -> bool:
    """The papers of the claim show an earlier check of the province or of SAMR."""
    check = (dossier.refusal or {}).get("earlier_check") or {}
    if "dossier" in check:
        return _exempts(world, world.dossiers[check["dossier"]], dossier, visit)
    good = check.get("organiser") in ("province", "samr") and check.get("same_product", True)
    return bool(good) and dossier.check == "daily" and _within(check.get("sampled"), visit)


def by_register(world: World, dossier: Dossier, visit: date) -> bool:
    """The province finds the earlier check in its own register: another dossier of the file."""
    return any(_exempts(world, other, dossier, visit) for other in world.dossiers.values() if other is not dossier)


def _exempts(world: World, earlier: Dossier, dossier: Dossier, visit: date) -> bool:
    """A check of the file itself is one by the province, unless it was handed over; a void one does not count."""
    valid = world.state(world.field_chart(earlier.number)) == "sampled" and not earlier.handed_over
    alike = world.same_product(earlier, dossier)
    return valid and alike and dossier.check == "daily" and _within(earlier.sampled_on, visit)


def _within(sampled: date | None, visit: date) -> bool:
    """Six months forward from the earlier sampling, the last day included (D19)."""
    return sampled is not None and sampled <= visit <= counting.period("D19", sampled).due_on
