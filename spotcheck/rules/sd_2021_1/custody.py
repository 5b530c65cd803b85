"""Custody of the sealed units: kinds of links, their order, and what is wrong with a chain (18, 26, 27, 39; R62)."""

from typing import Final

from spotcheck.rules.words import Words

SEALED: Final = "sealed"
DISPATCHED: Final = "dispatched"
RECEIVED: Final = "received"
REFUSED: Final = "refused"
MOVED: Final = "moved"
ISSUED: Final = "issued"
RETURNED: Final = "returned"
RELEASED: Final = "released"
DISPOSED: Final = "disposed"
GAP_ACCEPTED: Final = "gap_accepted"

KINDS: Final[dict[str, Words]] = {
    SEALED: Words("封样", "sealed"),
    DISPATCHED: Words("送出", "dispatched"),
    RECEIVED: Words("接收", "received"),
    REFUSED: Words("拒收", "refused"),
    MOVED: Words("移动、换封", "moved or sealed anew"),
    ISSUED: Words("领用", "issued"),
    RETURNED: Words("退回", "returned"),
    RELEASED: Words("调出复检", "released for the retest"),
    DISPOSED: Words("处置", "disposed of"),
    GAP_ACCEPTED: Words("认可缺口", "gap accepted"),
}
"""What a link can say, in the order of a unit's life."""

AFTER: Final[dict[str, tuple[str, ...]]] = {
    SEALED: (),
    DISPATCHED: (SEALED, MOVED, RETURNED, REFUSED),
    RECEIVED: (DISPATCHED,),
    REFUSED: (DISPATCHED, RELEASED),
    MOVED: (SEALED, DISPATCHED, RECEIVED, MOVED, ISSUED, RETURNED, REFUSED, RELEASED),
    ISSUED: (RECEIVED, MOVED, RETURNED),
    RETURNED: (DISPATCHED, RECEIVED, MOVED, ISSUED, REFUSED, RELEASED),
    RELEASED: (SEALED, RECEIVED, MOVED, RETURNED, REFUSED, RELEASED),
    DISPOSED: (RECEIVED, MOVED, ISSUED, RETURNED, RELEASED, REFUSED),
}
"""After which kinds each can come; an accepted gap stands between links and changes no order."""

SEAL_STATES: Final[dict[str, Words]] = {
    "intact": Words("完好", "intact"),
    "broken": Words("破损", "broken"),
    "resealed": Words("已换封", "sealed anew"),
}

REFUSAL_REASONS: Final[dict[str, Words]] = {
    "broken_seal": Words("封条破损", "broken seal"),
    "wrong_sample": Words("样品不符", "wrong sample"),
    "damaged": Words("样品损坏", "damaged"),
    "insufficient": Words("数量不足", "too little"),
    "other": Words("其他", "other"),
}

FAULTS: Final[dict[str, Words]] = {
    "no_beginning": Words("没有封样记录", "there is no record of the sealing"),
    "no_seal": Words("封样时没有登记封条编号", "no seal number was recorded at the sealing"),
    "order": Words("流转次序不连贯", "the links do not follow upon each other"),
    "other_giver": Words("交出的一方不是上一环节的接收方", "who handed it over is not who had taken it over before"),
    "one_side": Words(
        "只有一方确认（承运的没有运单号）",
        "only one side has confirmed (a carrier without the number of its waybill)",
    ),
    "seal_differs": Words("封条编号与此前登记的不一致", "the seal number differs from the one on record"),
    "seal_broken": Words("封条破损，没有换封记录", "the seal is broken, and no new one is on record"),
    "too_long": Words("运输时间过长，没有说明", "the transit took too long, without an explanation"),
    "goes_back": Words("时间早于上一环节", "it lies before the link before it"),
    "hash_broken": Words("记录被改动", "the record was changed"),
}
"""What can be wrong with a chain, by names that programs know."""

LONGEST_TRANSIT_HOURS: Final = 72
"""So long a transit needs no explanation, where the detail rule of the task says nothing else (R62)."""
