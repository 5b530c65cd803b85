"""What is held against somebody, in writing: findings, evidence, decisions and slips, as offices file them (R52).

Every number says that it is made up: there is no such document.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from spotcheck.demo import chance
from spotcheck.demo.products import products
from spotcheck.docket.models import Dossier, Party
from spotcheck.parties import provinces

if TYPE_CHECKING:
    from spotcheck.demo.file import File

_Facts = dict[str, Any]


def day(on: date) -> str:
    """A day as it is written in a finding."""
    return f"{on.year}年{on.month}月{on.day}日"


def number(file: "File", sort: str, most: int = 90) -> str:
    """The number of a made-up document of this sort."""
    return f"演示{sort}〔{file.today.year}〕{1 + chance.number(most, sort, file.dossier.number)}号"


def kept(file: "File", what: str) -> str:
    """What was taken as evidence, and under which number it is kept."""
    return f"{what}，存卷编号演示证-{file.dossier.number}"


def _product(file: "File") -> str:
    return f"{file.dossier.sample_file.product_name}（{file.dossier.sample_file.product_model}）"


# Sampling (Articles 14, 19, 21)


def refusal_rejected(file: "File", _party: Party | None) -> _Facts:
    """Why the province does not accept a refusal (Article 19)."""
    reason = (
        "企业所称的检查由市级市场监管部门组织，不属于国家或者省级监督抽查；经查省局抽查记录，同一产品在法定间隔内未被国家或者"
        "省级监督抽查。拒检理由不成立，继续抽样。"
    )
    return {"reason": reason}


def illegal_on_site(file: "File", _party: Party | None) -> _Facts:
    """What the samplers met at the firm (Article 14)."""
    finding = (
        f"{day(file.today)}，抽样人员在企业成品库核对待销{_product(file)}，产品标签和合格证标注的生产者名称、地址均为另一企业；"
        "被抽样企业不能提供委托加工合同和授权文件，涉嫌冒用他人厂名、厂址。抽样人员当场停止抽样，并告知企业。"
    )
    return {"finding": finding, "evidence": kept(file, "标签、合格证及成品库照片8张，现场询问记录1份")}


def obstructed(file: "File", _party: Party | None) -> _Facts:
    """What was done at the gate (Article 21)."""
    finding = (
        f"{day(file.today)}9时20分，抽样人员在企业大门外出示抽样检查通知书和工作证件，说明来意；门卫称负责人不在，锁闭大门。"
        "抽样人员两次与企业联系人通话，对方明确表示不接受抽样，至10时30分仍未开门。"
    )
    return {"finding": finding, "media": kept(file, "执法记录视频1段（70分钟），大门外照片4张")}


def added(file: "File", _party: Party | None) -> _Facts:
    """Why one more sampler comes (Articles 12, 13)."""
    return {"reason": "现场样品搬运、封样和拍摄工作量较大，两人难以在当日完成，增派一人。"}


# Inspection (Article 28)

_REGISTERS = {
    "CCC": ("列入强制性产品认证目录", "全国认证认可信息公共服务平台", "强制性产品认证证书"),
    "production_licence": ("实行工业产品生产许可证管理", "国家工业产品生产许可证查询系统", "生产许可证"),
}


def illegal_in_laboratory(file: "File", _party: Party | None) -> _Facts:
    """What the laboratory met about the producer's licence (Article 28)."""
    managed, register, licence = _REGISTERS[products()[file.dossier.sample_file.product_kind].licence]
    finding = (
        f"该产品{managed}。检验机构于{day(file.today)}查询{register}，未查到样品标注的生产者持有该型号产品的有效{licence}，"
        f"标签所标证书编号对应的是另一企业的产品。涉嫌无证生产，不需检验即可认定，停止检验。"
    )
    return {"finding": finding, "evidence": kept(file, "证书查询结果打印件2份，样品及标签照片3张")}


# Receipts (Articles 33, 39, 43)


def _slip(file: "File", proof: str) -> _Facts:
    digits = chance.number(10**10, "slip", file.dossier.number, file.today)
    return {"proof": proof, "slip_number": f"演示{digits:010d}"}


def posted(file: "File", _party: Party | None) -> _Facts:
    """The slip of what was mailed."""
    return _slip(file, f"邮政特快专递回执，收件人于{day(file.today)}签收")


def handed(file: "File", _party: Party | None) -> _Facts:
    """The receipt for what was handed over."""
    return _slip(file, f"送达回证，受送达人于{day(file.today)}签名并加盖印章")


# Objections (Articles 35 to 38)


def denial_findings(file: "File", _party: Party | None) -> _Facts:
    """What the two city bureaus have answered (Article 37)."""
    offices, sort = file.world.cast.offices, "质函"
    asked = ((Party.Role.NOMINAL_PRODUCER, "标称生产者"), (Party.Role.SELLER, "销售者进货渠道"))
    documents = []
    for place, (role, matter) in enumerate(asked):
        party = file.dossier.parties.get(role=role)
        office = offices[party.city_code].name if party.in_shandong else provinces.authority(party.place)
        serial = 1 + place + chance.number(80, sort, file.dossier.number)
        documents.append(f"{office}关于{matter}的核实意见（演示{sort}〔{file.today.year}〕{serial}号）")
    return {"from": ["nominal_producer_city", "seller_city"], "produced": "no", "documents": documents}


# Rectification and recheck (Articles 42 to 51)


