"""Guards of a recheck and of the ban on resuming (Articles 45, 47 to 50)."""

from typing import Final

from spotcheck.rules.guards import Guard
from spotcheck.rules.words import Words

RECHECK: Final = (
    Guard(
        "producers_only",
        (48,),
        Words(
            "复查检验只针对生产者，本案企业是销售者",
            "a recheck test exists for producers only, and this party is a seller",
        ),
        Words(
            "由结果处理部门对销售者作现场检查并据此作出结论",
            "the handling bureau concludes from its on-site check of the seller",
        ),
    ),
    Guard(
        "rectified",
        (47,),
        Words(
            "现场核查没有确认原因查明、整改完成",
            "the visit did not find the cause established and the rectification done",
        ),
        Words(
            "由企业完成整改；未整改的，由结果处理部门作出不合格结论",
            "the enterprise completes its rectification; otherwise the handling bureau finds that it failed",
        ),
    ),
    Guard(
        "not_rectified",
        (47, 50),
        Words(
            "现场核查认为已经整改，不能不经检验判为不合格",
            "the visit found the rectification done, so a failure needs a test",
        ),
        Words(
            "由结果处理部门委托复查检验，或者依规定作出合格结论",
            "the handling bureau commissions a recheck test or finds that the party passed",
        ),
    ),
    Guard(
        "finding_written",
        (47, 50),
        Words(
            "认为没有整改，但没有写明查见的情况",
            "the visit is to find that nothing was rectified, but what was seen is not stated",
        ),
        Words(
            "由结果处理部门写明哪些没有整改、何时何地查见",
            "the handling bureau states what was not rectified, and where and when it was seen",
        ),
    ),
    Guard(
        "label_only",
        (47,),
        Words(
            "尚无合格案件覆盖的不合格项目不限于标签、标志或者说明书，不能免除复查检验",
            "of the failed items that no passed case covers not only labels, marks or instructions failed, so the "
            "recheck test cannot be left out",
        ),
        Words(
            "由结果处理部门委托技术机构复查检验",
            "the handling bureau commissions a technical body with the test",
        ),
    ),
    Guard(
        "test_report",
        (47,),
        Words(
            "没有写明复查检验报告的编号",
            "the number of the report on the recheck test is not stated",
        ),
        Words(
            "由技术机构报送检验报告，登记报告编号",
            "the technical body sends its report, and the number is recorded",
        ),
    ),
    Guard(
        "recheck_result",
        (47, 50),
        Words(
            "拟作结论与复查检验结果不一致",
            "the conclusion to be drawn does not follow the result of the recheck test",
        ),
        Words(
            "由结果处理部门按复查检验报告作出结论",
            "the handling bureau concludes as the test report says",
        ),
    ),
    Guard(
        "sample_refused",
        (47, 50),
        Words(
            "没有写明要求企业提供样品的内容、日期和企业不提供的事实",
            "the demand for the sample, its date and that the party provides none are not stated",
        ),
        Words(
            "由结果处理部门书面要求企业提供样品，逾期不提供的，据实写明",
            "the handling bureau demands the sample in writing and, when none is provided, states so",
        ),
    ),
    Guard(
        "hardship_claimed",
        (45,),
        Words(
            "本次复查不是因企业提交无法整改证明而启动；以前用过的证明不能再用",
            "this recheck was not brought about by a proof of inability; one that was used before does not count again",
        ),
        Words(
            "由结果处理部门按整改情况作出合格或者不合格结论",
            "the handling bureau finds pass or failure on the merits",
        ),
    ),
    Guard(
        "producer_pass_shown",
        (48,),
        Words(
            "没有证明生产者复查合格：须至少有一家合格，并且案件仍然成立的生产者全部合格；"
            "生产者在省外的，须有其所在地部门的文书",
            "the pass of the producers is not shown: at least one has to have passed, and every one whose case "
            "stands; for a producer outside Shandong the paper of its bureau",
        ),
        Words(
            "待生产者复查合格后，由销售者出示其复查结果通知书或者外省部门的文书；不再销售同一产品的，不必提供",
            "once the producers have passed, the seller shows their recheck notice, or the paper from outside; it "
            "need not if it gives the product up",
        ),
    ),
    Guard(
        "breach_shown",
        (50, 56),
        Words(
            "没有写明企业违反禁令恢复生产、销售的证据",
            "the evidence that the party resumed in breach of the ban is not stated",
        ),
        Words(
            "由结果处理部门写明何时何地查见、有何证据",
            "the handling bureau states where and when it was seen, and on what evidence",
        ),
    ),
)
