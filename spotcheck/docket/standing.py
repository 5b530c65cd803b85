"""Standing: which of the regulation's actors somebody is, for one matter (Articles 6, 10, 42).

The words are those of ``rules.actors``. A bureau is meant by a word when it is the bureau of the place of
the party concerned; a commissioned body when it was commissioned for the dossier.
"""

from typing import TYPE_CHECKING

from spotcheck.docket.sessions import parts_of
from spotcheck.parties.models import PROVINCE_CODE, Office, Post, city_of, in_shandong, is_city

if TYPE_CHECKING:
    from spotcheck.docket.flow import ActSpec, Flow
    from spotcheck.parties.actors import Actor

COMMISSIONED = {
    "sampler": ("sampling_body",),
    "sampling_body": ("sampling_body",),
    "lab": ("lab",),
    "retest_lab": ("retest_lab",),
    "technical_body": ("technical_body",),
}
ROLES = {
    "sampler": (Post.Role.SAMPLER,),
    "sampling_body": (Post.Role.SAMPLER, Post.Role.OFFICER),
    "lab": (Post.Role.ANALYST,),
    "retest_lab": (Post.Role.ANALYST,),
    "technical_body": (Post.Role.ANALYST,),
}


def may(matter: "Flow", spec: "ActSpec", actor: "Actor") -> bool:
    """Say whether the actor is one of those who do this act, or who record it (guard ``by_whom``)."""
    words = (*spec.actors, *spec.recorded_by)
    if actor.word is not None:
        return actor.word in words
    return any(is_meant(word, matter, spec, actor) for word in words if word != "system")


def is_meant(word: str, matter: "Flow", spec: "ActSpec", actor: "Actor") -> bool:
    """Say whether one word of the regulation means this actor for this matter."""
    if word == "enterprise":
        return actor.enterprise is not None and any(
            party.enterprise_id == actor.enterprise.pk for party in matter.about(word)
        )
    office = actor.office
    if office is None:
        return False
    if word in COMMISSIONED:
        if actor.role is not None and actor.role not in ROLES[word]:
            return False
        # A body commissioned for one party (Article 47) is nobody for the others.
        return any(
            part.office_id == office.pk and part.role in COMMISSIONED[word] and part.party_id in {None, matter.party_id}
            for part in parts_of(matter.dossier_id)
        )
    if actor.role not in {None, Post.Role.OFFICER} or not office.is_bureau:
        return False
    return office.code in bureaus_meant(word, matter, spec)


def bureaus_meant(word: str, matter: "Flow", spec: "ActSpec") -> set[str]:
    """Return the codes of the bureaus that a word means for this matter and act."""
    match word:
        case "province":
            return {PROVINCE_CODE}
        case "handler":
            return handlers(matter, spec)
        case "city" | "county" | "producer_bureau":
            # A suggestion to the plan may come from any city or county of the province (Article 7).
            if matter.chart == "plan":
                codes = Office.objects.filter(kind=word).values_list("code", flat=True)
                return {code for code in codes if in_shandong(code)}
            places = [party.place for party in matter.about(word) if in_shandong(party.place)]
            counties = {place for place in places if not is_city(place)}
            cities = {city_of(place) for place in places}
            return {"city": cities, "county": counties}.get(word, counties | cities)
        case _:
            return set()


def handlers(matter: "Flow", spec: "ActSpec") -> set[str]:
    """Return the bureaus that handle: that of the party's actual place, or those the matter itself names."""
    own = getattr(matter, "handling_bureaus", None)
    if own is not None:
        return own(spec)
    return {party.handler.code for party in matter.about("handler") if party.handler is not None}
