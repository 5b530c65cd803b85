"""Our own acts on the custody of the units, which ride on the chart of the sample unit (Articles 18, 26, 27, 39)."""

from typing import Final

from spotcheck.rules.acts import ActRecord, FactWords
from spotcheck.rules.sd_2021_1.custody import REFUSAL_REASONS, SEAL_STATES
from spotcheck.rules.words import Words

SEAL_NUMBER: Final = FactWords(
    Words("封条编号", "Seal number"),
    help=Words("照封条上印的编号填写", "As it is printed on the seal"),
)
SEAL_STATE: Final = FactWords(Words("封条状态", "State of the seal"), choices=SEAL_STATES)
CONDITION: Final = FactWords(
    Words("样品外观", "Condition of the unit"),
    help=Words("例如：外包装干燥、无破损", "For example: the packaging is dry and whole"),
)
EXPLANATION: Final = FactWords(
    Words("情况说明", "Explanation"),
    help=Words(
        "运输时间长、封条有异常等情况的原因",
        "Why the transit took long, or why the seal is not as it was",
    ),
)
CARRIER: Final = FactWords(
    Words("承运单位", "Carrier"),
    help=Words("抽样人员自行携带的不填", "Leave it empty when the samplers carry the unit themselves"),
)
WAYBILL: Final = FactWords(
    Words("运单号", "Number of the waybill"),
    help=Words("委托承运的必填，以运单作为交接凭证", "With a carrier the waybill is the proof of the handing over"),
)
GIVER: Final = FactWords(
    Words("交出人", "Handed over by"),
    help=Words(
        "不填的，视为由登记送出的一方或者承运单位交出",
        "Left empty, it is whoever has dispatched the unit, or the carrier",
    ),
)

RECEIVER: Final = FactWords(Words("接收人", "Taken over by"))
FILM: Final = {
    "film_began": FactWords(Words("录像开始时间", "The film begins")),
    "film_ended": FactWords(Words("录像结束时间", "The film ends")),
    "film_sha256": FactWords(
        Words("另存录像的 SHA-256", "SHA-256 of a film kept elsewhere"),
        help=Words(
            "录像已作为附件提交的不填；另行保存的，填写文件的校验值",
            "Leave it empty when the film is attached; of one kept elsewhere, state the checksum of its file",
        ),
    ),
    "film_size": FactWords(Words("另存录像的大小（字节）", "Size of that film (bytes)")),
    "film_kept_by": FactWords(
        Words("另存录像的保管人", "Who keeps that film"),
        help=Words("写明保管单位和人员", "The body and the person"),
    ),
}
"""What a film says of itself (Articles 26, 39)."""

CUSTODY: Final = (
    ActRecord(
        "CU1",
        "custody.link",
        Words("登记样品流转", "Record a move of the unit"),
        Words("已登记样品流转", "move of the unit recorded"),
        Words(
            "样品换地点、退回、再次送出或者换封的，登记双方、封条和时间；登记接在前一环节之后，不能更改。",
            "When a unit changes its place, comes back, is sent out again or gets a new seal, both sides, the seal and "
            "the time are recorded; the link follows the one before and is never changed.",
        ),
        exceptional=True,
        by_form=True,
        facts={
            "kind": FactWords(
                Words("流转方式", "What happens to the unit"),
                choices={
                    "moved": Words("换地点存放", "moved to another place"),
                    "returned": Words("退回本单位", "returned to this body"),
                    "dispatched": Words("再次送出", "sent out again"),
                    "resealed": Words("换封", "sealed anew"),
                },
            ),
            "place": FactWords(Words("存放地点", "Where it is kept")),
            "receiver": RECEIVER,
            "carrier": CARRIER,
            "waybill": WAYBILL,
            "seal_state": SEAL_STATE,
            "seal_number": SEAL_NUMBER,
            "new_seal": FactWords(
                Words("新封条编号", "Number of the new seal"),
                help=Words("换封的必填", "Needed when the unit is sealed anew"),
            ),
            "condition": CONDITION,
            "explanation": EXPLANATION,
        },
        evidence=("photo", "film", "slip", "signed_sheet"),
        entitled=("receive",),
    ),
    ActRecord(
        "CU2",
        "custody.refuse_unit",
        Words("拒收样品", "Refuse the unit"),
        Words("样品被拒收", "unit refused"),
        Words(
            "封条破损、样品不符、损坏或者不足的，不予接收，拍照并说明情况；省局和抽样机构即时获知。",
            "A unit whose seal is broken, that is another one, damaged or too little is not taken over: photographs "
            "and an explanation are recorded, and the province and the sampling body are told at once.",
        ),
        told=("province", "sampling_body"),
        alarms=True,
        exceptional=True,
        by_form=True,
        facts={
            "reason": FactWords(Words("拒收原因", "Why it is refused"), choices=REFUSAL_REASONS),
            "seal_number": SEAL_NUMBER,
            "explanation": FactWords(
                Words("拒收说明", "What was found"),
                help=Words(
                    "例如：封条左侧撕开约三厘米，封条编号可辨",
                    "For example: the seal is torn open by three centimetres on the left, its number can be read",
                ),
            ),
        },
        evidence=("photo", "film", "minutes"),
        entitled=("receive",),
    ),
    ActRecord(
        "CU3",
        "custody.accept_gap",
        Words("认可流转缺口", "Accept a gap in the custody"),
        Words("省局已认可流转缺口", "gap in the custody accepted"),
        Words(
            "流转记录有缺口的，由省局查明并说明理由后认可；每次只认可一处，缺口和理由长期可见。",
            "A gap in the custody is looked into by the province and accepted with the reason, one at a time; the gap "
            "and the reason stay visible for good.",
        ),
        told=("lab",),
        exceptional=True,
        by_form=True,
        facts={
            "fault": FactWords(Words("认可的缺口", "The gap that is accepted")),
            "reason": FactWords(
                Words("认可的理由", "Why it is accepted"),
                help=Words(
                    "写明查明的情况和依据，例如：承运单位出具证明，运单号为……",
                    "What was found and on what evidence: the carrier has confirmed in writing under waybill …",
                ),
            ),
        },
        evidence=("letter", "minutes", "photo"),
    ),
)
