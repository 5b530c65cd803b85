"""``spotcheck people``: the first administrators, and what an operator does on the day when nobody can sign in."""

import argparse
import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from spotcheck.cli import a_day, account, add_language

if TYPE_CHECKING:
    from spotcheck.registers.doer import Doer
    from spotcheck.registers.models import Proposal
    from spotcheck.registers.rights import Line

HELP: Final = "people: the first administrators, list, lock, unlock, link, reset a factor, number, end a post, review"
NEEDS_DATABASE: Final = True

_ONCE: Final = ("链接只显示这一次，二十四小时内使用一次。", "A link is shown this once, for one use within a day.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    language = argparse.ArgumentParser(add_help=False)
    add_language(language)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[language], help=text)

    first = add("first-admin", "make the two first administrators of the province, and print a link for each, once")
    first.add_argument("--name", metavar="NAME", required=True, help="name of the first")
    first.add_argument("--username", metavar="USERNAME", required=True, help="username of the first")
    first.add_argument("--mail", metavar="ADDRESS", default="", help="mail address of the first")
    first.add_argument("--second", metavar="NAME", required=True, help="name of the second")
    first.add_argument("--second-username", metavar="USERNAME", required=True, help="username of the second")
    first.add_argument("--second-mail", metavar="ADDRESS", default="", help="mail address of the second")
    for name, text in (("list", "who may do what"), ("review", "rights to be looked through, and unused accounts")):
        listing = add(name, text)
        listing.add_argument("--office", metavar="CODE", default="", help="only this office and those below it")
        listing.add_argument("--day", metavar="DATE", type=a_day, default=None, help="on this day (default: today)")
        listing.add_argument(
            "--purpose", metavar="TEXT", default="", help="what it is for; needed for more than a thousand lines"
        )
        listing.add_argument("--json", action="store_true", help="print one JSON object")
    for name, text in (
        ("lock", "lock an account at once"),
        ("unlock", "lift a lock; that of an administrator waits for another person's confirmation"),
        (
            "reset-factor",
            "take a lost second factor away; while there is an administrator, he confirms it",
        ),
    ):
        command = add(name, text)
        command.add_argument("username", metavar="USERNAME")
        command.add_argument("--reason", metavar="TEXT", required=True)
    add("link", "issue a one-time link for a password, and print it, once").add_argument("username", metavar="USERNAME")
    number = add("number", "give a person a staff number in an office")
    number.add_argument("username", metavar="USERNAME")
    number.add_argument("office", metavar="OFFICE", help="code of the office")
    number.add_argument("number", metavar="NUMBER")
    ending = add("end-post", "end a post")
    ending.add_argument("post", metavar="POST", type=int, help="its number, as list prints it")
    ending.add_argument("--reason", metavar="TEXT", required=True)
    ending.add_argument("--last-day", metavar="DATE", type=a_day, default=None, help="(default: yesterday, so at once)")


def run(options: argparse.Namespace) -> int:
    """Do one of them; 1 when it is refused."""
    from spotcheck.registers.doer import Doer  # noqa: PLC0415 -- app ready
    from spotcheck.rules.refused import Refused  # noqa: PLC0415 -- app ready

    doing = {
        "first-admin": _first_admin,
        "list": _list,
        "review": _review,
        "lock": _lock,
        "unlock": _lock,
        "reset-factor": _reset_factor,
        "link": _link,
        "number": _number,
        "end-post": _end_post,
    }
    try:
        return doing[options.command](options, Doer(account=account()))
    except Refused as refused:
        print(f"spotcheck people: {refused.text(options.lang)}", file=sys.stderr)
        return 1


def _first_admin(options: argparse.Namespace, by: "Doer") -> int:
    from spotcheck.registers import first, links  # noqa: PLC0415 -- app ready

    people = (
        first.Person(options.username, options.name, options.mail),
        first.Person(options.second_username, options.second, options.second_mail),
    )
    for user, secret in first.first_administrators(*people, by=by):
        print(f"{user.username}  {user.full_name}  {links.address_of(secret)}")
    print(_say(options, *_ONCE))
    return 0


def _list(options: argparse.Namespace, by: "Doer") -> int:
    from spotcheck.docket import clock  # noqa: PLC0415 -- app ready
    from spotcheck.registers import rights  # noqa: PLC0415 -- app ready

    day = options.day or clock.today()
    return _print_lines(options, by, day, rights.on(day, _offices(options)), {})


def _review(options: argparse.Namespace, by: "Doer") -> int:
    from spotcheck.docket import clock  # noqa: PLC0415 -- app ready
    from spotcheck.registers import rights  # noqa: PLC0415 -- app ready

    day = options.day or clock.today()
    unused = [user.username for user in rights.unused(day)]
    return _print_lines(options, by, day, rights.to_review(_offices(options), day), {"unused": unused})


def _offices(options: argparse.Namespace) -> Any:
    from spotcheck.parties.models import Office  # noqa: PLC0415 -- app ready
    from spotcheck.registers.standing import below  # noqa: PLC0415 -- app ready

    if not options.office:
        return Office.objects.all()
    return Office.objects.filter(pk__in=below(_office(options.office)))


