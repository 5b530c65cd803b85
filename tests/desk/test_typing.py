"""What a keyboard makes of texts: full width, other brackets, several names in a line, signs that nobody sees."""

import html
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from spotcheck.casework.dossier_filters import Wanted
from spotcheck.casework.dossier_search import matching
from spotcheck.casework.paper_search import WantedPapers
from spotcheck.casework.paper_search import matching as matching_papers
from spotcheck.casework.places import Place
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Entry, Party, known_as
from spotcheck.notices.models import Paper, Service
from spotcheck.notices.production import grouped
from spotcheck.parties.models import Offering
from tests.desk.test_serving import TODAY, mailed, page_of
from tests.desk.world import World
from tests.worlds import played

DAY = date(2024, 5, 6)


@played(beside="media")
def ordered(world: World) -> Dossier:
    """Form 7 was sent to seller and producer; Licheng has ordered the producer to rectify."""
    parties = (("S", Party.Role.SELLER, "shop"), ("N", Party.Role.NOMINAL_PRODUCER, "cable"))
    found = world.reported("SD2024-DL-001", DAY, date(2024, 5, 27), *parties)
    for label in ("S", "N"):
        world.act(world.matter(found, "result_notice", label).send, by="province", on=date(2024, 5, 28))
    world.ordered(found, "N", "county", date(2024, 5, 28), date(2024, 6, 3))
    return found


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def variants(text: str) -> list[str]:
    """The ways in which one text is typed."""
    return [
        text,
        wide(text),
        text.lower(),
        text.replace("-", "–"),
        f" {text}\u3000",
        f"{text[:3]}\u200b{text[3:]}",
        f"\u202d{text}\u202c",
    ]


def test_a_dossier_is_found_however_its_number_is_typed(ordered: Dossier, world: World) -> None:
    for who in ("province", "county", "lab"):
        for typed in variants(ordered.number):
            assert ordered in matching(world.actor(who), Wanted(words=typed, kind="sample")), (who, typed)


def test_a_firm_is_found_however_its_code_is_typed(ordered: Dossier, world: World) -> None:
    """In whatever width, and in groups as it stands on a licence."""
    code = ordered.parties.get(label="N").enterprise.credit_code
    groups = " ".join(code[place : place + 4] for place in range(0, 18, 4))
    actor, papers = world.actor("province"), ordered.papers.filter(recipients__party__label="N").distinct()
    for typed in [*variants(code), f"{code[:6]} {code[6:]}", groups]:
        assert list(matching(actor, Wanted(words=typed))) == [ordered], typed
        assert set(matching_papers(actor, WantedPapers(words=typed))) == set(papers), typed


@pytest.mark.parametrize("brackets", ["〔〕", "[]", "（）", "()", "【】", "［］", "﹝﹞"])
def test_a_paper_is_found_with_any_bracket(ordered: Dossier, world: World, brackets: str) -> None:
    paper = ordered.papers.get(form=11)
    typed = paper.number.replace("〔", brackets[0]).replace("〕", brackets[1])
    for words in (typed, typed.replace(brackets[0], f" {brackets[0]}"), wide(typed)):
        assert list(matching_papers(world.actor("county"), WantedPapers(words=words))) == [paper], words


def test_a_number_does_not_find_those_that_only_begin_like_it(ordered: Dossier, world: World) -> None:
    paper = ordered.papers.get(form=11)
    other = Paper.objects.get(pk=paper.pk)
    other.pk, other.code, other.number = None, None, paper.number.replace("1号", "11号")
    other.save()
    typed = paper.number.replace("〔", "[").replace("〕", "] ")
    assert list(matching_papers(world.actor("county"), WantedPapers(words=typed))) == [paper]


def test_who_must_not_know_the_firm_does_not_find_by_it(ordered: Dossier, world: World) -> None:
    """The folded column of the blind holds no party."""
    firm = ordered.parties.get(label="N").enterprise
    for typed in (firm.name, firm.credit_code, wide(firm.credit_code), firm.pinyin.split()[0]):
        assert not matching(world.actor("lab"), Wanted(words=typed))
        assert not matching_papers(world.actor("lab"), WantedPapers(words=typed))


def test_a_code_of_a_paper_is_found_however_it_is_typed(ordered: Dossier, client: Client) -> None:
    code = ordered.papers.get(form=11).code
    for typed in [*variants(grouped(code)), grouped(code).replace("-", "—").replace("0", "o")]:
        assert client.get("/p/", {"code": typed}).status_code == 200, typed


@pytest.mark.parametrize("typed", ["济南市历城区", "历城区", " 历城 区", "３７０１１２", "370112", "历\u200b城区"])
def test_a_place_is_known_however_it_is_typed(world: World, typed: str) -> None:
    assert Place(where="inside", name=typed).code == "370112"


# Numbers of files


@pytest.mark.parametrize(
    ("number", "named"),
    [
        ("..", "“.”"),
        (".a", "“.”"),
        ("-a1", "“-”"),
        ("（一）", "“（”"),
        ("A B1", "空格"),
        ("A/B1", "“/”（U+002F SOLIDUS）"),
        ("A?b1", "U+003F"),
        ("A#b1", "U+0023"),
        ("A%b1", "U+0025"),
        ("A", "2 至 32"),
    ],
)
def test_a_number_that_addresses_nothing_is_refused_by_its_character(
    client_of: Callable[[str], Client], number: str, named: str
) -> None:
    answer = client_of("province").post("/tasks/new/", {"number": number, "title": "电线电缆"})
    assert answer.status_code == 422
    assert named in "".join(answer.context["form"].errors["number"])
    assert html.escape(f'value="{number}"', quote=False) in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_number_is_one_in_every_case_and_width(client_of: Callable[[str], Client]) -> None:
    client = client_of("province")
    assert client.post("/tasks/new/", {"number": "ＲＷ－２０２４", "title": "电线电缆"}).status_code == 302
    assert Dossier.objects.get(kind="task").number == "RW-2024"
    for number in ("RW-2024", "rw-2024", "Ｒw－2024", "RW–2024", "RW\u200b-2024"):
        answer = client.post("/tasks/new/", {"number": number, "title": "电线电缆"})
        assert answer.status_code == 422, number
    assert client.post("/tasks/new/", {"number": "RW-20241", "title": "电线电缆"}).status_code == 302
    assert known_as("ｒｗ-2024").number == "RW-2024"


