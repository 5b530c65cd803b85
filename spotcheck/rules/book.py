"""What the book records besides the acts of dossiers: its kinds, by family, and which values anybody in it may read.

The text asks for supervision of whoever samples, tests and handles (Articles 53, 57); the grading of protected systems
(GB/T 22239-2019, 8.1.4) for a record of every person and every event that matters. ``read.*`` is one record for each
person, subject and hour, everything else one for each time.
"""

from typing import Final

from spotcheck.rules.words import Words

READ: Final = "read"
"""The family of which the same person, subject and hour is recorded once."""
ALSO_LOGGED: Final = frozenset({"sign_in", "people", "settings", "credential"})
"""The families that are events of security: each of their lines is one of the log too."""

FAMILIES: Final[dict[str, Words]] = {
    "people": Words("人员与岗位", "people and posts"),
    "office": Words("机构", "offices"),
    "enterprise": Words("企业", "enterprises"),
    "frame": Words("抽样名录", "sampling frame"),
    "import": Words("导入", "imports"),
    "rule": Words("实施细则", "rules of detail"),
    "sign_in": Words("登录", "signing in"),
    "credential": Words("程序凭据", "credentials of programs"),
    "device": Words("平板", "tablets"),
    "read": Words("查阅", "reading"),
    "export": Words("导出", "exports"),
    "settings": Words("设置", "settings"),
    "evidence": Words("材料", "files of evidence"),
}

KINDS: Final[dict[str, Words]] = {
    "people.add": Words("登记人员", "person added"),
    "people.change": Words("更改人员信息", "particulars of a person changed"),
    "people.number": Words("登记工号", "staff number given"),
    "people.propose": Words("提请", "proposed"),
    "people.grant": Words("授予岗位", "post granted"),
    "people.confirm": Words("确认提请", "proposal confirmed"),
    "people.decline": Words("否决提请", "proposal declined"),
    "people.end_post": Words("终止岗位", "post ended"),
    "people.leave": Words("登记离职", "leaving recorded"),
    "people.back": Words("登记复职", "coming back recorded"),
    "people.lock": Words("锁定账号", "account locked"),
    "people.unlock": Words("解除锁定", "account unlocked"),
    "people.factor": Words("重置第二重验证", "second factor reset"),
    "people.calendar_made": Words("生成日历订阅地址", "address of a calendar made"),
    "people.calendar_ended": Words("停用日历订阅地址", "address of a calendar ended"),
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
    "office.certificate": Words("登记资质证书", "certificate of a body recorded"),
    "office.certificate_suspended": Words("登记资质暂停", "certificate suspended"),
    "office.zone": Words("登记功能区", "zone added"),
    "office.divide": Words("登记办理分工", "division of work recorded"),
    "office.divide_end": Words("终止办理分工", "division of work ended"),
    "enterprise.add": Words("登记企业", "enterprise added"),
    "enterprise.change": Words("更改企业信息", "particulars of an enterprise changed"),
    "frame.change": Words("更改抽样名录", "sampling frame changed"),
    "import.done": Words("导入数据", "data imported"),
    "import.undone": Words("撤销导入", "import undone"),
    "rule.publish": Words("发布实施细则", "rule of detail published"),
    "rule.withdraw": Words("撤下实施细则", "rule of detail withdrawn"),
    "sign_in.in": Words("登录", "signed in"),
    "sign_in.failed": Words("登录未成功", "sign-in failed"),
    "sign_in.code_failed": Words("验证码未通过", "wrong code of a second factor"),
    "sign_in.out": Words("退出", "signed out"),
    "sign_in.locked": Words("因多次失败锁定", "locked after failures"),
    "sign_in.password": Words("设置密码", "password set"),
    "sign_in.factor": Words("更改第二重验证", "second factor changed"),
    "sign_in.link_used": Words("使用一次性链接", "one-time link used"),
    "sign_in.mailed": Words("以邮件发送链接", "link sent by mail"),
    "sign_in.unlocked": Words("以邮件链接解除锁定", "unlocked by a link from mail"),
    "sign_in.address": Words("确认邮箱", "mail address confirmed"),
    "sign_in.linked": Words("关联统一身份认证", "single sign-on linked"),
    "sign_in.session_ended": Words("结束会话", "session ended"),
    "credential.issue": Words("签发程序凭据", "credential issued"),
    "credential.revoke": Words("撤销程序凭据", "credential revoked"),
    "device.code": Words("签发平板登记码", "code for a tablet made"),
    "device.enrol": Words("登记平板", "tablet enrolled"),
    "device.revoke": Words("注销平板", "tablet revoked"),
    "device.sign_in": Words("在平板上登录", "signed in on a tablet"),
    "device.sign_out": Words("在平板上退出", "signed out of a tablet"),
    "device.report": Words("平板报告异常", "tablet reported trouble"),
    "device.escrow": Words("生成平板托管密钥", "escrow key of tablets made"),
    "device.consent": Words("同意导入平板救援文件", "rescue file of a tablet allowed"),
    "device.rescue": Words("导入平板救援文件", "rescue file of a tablet taken in"),
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
    "export.papers": Words("打印一批文书", "papers of a batch printed"),
    "export.book": Words("导出登记簿", "book exported"),
    "settings.maintenance": Words("登记或结束维护", "maintenance announced or ended"),
    "settings.backup_keys": Words("备份密钥变更", "keys of backups changed"),
    "settings.restored": Words("恢复备份", "backup restored"),
    "settings.first_run": Words("确认开始使用的事项", "a step of getting started confirmed"),
    "settings.propose": Words("提请规则或日历", "rules or calendar proposed"),
    "settings.confirm": Words("确认规则或日历", "rules or calendar confirmed"),
    "settings.decline": Words("否决规则或日历", "rules or calendar declined"),
    "settings.change": Words("更改设置", "setting changed"),
    "evidence.destroyed": Words("保存期满销毁材料", "file destroyed after its time"),
}
"""Every kind of record. A record of another kind is refused."""

