"""People and their posts from a sheet: the import kind ``people``.

A line is a person in an office, known by the username, with a post or without. What is done is what the pages do: a
person is added without a password, a post is granted, and proposed where four eyes are needed; posts are never changed.
Whoever manages the people of an office imports them.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from spotcheck.docket import sessions
from spotcheck.parties.models import Office, Post, StaffNumber, User
from spotcheck.registers import naming, people, posts, standing
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports.columns import Column
from spotcheck.registers.imports.kinds import CHANGED, NEW, SAME, WRONG, Checked, Kind, Taken, imports
from spotcheck.registers.imports.lines import Line, lines_of, longest, said
from spotcheck.registers.imports.reading import Table
from spotcheck.registers.refusals import REASONS
from spotcheck.rules.days import day_of
from spotcheck.rules.entitlements import DUTIES, ENTITLEMENTS, OF_BODIES, OF_BUREAUS, duties_of
from spotcheck.rules.folding import fold, same
from spotcheck.rules.names import split
from spotcheck.rules.words import Words

KIND: Final = "people"
REASON: Final = "导入"
COLUMNS: Final = (
    Column("office", Words("机构代码", "Code of the office"), ("机构",), needed=True),
    Column("number", Words("工号", "Staff number"), ("证件编号",), needed=True),
    Column("username", Words("登录名", "Username"), ("账号",), needed=True),
    Column("full_name", Words("姓名", "Name"), (), needed=True),
    Column("mobile", Words("手机", "Mobile"), ("手机号",)),
    Column("email", Words("邮箱", "Mail address"), ("电子邮箱",)),
    Column(
        "role",
        Words("岗位", "Post"),
        (),
        help=Words(
            "填 监管人员、抽样人员、检验人员 或者 管理员；空为只登记人员",
            "监管人员, 抽样人员, 检验人员 or 管理员; nothing records the person only",
        ),
    ),
    Column(
        "entitlements",
        Words("权限", "Entitlements"),
        (),
        help=Words("用顿号分开，如 抽样、统筹案件", "several with 、 between, such as 抽样、统筹案件"),
    ),
    Column("since", Words("开始日期", "Since"), (), help=Words("空为今天", "nothing is today")),
    Column("until", Words("截止日期", "Until"), ()),
    Column("certificate", Words("证件号", "Certificate"), ("抽样证号",)),
    Column("certificate_until", Words("证件有效期至", "Certificate until"), ()),
)
_PERSON: Final = ("full_name", "mobile", "email")
_ROLES: Final = {"监管人员": "officer", "抽样人员": "sampler", "检验人员": "analyst", "管理员": "administrator", "": ""}
_BY_WORD: Final = {words.zh: name for name, words in ENTITLEMENTS.items()} | {name: name for name in ENTITLEMENTS}
_LONGEST: Final = (
    longest(User, ("username", "full_name", "mobile", "email"))
    | longest(StaffNumber, ("number",))
    | longest(Post, ("certificate",))
)


@dataclass(frozen=True, slots=True)
class Entrant:
    """A person of a line: who it is, what of the particulars is new, and the post that is to be granted, if any."""

    office: Office
    number: str
    username: str
    is_new: bool
    has_number: bool
    particulars: dict[str, str]
    post: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _There:
    """What is there already: people by username, numbers by office, and the posts of today and later."""

    users: dict[str, User]
    numbers: dict[tuple[int, str], int]
    numbered: set[tuple[int, int]]
    posts: set[tuple[int, int, str]]


def may_import(by: Doer) -> bool:
    """Whoever manages people; a command may read them in."""
    return by.post is None or standing.entitles(by.post, "manages")


def check(table: Table, by: Doer) -> Checked:
    """What a sheet comes to, person by person."""
    checked, there = Checked(what=[]), _there()
    offices = {office.code: office for office in Office.objects.all()}
    managed = set(standing.overseen(by).values_list("pk", flat=True))
    usernames: dict[object, int] = {}
    numbers: dict[object, int] = {}
    for line in lines_of(table, COLUMNS):
        for name in ("office", "username", "number"):
            line.given[name] = naming.as_kept(line[name])
        line.look_at_texts(_LONGEST)
        line.look_at_choice("role", _ROLES)
        for name in ("since", "until", "certificate_until"):
            line.look_at_day(name)
        office = offices.get(line["office"])
        _look_at_office(line, office, managed)
        if line["username"]:
            line.stand_once("username", usernames, fold(line["username"]))
        if line["number"] and office is not None:
            line.stand_once("number", numbers, (office.pk, fold(line["number"])))
        _look_at_formats(line)
        _look_at_person(line, office, there)
        _look_at_post(line, office)
        state, what, text = _judge(line, office, there)
        checked.findings += line.found
        checked.lines.append((line.number, state, text))
        if what is not None:
            checked.what.append(what)
    return checked


_NO_OFFICE: Final = Words("没有这个机构代码", "no office has this code")
_NOT_YOURS: Final = Words("该机构的人员不归这个岗位管理", "this post does not manage the people of that office")
_OTHER_NUMBER: Final = Words("该工号已给他人，不再转用", "another person has this number, and it is not passed on")
_HAS_NUMBER: Final = Words("该人员在本机构已有别的工号", "the person has another number in this office")
_OTHER_PERSON: Final = Words(
    "该登录名属于另一个姓名；本人更名的，先在“人员”中更改", "the username is of another name: change the person's first"
)
_LEFT: Final = Words("该人员已登记离职，先登记复职", "the person has left: record the return first")


def _there() -> _There:
    users = {fold(user.username): user for user in User.objects.all()}
    numbers, numbered = {}, set()
    for office, number, user in StaffNumber.objects.values_list("office_id", "number", "user_id"):
        numbers[office, fold(number)] = user
        numbered.add((office, user))
    today = sessions.today()
    held = Post.objects.exclude(until__lt=today).filter(office__isnull=False)
    return _There(users, numbers, numbered, set(held.values_list("user_id", "office_id", "role")))


def _look_at_office(line: Line, office: Office | None, managed: set[int]) -> None:
    if line["office"] and office is None:
        line.complain("office", _NO_OFFICE)
    elif office is not None and office.pk not in managed:
        line.complain("office", _NOT_YOURS)


def _look_at_formats(line: Line) -> None:
    if line["username"] and not naming.is_username(line["username"]):
        line.complain("username", REASONS["username_form"][1])
    if line["number"] and not naming.is_for_the_entrance(line["number"]):
        line.complain("number", REASONS["number_form"][1])
    try:
        if line["email"]:
            validate_email(line["email"])
    except ValidationError:
        line.complain("email", Words("邮箱格式不对", "this is no mail address"))


def _look_at_person(line: Line, office: Office | None, there: _There) -> None:
    """Who is meant: the username, the number and the name agree."""
    user = there.users.get(fold(line["username"]))
    owner = there.numbers.get((office.pk, fold(line["number"]))) if office is not None else None
    if owner is not None and (user is None or user.pk != owner):
        line.complain("number", _OTHER_NUMBER)
    elif user is not None and office is not None and owner is None and (office.pk, user.pk) in there.numbered:
        line.complain("number", _HAS_NUMBER)
    if user is not None and line["full_name"] and not same(user.full_name, line["full_name"]):
        line.complain("full_name", _OTHER_PERSON)
    if user is not None and user.left_on is not None:
        line.complain("username", _LEFT)


def _look_at_post(line: Line, office: Office | None) -> None:
    """What nobody could grant (``posts.judge`` says the rest when it is taken)."""
    role = _ROLES.get(line["role"])
    if office is None or not role:
        return
    if role not in posts.ROLES[office.kind]:
        line.complain("role", Words("该机构没有这种岗位", "that office has no such post"))
    if unknown := [word for word in split(line["entitlements"]) if word not in _BY_WORD]:
        line.complain("entitlements", Words(f"没有这种权限：{unknown[0]}", f"no entitlement is called {unknown[0]}"))
        return
    chosen = _chosen(line)
    administers = role == Post.Role.ADMINISTRATOR
    carried = posts.OF_ADMINISTRATORS[office.kind] if administers else OF_BUREAUS if office.is_bureau else OF_BODIES
    if not chosen <= set(carried):
        line.complain("entitlements", Words("这种岗位不含所列权限", "such a post does not carry these entitlements"))
    if administers and not chosen:
        line.complain("entitlements", Words("管理员须写明权限", "an administrator has entitlements"))
    if len(duties_of(chosen & set(DUTIES))) > 1:
        line.complain("entitlements", Words("系统、安全、审计管理不得由同一人承担", "three duties are never with one"))
    _look_at_span(line)


def _look_at_span(line: Line) -> None:
    since, until = day_of(line["since"]), day_of(line["until"])
    if since is not None and since < sessions.today():
        line.complain("since", Words("岗位不能追溯到过去", "a post does not begin in the past"))
    if until is not None and until < (since or sessions.today()):
        line.complain("until", Words("截止日期早于开始日期", "it ends before it begins"))


def _chosen(line: Line) -> set[str]:
    return {_BY_WORD[word] for word in split(line["entitlements"]) if word in _BY_WORD}


def _judge(line: Line, office: Office | None, there: _There) -> tuple[str, Entrant | None, str]:
    """What becomes of a line: its state, what is done, and that in words."""
    text = f"{line['username']} {line['full_name']}"
    if not line.is_good or office is None:
        return WRONG, None, text
    user = there.users.get(fold(line["username"]))
    stated = {name: line[name] for name in _PERSON if line[name]}
    if user is not None and same(user.full_name, line["full_name"]):
        stated["full_name"] = user.full_name  # another way of typing it is no other name
    before = {name: getattr(user, name) for name in _PERSON} if user is not None else {}
    changes = said(line, before, stated) if user is not None else []
    role = _ROLES[line["role"]]
    has_post = user is not None and (user.pk, office.pk, role) in there.posts
    post = _post(line, role) if role and not has_post else {}
    if post:
        changes.append(f"＋{line['role']}")
    has_number = user is not None and (office.pk, user.pk) in there.numbered
    particulars = {name: value for name, value in stated.items() if before.get(name) != value}
    what = Entrant(office, line["number"], line["username"], user is None, has_number, particulars, post)
    if user is not None and not (changes or not has_number):
        return SAME, None, text
    return (NEW if user is None else CHANGED), what, f"{text} {'；'.join(changes)}".strip()


def _post(line: Line, role: str) -> dict[str, Any]:
    return {
        "role": role,
        "since": day_of(line["since"]) or sessions.today(),
        "until": day_of(line["until"]),
        "entitlements": tuple(sorted(_chosen(line))),
        "certificate": line["certificate"],
        "certificate_until": _day(line["certificate_until"]),
    }


def _day(text: str) -> date | None:
    return day_of(text) if text else None


def take(what: list[Entrant], _found: Any, by: Doer) -> Taken:
    """Add the people, give numbers, change particulars, and grant posts or propose them."""
    for one in what:
        if one.is_new:
            given = {"mobile": "", "email": ""} | one.particulars
            user = people.add(one.office, username=one.username, number=one.number, by=by, **given)
        else:
            user = people.find(one.username)
            if one.particulars:
                people.change(user, by=by, **one.particulars)
            if not one.has_number:
                people.give_number(user, one.office, one.number, by=by)
        if one.post:
            posts.grant(posts.Wanted(user=user, office=one.office, **one.post), by=by, reason=REASON)
    return Taken(len(what))


_EXAMPLES: Final = (
    {
        "office": "371302", "number": "0117", "username": "lanshan.wang", "full_name": "（示例）王某", "mobile": "",
        "email": "", "role": "监管人员", "entitlements": "统筹案件", "since": "", "until": "",
    },
    {
        "office": "371302", "number": "0118", "username": "lanshan.li", "full_name": "（示例）李某", "role": "抽样人员",
        "entitlements": "抽样", "certificate": "鲁抽0001", "certificate_until": "2028-12-31",
    },
)  # fmt: skip


@imports(KIND)
def people_kind() -> Kind:
    """People with their numbers and posts."""
    return Kind(
        name=KIND,
        words=Words("人员和岗位", "people and posts"),
        may=may_import,
        columns=COLUMNS,
        check=check,
        take=take,
        in_parts=True,
        examples=_EXAMPLES,
    )
