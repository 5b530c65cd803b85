"""Numbers: gap-free for each bureau, form and year, taken in the transaction that issues the paper.

Notices carry 机关代字, the year in six-cornered brackets and a serial without leading zeros (GB/T 9704); the
working forms of the samplers a serial of fixed width; a sampling sheet its number with a check character
(ISO 7064, mod 37,36).
"""

import re
from typing import Final

from django.db import connection, transaction
from stdnum.iso7064 import mod_37_36

from spotcheck.docket import clock
from spotcheck.docket.sessions import region_names
from spotcheck.notices.models import NumberBlock, Paper, Series, VoidedNumber
from spotcheck.notices.template import Template
from spotcheck.notices.templates import templates
from spotcheck.parties.models import Office
from spotcheck.parties.regions import city_of, is_city
from spotcheck.rules.regulations import FIRST

SHEET: Final = "SC"
"""The series of the sampling sheets."""
_FORM_OF_SHEETS: Final = 4
CENTURY: Final = 2000
TAKE_NUMBERS: Final = """
INSERT INTO notices_series (office_id, form, letter, year, last) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (office_id, form, letter, year) DO UPDATE SET last = notices_series.last + EXCLUDED.last
RETURNING last
"""


class NotYours(ValueError):
    """A sheet number does not come from a block that the body still holds."""


def next_number(office: Office, template: Template, year: int, *, place: str = "") -> str:
    """Take the next number of the series; the row stays locked until the issuing transaction ends."""
    return written(office, template, year, _take(office, template, year, 1), place=place)


def reserve(office: Office, form: int, year: int, count: int, holder: str, *, place: str = "") -> list[str]:
    """Take a block of numbers for a tablet that goes offline; return them as they are printed."""
    return numbers_of(take_block(office, form, year, count, holder, place=place))


def take_block(office: Office, form: int, year: int, count: int, holder: str, *, place: str = "") -> NumberBlock:
    """Take a block of numbers; the row of the series stays locked until the transaction ends."""
    last = _take(office, templates()[form], year, count)
    series = Series.objects.get(office=office, form=form, letter="", year=year)
    return NumberBlock.objects.create(
        series=series, first=last - count + 1, last=last, holder=holder, place=place, taken_at=clock.now()
    )


def numbers_of(block: NumberBlock) -> list[str]:
    """The numbers of a block as they are printed."""
    series = block.series
    template = templates()[series.form]
    return [
        written(series.office, template, series.year, serial, place=block.place)
        for serial in range(block.first, block.last + 1)
    ]


def hold_reserved(office: Office, typed: str) -> str:
    """Lock the block from which a printed sheet number comes, and return the number as it was printed.

    Raises :class:`NotYours` when this body holds no such block, or the number was voided.
    """
    number = next((one for one in (typed, typed.upper()) if _is_whole(office, one)), typed)
    found = re.fullmatch(rf"SC(\d\d)\d{{6}}{re.escape(office.code)}(\d{{4,}})[0-9A-Z]", number)
    if found is None or not _is_whole(office, number):
        raise NotYours(number)
    year, serial = CENTURY + int(found[1]), int(found[2])
    blocks = NumberBlock.objects.filter(series__office=office, series__form=_FORM_OF_SHEETS, series__year=year)
    held = blocks.filter(first__lte=serial, last__gte=serial, returned_at=None)
    if not held.select_for_update(of=("self",)).exists() or VoidedNumber.objects.filter(number=number).exists():
        raise NotYours(number)
    return number


def void_reserved(holder: str, number: str, reason: str) -> bool:
    """Void a number of a holder's blocks (``device:<id>``); whether it is one, on no paper and not voided before."""
    blocks = NumberBlock.objects.filter(holder__startswith=f"{holder}:", returned_at=None).order_by("pk")
    for block in blocks.select_for_update(of=("self",)).select_related("series__office"):
        printed = numbers_of(block)
        if number not in printed:
            continue
        if Paper.objects.filter(number=number).exists() or VoidedNumber.objects.filter(number=number).exists():
            return False
        void(block.series, block.first + printed.index(number), number, reason)
        return True
    return False


def _is_whole(office: Office, number: str) -> bool:
    """Whether a sheet number of this body was typed without a slip, by its check character."""
    is_ours = re.fullmatch(rf"SC\d{{8}}{re.escape(office.code)}\d{{4,}}[0-9A-Z]", number) is not None
    return is_ours and number[-1] == _check_character(number[:-1])


def void(series: Series, serial: int, number: str, reason: str) -> VoidedNumber:
    """Record that a number will never be a paper."""
    return VoidedNumber.objects.create(
        series=series, serial=serial, number=number, reason=reason, voided_at=clock.now()
    )


@transaction.atomic
def give_back(block: NumberBlock, reason: str, *, place: str = "") -> list[str]:
    """End a block: what was not used is voided. Return the voided numbers."""
    block = NumberBlock.objects.select_for_update(of=("self",)).select_related("series__office").get(pk=block.pk)
    series, template = block.series, templates()[block.series.form]
    voided = []
    for serial in range(block.first, block.last + 1):
        number = written(series.office, template, series.year, serial, place=place or block.place)
        is_used = Paper.objects.filter(number=number).exists()
        if not is_used and not VoidedNumber.objects.filter(number=number).exists():
            voided.append(void(series, serial, number, reason).number)
    NumberBlock.objects.filter(pk=block.pk).update(returned_at=clock.now())
    return voided


def series_of(template: Template) -> tuple[int, str]:
    """Form and name of the series that a template counts in: each text has its own, though its forms begin at 1 too."""
    if template.regulation == FIRST:
        return template.form or 0, template.letter or ""
    return 0, f"{template.regulation}/{template.letter or template.form}"


def written(office: Office, template: Template, year: int, serial: int, *, place: str = "") -> str:
    """Write a serial as the paper's number."""
    if template.series == SHEET:
        base = f"SC{year % 100:02d}{place or '370000'}{office.code}{serial:04d}"
        return base + _check_character(base)
    if not template.series or template.series.isascii():
        return f"{template.series or 'WS'}-{office.code}-{year}-{serial:04d}"
    return f"{initials(office)}{template.series.removeprefix('鲁')}〔{year}〕{serial}号"


def initials(office: Office) -> str:
    """机关代字: 鲁 for the province, the short names of city and county for the bureaus below."""
    if office.kind == Office.Kind.PROVINCE:
        return "鲁"
    names = region_names({office.code, city_of(office.code)})
    own = names.get(office.code)
    if own is None:
        return office.code
    city = "" if is_city(office.code) else _short(names.get(city_of(office.code), ""))
    return city + _short(own.removeprefix(city))


def _check_character(base: str) -> str:
    """The check character over the letters and digits; a body's code may have other characters between them."""
    return str(mod_37_36.calc_check_digit(re.sub("[^0-9A-Z]", "", base.upper())))


def _short(name: str) -> str:
    """济南市 to 济南, 莒县 to 莒县: a name of one character keeps what it is."""
    return name[:-1] if len(name) > len("莒县") and name[-1] in "市县区" and not name.endswith("开发区") else name


def _take(office: Office, template: Template, year: int, count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(TAKE_NUMBERS, [office.pk, *series_of(template), year, count])
        last: int = cursor.fetchone()[0]
    return last