def _office(code: str) -> Any:
    from spotcheck.parties.models import Office  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.machine.problems import Problem  # noqa: PLC0415 -- app ready

    office = Office.objects.filter(code=code).first()
    if office is None:
        raise Problem(f"there is no office {code}")
    return office


def _print_lines(
    options: argparse.Namespace, by: "Doer", day: date, lines: "list[Line]", more: dict[str, list[str]]
) -> int:
    from spotcheck.docket import exports  # noqa: PLC0415 -- app ready

    rows = [_row(line) for line in lines]
    exports.write(
        "export.rights",
        by=None,
        user=None,
        subject=("rights", day.isoformat()),
        asked={"office": options.office, "day": day},
        rows=len(lines),
        digest=exports.digest_of(json.dumps([rows, more], ensure_ascii=False, sort_keys=True).encode()),
        of_persons=True,
        purpose=options.purpose,
        address=by.place,
    )
    if options.json:
        print(json.dumps({"day": day.isoformat(), "posts": rows, **more}, ensure_ascii=False))
        return 0
    for row in rows:
        until = row["until"] or ""
        rights = " ".join(row["entitlements"])
        locked = _say(options, "  已锁定", "  locked") if row["locked"] else ""
        who = f"{row['office']}  {row['username']}  {row['name']}  {row['role']}"
        print(f"{row['post']:>6}  {who}  {rights}  {row['since']} – {until}{locked}")
    for username in more.get("unused", ()):
        print(_say(options, f"长期未使用：{username}", f"unused: {username}"))
    return 0


def _row(line: "Line") -> dict[str, Any]:
    post = line.post
    return {
        "post": post.pk,
        "office": post.office.code if post.office else "",
        "username": post.user.username,
        "name": post.user.full_name,
        "number": line.number,
        "role": post.role,
        "entitlements": post.entitlements,
        "since": post.since.isoformat(),
        "until": post.until.isoformat() if post.until else None,
        "locked": not post.user.is_active,
    }


def _lock(options: argparse.Namespace, by: "Doer") -> int:
    from spotcheck.registers import people  # noqa: PLC0415 -- app ready
    from spotcheck.registers.models import Proposal  # noqa: PLC0415 -- app ready

    user = people.find(options.username)
    if options.command == "lock":
        people.lock(user, by=by, reason=options.reason)
        print(_say(options, f"已锁定 {user.username}。", f"{user.username} is locked."))
        return 0
    done = people.unlock(user, by=by, reason=options.reason)
    lifted = f"已解除 {user.username} 的锁定。", f"The lock of {user.username} is lifted."
    print(_say(options, *(_proposed(done) if isinstance(done, Proposal) else lifted)))
    return 0


def _reset_factor(options: argparse.Namespace, by: "Doer") -> int:
    from spotcheck.registers import people  # noqa: PLC0415 -- app ready
    from spotcheck.registers.models import Proposal  # noqa: PLC0415 -- app ready
    from spotcheck.signin import resetting  # noqa: PLC0415 -- app ready

    user = people.find(options.username)
    done = resetting.reset_factor(user, by=by, reason=options.reason)
    reset = (
        f"已重置 {user.username} 的第二重验证，全部会话已结束。",
        f"The second factor of {user.username} is taken away, and all sessions are ended.",
    )
    print(_say(options, *(_proposed(done) if isinstance(done, Proposal) else reset)))
    return 0


def _proposed(proposal: "Proposal") -> tuple[str, str]:
    last = proposal.last_day
    return f"已提请，至 {last} 由另一位管理员确认。", f"Proposed; another administrator confirms it by {last}."


def _link(options: argparse.Namespace, by: "Doer") -> int:
    from spotcheck.registers import links, people  # noqa: PLC0415 -- app ready

    secret = links.issue(people.find(options.username), by=by)
    print(links.address_of(secret))
    print(_say(options, *_ONCE))
    return 0


def _number(options: argparse.Namespace, by: "Doer") -> int:
    from spotcheck.registers import people  # noqa: PLC0415 -- app ready

    given = people.give_number(people.find(options.username), _office(options.office), options.number, by=by)
    print(_say(options, f"已登记工号 {given.number}。", f"Number {given.number} is given."))
    return 0


def _end_post(options: argparse.Namespace, by: "Doer") -> int:
    from spotcheck.parties.models import Post  # noqa: PLC0415 -- app ready
    from spotcheck.registers import posts  # noqa: PLC0415 -- app ready
    from spotcheck.wiring.machine.problems import Problem  # noqa: PLC0415 -- app ready

    post = Post.objects.filter(pk=options.post).first()
    if post is None:
        raise Problem(f"there is no post {options.post}; spotcheck people list prints their numbers")
    ended = posts.end_post(post, by=by, reason=options.reason, last_day=options.last_day)
    print(_say(options, f"岗位 {ended.pk} 至 {ended.until} 止。", f"Post {ended.pk} ends with {ended.until}."))
    return 0


def _say(options: argparse.Namespace, zh: str, en: str) -> str:
    return zh if options.lang.startswith("zh") else en
