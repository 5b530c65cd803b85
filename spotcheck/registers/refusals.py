"""Why something about people, posts and offices is not done, and what would make it possible.

The reasons are data: a name, what stands in the way, a cure. They rest on no article of the regulation but on the rules
for administering the system: three duties, four eyes, nobody for himself.
"""

from typing import Any, Final

from spotcheck.docket.problems import Reason
from spotcheck.rules.refused import Refused
from spotcheck.rules.words import Words

REASONS: Final[dict[str, tuple[Words, Words]]] = {
    "manages": (
        Words("该机构的人员不归这个岗位管理", "this post does not manage the people of that office"),
        Words("由该机构或者其上级的人员管理员办理", "an administrator of people of that office or one above it"),
    ),
    "registers": (
        Words("这个岗位不维护该机构的基础数据", "this post does not keep the master data of that office"),
        Words("由负责基础数据的管理员办理", "an administrator who keeps master data"),
    ),
    "imports": (
        Words("这类数据不由这个岗位导入", "this post does not import such data"),
        Words("由负责这类数据的岗位导入", "a post that keeps these data imports them"),
    ),
    "audits": (
        Words("登记簿只供审计人员查阅", "the book is for auditors"),
        Words("由审计管理员查阅", "an administrator with the duty of audit"),
    ),
    "not_oneself": (
        Words("不能为自己办理", "nobody does this for himself"),
        Words("由另一位管理员办理", "another administrator"),
    ),
    "another_person": (
        Words("提请人不能确认自己的提请", "whoever proposed it does not confirm it"),
        Words("由另一位管理员确认", "another administrator confirms it"),
    ),
    "level": (
        Words("确认人的层级低于提请人", "whoever confirms it stands below whoever proposed it"),
        Words("由同级或者上级的管理员确认", "an administrator of the same or a higher office confirms it"),
    ),
    "in_time": (
        Words("提请没有按时确认，已失效", "it was not confirmed in time and has fallen"),
        Words("重新提请", "propose it again"),
    ),
    "undecided": (
        Words("该提请已经处理", "it has been decided already"),
        Words("查看处理结果", "see what became of it"),
    ),
    "fits_office": (
        Words("该机构没有这种岗位", "that office has no such post"),
        Words("选择该机构有的岗位", "choose a post that the office has"),
    ),
    "fits_role": (
        Words("这种岗位不含所选权限", "such a post does not carry these entitlements"),
        Words(
            "管理权限只授予管理员岗位，业务权限只授予业务岗位", "administration for administrators, the rest for others"
        ),
    ),
    "office_has_it": (
        Words("该机构不能有所选权限", "that office cannot have these entitlements"),
        Words("运行维护权限只由省局授予本局人员", "the province gives the operation of the system to its own people"),
    ),
    "three_duties": (
        Words("系统管理、安全管理、审计管理不得由同一人承担", "system, security and audit are never with one person"),
        Words("先终止另一项管理岗位，或者授予另一个人", "end the other post first, or choose another person"),
    ),
    "once": (
        Words("该人员在该机构已有同样的岗位", "the person has the same post in that office already"),
        Words("先终止原岗位", "end that post first"),
    ),
    "once_proposed": (
        Words("同一内容已经提请，等待确认", "the same is proposed already and waits for its confirmation"),
        Words("由另一人在“待确认”中确认或者否决", "another person confirms or declines it"),
    ),
    "not_backdated": (
        Words("岗位不能追溯到过去的日期", "a post does not begin or end in the past"),
        Words("从今天起或者以后的日期", "today, or a later day"),
    ),
    "span": (
        Words("截止日期早于开始日期", "the last day lies before the first one"),
        Words("更正日期", "correct the days"),
    ),
    "has_left": (
        Words("该人员已经离职", "the person has left"),
        Words("核对人员；已复职的，先登记复职", "check who is meant; who is back is recorded as such first"),
    ),
    "has_not_left": (
        Words("该人员没有离职", "the person has not left"),
        Words("刷新后查看", "look again"),
    ),
    "office_exists": (
        Words("该机构在这一天不存在", "that office does not exist on that day"),
        Words("选择存续的机构", "choose an office that exists"),
    ),
    "has_ended": (
        Words("该岗位已经终止", "the post has ended"),
        Words("刷新后查看", "look again"),
    ),
    "last_administrator": (
        Words("这是该机构最后一位人员管理员", "this is the last administrator of people of that office"),
        Words("先授予另一人人员管理岗位", "grant such a post to somebody else first"),
    ),
    "username": (
        Words("登录名已经使用，不再给他人", "the username was given before and is never given again"),
        Words("换一个登录名", "choose another one"),
    ),
    "username_form": (
        Words("登录名不能这样写", "that cannot be a username"),
        Words(
            "以字母或者数字开头，只用字母、数字和 @ . + - _",
            "letters, digits and @ . + - _, the first a letter or a digit",
        ),
    ),
    "number_form": (
        Words("工号不能这样写", "that cannot be a staff number"),
        Words("以字母或者数字开头，不含空格和 @", "it begins with a letter or a digit, without blanks and @"),
    ),
    "number": (
        Words("该机构已经使用过这个工号", "that number was given in that office before"),
        Words("换一个工号", "choose another one"),
    ),
    "code": (
        Words("机构代码已经使用", "the code of the office was given before"),
        Words("换一个代码", "choose another one"),
    ),
    "code_form": (
        Words("机构代码不能这样写", "that cannot be the code of an office"),
        Words(
            "二至三十二个字符，以字母、数字或者汉字开头，不含空格和斜线",
            "two to thirty-two characters, the first a letter or a digit, without blanks and slashes",
        ),
    ),
    "short_name_form": (
        Words("简称不能这样写", "that cannot be a short name"),
        Words("以字母、数字或者汉字开头，不含空格和 @", "it begins with a letter or a digit, without blanks and @"),
    ),
    "short_name": (
        Words("简称已经使用", "the short name was given before"),
        Words("换一个简称", "choose another one"),
    ),
    "missing": (
        Words("必填的内容没有填写", "something that is needed was not stated"),
        Words("补充填写", "state it"),
    ),
    "locked": (
        Words("账号已经锁定", "the account is locked already"),
        Words("刷新后查看", "look again"),
    ),
    "not_locked": (
        Words("账号没有锁定", "the account is not locked"),
        Words("刷新后查看", "look again"),
    ),
    "no_factor": (
        Words("该账号没有设置第二重验证", "the account has no second factor"),
        Words("本人登录后自行设置", "the person sets one up after signing in"),
    ),
    "no_single": (
        Words("本系统没有接入统一身份认证", "this site has no single sign-on"),
        Words("由运维人员先行接入", "whoever runs the site connects it first"),
    ),
    "linked": (
        Words("该账号已经关联统一身份认证", "the account is linked to the single sign-on already"),
        Words("先解除原来的关联", "unlink it first"),
    ),
    "subject_taken": (
        Words("这个标识已经关联另一个账号", "that subject is linked to another account"),
        Words("核对标识，或者先解除另一个账号的关联", "check the subject, or unlink the other account first"),
    ),
    "not_linked": (
        Words("该账号没有关联统一身份认证", "the account is not linked to the single sign-on"),
        Words("刷新后查看", "look again"),
    ),
    "proposed": (
        Words("同样的提请正在等待确认", "the same waits for confirmation already"),
        Words("由另一位管理员确认，或者先撤回", "another administrator confirms it, or it is withdrawn first"),
    ),
    "link": (
        Words("链接无效、已经使用或者已满二十四小时", "the link is not valid, was used, or is older than a day"),
        Words("请管理员重新签发", "ask an administrator for another one"),
    ),
    "sso_only": (
        Words("该账号只用统一身份认证登录", "the account signs in through the single sign-on only"),
        Words("通过统一身份认证登录", "sign in there"),
    ),
    "deputy_fits": (
        Words(
            "代理人不是同一机构的同类岗位，或者是本人", "the deputy is not another person in the same office and role"
        ),
        Words("选择同一机构同类岗位的另一人", "choose a colleague of the same office and role"),
    ),
    "deputy_present": (
        Words("代理人在这些日子里外出或者没有岗位", "the deputy is away or has no post on those days"),
        Words("选择在岗的代理人", "choose somebody who is there"),
    ),
    "absent_once": (
        Words("与已登记的外出重叠", "it overlaps an absence that is recorded"),
        Words("先提前结束原来的外出", "end that one early first"),
    ),
    "stands_in": (
        Words("这些日子正代理他人", "the person stands in for somebody on those days"),
        Words("先为被代理人另定代理人", "name another deputy for that person first"),
    ),
    "open_cases": (
        Words("还有在办案件没有移交", "open cases have not been handed over"),
        Words("先移交给同事，或者放回本单位待分", "hand them over to colleagues or put them into the office's pool"),
    ),
    "coordinates": (
        Words("只有承办人或者统筹案件的人可以这样办", "only the owner does this, or who coordinates the cases"),
        Words("由承办人或者统筹案件的人办理", "ask the owner, or who coordinates the cases of the office"),
    ),
    "sees_it": (
        Words("本岗位看不到这份案卷", "the dossier is not in sight of this post"),
        Words("选择本岗位可见的案卷", "choose a dossier that is in sight"),
    ),
    "colleague": (
        Words("承办人须是本单位在岗的业务人员", "an owner is somebody at work in the same office"),
        Words("选择本单位在岗的同事", "choose a colleague who is at work"),
    ),
    "owned": (
        Words("已经由该人员承办", "the person owns it already"),
        Words("选择另一位同事", "choose another colleague"),
    ),
    "not_owned": (
        Words("有案件不由该岗位承办", "one of the cases is not owned by this post"),
        Words("刷新后重新选择", "look again and choose anew"),
    ),
    "in_pool": (
        Words("案件已在本单位待分", "the case is in the pool already"),
        Words("刷新后查看", "look again"),
    ),
    "answered": (
        Words(
            "该移交已经答复、已过答复期限，或者不是给本岗位的", "it was answered, its days are over, or it is another's"
        ),
        Words("如不能承办，另行移交", "hand the cases over yourself if you cannot bring them on"),
    ),
    "none_chosen": (
        Words("没有选择案卷", "no case is chosen"),
        Words("勾选案卷，或者选择筛选出的全部案卷", "tick cases, or choose all that are listed"),
    ),
    "nobody_named": (
        Words("没有写明移交给谁", "it is not said to whom the cases go"),
        Words("选择同事，或者选择放回待分", "choose a colleague, or the pool"),
    ),
    "too_many": (
        Words("一次选择的案卷太多", "these are too many cases at once"),
        Words("用筛选条件分几次办理", "narrow the list and do it in several steps"),
    ),
    "too_many_lines": (
        Words("一次打印的行数太多", "these are too many lines to print at once"),
        Words("按机构分别打印，或者导出表格", "print it office by office, or take the sheet"),
    ),
    "too_long": (
        Words("内容太长", "the text is too long"),
        Words("缩短后再办理", "shorten it"),
    ),
    "has_administrators": (
        Words("已有设置过密码的管理员", "there is an administrator with a password"),
        Words("由其授予岗位、签发链接", "who grants posts and issues links"),
    ),
    "not_a_laboratory": (
        Words("只有检验机构的程序使用凭据", "only programs of laboratories use credentials"),
        Words("选择检验机构", "choose a laboratory"),
    ),
    "scopes": (
        Words("没有选择授权范围", "no scope is chosen"),
        Words("至少选择一项", "choose at least one"),
    ),
    "networks": (
        Words("网络的写法不对", "a network is not written as networks are"),
        Words("每行一个，例如 10.2.0.0/16", "one a line, such as 10.2.0.0/16"),
    ),
    "key": (
        Words("公钥不可用", "the public key cannot be used"),
        Words(
            "提供 JWK 格式的公钥：P-256、Ed25519，或者至少 2048 位的 RSA，不得含私钥",
            "give a public key as a JWK: P-256, Ed25519, or RSA of at least 2048 bits, without its private part",
        ),
    ),
    "expiry": (
        Words("有效期须在今天至四百天之内", "it lasts from today for four hundred days at most"),
        Words("更正截止日期", "correct the last day"),
    ),
    "three_live": (
        Words("已有三个可用的凭据", "there are three live credentials already"),
        Words("先撤销不再使用的一个", "revoke one that is used no more"),
    ),
    "wider": (
        Words(
            "本机构自行签发的凭据不得超出现有凭据的范围",
            "what an office issues itself does not reach farther than a live credential of it",
        ),
        Words("缩小范围，或者请省局签发", "narrow it, or ask the province to issue it"),
    ),
    "certificate_once": (
        Words("该机构已登记同一种类、同一编号的证书", "the body has a certificate of this kind and number already"),
        Words("核对编号；换发的证书有新的编号", "check the number; one that was issued anew has another"),
    ),
    "column": (
        Words("没有这一列", "there is no such column"),
        Words("从列出的列中选择", "choose one of those listed"),
    ),
    "undo_in_time": (
        Words(
            "这次导入没有可以撤销的内容，或者已超过七天",
            "this import has nothing to take back, or is older than seven days",
        ),
        Words("改好表格后重新导入", "mend the sheet and import it again"),
    ),
    "undo_last_first": (
        Words("之后又导入过同类表格", "a later sheet of this kind has been imported"),
        Words("先撤销之后的导入", "take the later one back first"),
    ),
    "rested_on": (
        Words(
            "已有案卷、抽样库或者岗位使用其中的数据", "dossiers, the sampling frame or posts rest on some of these rows"
        ),
        Words(
            "改好表格后重新导入；只撤销抽样库的，先撤销它",
            "mend the sheet and import it again; the frame is taken back first",
        ),
    ),
    "zone_once": (
        Words("本市已有同名的功能区", "the city has a zone of this name already"),
        Words("核对名称", "check the name"),
    ),
    "no_more_zones": (
        Words("本市没有空余的自编代码", "the city has no further code of ours"),
        Words("与系统维护人员联系", "ask whoever operates the system"),
    ),
    "same_city": (
        Words("办理分工只在同一个市的市局、县局之间", "work is divided between bureaus of one city"),
        Words("选择同一个市的市局或者县局", "choose a bureau of the same city"),
    ),
    "once_divided": (
        Words("该地区已有同日或者更晚开始的分工", "a division of that day or a later one stands already"),
        Words("先终止该分工，或者改用更晚的日期", "end that one first, or take a later day"),
    ),
    "second_pair": (
        Words("这类数据由省局另一人确认后写入", "such data are taken by a second person of the province"),
        Words(
            "请省局另一位监管人员在导入页面确认",
            "another officer of the province confirms it on the page of the import",
        ),
    ),
    "acted_in": (
        Words("移入后已经办理过其中的案件", "something has been done in one of the cases since"),
        Words("逐件办理，不再整批撤销", "go on case by case; they are not taken back together any more"),
    ),
    "ended": (
        Words("已经终止", "it has ended already"),
        Words("刷新后查看", "look again"),
    ),
    "two_people": (
        Words("首任管理员须为两个人", "the first administrators are two persons"),
        Words("填写两个不同的人员", "name two different persons"),
    ),
}
"""What may stand in the way, with its cure."""

