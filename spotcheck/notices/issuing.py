"""Issuing: what a paper says is gathered, its names checked, the number taken, the record written.

All of it happens in the transaction of the act. Drawing comes after the commit; until then the paper is its
number and its snapshot, from which it can be drawn again at any time.
"""

import secrets
from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from spotcheck.docket import clock, sessions
from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Entry, Party
from spotcheck.docket.problems import BadFacts
from spotcheck.docket.standing import bureaus_meant
from spotcheck.notices import circles, numbering, paper_data, typefaces, waking
from spotcheck.notices.commissioned import body
from spotcheck.notices.contributions import PARTIES as CIRCLES_OF_PARTIES
from spotcheck.notices.contributions import is_needed
from spotcheck.notices.models import Paper, PreparedPaper, Recipient, TemplateVersion
from spotcheck.notices.template import Template
from spotcheck.notices.templates import template as template_of
from spotcheck.parties import provinces
from spotcheck.parties.models import PROVINCE_CODE, Office
from spotcheck.rules.actors import ENTERPRISE
from spotcheck.rules.regulations import FIRST, named
from spotcheck.rules.words import Words

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PARTIES: Final = frozenset({"party", ENTERPRISE, "applicant"})
KINDS: Final = {
    "every_bureau": (Office.Kind.CITY, Office.Kind.COUNTY),
    "every_city": (Office.Kind.CITY,),
}
Recipients = list[tuple[str, list[Office], list[Party]]]
"""Words, each with the offices and the parties that it means."""
SERIES_OF_SAMPLERS: Final = frozenset({"sampler", "sampling_body", "lab", ENTERPRISE})


def issue(key: int | str, entry: Entry) -> Paper:
    """Record one paper: number, issuer, recipients and the snapshot it rests on."""
    matter, text = entry.matter, entry.matter.text()
    template = template_of(key, text.id)
    if (ready := prepared_for(entry.dossier_id, template)) is not None:
        return _issued_as_prepared(ready, template, entry)
    issuer = issuer_of(template, entry)
    recipients = [(word, *meant(word, matter, entry)) for word in template.recipients]
    named = _addressees(recipients)
    to = _outside(template, entry) or "、".join(named)
    data = paper_data.gather(entry, issuer, to=to, cc=_copied(recipients, [*named, issuer.name]))
    if template.issuer == ENTERPRISE:
        data["paper"]["issuer"] = (data.get("party") or data.get("sampled") or {}).get("name", issuer.name)
    _refuse_names_that_cannot_be_printed(entry, issuer)
    number = _number(template, entry, issuer, data)
    data["paper"]["number"] = number
    code = new_code()
    paper = Paper.objects.create(
        dossier=entry.dossier,
        party=matter.party,
        entry=entry,
        chart=entry.chart,
        label=entry.label,
        regulation=text.id,
        form=template.form or 0,
        letter=template.letter or "",
        number=number,
        issuer=issuer,
        issued_on=entry.effective_on,
        snapshot=_snapshot(entry, data, code),
        template=kept_version(template),
        code=code,
        gaps=[field.name for field in template.missing(data)],
        drawing=Paper.Drawing.ON_DEMAND if clock.is_simulated() else Paper.Drawing.WANTED,
    )
    Recipient.objects.bulk_create(_rows(paper, recipients))
    entry.issued = (*entry.issued, paper)
    if paper.drawing == Paper.Drawing.WANTED:
        transaction.on_commit(partial(waking.wake, paper.pk), robust=True)
    return paper


def prepared_for(dossier_id: int, template: Template) -> PreparedPaper | None:
    """The paper of this form that was prepared for a dossier and has been neither issued nor voided."""
    if template.form is None or template.regulation != FIRST:
        return None
    rows = PreparedPaper.objects.select_related("issuer", "template")
    return rows.filter(dossier=dossier_id, form=template.form, paper__isnull=True, voided_at__isnull=True).first()


