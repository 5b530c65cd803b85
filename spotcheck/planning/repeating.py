"""Repeating a draw from its protocol (Article 12): needs no database, and believes nothing that it can count again.

A protocol says which list was frozen when, and which seed then drew which lines and which samplers for each. All of it
is counted again here from list and seed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from spotcheck.planning.draw import draw, fingerprint, of_firms
from spotcheck.rules.strict_json import IllFormed
from spotcheck.rules.words import Words

FORMAT: Final = "spotcheck-draw-1"
ALGORITHM: Final = "sha256-rank-1"
HOW: Final = Words(
    "名单指纹：各行按字符排序后以换行连接（UTF-8），取 SHA-256。"
    "抽取：对每个企业计算 SHA-256（种子＋企业标识），按结果从小到大取前若干家；"
    "每家的各行同样按 SHA-256（种子＋行文）排序，各取相同行数，余数由排在前面的企业各多一行。"
    "抽样人员：按 SHA-256（种子＋空格＋案卷编号＋姓名）排序。",
    "Fingerprint of a list: SHA-256 of its lines, sorted by character, joined by line feeds, in UTF-8. "
    "Draw: SHA-256 of seed and key of the firm for every firm, ascending, so many of the first; the lines of each "
    "likewise by SHA-256 of seed and line, equally many of each firm, and one more of the first firms as far as there "
    "is a remainder. Samplers: ascending by SHA-256 of seed, a blank, number of the file and name.",
)
"""How anybody does the same without this program."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What repeating has found; ``faults`` is empty where everything came out as the protocol says."""

    task: str
    lines: int
    drawn: int
    faults: tuple[Words, ...]

    @property
    def holds(self) -> bool:
        """Whether the draw is the one that list and seed give."""
        return not self.faults


def repeat(protocol: Any) -> Verified:
    """Draw again from what a protocol says. Raises :class:`IllFormed` for what is no protocol."""
    read = _Protocol(protocol)
    return Verified(read.task, len(read.lines), len(read.drawn), tuple(_faults(read)))


class _Protocol:
    """A protocol, every part of the kind that it has to be."""

    def __init__(self, given: Any) -> None:
        whole = _object(given, "")
        if whole.get("format") != FORMAT or whole.get("algorithm") != ALGORITHM:
            raise IllFormed(
                Words("这不是本系统的抽取记录", "this is no protocol of a draw that is known here"), "/format"
            )
        frame, samplers = _object(whole.get("frame"), "/frame"), _object(whole.get("samplers"), "/samplers")
        self.task, self.seed = _text(whole, "task"), _text(whole, "seed")
        self.number, self.batches = _count(whole, "number"), _count(whole, "batches")
        self.by_chance = whole.get("by_chance") is True
        self.frozen_on = _day(_text(whole, "frozen_at"), "/frozen_at")
        self.drawn_on = _day(_text(whole, "drawn_on"), "/drawn_on")
        self.sha256, self.count = _text(frame, "sha256", "/frame"), _count(frame, "count", "/frame")
        self.lines = [
            (_text(line, "firm", at), _text(line, "text", at))
            for line, at in _objects(frame.get("lines"), "/frame/lines")
        ]
        self.samplers_sha256 = _text(samplers, "sha256", "/samplers")
        self.listed = _texts(samplers.get("listed"), "/samplers/listed")
        self.drawn = [
            (_text(one, "dossier", at), _text(one, "line", at), _texts(one.get("samplers"), f"{at}/samplers"))
            for one, at in _objects(whole.get("drawn"), "/drawn")
        ]


def _faults(read: _Protocol) -> Iterator[Words]:
    if not read.by_chance:
        yield Words("该次抽取没有使用随机种子", "this draw was not left to chance")
    if read.frozen_on > read.drawn_on:
        yield Words("名单在抽取之后才冻结", "the list was frozen after the draw")
    yield from _of_targets(read)
    yield from _of_samplers(read)


def _of_targets(read: _Protocol) -> Iterator[Words]:
    texts = [text for _, text in read.lines]
    if fingerprint(texts) != read.sha256:
        yield Words("名单与其指纹不符", "the list does not have its fingerprint")
    if len(texts) != read.count or len(set(texts)) != len(texts):
        yield Words("名单行数不符，或者有重复的行", "the list has not as many lines as it says, or one of them twice")
    again = of_firms(read.lines, rank=_by(read.seed), number=read.number, batches=read.batches)
    if [line for _, line, _ in read.drawn] != [text for _, text in again]:
        yield Words("由名单和种子抽出的对象与记录不符", "list and seed draw others than the protocol says")


def _of_samplers(read: _Protocol) -> Iterator[Words]:
    if len({dossier for dossier, _, _ in read.drawn}) != len(read.drawn):
        yield Words("案卷编号重复", "a number of a file stands there twice")
    if fingerprint(read.listed) != read.samplers_sha256 or len(set(read.listed)) != len(read.listed):
        yield Words("抽样人员名单与其指纹不符", "the list of samplers does not have its fingerprint")
    for dossier, _, order in read.drawn:
        if order != _by(f"{read.seed} {dossier}")(read.listed):
            yield Words(f"{dossier} 的抽样人员顺序与记录不符", f"the samplers of {dossier} come out in another order")


def _by(seed: str) -> Callable[[Sequence[str]], list[str]]:
    """The order in which a seed draws all of what it is given."""
    return lambda names: draw(names, seed=seed, number=len(names))


def _object(value: Any, at: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise IllFormed(Words("应当是一个对象", "an object is wanted here"), at)
    return value


def _objects(value: Any, at: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    if not isinstance(value, list):
        raise IllFormed(Words("应当是一个列表", "a list is wanted here"), at)
    yield from ((_object(one, f"{at}/{place}"), f"{at}/{place}") for place, one in enumerate(value))


def _texts(value: Any, at: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise IllFormed(Words("应当是文字的列表", "a list of texts is wanted here"), at)
    return value


def _text(whole: Mapping[str, Any], name: str, at: str = "") -> str:
    value = whole.get(name)
    if not isinstance(value, str):
        raise IllFormed(Words("应当是文字", "a text is wanted here"), f"{at}/{name}")
    return value


def _count(whole: Mapping[str, Any], name: str, at: str = "") -> int:
    value = whole.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise IllFormed(
            Words("应当是不小于零的整数", "a whole number, not below nought, is wanted here"), f"{at}/{name}"
        )
    return value


def _day(text: str, at: str) -> date:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError as error:
        raise IllFormed(Words("日期无法识别", "this is no date"), at) from error
