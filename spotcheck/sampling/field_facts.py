"""What the server works out of a log by itself: no tablet concludes for it what it can compute (Articles 13 to 21).

The table of ``web/LOG.md``, section 4. A log is read from its beginning to the act; what a tablet states of these facts
is not looked at. Files of a log come into the dossier with the first act of a chart after them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from spotcheck.docket.evidence import Attached
from spotcheck.docket.flow import ActSpec
from spotcheck.docket.models import Dossier
from spotcheck.files.models import StoredFile
from spotcheck.notices import prepared
from spotcheck.parties.models import Post
from spotcheck.planning.tables import TargetSampler
from spotcheck.rules import folding
from spotcheck.rules.evidence import allowed
from spotcheck.rules.field_log import NOTED, moment_of
from spotcheck.sampling.facts import MEANS, MEDIA
from spotcheck.sampling.field_acts import NOTICE, is_commissioned, mandate_of

UNIT: Final = "unit"
OF_THE_LOG: Final = frozenset({UNIT, "no_seal_reason", "no_payment_reason", *(f"{means}_reason" for means in MEANS)})
"""What is stated with acts and is no fact of them."""
KINDS: Final = {
    **dict.fromkeys((*MEDIA, "outside", "seal_test", "seal_reserve", "seal_of_firm", *MEANS), "photo"),
    "licence": "licence",
    "contract": "contract",
    "voucher": "voucher",
    "signed_sheet": "signed_sheet",
    "signature": "signature",
    "film": "film",
    "screenshot": "screenshot",
    "other": "other",
}
"""Which kind of evidence a slot holds."""
FILM: Final = "video/mp4"


@dataclass(frozen=True, slots=True)
class Reading:
    """A log up to an act: the act, what came before it, and the files of both."""

    dossier: Dossier
    act: Mapping[str, Any]
    before: Sequence[Mapping[str, Any]] = ()
    posts: frozenset[int] = frozenset()
    """Who was ever signed in on the tablet: nobody else stands behind an act."""
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def whole(self) -> list[Mapping[str, Any]]:
        """All of it."""
        return [*self.before, self.act]

    def behind(self) -> list[int]:
        """The posts that stood behind the act by their PIN, as far as they were signed in on the tablet."""
        return [one["post"] for one in self.act["by"] if one["pin"] and one["post"] in self.posts]

    def slots(self) -> set[str]:
        """What the files of the log show so far."""
        return {file["slot"] for act in self.whole for file in act["evidence"]}

    def newest(self, kind: str) -> Mapping[str, Any]:
        """The facts of the newest entry of a kind; nothing where there is none."""
        return next((act["facts"] for act in reversed(self.before) if act["act"] == kind), {})

    def all_of(self, kind: str) -> list[Mapping[str, Any]]:
        """The facts of all entries of a kind."""
        return [act["facts"] for act in self.before if act["act"] == kind]


def read(
    dossier: Dossier, act: Mapping[str, Any], before: Sequence[Mapping[str, Any]], posts: Iterable[int]
) -> Reading:
    """The log of a visit up to an act."""
    rows = TargetSampler.objects.filter(target__dossier=dossier, post__isnull=False).values_list("post", "name")
    names = dict(rows)
    missing = {one["post"] for one in act["by"]} - names.keys()
    names |= {post.pk: str(post.user) for post in Post.objects.filter(pk__in=missing).select_related("user")}
    return Reading(dossier, act, before, frozenset(posts), names)


def facts_of(reading: Reading, spec: ActSpec) -> dict[str, Any]:
    """The facts of an act: what was stated, but for what is computed here."""
    stated = {name: value for name, value in reading.act["facts"].items() if name not in OF_THE_LOG}
    computed = _COMPUTED.get(spec.name)
    return stated | (computed(reading) if computed is not None else {})


def particulars_of(act: Mapping[str, Any]) -> dict[str, Any]:
    """What papers say beyond the facts, by the full names of the fields."""
    return {f"{group}.{name}": value for group, of in act["particulars"].items() for name, value in of.items()}


def files_of(reading: Reading) -> list[Mapping[str, Any]]:
    """The files that come with an act: its own, and those since the act of a chart before it, each once."""
    since = list(reading.before)
    while since and any(act["act"] not in NOTED for act in since):
        since.pop(0)
    found = {file["sha256"]: file for act in [*since, reading.act] for file in act["evidence"]}
    return list(found.values())


def attached(reading: Reading, spec: ActSpec) -> list[Attached]:
    """These files as what they are in the act."""
    files = files_of(reading)
    kept = StoredFile.objects.in_bulk([file["sha256"] for file in files])
    return [
        Attached(
            _kind(file, spec, kept[file["sha256"]]),
            kept[file["sha256"]],
            file["name"],
            taken_at=moment_of(file["at"]["best"]),
            about={name: value for name, value in file.items() if name not in {"sha256", "name", "size", "type"}},
            answers=file.get("answers", []),
        )
        for file in files
        if file["sha256"] in kept
    ]


def _kind(file: Mapping[str, Any], spec: ActSpec, stored: StoredFile) -> str:
    kind = "film" if stored.media_type == FILM else KINDS[file["slot"]]
    return kind if kind in allowed(spec.name) else "other"


def _visit(log: Reading) -> dict[str, Any]:
    shown = log.newest("show")
    came = log.behind()
    names = [log.names[post] for post in came if post in log.names]
    found = {
        "samplers": names,
        "ids_valid": bool(came) and set(came) <= set(shown.get("ids") or ()),
        "notice_matches": _is_the_notice(log, shown, names),
    }
    if is_commissioned(log.dossier):
        mandate = mandate_of(log.dossier)
        found["mandate_copy"] = mandate is not None and shown.get("form2") == mandate.number
    return found


def _is_the_notice(log: Reading, shown: Mapping[str, Any], names: Sequence[str]) -> bool:
    """What was shown is the notice prepared for this visit, and those came whom it names (Articles 13, 19(1))."""
    notice = prepared.in_force(log.dossier, NOTICE)
    if notice is None or shown.get("form1") != notice.number:
        return False
    printed = notice.snapshot["data"].get("sampling", {}).get("samplers") or []
    return {folding.key(one) for one in printed} == {folding.key(one) for one in names}


def _precheck(log: Reading) -> dict[str, Any]:
    is_shown = "contract" in log.slots()
    return {"contract": is_shown} if is_shown or log.act["facts"].get("commissioned") else {}


def _sealed(log: Reading) -> dict[str, Any]:
    """Two seals with different numbers (Articles 18, 26)."""
    said = _particulars(log)
    seals = [str(said.get(f"sampling.{unit}_seal") or "").strip() for unit in ("test", "reserve")]
    return {"sealed_separately": all(seals) and seals[0] != seals[1]}


def _sheet(log: Reading) -> dict[str, Any]:
    stated = log.act["facts"]
    return {
        "media": [slot for slot in MEDIA if slot in log.slots()],
        "signed": _is_signed(log),
        "paid": "voucher" in log.slots() or bool(str(stated.get("no_payment_reason") or "").strip()),
    } | _sealed(log)


def _is_signed(log: Reading) -> bool:
    """Both sides have signed, and the firm has sealed, or why not is said (Article 17)."""
    signs = [one for one in log.all_of("sign") if not one.get("refused")]
    by_samplers = {one.get("post") for one in signs if one.get("who") == "sampler"}
    by_firm = any(one.get("who") == "firm" and str(one.get("name") or "").strip() for one in signs)
    sealed = "seal_of_firm" in log.slots() or bool(str(log.act["facts"].get("no_seal_reason") or "").strip())
    return bool(log.behind()) and set(log.behind()) <= by_samplers and by_firm and sealed


def _particulars(log: Reading) -> dict[str, Any]:
    """What was stated for papers so far; what is later wins."""
    found: dict[str, Any] = {}
    for act in log.whole:
        found |= particulars_of(act)
    return found


def _not_sampled(log: Reading) -> dict[str, Any]:
    stated = log.act["facts"]
    return {"verified": [one for one in MEANS if one in log.slots() or str(stated.get(f"{one}_reason") or "").strip()]}


def _obstruction(log: Reading) -> dict[str, Any]:
    names = [file["name"] for file in log.act["evidence"]]
    return {"media": "、".join(names)} if names else {"media": ""}


def _purchase(log: Reading) -> dict[str, Any]:
    return {"samplers": [log.names[post] for post in log.behind() if post in log.names]}


def _undertaking(log: Reading) -> dict[str, Any]:
    return {"undertaking": any(file["slot"] in {"signed_sheet", "signature"} for file in log.act["evidence"])}


_COMPUTED: Final[Mapping[str, Callable[[Reading], dict[str, Any]]]] = {
    "sampling.present_notice": _visit,
    "sampling.pass_precheck": _precheck,
    "sampling.complete_sampling": _sheet,
    "sampling.record_not_sampled": _not_sampled,
    "sampling.record_obstruction": _obstruction,
    "purchase.place_order": _purchase,
    "purchase.seal_and_notify": _sealed,
    "sample.leave_with_enterprise": _undertaking,
}
"""What is computed, by the name of the act."""
