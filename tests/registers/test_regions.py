"""Regions of all China, what became of codes, zones without one, and which bureau handles what (Article 42, R13)."""

from datetime import date

import pytest
from django.test import Client

from spotcheck.docket.models import Dossier, Record
from spotcheck.parties import regions
from spotcheck.parties.loading import make_bureaus
from spotcheck.parties.models import Jurisdiction, Office, Region
from spotcheck.parties.regions import city_of, full_address, is_city
from spotcheck.planning.operations import name_producer
from spotcheck.registers import districts
from spotcheck.registers.refusals import NotDone
from tests.registers.conftest import DAY, People, enterprise

pytestmark = pytest.mark.django_db
LIXIA, TIANQIAO = "370102", "370105"


def test_the_table_is_a_tree_in_which_every_code_that_has_ended_leads_to_those_of_now():
    known = regions.table()
    assert len(known) > 3_500
    for one in known.values():
        assert (one.parent in known) is (one.level != "province"), one
        assert not (one.successors and one.until is None), one
        for code in regions.newest(one.code):
            assert known[code].until is None, one
    assert sum(one.level == "province" for one in known.values()) == 34


@pytest.mark.parametrize(
    ("code", "city", "is_one"),
    [
        ("370102", "370100", False),
        ("370176", "370100", False),
        ("370100", "370100", True),
        ("370000", "370000", False),
        ("110101", "110000", False),
        ("419001", "410000", False),
        ("659001", "650000", False),
        ("371202", "371200", False),
        ("3713G1", "371300", False),
        ("130000", "130000", False),
    ],
)
def test_who_stands_above_is_said_by_the_table_and_not_by_digits(code: str, city: str, is_one: bool):
    assert city_of(code) == city
    assert is_city(code) is is_one


def test_a_code_that_has_ended_says_what_became_of_it():
    assert regions.shown("371202", "zh-hans") == "莱城区（2018年并入莱芜区）"
    assert regions.shown("371202", "en") == "莱城区 (merged into 莱芜区 in 2018)"
    assert regions.shown("370102", "zh-hans") == "历下区"
    assert regions.newest("522423") == {"520581"}, "through two changes"
    assert Region.objects.get(code="371202").valid_until == date(2018, 12, 31)
    assert not Region.objects.here().filter(code="371202").exists()
    assert not Office.objects.filter(code="371202").exists(), "no bureau for a place that is no more"


def test_what_the_province_has_changed_is_not_overwritten_by_a_later_set_up():
    Office.objects.filter(code=LIXIA).update(name="济南市历下区市场监管局", short_name="历下监")
    Office.objects.create(code="YS-XX", kind="laboratory", name="某中心")
    make_bureaus()
    kept = Office.objects.get(code=LIXIA)
    assert (kept.name, kept.short_name) == ("济南市历下区市场监管局", "历下监")


def test_a_zone_without_a_code_gets_one_of_ours_and_a_bureau_below_its_city(people: People):
    made = districts.add_zone(people.office("370100"), "起步区市场监督管理局", by=people.by("jia"))
    assert (made.code, made.name, made.parent, made.kind) == (
        "3701G1",
        "起步区市场监督管理局",
        people.office("370100"),
        "county",
    )
    assert made.region is not None
    assert (made.region.name, made.region.valid_from, city_of(made.code)) == ("起步区", DAY, "370100")
    assert regions.is_code(made.code)
    assert districts.add_zone(people.office("370100"), "临港区", by=people.by("jia")).code == "3701G2"
    with pytest.raises(NotDone, match="同名"):
        districts.add_zone(people.office("370100"), "起步区", by=people.by("jia"))
    for who in ("ji", "li.data", "zhou"):
        with pytest.raises(NotDone):
            districts.add_zone(people.office("370100"), "某区", by=people.by(who))
    with pytest.raises(NotDone):
        districts.add_zone(people.office(LIXIA), "某区", by=people.by("jia"))
    assert Record.objects.filter(kind="office.zone").count() == 2


