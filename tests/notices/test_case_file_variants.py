"""What belongs into a case file depends on what happened: seller, labels alone, inability, forced recheck, the ladder."""

from collections import Counter
from pathlib import Path

import pytest
from django.db import transaction

from spotcheck.docket.models import Dossier
from spotcheck.notices.models import Paper
from spotcheck.rehearsal.player import play
from spotcheck.rehearsal.scenario import read
from spotcheck.remediation.flow.rectification import Rectification
from spotcheck.remediation.queries import cases_of, materials, missing

JOURNEYS = Path(__file__).parents[1] / "journeys"
pytestmark = pytest.mark.slow


@pytest.fixture
def played(django_db_setup, django_db_blocker):
    """Play a journey; what it leaves behind is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():

        def play_(name: str) -> dict[str, Rectification]:
            (path,) = JOURNEYS.glob(f"{name}_*.yaml")
            assert list(play(read(path))) == []
            found = [case for dossier in Dossier.objects.all() for case in cases_of(dossier)]
            return {case.party.enterprise.name.removeprefix("企业"): case for case in found}

        yield play_
        transaction.set_rollback(True)


def state(case: Rectification, name: str) -> str:
    """How one material of a case stands: here, missing, or the reason why there is none."""
    (found,) = [m for m in materials(case) if m.name.zh == name]
    return "here" if found.here else found.excused or "missing"


def test_art48_a_seller_needs_no_test_but_the_record_of_the_check(played):
    seller = played("J42")["S"]
    assert state(seller, "复查检验委托书") == state(seller, "复查检验报告") == "对销售者只作现场检查（第四十八条）"
    assert state(seller, "销售者现场检查记录") == state(seller, "生产者复查合格的证明") == "here"
    assert missing(seller) == []
    Paper.objects.filter(form=13, party=seller.party).update(form=99)
    assert [words.zh for words in missing(seller)] == ["复查结果通知书（第五十条）"]


def test_art47_a_fault_of_labels_alone_needs_no_test(played):
    cases = played("J43")
    assert state(cases["N"], "复查检验委托书").startswith("只因标签、标志或者说明书不合格")
    assert state(cases["N"], "复查检验报告").endswith("（第四十七条）")
    assert state(cases["S"], "生产者复查合格的证明") == "没有恢复销售同一产品"
    assert missing(cases["N"]) == missing(cases["S"]) == []


def test_art45_proof_of_inability_and_the_application_after_it(played):
    case = played("J40")["P"]
    assert state(case, "无法完成整改的证明材料") == state(case, "复查申请") == "here"
    assert state(case, "复查检验委托书（第1次复查）") == "确认无法完成整改（第四十五条）"
    assert state(case, "复查检验报告（第2次复查）") == "here"
    assert missing(case) == []


def test_art45_art51_inability_not_confirmed_and_three_failures_to_the_licence(played):
    case = played("J35")["P"]
    assert state(case, "复查申请") == "以无法完成整改的证明代替（第四十五条）"
    assert Counter(m.name.zh for m in materials(case) if m.article == 51 and m.here) == Counter(
        ["逐级上报材料", "公告", "责令停业、限期整顿的决定", "吊销营业执照的决定"]
    )
    assert state(case, "复查检验委托书（第3次复查）") == "经核查没有完成整改，不进行检验（第四十七条）"
    assert missing(case) == []


def test_art46_art51_a_forced_recheck_needs_no_application_and_its_failure_a_second_round(played):
    cases = played("J38")
    forced = cases["P2"]
    assert state(forced, "复查申请") == "期限内没有提交，由结果处理部门组织复查（第四十六条）"
    assert [words.zh for words in missing(forced)] == [
        "整改情况核查记录（第2次复查）（第四十七条）",
        "复查检验委托书（第2次复查）（第四十七条）",
        "复查检验报告（第2次复查）（第五十三条）",
        "复查结果通知书（第2次复查）（第五十条）",
        "逐级上报材料（第五十一条）",
        "公告（第五十一条）",
    ]
    assert [words.zh for words in missing(cases["P"])] == ["复查检验报告（第五十三条）", "复查结果通知书（第五十条）"]


def test_art43_a_withdrawn_case_has_the_letter_and_nothing_that_would_have_come_later(played):
    cases = played("J27")
    for case in cases.values():
        assert state(case, "撤回责令改正通知书告知书") == "here"
        assert missing(case) == []
    Paper.objects.filter(letter="order_withdrawal").update(letter="other")
    assert [words.zh for words in missing(cases["N"])] == ["撤回责令改正通知书告知书（第四十三条）"]


def test_art42_of_a_case_that_was_moved_the_file_goes_on_at_the_new_bureau(played):
    for case in played("J33").values():
        assert case.state != "transferred"
        assert state(case, "案件移送函") == "here"
