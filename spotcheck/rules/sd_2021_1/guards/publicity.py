"""Guards of what cannot be undone: announcement, closure and licence, publication (Articles 51, 57)."""

from typing import Final

from spotcheck.rules.guards import Guard
from spotcheck.rules.words import Words

PUBLICITY: Final = (
    Guard(
        "conclusion_final",
        (51, 57),
        Words(
            "检验结论尚未终局，或者仍有异议、复检、通知没有了结：公告、停业、吊销看该企业的通知，公开看样品的全部通知；"
            "公告、停业、吊销还须结论为不合格",
            "the conclusion is not final, or an objection, a retest or a notice is open: of the party for "
            "announcement, closure and licence, of the sample for the publication; the former also need it "
            "nonconforming",
        ),
        Words(
            "由省局送达通知、办结异议和复检，并待异议期限届满；检验尚未完成的，待完整检验报告出具",
            "the province serves the notices and concludes objections and retests, and every window runs out; while "
            "the testing goes on, the full report is waited for",
        ),
    ),
    Guard(
        "level_by_level",
        (51,),
        Words(
            "须由县局报市局、市局报省局，不能越级",
            "reports go from county to city and from city to province; no level may be skipped",
        ),
        Words(
            "由目前持有材料的部门报送其上一级",
            "the bureau that holds the file sends it one level up",
        ),
    ),
    Guard(
        "case_reported_up",
        (51,),
        Words(
            "案件已不在逐级上报的状态，没有可以公告的内容",
            "the case is not reported up any more, so there is nothing to announce",
        ),
        Words(
            "案件已终止、移交或者重新复查的，不再公告；再次不合格的，由结果处理部门重新上报",
            "nothing is announced of a case that has ended, moved or is rechecked; if it fails again, the handling "
            "bureau reports it up again",
        ),
    ),
    Guard(
        "correction_basis",
        (51,),
        Words(
            "公告内容没有变化，也没有写明更正的依据",
            "nothing announced has changed, and no basis of the correction is stated",
        ),
        Words(
            "案件终止、复查合格或者结论失去效力后再更正；依法院、复议机关的决定或者因笔误更正的，写明文书和更正文本",
            "it is corrected once the case was withdrawn or has passed or its conclusion fell; on a decision of a "
            "court "
            "or of the reconsideration body, or for a clerical mistake, with document and text",
        ),
    ),
    Guard(
        "as_approved",
        (57,),
        Words(
            "审批后有结论发生变化，拟公开的内容与审批的不一致",
            "a conclusion has changed since the approval, so what is to be published is not what was approved",
        ),
        Words(
            "由省局就现有结论重新审批后公开",
            "the province approves the present conclusions anew and then publishes",
        ),
    ),
    Guard(
        "stopped_not_conforming",
        (31, 57),
        Words(
            "检验终止的样品不能公开为合格",
            "a sample whose testing was stopped may not be shown as conforming",
        ),
        Words(
            "由省局公开复检项目的结果和检验已经终止的事实",
            "the province shows the retested items and that the testing was stopped",
        ),
    ),
    Guard(
        "changed_after_publication",
        (57,),
        Words(
            "公开或者上次更正后结论没有变化，也没有写明法院或者复议机关决定的文书",
            "no published conclusion has changed since the publication or its last correction, nor is a decision of a "
            "court or of the reconsideration body stated with its document",
        ),
        Words(
            "结论变化后，或者收到上述决定并写明文书后，由省局更正",
            "the province corrects once a conclusion changes, or once such a decision is received and its document "
            "stated",
        ),
    ),
)