def test_work_is_divided_inside_a_city_from_a_day_and_for_what_begins_then(people: People):
    lixia, city = Region.objects.get(code=LIXIA), people.office("370100")
    made = districts.divide(lixia, city, document="济市监发〔2025〕1号", since=DAY, by=people.by("jia"))
    later = districts.divide(
        lixia, people.office(TIANQIAO), document="二号", since=date(2025, 4, 1), by=people.by("jia")
    )
    made.refresh_from_db()
    assert made.until == date(2025, 3, 31)
    assert list(Jurisdiction.objects.on(DAY)) == [made]
    assert list(Jurisdiction.objects.on(date(2025, 4, 1))) == [later]
    for wrong in (
        {"office": people.office("370200"), "since": date(2025, 5, 1)},
        {"office": city, "since": date(2025, 3, 1)},
        {"office": city, "since": date(2025, 4, 1)},
        {"office": city, "since": date(2025, 5, 1), "document": " "},
    ):
        with pytest.raises(NotDone):
            districts.divide(lixia, **({"document": "三号"} | wrong), by=people.by("jia"))  # type: ignore[arg-type]
    with pytest.raises(NotDone):
        districts.divide(lixia, city, document="三号", since=date(2025, 5, 1), by=people.by("li.data"))
    ended = districts.end_division(later, by=people.by("jia"))
    assert ended.until == date(2025, 4, 1), "not before it began"
    with pytest.raises(NotDone):
        districts.end_division(later, by=people.by("jia"))
    assert list(Record.objects.filter(kind__startswith="office.divide").values_list("kind", flat=True)) == [
        "office.divide",
        "office.divide",
        "office.divide_end",
    ]


def test_regions_are_found_by_code_and_by_name(people: People):
    def client_of(name: str) -> Client:
        client = Client()
        client.force_login(people.user(name))
        return client

    page = client_of("jia").get("/administration/regions/", {"q": "莱城"}).content.decode()
    assert "2018年并入莱芜区" in page
    assert "370116" in page
    assert "还有更多" in client_of("jia").get("/administration/regions/", {"q": "37"}).content.decode()
    assert "没有这样的地区" in client_of("jia").get("/administration/regions/", {"q": "ZZ"}).content.decode()
    zones = client_of("jia").get("/administration/regions/").content.decode()
    assert "济南高新技术产业开发区" in zones


def test_what_begins_is_handled_as_the_work_is_divided_that_day(people: People):
    firm, lixia = enterprise(), Region.objects.get(code=LIXIA)
    dossiers = [
        Dossier.objects.create(number=f"样{number}", opened_on=DAY, product_kind=kind)
        for number, kind in enumerate(("电线电缆", "玩具", "玩具"))
    ]
    before = name_producer(dossiers[1], firm)
    city = people.office("370100")
    districts.divide(lixia, city, document="一号", since=DAY, product_kind="玩具", by=people.by("jia"))
    districts.divide(lixia, people.office(TIANQIAO), document="二号", since=DAY, by=people.by("jia"))
    handlers = [name_producer(dossier, firm).handler for dossier in (dossiers[0], dossiers[2])]
    assert [office.code for office in handlers if office is not None] == [TIANQIAO, "370100"]
    before.refresh_from_db()
    assert before.handler is not None
    assert before.handler.code == LIXIA, "what had begun stays where it was"
    assert dossiers[2].involvements.filter(office=city, role="handler").exists()


@pytest.mark.parametrize(
    ("code", "address", "full"),
    [
        ("371302", "麦浪路172号", "山东省临沂市兰山区麦浪路172号"),
        ("371302", "兰山区麦浪路172号", "山东省临沂市兰山区麦浪路172号"),
        ("371302", "临沂市沂蒙路1号", "山东省临沂市沂蒙路1号"),
        ("371302", "山东临沂沂蒙路1号", "山东临沂沂蒙路1号"),
        ("110101", "东华门大街2号", "北京市东城区东华门大街2号"),
        ("999999", "某路1号", "某路1号"),
        ("371302", "", ""),
    ],
)
def test_an_address_is_whole_on_an_envelope(code: str, address: str, full: str) -> None:
    assert full_address(code, address) == full