def new_code() -> str:
    """A new code for the public page of a paper or a visit: 80 bits."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(16))


def _issued_as_prepared(ready: PreparedPaper, template: Template, entry: Entry) -> Paper:
    """Issue the paper that was prepared, and shown as it is: its number, its code, what it says."""
    paper = Paper.objects.create(
        dossier=entry.dossier,
        party=entry.matter.party,
        entry=entry,
        chart=entry.chart,
        label=entry.label,
        regulation=template.regulation,
        form=ready.form,
        number=ready.number,
        issuer=ready.issuer,
        issued_on=entry.effective_on,
        snapshot=ready.snapshot,
        template=ready.template,
        code=ready.code,
        gaps=ready.gaps,
        drawing=Paper.Drawing.ON_DEMAND if clock.is_simulated() else Paper.Drawing.WANTED,
    )
    recipients = [(word, *meant(word, entry.matter, entry)) for word in template.recipients]
    Recipient.objects.bulk_create(_rows(paper, recipients))
    PreparedPaper.objects.filter(pk=ready.pk).update(paper=paper)
    if paper.drawing == Paper.Drawing.WANTED:
        transaction.on_commit(partial(waking.wake, paper.pk), robust=True)
    return paper


def issuer_of(template: Template, entry: Entry) -> Office:
    """The office whose name stands under a paper of this entry, or would."""
    letter = entry.matter.text().letters.get(template.letter or "")
    return _issuer(template.issuer, entry, filed_with=letter.filed_with if letter is not None else "")


def title_of(key: int | str, regulation: str = FIRST) -> Words:
    """The title of a form (by number) or letter (by name) of a text."""
    text = named(regulation)
    return text.letters[key].title if isinstance(key, str) else text.forms[key].title


def kept_version(template: Template) -> TemplateVersion:
    """The version of the template, kept with the papers it was used for."""
    found, _ = TemplateVersion.objects.get_or_create(
        digest=template.digest,
        defaults={"name": template.name, "version": template.version, "source": template.source},
    )
    return found


def meant(word: str, matter: Flow, entry: Entry) -> tuple[list[Office], list[Party]]:
    """The offices and the parties that a word means for the matter of this entry."""
    if word in PARTIES:
        return [], list(matter.about("enterprise"))
    if (matter.text().id, word) in CIRCLES_OF_PARTIES:
        return [], list(circles.parties(word, entry))
    return _offices(word, matter, entry), []


def _offices(word: str, matter: Flow, entry: Entry) -> list[Office]:
    if word in KINDS:
        return list(Office.objects.filter(kind__in=KINDS[word]))
    capacity = matter.text().capacities.get(word)
    if capacity is not None and capacity.parts:
        found = body(entry, capacity.parts[0])
        return [found] if found else []
    if word == "replaced_body":
        return circles.replaced_body(entry)
    codes = circles.places(word, entry, matter)
    return sessions.offices(bureaus_meant(word, matter, entry.spec) if codes is None else codes)


def letters_of(entry: Entry) -> Iterable[str]:
    """The letters that an act makes necessary in this dossier."""
    for letter in entry.matter.text().letters.values():
        if entry.act in letter.issued_by and is_needed(letter.name, entry):
            yield letter.name


def _rows(paper: Paper, recipients: Recipients) -> Iterable[Recipient]:
    """Who gets the paper; a word that means nobody of ours stays, so that the paper says to whom it goes."""
    for word, offices, parties in recipients:
        yield from (Recipient(paper=paper, word=word, office=office) for office in offices)
        yield from (Recipient(paper=paper, word=word, party=party) for party in parties)
        if word in circles.OUTSIDE:
            yield Recipient(paper=paper, word=word)


def _addressees(recipients: Recipients) -> list[str]:
    """The names of those for whom the paper is in the first place."""
    for _word, offices, parties in recipients:
        if parties:
            return [party.enterprise.name for _word, _offices, each in recipients for party in each]
        if offices:
            return [office.name for office in offices]
    return []


def _outside(template: Template, entry: Entry) -> str:
    """The authorities of the other provinces concerned, which are no offices of ours (Articles 32, 42, 52)."""
    if "other_province" not in template.recipients:
        return ""
    named = (provinces.authority(place) for place in sorted(_places_outside(entry)))
    return "、".join(dict.fromkeys(name for name in named if name))


def _places_outside(entry: Entry) -> Iterable[str]:
    """The places outside Shandong: where a party that the matter is about works now, or those of all."""
    if entry.facts.get("to"):
        return [entry.facts["to"]]
    concerned = [each.place for each in entry.matter.about("city") if not each.in_shandong]
    return concerned or [each.place for each in sessions.parties_of(entry.dossier) if not each.in_shandong]


def _copied(recipients: Recipients, without: list[str]) -> list[str]:
    """The offices that get a copy of what is meant for somebody else (抄送): not that, nor who writes."""
    named = [office.name for _word, offices, _parties in recipients for office in offices]
    return [name for name in dict.fromkeys(named) if name not in without]


def _issuer(word: str, entry: Entry, *, filed_with: str) -> Office:
    """The office that a word means as an issuer; of what a party writes itself, that with which it is filed."""
    matter = entry.matter
    capacity = matter.text().capacities.get(filed_with or word)
    bureau = capacity.bureau if capacity is not None else None
    if not filed_with and bureau == "handler" and (own := matter.issues_as(entry.spec)) is not None:
        return own
    if bureau in {"handler", "local"} and matter.party is not None and matter.party.handler is not None:
        return matter.party.handler
    if bureau == "local" and entry.office is not None:
        return entry.office
    if word in SERIES_OF_SAMPLERS:
        if word != ENTERPRISE and entry.office is not None and not entry.office.is_bureau:
            return entry.office
        if found := body(entry, "sampling_body"):
            return found
    return sessions.offices([PROVINCE_CODE])[0]


def _number(template: Template, entry: Entry, issuer: Office, data: dict[str, Any]) -> str:
    """The number: the next of the series, or the one that was printed before from a block of it."""
    printed = entry.facts.get("sheet_number")
    if template.series == numbering.SHEET and printed:
        return _printed(entry, issuer, printed)
    places = [party.place for party in entry.matter.about("enterprise")]
    return numbering.next_number(issuer, template, entry.effective_on.year, place=places[0] if places else "")


def _printed(entry: Entry, issuer: Office, number: str) -> str:
    """The number of a sheet that was printed offline: from a block of this body, and used once."""
    try:
        number = numbering.hold_reserved(issuer, number)
    except numbering.NotYours as error:
        says = _("抽样单编号%(number)s不在本机构领取的号段内；留空则自动编号。")
        raise BadFacts(entry.act, {"sheet_number": [says % {"number": number}]}) from error
    if Paper.objects.filter(number=number).exists():
        raise BadFacts(entry.act, {"sheet_number": [_("抽样单编号%(number)s已经使用。") % {"number": number}]})
    return number


def _refuse_names_that_cannot_be_printed(entry: Entry, issuer: Office) -> None:
    """Refuse the act, and take no number, when a name of a party or of the issuer could not be printed.

    A register can be mended, and a font be added; what an act has recorded cannot, and stands as a box.
    """
    if not typefaces.available():
        return  # nothing can be drawn here yet; the paper waits for the fonts
    named = [party.enterprise.name for party in sessions.parties_of(entry.dossier)]
    try:
        typefaces.refuse_what_cannot_be_printed("".join([issuer.name, *named]))
    except typefaces.NoGlyph as error:
        raise BadFacts(entry.act, {"characters": [str(error)]}) from error


def _snapshot(entry: Entry, data: dict[str, Any], code: str) -> dict[str, Any]:
    """What the paper rests on, as it is at this moment."""
    return {
        "act": entry.act,
        "matter": entry.label,
        "rule_set": entry.dossier.rule_set,
        "url": f"{getattr(settings, 'SITE_URL', 'http://127.0.0.1:8000')}/p/{code}",
        "data": data,
    }
