"""What the book records besides the acts of dossiers: its kinds, by family, and which values anybody in it may read.

The text asks for supervision of whoever samples, tests and handles (Articles 53, 57); the grading of protected systems
(GB/T 22239-2019, 8.1.4) for a record of every person and every event that matters. ``read.*`` is one record for each
person, subject and hour, everything else one for each time.
"""

from typing import Final

from spotcheck.rules.words import Words

READ: Final = "read"
"""The family of which the same person, subject and hour is recorded once."""

FAMILIES: Final[dict[str, Words]] = {
    "people": Words("人员与岗位", "people and posts"),
    "office": Words("机构", "offices"),
    "enterprise": Words("企业", "enterprises"),
    "frame": Words("抽样名录", "sampling frame"),
    "import": Words("导入", "imports"),
    "sign_in": Words("登录", "signing in"),
    "read": Words("查阅", "reading"),
    "export": Words("导出", "exports"),
    "settings": Words("设置", "settings"),
    "evidence": Words("材料", "files of evidence"),
}

KINDS: Final[dict[str, Words]] = {
    "people.add": Words("登记人员", "person added"),
    "people.change": Words("更改人员信息", "particulars of a person changed"),
    "people.number": Words("登记工号", "staff number given"),
    "people.propose": Words("提请授予岗位", "post proposed"),
    "people.grant": Words("授予岗位", "post granted"),
    "people.confirm": Words("确认提请", "proposal confirmed"),
    "people.decline": Words("否决提请", "proposal declined"),
    "people.end_post": Words("终止岗位", "post ended"),
    "people.lock": Words("锁定账号", "account locked"),
    "people.unlock": Words("解除锁定", "account unlocked"),
    "people.link": Words("签发一次性链接", "one-time link issued"),
    "people.first_admin": Words("设立首任管理员", "first administrators made"),
    "people.absence": Words("登记外出", "absence recorded"),
    "people.absence_end": Words("提前结束外出", "absence ended early"),
    "people.deputy": Words("确定AB角", "standing deputy named"),
    "people.deputy_end": Words("取消AB角", "standing deputy ended"),
    "people.hand_over": Words("移交在办案件", "open cases handed over"),
    "people.accept": Words("接受移交", "hand-over accepted"),
    "people.return": Words("退回移交", "hand-over returned"),
    "people.own": Words("确定承办人", "owner of a case named"),
    "people.review": Words("核对权限", "rights reviewed"),
    "office.add": Words("登记机构", "office added"),
    "office.change": Words("更改机构信息", "particulars of an office changed"),
    "enterprise.add": Words("登记企业", "enterprise added"),
    "enterprise.change": Words("更改企业信息", "particulars of an enterprise changed"),
    "frame.change": Words("更改抽样名录", "sampling frame changed"),
    "import.done": Words("导入数据", "data imported"),
    "import.undone": Words("撤销导入", "import undone"),
    "sign_in.in": Words("登录", "signed in"),
    "sign_in.failed": Words("登录未成功", "sign-in failed"),
    "sign_in.out": Words("退出", "signed out"),
    "sign_in.locked": Words("因多次失败锁定", "locked after failures"),
    "sign_in.password": Words("设置密码", "password set"),
    "sign_in.factor": Words("更改第二重验证", "second factor changed"),
    "sign_in.link_used": Words("使用一次性链接", "one-time link used"),
    "sign_in.session_ended": Words("结束会话", "session ended"),
    "read.dossier": Words("查阅案卷", "dossier read"),
    "read.paper": Words("查阅文书", "paper read"),
    "read.proof": Words("查阅送达凭证", "proof of service read"),
    "read.evidence": Words("查阅材料", "file of evidence read"),
    "read.case_file": Words("查阅全卷", "case file read"),
    "read.enterprise": Words("查阅企业信息", "enterprise read"),
    "read.person": Words("查阅人员信息", "person read"),
    "read.qualification": Words("查阅资质", "qualification read"),
    "read.book": Words("查阅登记簿", "book read"),
    "export.case_file": Words("导出全卷", "case file exported"),
    "export.rights": Words("导出权限清单", "list of rights exported"),
    "export.list": Words("导出清单", "list exported"),
    "export.book": Words("导出登记簿", "book exported"),
    "settings.change": Words("更改设置", "setting changed"),
    "evidence.destroyed": Words("保存期满销毁材料", "file destroyed after its time"),
}
"""Every kind of record. A record of another kind is refused."""

OPEN: Final = frozenset(
    {
        "account",
        "active",
        "cases",
        "certificate_until",
        "confirmed",
        "entitlements",
        "expires",
        "filter",
        "first_day",
        "kind",
        "last_day",
        "must_change_password",
        "office",
        "parent",
        "proposal",
        "region",
        "role",
        "rows",
        "sha256",
        "short_name",
        "since",
        "sso_only",
        "until",
    }
)
"""The values of ``before`` and ``after`` that say nothing of a person; all others only an auditor reads."""


def family_of(kind: str) -> str:
    """The family of a kind: what stands before the point."""
    return kind.partition(".")[0]
