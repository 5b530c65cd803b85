"""The rule set that the text itself is; a successor with the same articles is a second record here."""

from datetime import date
from types import MappingProxyType
from typing import Final

from spotcheck.rules.rule_sets import RuleSet, Settings
from spotcheck.rules.sd_2021_1.periods import IN_FORCE_FROM, IN_FORCE_UNTIL, PERIODS
from spotcheck.rules.words import Words

SD_2021_1: Final = RuleSet(
    id="SD-2021-1",
    regulation="SD-2021-1",
    title=Words(
        "山东省市场监督管理局产品质量监督抽查工作规范",
        "Shandong working rules for product quality spot checks",
    ),
    document="鲁市监质监规字〔2021〕1号",
    issued_on=date(2021, 4, 3),
    valid_from=IN_FORCE_FROM,
    valid_until=IN_FORCE_UNTIL,
    repeals="鲁质监监一发〔2016〕56号",
    pinned_by=(
        "sampling.present_notice",
        "sampling.claim_refusal",
        "sampling.record_not_sampled",
        "purchase.place_order",
        "rectification.receive_report",
    ),
    periods=MappingProxyType(PERIODS),
    settings=Settings(),
)
