"""Actor words of the text: who may do an act."""

from typing import Final

from spotcheck.rules.actors import ENTERPRISE, SYSTEM, Capacity
from spotcheck.rules.words import Words

_ALL: Final = (
    Capacity(
        "province",
        Words("省局", "provincial bureau"),
        Words(
            "组织省级监督抽查、处理异议并发布公告的省级市场监管部门",
            "the provincial bureau: it organises the checks, decides objections and announces",
        ),
        bureau="organiser",
        held_by=("province",),
    ),
    Capacity(
        "city",
        Words("市局", "city bureau"),
        Words(
            "企业实际经营地的市级部门；核查否认生产时，指标称生产者、销售者两地的市局",
            "the bureau of the city in which the party works; for a denial of production, both "
            "that of the nominal producer and that of the seller",
        ),
        bureau="city",
        held_by=("city",),
    ),
    Capacity(
        "county",
        Words("县局", "county bureau"),
        Words(
            "企业实际经营地的县级部门；对线索而言，指线索所涉企业所在地的县局",
            "the bureau of the county in which the party works; for a lead, that of the enterprise suspected",
        ),
        bureau="county",
        held_by=("county",),
    ),
    Capacity(
        "handler",
        Words("结果处理部门", "handling bureau"),
        Words(
            "具体负责该企业结果处理的市局或者县局",
            "the city or county bureau that handles the case of the party",
        ),
        bureau="handler",
        held_by=("city", "county"),
    ),
    Capacity(
        "sampler",
        Words("抽样人员", "sampler"),
        Words("到现场抽样或者在网上买样的人员", "a person who samples on site or buys online"),
        parts=("sampling_body",),
        posts=("sampler",),
    ),
    Capacity(
        "sampling_body",
        Words("抽样机构", "sampling body"),
        Words("受省局委托承担抽样的机构", "the body commissioned to sample"),
        parts=("sampling_body",),
        posts=("sampler", "officer"),
        held_by=("city", "county"),  # which may be given part of the sampling (Article 10)
    ),
    Capacity(
        "lab",
        Words("检验机构", "laboratory"),
        Words("承担初次检验的机构", "the body that does the first test"),
        parts=("lab",),
        posts=("analyst",),
    ),
    Capacity(
        "retest_lab",
        Words("复检机构", "retest laboratory"),
        Words("异议处理中受委托复检的机构", "the body commissioned with a retest after an objection"),
        parts=("retest_lab",),
        posts=("analyst",),
        in_turn=True,
    ),
    Capacity(
        "technical_body",
        Words("技术机构", "technical body"),
        Words("整改后受委托做复查检验的机构", "the body commissioned with the test of a recheck"),
        parts=("technical_body",),
        posts=("analyst",),
        in_turn=True,
    ),
    Capacity(
        "expert",
        Words("专家", "expert"),
        Words(
            "省局或者结果处理部门邀请的第三方专家",
            "a third party whose opinion the province or the handling bureau has asked for",
        ),
    ),
    Capacity(
        ENTERPRISE,
        Words("企业", "enterprise"),
        Words(
            "当事企业本身：被抽样生产者、销售者或者标称生产者",
            "the party itself: sampled producer, seller or nominal producer",
        ),
    ),
    Capacity(
        "producer_bureau",
        Words("标称生产者所在地部门", "producer's bureau"),
        Words(
            "移交案件中标称生产者所在地的市局或者县局",
            "in handed-over cases, the bureau of city or county where the nominal producer is",
        ),
        bureau="local",
        held_by=("city", "county"),
    ),
    Capacity(
        SYSTEM,
        Words("系统", "system"),
        Words("无人办理：由其他事项或者期限届满自动引起", "nobody: it follows from something else"),
    ),
)

CAPACITIES: Final[dict[str, Capacity]] = {capacity.name: capacity for capacity in _ALL}
"""Every capacity, in the order in which the text names them."""
