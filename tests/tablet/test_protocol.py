"""What ``web/LOG.md`` says, and its vectors: made by the server's own code, read by the tablet's."""

from datetime import date
from typing import Any

import pytest

from spotcheck.rules import bar_index, canonical, field_log, strict_json
from spotcheck.tablet import proofs
from tests.tablet import vectors
from tests.tablet.keys import Key


@pytest.mark.parametrize("name", vectors.MADE)
def test_the_vectors_are_what_the_server_makes(name: str) -> None:
    kept = (vectors.HOME / f"{name}.json").read_text(encoding="utf-8")
    assert kept == vectors.written(vectors.MADE[name]())


@pytest.mark.parametrize("text", vectors.canonical_vectors()["refused"])
def test_what_has_no_canonical_text_is_refused(text: str) -> None:
    with pytest.raises((canonical.NotCanonical, strict_json.IllFormed)):
        canonical.text_of(strict_json.loads(text))


def _changed(act: dict[str, Any], **said: Any) -> dict[str, Any]:
    made = act | said
    return made | {"hash": field_log.hash_of(made)}


def test_a_chain_that_was_written_is_whole() -> None:
    field_log.check(vectors.acts())


@pytest.mark.parametrize(
    "forged",
    [
        lambda acts: [acts[0], acts[1] | {"on": "2026-03-16"}, *acts[2:]],
        lambda acts: [acts[0], acts[2], acts[1], acts[3]],
        lambda acts: [acts[0], *acts[2:]],
        lambda acts: [acts[0], _changed(acts[1], on="2026-03-16"), *acts[2:]],
        lambda acts: [
            acts[0],
            acts[1] | {"facts": {"form1": 0.5}},
        ],
    ],
    ids=["changed", "reordered", "left out", "changed with its hash", "a fraction"],
)
def test_a_forged_chain_is_found(forged: Any) -> None:
    with pytest.raises(field_log.Broken):
        field_log.check(forged(vectors.acts()))


def test_a_proof_is_of_one_request_and_one_key() -> None:
    key, moment = Key(7), "2026-03-17T02:25:00.000Z"
    proof = proofs.read(key.proof("PUT", "/a", b"body", moment))
    assert proof is not None
    assert proofs.proves(key.public, proof, proofs.signed_text("PUT", "/a", b"body", moment))
    for other in (("POST", "/a", b"body", moment), ("PUT", "/b", b"body", moment), ("PUT", "/a", b"", moment)):
        assert not proofs.proves(key.public, proof, proofs.signed_text(*other))
    assert not proofs.proves(Key(8).public, proof, proofs.signed_text("PUT", "/a", b"body", moment))


@pytest.mark.parametrize("header", ["", "v1", "v1 at=2026-13-17T02:25:00.000Z sig=" + "A" * 86, "v2 at=x sig=y"])
def test_what_is_no_proof_is_none(header: str) -> None:
    assert proofs.read(header) is None


def test_only_the_public_half_of_such_a_key_is_taken() -> None:
    key = Key(7)
    assert proofs.is_public_key(key.public)
    assert not proofs.is_public_key(key.private)
    assert not proofs.is_public_key(key.public | {"x": Key(8).public["x"]})  # no point of the curve
    assert not proofs.is_public_key({"kty": "RSA"})


def test_the_index_finds_what_is_in_it_and_nothing_else() -> None:
    """Twenty thousand products; of forty thousand others one in a hundred million might be found by chance."""
    on = date(2026, 3, 17)
    known = [
        (bar_index.key(f"P{number}", "S", "B", "M"), date(2026, 1, 1 + number % 28), number % 3 == 0)
        for number in range(20000)
    ]
    index = bar_index.built(known, on=on)
    for name, day, samr in known[::97]:
        assert bar_index.look_up(index, name) == bar_index.Hit(day, samr)
    assert not any(bar_index.look_up(index, bar_index.key(f"Q{number}", "S", "B", "M")) for number in range(5000))
    assert bar_index.look_up(bar_index.built([], on=on), known[0][0]) is None


def test_the_newest_check_of_a_product_is_told() -> None:
    on = date(2026, 3, 17)
    name = bar_index.key("P", "", "", "")
    index = bar_index.built([(name, date(2025, 12, 1), True), (name, date(2026, 2, 1), False)], on=on)
    assert bar_index.look_up(index, name) == bar_index.Hit(date(2026, 2, 1), samr=False)
