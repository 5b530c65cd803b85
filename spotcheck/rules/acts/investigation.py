"""The acts on leads and on denials of production in handed-over cases (Articles 22, 52, 56)."""

from typing import Final

from spotcheck.rules.acts.act import ActWords
from spotcheck.rules.words import Words

INVESTIGATION: Final = (
    ActWords(
        "LD0",
        "lead.create",
        Words("报告违法线索", "Report a lead"),
        Words("已报告违法线索", "lead reported"),
        Words(
            "发现涉嫌违法的，写明查见的情况，立即报省局和线索所涉企业所在地县局。",
            "A suspected violation is reported with its finding, at once, to the province and to the county bureau "
            "of the party concerned.",
        ),
    ),
    ActWords(
        "LD1",
        "lead.acknowledge",
        Words("接收线索", "Acknowledge the lead"),
        Words("线索已接收", "lead acknowledged"),
        Words(
            "县局及时接收，不得推脱。",
            "The county bureau takes the lead over and does not shirk it.",
        ),
    ),
    ActWords(
        "LD2",
        "lead.verify",
        Words("核查线索", "Verify the lead"),
        Words("线索核查中", "lead being verified"),
        Words(
            "按行政处罚程序核查，核查期间不停止整改和复查。",
            "It is verified by the penalty procedure; rectification and recheck go on meanwhile.",
        ),
    ),
    ActWords(
        "LD3",
        "lead.file_case",
        Words("立案", "File a case"),
        Words("已立案", "case filed"),
        Words(
            "具备立案条件的，写明理由，一律立案。",
            "Where the conditions are met, a case must be filed, with its reason.",
        ),
    ),
    ActWords(
        "LD4",
        "lead.decline",
        Words("决定不予立案", "Decline to file a case"),
        Words("已决定不予立案", "decided not to file a case"),
        Words("不具备立案条件的，写明理由。", "Where they are not met, the reason is stated."),
    ),
    ActWords(
        "LD5",
        "lead.conclude",
        Words("结案", "Conclude the case"),
        Words("已结案", "case concluded"),
        Words(
            "查处完毕后写明理由和结果结案，记入案卷。",
            "The investigation ends with its reason, and its outcome goes on file.",
        ),
    ),
    ActWords(
        "LD6",
        "lead.refer_outside",
        Words("移送外省", "Refer the lead to another province"),
        Words("线索已移送外省", "lead referred to another province"),
        Words(
            "线索所涉企业在省外的，由省局去函移送该省，本省不再办理。",
            "When the party works outside Shandong, the province refers the lead to that province by letter, which "
            "ends it here.",
        ),
    ),
    ActWords(
        "DN0",
        "denial.open",
        Words("登记否认生产或者查无此企", "Register a denial or an untraceable producer"),
        Words("已登记否认生产或者查无此企", "denial or untraceable producer registered"),
        Words(
            "移交案件中标称生产者在省内，而其否认或者不存在的，由其所在地部门办理。",
            "In handed-over cases the bureau of the place of a nominal producer in Shandong takes up its denial, or "
            "that it does not exist.",
        ),
    ),
    ActWords(
        "DN1",
        "denial.investigate",
        Words("开始调查核实", "Start the investigation"),
        Words("已开始调查核实", "investigation started"),
        Words(
            "标称生产者所在地部门组织调查并收集证据。",
            "The producer's bureau investigates and gathers evidence.",
        ),
    ),
    ActWords(
        "DN2",
        "denial.find_not_produced",
        Words("认定否认成立", "Find that it did not make the product"),
        Words("已认定否认成立", "found not to have made the product"),
        Words(
            "书面查明产品确非其生产的，其案件终止，并作为线索处理。",
            "Found in writing that the producer did not make it: its case ends and a lead is opened.",
        ),
    ),
    ActWords(
        "DN3",
        "denial.find_nonexistent",
        Words("认定标称生产者不存在", "Find that the producer does not exist"),
        Words("已认定标称生产者不存在", "nominal producer found not to exist"),
        Words(
            "书面查明标称生产者不存在的，其案件终止，并作为线索处理。",
            "Found in writing that the nominal producer does not exist: its case ends and a lead is opened.",
        ),
    ),
    ActWords(
        "DN4",
        "denial.find_produced",
        Words("认定否认不成立", "Find that it made the product"),
        Words("已认定否认不成立", "found to have made the product"),
        Words(
            "书面查明产品确为其生产的，结果处理继续进行。",
            "Found in writing that the producer did make it: its case goes on.",
        ),
    ),
    ActWords(
        "DN5",
        "denial.notify_peer",
        Words("通报同级部门", "Notify the peer bureau"),
        Words("已通报同级部门", "peer bureau notified"),
        Words(
            "销售者在省内的，证据及时通报其所在地同级部门：市局对市局，县局对县局。",
            "With the seller in the province, the evidence goes without delay to the bureau of the same level there, "
            "city to city, county to county.",
        ),
    ),
    ActWords(
        "DN6",
        "denial.escalate",
        Words("上报省局", "Report up to the province"),
        Words("已上报省局", "reported up to the province"),
        Words(
            "销售者在省外的，逐级上报：由市局报省局，再由省局通报有关省份。",
            "With the seller outside, it is reported level by level: the city reports to the province, which informs "
            "the other province.",
        ),
    ),
    ActWords(
        "DN7",
        "denial.close",
        Words("办结否认事项", "Close the denial"),
        Words("否认事项已办结", "denial closed"),
        Words(
            "通报完毕，或者认定由其生产的，办结；已报到省局的，只由省局通报外省后办结。",
            "It closes once others have been informed or the product was found to be its own; from the province only "
            "the province closes it.",
        ),
    ),
    ActWords(
        "DN8",
        "denial.submit_to_city",
        Words("上报市局", "Report up to the city bureau"),
        Words("已上报市局", "reported up to the city bureau"),
        Words(
            "销售者在省外、由县局办理的，先报其市局，不得越级。",
            "With the seller outside and a county in charge, it goes to the city bureau first; no level is skipped.",
        ),
    ),
)