def transferred(file: "File", party: Party | None) -> _Facts:
    """Where the firm really works (Article 42)."""
    assert party is not None
    enterprise = party.enterprise
    finding = (
        f"经{day(file.today)}现场核查，注册地址{enterprise.registered_address}现为空置房屋，无生产设备和成品库；企业的生产线、仓库"
        f"和从业人员均在{enterprise.actual_address}，厂房租赁合同、用电户名与该地址一致。"
    )
    return {"to": enterprise.actual_place, "address": enterprise.actual_address, "finding": finding}


def application_withdrawn(file: "File", _party: Party | None) -> _Facts:
    """The party's own paper (Article 44)."""
    return {"document": f"企业《撤回复查申请书》，{day(file.today)}提出，加盖公章"}


def not_rectified(file: "File", party: Party | None) -> _Facts:
    """What the bureau saw where nothing was rectified (Articles 47, 50)."""
    if party is not None and party.is_seller:
        finding = (
            f"{day(file.today)}现场检查：店内仍陈列抽查不合格的同型号{file.dossier.sample_file.product_name}，未下架、未封存；"
            "负责人不能提供不合格原因说明、退货或者召回记录和进货查验记录，整改措施没有落实。"
        )
    else:
        finding = (
            f"{day(file.today)}现场检查：企业没有查明不合格原因，没有整改方案和整改记录；生产工艺和原料未作调整，"
            "库存同批次产品未封存、未返工，责任也未落实到人。"
        )
    return {"finding": finding}


def tested_again(file: "File", _party: Party | None) -> _Facts:
    """The report of the recheck test, which conforms unless a story says otherwise (Article 47)."""
    return {"conclusion": "conforming", "report_number": f"演示复查-{file.dossier.number}-{file.today:%m%d}"}


def closure(file: "File", party: Party | None) -> _Facts:
    """The decision to close the firm for a time, and who has taken it (Article 51)."""
    assert party is not None
    return {
        "document": f"责令停业整顿决定书（{number(file, '停整')}）",
        "authority": file.world.cast.offices[party.place].name,
    }


def licence_revoked(file: "File", party: Party | None) -> _Facts:
    """The decision of the authority that registers firms (Article 51)."""
    assert party is not None
    region = file.world.cast.offices[party.place].region
    return {
        "document": f"吊销营业执照决定书（{number(file, '吊照')}）",
        "authority": f"{region.name if region else ''}行政审批服务局",
    }


def still_sold(file: "File", _party: Party | None) -> _Facts:
    """What shows that the ban was not kept (Article 50)."""
    evidence = (
        f"{day(file.today)}现场检查，发现收到责令改正通知书后仍在销售同一型号{file.dossier.sample_file.product_name}："
        f"{kept(file, '销售票据3张、现场照片6张、询问笔录1份')}"
    )
    return {"evidence": evidence}


def passed_elsewhere(file: "File", _party: Party | None) -> _Facts:
    """The paper of the producer's bureau in another province (Article 48)."""
    return {"proof": "other_province", "document": f"复查结果通知书（{number(file, '复查')}）"}


# Handed-over files (Articles 4, 32, 52)


def handed_over(file: "File", _party: Party | None) -> _Facts:
    """The letter by which the organiser has handed a file over (Article 32)."""
    if file.dossier.origin == Dossier.Origin.NATIONAL:
        organiser = "国家市场监督管理总局"
    else:
        outside = next(party for party in file.dossier.parties.order_by("pk") if not party.in_shandong)
        organiser = provinces.authority(outside.place)
    return {"document": f"{organiser}不合格产品移交函（{number(file, '移交')}）"}


def not_the_maker(file: "File", _party: Party | None) -> _Facts:
    """What shows that the product was made by somebody else (Article 52)."""
    finding = (
        "经核查，标称生产者的生产记录、原料采购台账和销售发票中均无该批次产品；样品包装版式、喷码格式与其同期产品明显不同，"
        "企业出具了书面鉴别说明。认定该批次产品不是其生产。"
    )
    return {"finding": finding}


def no_such_firm(file: "File", _party: Party | None) -> _Facts:
    """What shows that the producer on the label does not exist (Article 52)."""
    finding = (
        "经实地核查，样品标注的地址现为空置院落，没有生产设备和从业人员，村委会和相邻商户证实该处从未有这家企业；"
        "登记机关没有该名称企业的登记档案。认定标称生产者不存在。"
    )
    return {"finding": finding}


# Leads (Article 56)


def case_filed(file: "File", _party: Party | None) -> _Facts:
    """Why a case is filed."""
    return {"reason": "经核查，有证据初步证明当事人存在违法行为，属于本局管辖且未超过处罚时效，符合立案条件。"}


def case_declined(file: "File", party: Party | None) -> _Facts:
    """Why none is filed."""
    if party is not None and party.is_seller:
        reason = "经核查，销售者履行了进货查验义务，能够说明进货来源并提供供货者的发票，不予立案；供货线索另行移送。"
    else:
        reason = "经核查，现有证据不能证明当事人实施了线索所称的违法行为，不符合立案条件，不予立案。"
    return {"reason": reason}


def case_concluded(file: "File", _party: Party | None) -> _Facts:
    """How the case ended."""
    return {"reason": f"已作出行政处罚决定（{number(file, '处罚')}），当事人在规定期限内履行完毕，予以结案。"}
