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
            "县局处理的，先报其市局，不得越级。",
            "A county bureau reports to its city bureau and skips no level.",
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
            "不合格结论终局后，省局及时公告。",
            "Once the nonconforming conclusion is final, the province announces without delay.",
        ),
    ),
    ActWords(
        "PN4",
        "announcement.correct",
        Words("更正公告", "Correct the announcement"),
        Words("公告已更正", "announcement corrected"),
        Words(
            "公告后案件终止或者后来复查合格的，由省局发布更正。",
            "If the case ends or is passed after the announcement, the province corrects it.",
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
            "任务内各项结论均已终局或者撤销的，方可审批。",
            "Approval waits until no conclusion of the task is open any more.",
        ),
    ),
    ActWords(
        "RP2",
        "publication.publish",
        Words("公开抽查结果", "Publish the results"),
        Words("抽查结果已公开", "results published"),
        Words(
            "省局依法公开结果，并向地方政府、市场监管总局和有关部门通报。",
            "The province publishes lawfully and informs local governments, SAMR and departments concerned.",
        ),
    ),
    ActWords(
        "RP3",
        "publication.correct",
        Words("更正公开内容", "Correct the publication"),
        Words("公开内容已更正", "publication corrected"),
        Words(
            "公开后结论改变，或者法院、复议机关另有决定的，予以更正。",
            "It is corrected when a conclusion changes afterwards or a court or review body decides otherwise.",
        ),
    ),
)
