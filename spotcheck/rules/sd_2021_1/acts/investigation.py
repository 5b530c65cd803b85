"""The acts on leads and on denials of production in handed-over cases (Articles 22, 52, 56)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, FactWords
from spotcheck.rules.words import Words

_DENIAL_FINDING: Final = FactWords(
    Words("调查核实的书面结论", "Written finding of the investigation"),
    help=Words(
        "写明查明的事实和依据，例如：核对出厂台账、包装和防伪标识，均与该企业产品不符",
        "State what was found and on what, for example: production ledger, packaging and security mark all differ "
        "from the producer's own",
    ),
)

INVESTIGATION: Final = (
    ActRecord(
        "LD0",
        "lead.create",
        Words("报告违法线索", "Report a lead"),
        Words("已报告违法线索", "lead reported"),
        Words(
            "发现涉嫌违法的，写明查见的情况，立即报省局和线索所涉企业所在地县局。",
            "A suspected violation is reported with its finding, at once, to the province and to the county bureau "
            "of the party concerned.",
        ),
        told=("province", "county"),
        alarms=True,
        exceptional=True,
        facts={
            "source": FactWords(
                Words("线索来源", "Source of the lead"),
                help=Words("由谁、在何处发现", "Who noticed it, and where"),
            ),
            "finding": FactWords(
                Words("发现的情况", "What was found"),
                help=Words(
                    "写明看到什么、在哪里看到，例如：货架上的产品没有厂名厂址",
                    "State what was seen and where, for example: goods on the shelf bear no name or address of a "
                    "factory",
                ),
            ),
        },
        evidence=("photo", "film", "report"),
    ),
    ActRecord(
        "LD1",
        "lead.acknowledge",
        Words("接收线索", "Acknowledge the lead"),
        Words("线索已接收", "lead acknowledged"),
        Words(
            "县局及时接收，不得推脱。",
            "The county bureau takes the lead over and does not shirk it.",
        ),
    ),
    ActRecord(
        "LD2",
        "lead.verify",
        Words("核查线索", "Verify the lead"),
        Words("线索核查中", "lead being verified"),
        Words(
            "按行政处罚程序核查，核查期间不停止整改和复查。",
            "It is verified by the penalty procedure; rectification and recheck go on meanwhile.",
        ),
        evidence=("minutes", "photo"),
    ),
    ActRecord(
        "LD3",
        "lead.file_case",
        Words("立案", "File a case"),
        Words("已立案", "case filed"),
        Words(
            "具备立案条件的，写明理由，一律立案。",
            "Where the conditions are met, a case must be filed, with its reason.",
        ),
        facts={
            "reason": FactWords(
                Words("立案的理由", "Why a case is filed"),
                help=Words(
                    "写明核查的结果，例如：查实产品冒用他人厂名，具备立案条件",
                    "State what the verification found, for example: the name of another factory was misused",
                ),
            ),
        },
        evidence=("decision",),
    ),
    ActRecord(
        "LD4",
        "lead.decline",
        Words("决定不予立案", "Decline to file a case"),
        Words("已决定不予立案", "decided not to file a case"),
        Words("不具备立案条件的，写明理由。", "Where they are not met, the reason is stated."),
        facts={
            "reason": FactWords(
                Words("不予立案的理由", "Why no case is filed"),
                help=Words(
                    "写明核查的结果，例如：经查企业持有有效的生产许可证，登记系统更新延迟",
                    "State what the verification found, for example: the production licence is valid, the register "
                    "was not up to date",
                ),
            ),
        },
    ),
    ActRecord(
        "LD5",
        "lead.conclude",
        Words("结案", "Conclude the case"),
        Words("已结案", "case concluded"),
        Words(
            "查处完毕后写明理由和结果结案，记入案卷。",
            "The investigation ends with its reason, and its outcome goes on file.",
        ),
        facts={
            "reason": FactWords(
                Words("结案的理由和结果", "Why the case is concluded, and how"),
                help=Words(
                    "写明处理结果，例如：已作出行政处罚决定并执行完毕",
                    "State the outcome, for example: the penalty was decided and has been carried out",
                ),
            ),
        },
        evidence=("decision",),
    ),
    ActRecord(
        "LD6",
        "lead.refer_outside",
        Words("移送外省", "Refer the lead to another province"),
        Words("线索已移送外省", "lead referred to another province"),
        Words(
            "线索所涉企业在省外的，由省局去函移送该省，本省不再办理。",
            "When the party works outside Shandong, the province refers the lead to that province by letter, which "
            "ends it here.",
        ),
        told=("lab",),
        facts={
            "letter": FactWords(
                Words("省局致外省的函", "Letter of the province to the other province"),
                help=Words(
                    "写明函号或者内容，例如：移送涉嫌无证生产线索的函及其文号",
                    "Number or contents, for example: letter referring a lead of production without a licence, its "
                    "number",
                ),
            ),
        },
    ),
    ActRecord(
        "DN0",
        "denial.open",
        Words("登记否认生产或者查无此企", "Register a denial or an untraceable producer"),
        Words("已登记否认生产或者查无此企", "denial or untraceable producer registered"),
        Words(
            "移交案件中标称生产者在省内，而其否认或者不存在的，由其所在地部门办理。",
            "In handed-over cases the bureau of the place of a nominal producer in Shandong takes up its denial, or "
            "that it does not exist.",
        ),
        exceptional=True,
    ),
    ActRecord(
        "DN1",
        "denial.investigate",
        Words("开始调查核实", "Start the investigation"),
        Words("已开始调查核实", "investigation started"),
        Words(
            "标称生产者所在地部门组织调查并收集证据。",
            "The producer's bureau investigates and gathers evidence.",
        ),
        evidence=("letter",),
    ),
    ActRecord(
        "DN2",
        "denial.find_not_produced",
        Words("认定否认成立", "Find that it did not make the product"),
        Words("已认定否认成立", "found not to have made the product"),
        Words(
            "书面查明产品确非其生产的，其案件终止，并作为线索处理。",
            "Found in writing that the producer did not make it: its case ends and a lead is opened.",
        ),
        facts={
            "finding": _DENIAL_FINDING,
        },
        evidence=("verification", "grounds", "licence"),
    ),
    ActRecord(
        "DN3",
        "denial.find_nonexistent",
        Words("认定标称生产者不存在", "Find that the producer does not exist"),
        Words("已认定标称生产者不存在", "nominal producer found not to exist"),
        Words(
            "书面查明标称生产者不存在的，其案件终止，并作为线索处理。",
            "Found in writing that the nominal producer does not exist: its case ends and a lead is opened.",
        ),
        facts={
            "finding": FactWords(
                Words("调查核实的书面结论", "Written finding of the investigation"),
                help=Words(
                    "写明查明的事实和依据，例如：登记系统查无此企业，标称地址为居民住宅",
                    "State what was found and on what, for example: no such enterprise is registered, and the "
                    "address is a dwelling",
                ),
            ),
        },
        evidence=("verification", "screenshot"),
    ),
    ActRecord(
        "DN4",
        "denial.find_produced",
        Words("认定否认不成立", "Find that it made the product"),
        Words("已认定否认不成立", "found to have made the product"),
        Words(
            "书面查明产品确为其生产的，结果处理继续进行。",
            "Found in writing that the producer did make it: its case goes on.",
        ),
        facts={
            "finding": FactWords(
                Words("调查核实的书面结论", "Written finding of the investigation"),
                help=Words(
                    "写明查明的事实和依据，例如：出厂台账载有该批次，包装和防伪标识一致",
                    "State what was found and on what, for example: its ledger holds the batch, and packaging and "
                    "security mark agree",
                ),
            ),
        },
        evidence=("verification", "contract"),
    ),
    ActRecord(
        "DN5",
        "denial.notify_peer",
        Words("通报同级部门", "Notify the peer bureau"),
        Words("已通报同级部门", "peer bureau notified"),
        Words(
            "销售者在省内的，证据及时通报其所在地同级部门：市局对市局，县局对县局。",
            "With the seller in the province, the evidence goes without delay to the bureau of the same level there, "
            "city to city, county to county.",
        ),
        told=("seller_bureau",),
        target="notify-peer",
    ),
    ActRecord(
        "DN6",
        "denial.escalate",
        Words("上报省局", "Report up to the province"),
        Words("已上报省局", "reported up to the province"),
        Words(
            "销售者在省外的，逐级上报：由市局报省局，再由省局通报有关省份。",
            "With the seller outside, it is reported level by level: the city reports to the province, which informs "
            "the other province.",
        ),
        told=("province",),
    ),
    ActRecord(
        "DN7",
        "denial.close",
        Words("办结否认事项", "Close the denial"),
        Words("否认事项已办结", "denial closed"),
        Words(
            "通报完毕，或者认定由其生产的，办结；已报到省局的，只由省局通报外省后办结。",
            "It closes once others have been informed or the product was found to be its own; from the province only "
            "the province closes it.",
        ),
        facts={
            "peer_informed": FactWords(
                Words("已通报外省省级部门", "The other province has been informed"),
            ),
        },
    ),
    ActRecord(
        "DN8",
        "denial.submit_to_city",
        Words("上报市局", "Report up to the city bureau"),
        Words("已上报市局", "reported up to the city bureau"),
        Words(
            "销售者在省外、由县局办理的，先报其市局，不得越级。",
            "With the seller outside and a county in charge, it goes to the city bureau first; no level is skipped.",
        ),
        told=("city",),
    ),
)