def test_a_year_may_be_typed_in_full_width(client_of: Callable[[str], Client]) -> None:
    assert client_of("province").post("/plans/new/", {"year": "２０２４"}).status_code == 302


# Names


@pytest.mark.parametrize("between", ["、", "\n", "，", ",", "；", ";", " ", "\u3000", "/", "\u00a0", "\r\n", " 、"])
def test_two_names_in_one_line_are_two_persons(
    ordered: Dossier, client_of: Callable[[str], Client], between: str
) -> None:
    sent = mailed(method="direct", servers=f"张三{between}李\u3000四")
    with clock.simulated(TODAY):
        answer = client_of("province").post(page_of(ordered, 7, "S"), sent)
    assert answer.status_code == 302
    assert Service.objects.get().servers == ["张三", "李四"]


@pytest.mark.parametrize(
    "servers", ["张三", "张三、张三", "张三、张 三", "张三 张\u200b三", "Li Wei、ＬＩ　ＷＥＩ", "、，"]
)
def test_one_person_spelt_twice_is_one(ordered: Dossier, client_of: Callable[[str], Client], servers: str) -> None:
    with clock.simulated(TODAY):
        answer = client_of("province").post(page_of(ordered, 7, "S"), mailed(method="direct", servers=servers))
    assert answer.status_code == 422
    assert "两名送达人" in answer.content.decode()
    assert not Service.objects.exists()


# Characters


def test_what_nobody_sees_does_not_go_on_record(ordered: Dossier, client_of: Callable[[str], Client]) -> None:
    """Pasted marks of direction and blanks of no width are left out; a radical becomes the character."""
    sent = mailed(received_by="陈\u200b明\ufeff", capacity="⻔卫\u00a0", tracking_no="\u202d１１２３\u202c")
    with clock.simulated(TODAY):
        client_of("province").post(page_of(ordered, 7, "S"), sent)
    served = Service.objects.get()
    assert (served.received_by, served.capacity, served.tracking_no) == ("陈明", "门卫", "1123")


@pytest.mark.parametrize("odd", ["\x07", "\ue000", "\ufffd"])
def test_what_no_eye_can_read_is_refused_by_its_name(
    ordered: Dossier, client_of: Callable[[str], Client], odd: str
) -> None:
    """Beside the input, with everything that was typed."""
    with clock.simulated(TODAY):
        answer = client_of("province").post(page_of(ordered, 7, "S"), mailed(received_by=f"陈{odd}明"))
    assert answer.status_code == 422
    assert f"U+{ord(odd):04X}" in answer.content.decode()
    assert "EMS 1123 4456 7CN" in answer.content.decode()
    assert not Service.objects.exists()


def test_an_act_of_a_program_names_the_character_too(ordered: Dossier, world: World) -> None:
    """Programs send what they mean: nothing is left out for them."""
    from spotcheck.docket.problems import BadFacts

    matter = world.matter(ordered, "rectification", "N")
    before = Entry.objects.count()
    with pytest.raises(BadFacts, match=r"U\+200B"):
        world.act(matter.record_order_receipt, by="county", on=date(2024, 6, 7), proof="回证 陈\u200b明签收")
    assert Entry.objects.count() == before


def test_two_documents_in_one_line_are_two_and_one_written_twice_is_one() -> None:
    """Article 37: both cities have answered, each by its own paper."""
    spec = MATTERS["objection"].spec_of("denial_findings")

    def read(*lines: str) -> list[str]:
        form = spec.facts(data={"produced": "no", "from": [], "documents": list(lines)})
        assert form.is_valid(), form.errors
        return form.validated_data["documents"]

    both = ["济市监核〔2024〕8号", "青市监核〔2024〕11号"]
    assert read("济市监核[2024]8号、青市监核（2024）第011号") == both
    assert read("济市监核【2024】8号；青市监核［２０２４］１１号") == both
    assert read("济市监核〔2024〕8号", "济市监核[2024]08号") == both[:1]


def test_a_claim_is_recorded_with_the_brackets_of_documents(ordered: Dossier, world: World) -> None:
    """And the same sent again with other brackets is the same act."""
    matter = world.matter(ordered, "rectification", "N")
    entry = world.act(
        matter.record_order_receipt, by="county", on=date(2024, 6, 7), proof="济市监函[2024]第08号所附回证"
    )
    assert entry.facts["proof"] == "济市监函〔2024〕8号所附回证"


def test_a_kind_of_product_is_known_however_it_is_typed(
    ordered: Dossier, world: World, client_of: Callable[[str], Client]
) -> None:
    Offering.objects.create(
        enterprise=world.enterprises["cable"], kind="producer", product_kind="电线（铜）", product_name="线", model="BV"
    )
    sent = {"number": "RW-9", "title": "专项", "product_kind": "电线 (铜)"}
    assert client_of("province").post("/tasks/new/", sent).status_code == 302
    assert Dossier.objects.get(number="RW-9").product_kind == "电线（铜）"
