"""The acts of announcement and publication (Articles 51, 57)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, Demand, FactWords
from spotcheck.rules.sd_2021_1.acts.fact import COURT_DOCUMENT, STOPPED
from spotcheck.rules.words import Words

PUBLICITY: Final = (
    ActRecord(
        "PN0",
        "announcement.create",
        Words("生成公告事项", "Open the announcement"),
        Words("已生成公告事项", "announcement opened"),
        Words(
            "首次复查不合格开始上报时，建立公告事项。",
            "With the report on a first failure the announcement is opened.",
        ),
    ),
    ActRecord(
        "PN1",
        "announcement.submit_to_city",
        Words("报送市局", "Submit to the city bureau"),
        Words("已报送市局", "submitted to the city bureau"),
        Words(
            "县局处理的，先报其市局，不得越级；案件已不在上报中的，无须再报。",
            "A county bureau reports to its city bureau and skips no level, while the case is still reported up.",
        ),
        told=("city",),
        target="report-up",
    ),
    ActRecord(
        "PN2",
        "announcement.submit_to_province",
        Words("报送省局", "Submit to the province"),
        Words("已报送省局", "submitted to the province"),
        Words("由市局报到省局。", "The city bureau reports to the province."),
        told=("province",),
        target="report-up",
    ),
    ActRecord(
        "PN3",
        "announcement.announce",
        Words("向社会公告", "Announce to the public"),
        Words("已发布公告", "announcement published"),
        Words(
            "不合格结论终局、该企业的通知均已了结后，省局及时公告。",
            "Once the nonconforming conclusion is final and no notice of the party is open, the province announces "
            "without delay.",
        ),
        told=("enterprise", "handler"),
        target="announce",
    ),
    ActRecord(
        "PN4",
        "announcement.correct",
        Words("更正公告", "Correct the announcement"),
        Words("公告已更正", "announcement corrected"),
        Words(
            "公告后案件终止、复查合格或者结论失去效力的，或者依法院、复议机关的决定以及笔误的更正文本，"
            "由省局发布更正并告知企业。",
            "It is corrected when the case was withdrawn or has passed since or its conclusion fell, or on a decision "
            "or a clerical mistake named with document and text; the enterprise is told.",
        ),
        told=("enterprise", "handler"),
        exceptional=True,
        facts={
            "basis": FactWords(
                Words("更正的依据", "Basis of the correction"),
                choices={
                    "changed": Words(
                        "案件终止、复查合格或者结论失去效力",
                        "the case was withdrawn or has passed, or the conclusion fell",
                    ),
                    "court": Words("法院的判决", "decision of a court"),
                    "review": Words("复议机关的决定", "decision of the reconsideration body"),
                    "clerical": Words("笔误", "clerical mistake"),
                },
            ),
            "document": FactWords(
                Words("更正所依据的文书", "Document on which the correction rests"),
                help=Words(
                    "依判决、决定或者因笔误更正时填写，写明名称和文号，例如：行政复议决定书及其文号；笔误的，写明核对记录",
                    "For a decision or a clerical mistake: title and number, for example: reconsideration "
                    "decision, its number; for a mistake, the note of the comparison",
                ),
            ),
            "text": FactWords(
                Words("更正后的文字", "Corrected text"),
                help=Words(
                    "依判决、决定或者因笔误更正时填写，写明原文和更正后的文字，例如：产品型号“甲型”更正为“乙型”",
                    "For a decision or a clerical mistake: what stood there and what is right, for example: model, "
                    "for type A read type B",
                ),
            ),
        },
        evidence=("decision",),
        obligatory=(
            Demand(
                ("decision", "letter"),
                (51,),
                instead=("document",),
                only_when={"basis": ("court", "review", "clerical")},
            ),
        ),
        needs_recent=True,
        rests_on=("announcement.announce", "announcement.correct"),
    ),
    ActRecord(
        "PN6",
        "announcement.report_again",
        Words("重新上报公告事项", "Report the announcement again"),
        Words("公告事项已重新上报", "announcement reported again"),
        Words(
            "首次不合格的复查被撤销，重新复查仍不合格的，原公告事项重新逐级上报。",
            "When the first failed recheck was annulled and the new one fails too, its announcement is reported up "
            "again.",
        ),
        exceptional=True,
    ),
    ActRecord(
        "RP0",
        "publication.create",
        Words("开始汇总结果", "Open the publication"),
        Words("已开始汇总结果", "publication opened"),
        Words(
            "全部检验结束后，汇总分析抽查结果。",
            "When testing is finished, the results are compiled and analysed.",
        ),
    ),
    ActRecord(
        "RP1",
        "publication.approve",
        Words("审批公开内容", "Approve the publication"),
        Words("公开内容已审批", "publication approved"),
        Words(
            "任务内各项结论均已终局或者撤销、通知均已了结的，方可审批；审批后结论变化的，重新审批。",
            "Approval waits until no conclusion and no notice of the task is open any more; after a change it is "
            "given anew.",
        ),
    ),
    ActRecord(
        "RP2",
        "publication.publish",
        Words("公开抽查结果", "Publish the results"),
        Words("抽查结果已公开", "results published"),
        Words(
            "省局按审批的内容依法公开结果，并向地方政府、市场监管总局和有关部门通报；检验终止的样品不得公开为合格。",
            "The province publishes lawfully what was approved and informs local governments, SAMR and departments "
            "concerned; a sample whose testing was stopped is never shown as conforming.",
        ),
        facts={
            "stopped": STOPPED,
        },
        needs_recent=True,
    ),
    ActRecord(
        "RP3",
        "publication.correct",
        Words("更正公开内容", "Correct the publication"),
        Words("公开内容已更正", "publication corrected"),
        Words(
            "公开或者上次更正后结论改变，或者法院、复议机关另有决定的，予以更正；可以再次更正。",
            "It is corrected when a conclusion has changed since the publication or its last correction, or a court "
            "or the reconsideration body decided otherwise; more than once if need be.",
        ),
        exceptional=True,
        facts={
            "reason": FactWords(
                Words("更正原因", "Reason for the correction"),
                choices={
                    "changed": Words("已公开的结论发生变化", "a published conclusion has changed"),
                    "court": Words("法院或者复议机关另有决定", "a court or the reconsideration body decided"),
                },
            ),
            "document": COURT_DOCUMENT,
            "text": FactWords(
                Words("更正后的文字", "Corrected text"),
                help=Words(
                    "法院或者复议机关另有决定时填写，写明原公开的内容和更正后的内容，例如：某批次“不合格”更正为“检验结论已经撤销”",
                    "After a decision of others: what was published and what is right, for example: of one batch, for "
                    "nonconforming read conclusion revoked",
                ),
            ),
            "stopped": STOPPED,
        },
        evidence=("decision",),
        obligatory=(Demand(("decision",), (57,), instead=("document",), only_when={"reason": "court"}),),
        needs_recent=True,
    ),
)
