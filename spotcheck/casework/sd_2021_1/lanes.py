"""The lanes of a dossier under the rules of 2021, in the order of the text."""

from typing import Final

from django.utils.translation import gettext_lazy

_OF_SAMPLE: Final = (
    (gettext_lazy("抽样"), ("sampling", "purchase", "sample")),
    (gettext_lazy("检验"), ("inspection",)),
    (gettext_lazy("结论"), ("conclusion",)),
)
OF_A_PARTY: Final = (
    (gettext_lazy("通知与异议"), ("result_notice", "objection")),
    (gettext_lazy("复检"), ("retest",)),
    (gettext_lazy("整改与复查"), ("rectification", "recheck")),
    (gettext_lazy("禁令"), ("ban",)),
    (gettext_lazy("公告"), ("announcement",)),
)
LAST: Final = ((gettext_lazy("线索"), ("lead", "denial")),)
_OF_FILE: Final = (
    (gettext_lazy("年度计划"), ("plan",)),
    (gettext_lazy("抽查任务"), ("task",)),
    (gettext_lazy("结果公开"), ("publication",)),
)
FIRST: Final = (*_OF_FILE, *_OF_SAMPLE)
