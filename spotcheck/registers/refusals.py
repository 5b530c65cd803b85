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
    "number": (
        Words("该机构已经使用过这个工号", "that number was given in that office before"),
        Words("换一个工号", "choose another one"),
    ),
    "code": (
        Words("机构代码已经使用", "the code of the office was given before"),
        Words("换一个代码", "choose another one"),
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
