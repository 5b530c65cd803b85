"""What stands in the way of acts on a unit whose custody has to be whole (Articles 18, 26, 27, 39; R62).

Apart from the guards of the charts: they ask only the files of tasks whose record is full.
"""

from typing import Final

from spotcheck.rules.guards import Guard
from spotcheck.rules.words import Words

CUSTODY: Final = (
    Guard(
        "custody_unbroken",
        (18, 27, 39),
        Words("样品的流转记录有缺口", "the custody of the unit has a gap"),
        Words(
            "补登有关环节；无法补登的，由省局查明后认可该缺口。报告危险和终止检验不受此限",
            "record the link that is missing; where that cannot be done, the province looks into the gap and accepts "
            "it. A danger is reported and a test is terminated all the same",
        ),
    ),
    Guard(
        "person_entitled",
        (27, 29, 31),
        Words("所在岗位没有办理这一步的权限", "the post does not entitle to this act"),
        Words(
            "由有该权限的人员办理，或者由本机构的管理人员另行授予",
            "leave it to somebody entitled, or have whoever manages the people of the laboratory grant it",
        ),
    ),
    Guard(
        "custody_order",
        (18, 27),
        Words("这一环节不能接在前一环节之后", "this link cannot follow the one before it"),
        Words("先登记中间的环节，或者核对流转方式", "record what lies between first, or look again at what happened"),
    ),
    Guard(
        "link_complete",
        (18, 27),
        Words("流转登记不完整", "the record of the move is not complete"),
        Words(
            "换封的填写新封条编号，委托承运的填写运单号，换地点的填写存放地点",
            "state the number of the new seal, the waybill of a carrier, or the new place",
        ),
    ),
    Guard(
        "refusal_documented",
        (18, 27),
        Words("拒收没有照片或者没有说明", "the refusal has no photograph or no explanation"),
        Words("附上至少一张照片，并写明发现的情况", "add at least one photograph, and write down what was found"),
    ),
    Guard(
        "refused_by_receiver",
        (27, 39),
        Words(
            "拒收由正在接收样品的机构登记：送检途中由检验机构，调出复检后由复检机构",
            "a unit is refused by whoever is taking it over: the laboratory on its way there, the retest laboratory "
            "once it is released",
        ),
        Words("由正在接收样品的机构登记", "leave it to the body that is taking the unit over"),
    ),
    Guard(
        "gap_is_open",
        (18, 27),
        Words("没有指明仍然存在的缺口，或者没有说明理由", "no open gap is named, or no reason is given"),
        Words("从列出的缺口中选择一处，并写明查明的情况", "choose one of the gaps and write down what was found"),
    ),
)
