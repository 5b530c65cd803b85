"""Guards of handed-over cases, denials of production and leads (Articles 4, 28, 32, 52, 56)."""

from typing import Final

from spotcheck.rules.guards import Guard
from spotcheck.rules.words import Words

INVESTIGATION: Final = (
    Guard(
        "handed_over_only",
        (4, 52),
        Words(
            "只适用于国家或者外省移交的案件",
            "this exists only for cases handed over by the state or another province",
        ),
        Words(
            "省级监督抽查中，企业不服结论或者否认生产的，向省局提出异议",
            "in a provincial check, an enterprise that disputes the result or denies production objects to the "
            "province",
        ),
    ),
    Guard(
        "nominal_named",
        (52,),
        Words(
            "本案没有登记在山东省内的标称生产者",
            "no nominal producer in Shandong is named in the case",
        ),
        Words(
            "由省局按移交材料登记标称生产者；其在省外的，由该省办理",
            "the province puts the nominal producer on record as the papers name it; one outside is that province's "
            "matter",
        ),
    ),
    Guard(
        "denial_finding",
        (52,),
        Words(
            "没有写明调查核实的书面结论",
            "the written finding of the investigation is not stated",
        ),
        Words(
            "由标称生产者所在地部门写明查明的事实和依据",
            "the producer's bureau states what it found, and on what",
        ),
    ),
    Guard(
        "seller_in_shandong",
        (52,),
        Words(
            "被抽样销售者不在山东省内，不能直接通报同级部门",
            "the seller is outside Shandong, so no peer bureau can be notified directly",
        ),
        Words(
            "由标称生产者所在地部门逐级上报省局",
            "the producer's bureau reports level by level to the province",
        ),
    ),
    Guard(
        "seller_outside",
        (52,),
        Words(
            "被抽样销售者在山东省内，应当直接通报其所在地同级部门",
            "the seller is in Shandong, so its peer bureau is to be notified directly",
        ),
        Words(
            "由标称生产者所在地部门通报销售者所在地同级部门",
            "the producer's bureau notifies the bureau of the same level at the seller's place",
        ),
    ),
    Guard(
        "denial_level_by_level",
        (52,),
        Words(
            "须由县局报市局、市局报省局，不能越级",
            "the county reports to the city and the city to the province; no level may be skipped",
        ),
        Words(
            "由办理的县局先报其市局，再由市局报省局",
            "the county in charge first reports to its city, and the city then to the province",
        ),
    ),
    Guard(
        "province_closes",
        (52,),
        Words(
            "已上报省局的否认事项，只能由省局办结",
            "once it is with the province, only the province closes the denial",
        ),
        Words(
            "由省局通报外省后办结",
            "the province informs the other province and closes",
        ),
    ),
    Guard(
        "peer_province_informed",
        (52,),
        Words("尚未通报外省省级市场监管部门", "the other province has not been informed"),
        Words(
            "由省局通报销售者所在省的省级部门后办结",
            "the province informs the authority of the seller's province and then closes",
        ),
    ),
    Guard(
        "lead_finding",
        (56,),
        Words(
            "没有写明发现的情况",
            "what was found is not stated",
        ),
        Words(
            "由报告人写明何时何地发现什么",
            "whoever reports states what was seen, where and when",
        ),
    ),
    Guard(
        "lead_reasoned",
        (56,),
        Words(
            "立案、不予立案或者结案没有写明理由",
            "no reason is given for filing, declining or concluding the case",
        ),
        Words(
            "由办理部门写明核查的结果和理由",
            "the bureau in charge states what its verification found, and why it follows",
        ),
    ),
    Guard(
        "lead_outside",
        (28, 32),
        Words(
            "线索所涉企业在山东省内，或者没有写明省局致外省的函",
            "the party of the lead works in Shandong, or the letter of the province is not stated",
        ),
        Words(
            "企业在省内的，由其所在地县局办理；在省外的，由省局致函该省并写明函号或者内容",
            "a lead about a party in Shandong is its county's; for one outside the province writes to that province "
            "and states number or contents of the letter",
        ),
    ),
)