NOT_YOURS: Final = frozenset({"manages", "registers", "audits"})
"""Reasons that lie in who asks, not in what is asked."""


class NotDone(Refused):
    """Something about people, posts or offices was refused; nothing has changed."""

    kind = "not-administered"

    def __init__(self, *names: str, about: str = "") -> None:
        """``names`` of reasons; ``about`` names the input that they belong to, if it is one."""
        self.names = names
        self.reasons = tuple(
            Reason(name, (), REASONS[name][0], REASONS[name][1], (about,) if about else ()) for name in names
        )
        super().__init__(self.text("zh-hans"))
        self.errors = {}

    @property
    def is_not_yours(self) -> bool:
        """Whether somebody else might do it as it is."""
        return bool(NOT_YOURS.intersection(self.names))

    def text(self, language: str) -> str:
        """Say the whole refusal in one sentence, with what would make it possible."""
        chinese = language.startswith("zh")
        parts = []
        for name in self.names:
            says, cure = (words.in_(language) for words in REASONS[name])
            parts.append(f"{says}（{cure}）" if chinese else f"{says} ({cure})")
        return f"没有办理：{'；'.join(parts)}" if chinese else f"Not done: {'; '.join(parts)}"

    def as_problem(self, language: str) -> dict[str, Any]:
        """Return the refusal as problem details (RFC 9457)."""
        reasons = [
            {"guard": reason.guard, "says": reason.says.in_(language), "cure": reason.cure.in_(language)}
            for reason in self.reasons
            if reason.cure is not None
        ]
        return super().as_problem(language) | {"reasons": reasons}


def refuse_if(**standing: bool) -> None:
    """Raise :class:`NotDone` with the reasons of those names that hold."""
    if found := [name for name, holds in standing.items() if holds]:
        raise NotDone(*found)
