"""The acts of announcement and publication (Articles 51, 57)."""

from typing import Final

from spotcheck.rules.acts.act import ActWords
from spotcheck.rules.words import Words

PUBLICITY: Final = (
    ActWords(
        "PN0",
        "announcement.create",
        Words("生成公告事项", "Open the announcement"),
        Words("已生成公告事项", "announcement opened"),
        Words(
            "首次复查不合格开始上报时，建立公告事项。",
            "With the report on a first failure the announcement is opened.",
        ),
    ),
    ActWords(
        "PN1",
        "announcement.submit_to_city",
        Words("报送市局", "Submit to the city bureau"),
        Words("已报送市局", "submitted to the city bureau"),
        Words(
            "县局处理的，先报其市局，不得越级；案件已不在上报中的，无须再报。",
            "A county bureau reports to its city bureau and skips no level, while the case is still reported up.",
        ),
    ),
    ActWords(
        "PN2",
        "announcement.submit_to_province",
        Words("报送省局", "Submit to the province"),
        Words("已报送省局", "submitted to the province"),
        Words("由市局报到省局。", "The city bureau reports to the province."),
    ),
    ActWords(
        "PN3",
        "announcement.announce",
        Words("向社会公告", "Announce to the public"),
        Words("已发布公告", "announcement published"),
        Words(
            "不合格结论终局、该企业的通知均已了结后，省局及时公告。",
            "Once the nonconforming conclusion is final and no notice of the party is open, the province announces "
            "without delay.",
        ),
    ),
    ActWords(
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
    ),
    ActWords(
        "PN6",
        "announcement.report_again",
        Words("重新上报公告事项", "Report the announcement again"),
        Words("公告事项已重新上报", "announcement reported again"),
        Words(
            "首次不合格的复查被撤销，重新复查仍不合格的，原公告事项重新逐级上报。",
            "When the first failed recheck was annulled and the new one fails too, its announcement is reported up "
            "again.",
        ),
    ),
    ActWords(
        "RP0",
        "publication.create",
        Words("开始汇总结果", "Open the publication"),
        Words("已开始汇总结果", "publication opened"),
        Words(
            "全部检验结束后，汇总分析抽查结果。",
            "When testing is finished, the results are compiled and analysed.",
        ),
    ),
    ActWords(
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
    ActWords(
        "RP2",
        "publication.publish",
        Words("公开抽查结果", "Publish the results"),
        Words("抽查结果已公开", "results published"),
        Words(
            "省局按审批的内容依法公开结果，并向地方政府、市场监管总局和有关部门通报；检验终止的样品不得公开为合格。",
            "The province publishes lawfully what was approved and informs local governments, SAMR and departments "
            "concerned; a sample whose testing was stopped is never shown as conforming.",
        ),
    ),
    ActWords(
        "RP3",
        "publication.correct",
        Words("更正公开内容", "Correct the publication"),
        Words("公开内容已更正", "publication corrected"),
        Words(
            "公开或者上次更正后结论改变，或者法院、复议机关另有决定的，予以更正；可以再次更正。",
            "It is corrected when a conclusion has changed since the publication or its last correction, or a court "
            "or the reconsideration body decided otherwise; more than once if need be.",
        ),
    ),
)
