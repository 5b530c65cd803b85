"""The first day of a province: every command of the page does what it says, in this order, on an empty system."""

import re
from pathlib import Path

import pytest

from spotcheck.cli.main import main
from spotcheck.docket.models import Dossier
from spotcheck.parties.models import Enterprise, Offering, Office, Post, ProductKind, Qualification
from spotcheck.registers.models import Import
from spotcheck.wiring.machine.places import ROOT
from tests.registers.test_firm_sheets import code
from tests.registers.test_sheets_of_registers import BODIES, CATALOGUE, FIRMS, PEOPLE, sheet

PAGES = (ROOT / "docs" / "moving-in.md", ROOT / "docs" / "moving-in.zh-CN.md")
SHEETS = {
    "offices.csv": sheet("机构代码|机构名称|简称", "370100|济南市市场监管局|济", "370102|历下区市场监管局|济历下"),
    "people.csv": sheet(PEOPLE, "370102|1|he.jie|何洁||监管人员|统筹案件"),
    "bodies.csv": sheet(BODIES, "SY-JY|松烟岭检验所|检验机构|CMA|2115|2024-01-01|2029-12-31|电线电缆|"),
    "product_kinds.csv": sheet(CATALOGUE, "0101|电线电缆||||电缆"),
    "enterprises.csv": sheet(FIRMS, f"{code(1)}|甲厂|370102|", f"{code(2)}|乙厂|371202|"),
    "old_cases.csv": sheet(
        "原系统编号|当事人|统一社会信用代码|产品种类|产品名称|抽样日期|检验报告日期|不合格项目|结果通知发出日期",
        f"CC-1|被抽样生产者|{code(1)}|电线电缆|软线|2025-01-06|2025-02-03|绝缘厚度|2025-02-05",
    ),
    "frame.csv": sheet("统一社会信用代码|生产或者销售|产品种类|产品名称|规格型号", f"{code(1)}|生产|电缆|软线|1"),
}


def commands(page: Path) -> list[list[str]]:
    """The lines of the page that are typed, in their order."""
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [line.split()[1:] for block in blocks for line in block.splitlines() if line.startswith("spotcheck ")]


def test_both_languages_tell_the_same_commands():
    english, chinese = map(commands, PAGES)
    assert english == chinese
    assert len(english) > 15


@pytest.mark.django_db
@pytest.mark.usefixtures("media")
def test_every_command_of_the_first_day_works_in_its_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name, content in SHEETS.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    for line in commands(PAGES[0]):
        assert main(line) == 0, line
    assert (tmp_path / "wrong.xlsx").exists()
    assert Office.objects.get(code="370102").short_name == "济历下"
    assert Post.objects.filter(user__username="he.jie", role="officer").exists()
    assert Qualification.objects.get().scope.get().product_kind == "电线电缆"
    assert ProductKind.objects.count() == 1
    assert Enterprise.objects.get().credit_code == code(1), "the other names a region that is no more"
    assert not Dossier.objects.filter(number__startswith="旧").exists(), "old cases want a second person"
    assert Import.objects.filter(kind="old_cases", done_at=None).count() == 2
    assert Offering.objects.get().product_kind == "电线电缆", "as the catalogue calls it"