PROPOSED: Final[dict[str, Words]] = {
    "grant": Words("授予岗位", "grant a post"),
    "unlock": Words("解除锁定", "lift a lock"),
    "factor": Words("重置第二重验证", "reset the second factor"),
    "link": Words("关联统一身份认证", "link the single sign-on"),
    "unlink": Words("解除统一身份认证的关联", "unlink the single sign-on"),
    "notice": Words("放假通知", "notice on holidays"),
    "rules": Words("规则文件", "document about the rules"),
}
"""What one person proposes and another confirms: the ``kind`` of a proposal."""

SUBJECTS: Final[dict[str, Words]] = {
    "user": Words("人员", "person"),
    "office": Words("机构", "office"),
    "dossier": Words("案卷", "dossier"),
    "paper": Words("文书", "paper"),
    "batch": Words("批量办理", "batch"),
    "list": Words("清单", "list"),
    "service": Words("送达凭证", "proof of service"),
    "evidence": Words("材料", "file of evidence"),
    "enterprise": Words("企业", "enterprise"),
    "credential": Words("程序凭据", "credential"),
    "device": Words("平板", "tablet"),
    "fieldact": Words("现场记录", "record of a visit"),
    "book": Words("登记簿", "the book"),
    "import": Words("导入", "import"),
    "detailrule": Words("实施细则", "rule of detail"),
    "rights": Words("权限清单", "list of rights"),
    "site": Words("系统", "the system"),
}
"""What a record may be about, as lists call it; what has no words here is shown as it is."""

VALUES: Final[dict[str, Words]] = {
    "absences": Words("外出", "absences"),
    "active": Words("账号可用", "account open"),
    "backup": Words("备份时间", "moment of the backup"),
    "begins": Words("开始", "begins"),
    "document": Words("文号", "document"),
    "ends": Words("结束", "ends"),
    "cases": Words("案件数", "cases"),
    "certificate": Words("证件号", "certificate"),
    "certificate_until": Words("证件有效期至", "certificate until"),
    "client_id": Words("程序标识", "client id"),
    "code": Words("代码", "code"),
    "deputy": Words("代理岗位", "deputy's post"),
    "email": Words("邮箱", "mail"),
    "entitlements": Words("权限", "entitlements"),
    "expires": Words("失效时间", "runs out"),
    "filter": Words("筛选条件", "filter"),
    "first_day": Words("第一日", "first day"),
    "form": Words("文件格式", "form of the file"),
    "full_name": Words("姓名", "name"),
    "kept_as": Words("原数据库改名为", "what was there is kept as"),
    "kind": Words("种类", "kind"),
    "label": Words("用途", "purpose"),
    "last_day": Words("最后一日", "last day"),
    "left_on": Words("离职日期", "left on"),
    "mobile": Words("手机", "mobile"),
    "must_change_password": Words("须改密码", "has to change the password"),
    "name": Words("名称", "name"),
    "needs_factor": Words("须有第二重验证", "second factor needed"),
    "networks": Words("允许的网络", "networks allowed"),
    "note": Words("说明", "note"),
    "number": Words("工号", "staff number"),
    "office": Words("机构", "office"),
    "owner": Words("承办人", "owner"),
    "parent": Words("上级机构", "office above"),
    "period": Words("核对期", "period of review"),
    "post": Words("岗位编号", "post"),
    "posts": Words("岗位编号", "posts"),
    "proposal": Words("提请编号", "proposal"),
    "reason": Words("理由", "reason"),
    "recipients": Words("加密接收方", "encrypted for"),
    "role": Words("岗位", "role"),
    "rule": Words("实施细则", "rule of detail"),
    "rows": Words("行数", "rows"),
    "scopes": Words("授权范围", "scopes"),
    "sessions": Words("会话数", "sessions"),
    "rule_set": Words("规则集", "rule set"),
    "sha256": Words("摘要", "SHA-256"),
    "short_name": Words("简称", "short name"),
    "signed_by": Words("签名密钥", "signed by"),
    "since": Words("开始日期", "first day"),
    "sso_only": Words("只用统一身份认证", "single sign-on only"),
    "subject": Words("统一身份认证标识", "subject at the single sign-on"),
    "to": Words("移交给", "to"),
    "until": Words("截止日期", "last day"),
    "username": Words("登录名", "username"),
    "year": Words("年份", "year"),
}
"""What the values of ``before`` and ``after`` are called."""

OF_PERSONS: Final = frozenset(
    {
        "certificate",
        "deputy",
        "email",
        "full_name",
        "mobile",
        "name",
        "note",
        "number",
        "owner",
        "reason",
        "subject",
        "to",
        "username",
    }
)
"""The values that say something of a person: only an auditor reads them, and those that have no words here."""

OPEN: Final = frozenset(VALUES) - OF_PERSONS
"""The values that everybody reads who reads the line."""


def family_of(kind: str) -> str:
    """The family of a kind: what stands before the point."""
    return kind.partition(".")[0]
