"""The random draw (Article 12): repeatable by anybody who has the seed and the candidate list."""

import hashlib
from collections.abc import Callable, Iterable, Sequence


def fingerprint(candidates: Sequence[str]) -> str:
    """Return the SHA-256 (hex) of the sorted candidate list."""
    return hashlib.sha256("\n".join(sorted(candidates)).encode()).hexdigest()


def draw(candidates: Sequence[str], *, seed: str, number: int) -> list[str]:
    """Return ``number`` candidates in the order of SHA-256(seed + candidate): the same in any order of the list."""
    ranked = sorted(set(candidates), key=lambda name: (hashlib.sha256(f"{seed}{name}".encode()).digest(), name))
    return ranked[:number]


def of_firms(
    lines: Iterable[tuple[str, str]], *, rank: Callable[[Sequence[str]], list[str]], number: int, batches: int = 0
) -> list[tuple[str, str]]:
    """Return what is drawn of ``lines`` (firm, text), in the order drawn: of ``number`` firms ``batches`` lines in all.

    ``rank`` puts firms, and the texts of each, in the order of the draw. Every firm gives equally many lines, and the
    first ones one more as far as there is a remainder; without ``batches`` one each.
    """
    offered: dict[str, dict[str, None]] = {}
    for firm, text in lines:
        offered.setdefault(firm, {})[text] = None
    firms = rank(list(offered))[:number]
    each, more = divmod(max(batches, len(firms)), len(firms)) if firms else (0, 0)
    return [
        (firm, text) for place, firm in enumerate(firms) for text in rank(list(offered[firm]))[: each + (place < more)]
    ]
