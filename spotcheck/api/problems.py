"""Every refusal that a program may read, by its name, and how it is answered (RFC 9457)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from structlog.contextvars import get_contextvars

from spotcheck.casework.problems import PROBLEM
from spotcheck.docket.wording import language
from spotcheck.rules.refused import Refused, Retry
from spotcheck.rules.words import Words

ROOT: Final = "/api/"
"""Below this address everything is answered to programs."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of refusal: the status it is answered with, what has happened, and what the program should do."""

    status: int
    title: Words
    cure: Words
    retry: Retry = "never"


_MEND: Final = Words("改正请求后重新发送，使用新的 Idempotency-Key。", "Mend the request and send it under a new key.")
_LOOK: Final = Words(
    "重新读取样品的现状，交人处理，不要原样重发。", "Read the case anew and show it to a person; do not repeat it."
)

SORTS: Final[dict[str, Sort]] = {
    # What is wrong with the request
    "malformed": Sort(400, Words("请求的内容读不懂", "The body cannot be understood"), _MEND),
    "invalid": Sort(400, Words("请求的内容不符合要求", "The body does not say what it has to"), _MEND),
    "bad-facts": Sort(400, Words("填报的事实不符合要求", "The facts are not of the right form"), _MEND),
    "bad-particulars": Sort(400, Words("文书内容不符合要求", "The particulars are not of the right form"), _MEND),
    "in-the-future": Sort(
        400, Words("日期在今天之后", "The day lies in the future"), Words("核对日期。", "Check the day.")
    ),
    "clock-ahead": Sort(
        400,
        Words("时刻比服务器快两分钟以上", "The moment lies more than two minutes ahead of the server"),
        Words("对时后重新发送。", "Set the clock and send it again."),
    ),
    "key-missing": Sort(
        400,
        Words("没有 Idempotency-Key", "There is no Idempotency-Key"),
        Words("每次办理用一个新的键，重发时用原来的键。", "A new key for each thing to do, the same key to repeat it."),
    ),
    "file-refused": Sort(
        400, Words("文件没有接收", "The file is not taken"), Words("按所说的原因重新制作文件。", "Make the file anew.")
    ),
    "cursor-unknown": Sort(
        400, Words("翻页标记无效", "The cursor is none"), Words("从第一页重新读取。", "Begin with the first page.")
    ),
    "bytes-damaged": Sort(
        400,
        Words("收到的内容与其哈希不符", "What has come is not what its hash says"),
        Words("从平板重新读取并再发送一次。", "Read it again on the tablet and send it once more."),
        "once",
    ),
    "chain-broken": Sort(
        400,
        Words("现场记录的前后哈希不衔接", "The acts of the log do not follow upon each other"),
        Words("从平板重新读取并再发送一次。", "Read it again on the tablet and send it once more."),
        "once",
    ),
    "bad-act": Sort(
        400,
        Words("现场记录中有一条不是平板办理的事项", "The log holds something that a tablet does not do"),
        Words(
            "从平板重新读取并再发送一次；仍不接收的，导出后交人处理。", "Read it again, send it once more, then export."
        ),
        "once",
    ),
    # Who asks
    "unauthenticated": Sort(
        401,
        Words("没有可用的访问令牌", "There is no token that is good"),
        Words("重新取得令牌。", "Get another token."),
        "once",
    ),
    "not-secure": Sort(
        403,
        Words("没有经 TLS 连接", "The connection is not by TLS"),
        Words("改用 https 地址，并更换已经明文发送的凭据。", "Call by https, and replace what was sent in the clear."),
    ),
    "device-revoked": Sort(
        403,
        Words("这台平板已经注销", "This tablet was revoked"),
        Words(
            "交回机构；未上传的记录导出后由监管人员导入。", "Hand it in; what was not sent is exported and imported."
        ),
    ),
    "proof-wrong": Sort(
        403,
        Words("请求没有这台平板的签名", "The request is not signed by this tablet"),
        Words("重新登记平板。", "Enrol the tablet again."),
    ),
    "proof-stale": Sort(
        403,
        Words("签名的时刻与服务器相差五分钟以上", "The signature is not of the last five minutes"),
        Words("按 server_time 对时后再发送一次。", "Set the time by server_time and send it once more."),
        "once",
    ),
    "post-missing": Sort(
        403,
        Words("在这台平板所属机构没有抽样岗位", "There is no post that samples in the office of this tablet"),
        Words("由本机构管理员登记岗位。", "The administrator of the office records the post."),
    ),
    "scope-missing": Sort(
        403,
        Words("凭据没有这项授权", "The credential has not this scope"),
        Words("请本机构管理员签发有此授权的凭据。", "Ask for a credential with it."),
    ),
    "person-unknown": Sort(
        403,
        Words("本机构当日没有这个工号的在岗人员", "Nobody with this staff number has a post in the office on that day"),
        Words("核对工号和日期；由本机构管理员登记岗位。", "Check number and day; the office records the post."),
    ),
    "person-not-entitled": Sort(
        403,
        Words("该人员没有办理此事的权限", "The person is not entitled to do this"),
        Words("由有权限的人员办理，或者由本机构授予权限。", "Somebody entitled does it, or the office grants it."),
    ),
    "purpose-missing": Sort(
        400,
        Words("大批人员信息须写明用途", "So many persons are taken along only with a purpose"),
        Words("在网页上写明用途后导出；程序不能导出。", "State it on the page; no program takes them along."),
    ),
    "not-proved": Sort(
        403,
        Words("这一步须由本人确认身份后办理", "This is done by a person who has just proved himself"),
        Words("在网页上办理；程序不能办理。", "Do it on a page; no program does it."),
    ),
    "not-yours": Sort(403, Words("不由本机构办理", "This is not for your office"), _LOOK),
    "not-found": Sort(
        404,
        Words("没有，或者不属于本机构", "It is not there, or is not yours"),
        Words("核对编号。", "Check the number."),
    ),
    "method-not-allowed": Sort(
        405,
        Words("这个地址不支持该方法", "The address does not know this method"),
        Words("查阅接口说明。", "Read the description."),
    ),
    "not-acceptable": Sort(
        406,
        Words("只以 JSON 回答", "Answers are JSON only"),
        Words("接受 application/json。", "Accept application/json."),
    ),
    # What stands in the way
    "refused": Sort(409, Words("没有办理", "It was not done"), _LOOK),
    "act-not-permitted": Sort(409, Words("依规定现在不能办理", "The regulation does not permit it now"), _LOOK),
    "not-settled": Sort(409, Words("没有处理", "It was not settled"), _LOOK),
    "not-administered": Sort(409, Words("没有办理", "It was not done"), _LOOK),
    "calendar-not-published": Sort(
        503,
        Words("放假安排尚未公布，期限无法计算", "Holidays are not published, no period can be counted"),
        Words("稍后重发。", "Repeat it later."),
        "after",
    ),
    "service-refused": Sort(409, Words("送达登记没有接收", "The service is not recorded"), _LOOK),
    "not-printed": Sort(409, Words("没有制作清单", "The list was not made"), _LOOK),
    "not-kept": Sort(409, Words("没有保存", "It was not kept"), _LOOK),
    "other-post": Sort(409, Words("该岗位已经期满", "The post is held no more"), _LOOK),
    "in-progress": Sort(
        409,
        Words("同一个键的请求正在办理", "A request under this key is being done"),
        Words("稍后以同一个键重发。", "Repeat it a little later under the same key."),
        "after",
    ),
    "nothing-new": Sort(400, Words("这些内容都已登记", "All of this is on record already"), _LOOK),
    "already-filed": Sort(
        409,
        Words("已经提交过另一份核实结论", "Another conclusion was filed already"),
        Words("先读取已提交的结论，以 PUT 和其 ETag 更换。", "Read it, and replace it by PUT with its tag."),
    ),
    "being-checked": Sort(
        409,
        Words("文件正在检查", "The file is being checked"),
        Words("稍后以同一个键重发。", "Repeat it a little later under the same key."),
        "after",
    ),
    "other-bytes": Sort(
        409,
        Words("这个哈希下已有不同的内容", "Other bytes are here under this hash"),
        Words("核对文件，交人处理。", "Look at the file and show it to a person."),
    ),
    "pieces-missing": Sort(
        409,
        Words("文件还缺几段", "Pieces of the file are missing"),
        Words("发送 missing 所列的各段后再完成。", "Send those in missing, then complete it."),
        "after",
    ),
    "other-batch": Sort(
        409,
        Words("这个批次编号发送过不同的内容", "Something else was sent as this batch"),
        Words("导出现场记录，交人处理。", "Export the log and show it to a person."),
    ),
    "other-log": Sort(
        409,
        Words("现场记录的这一条已有不同的内容", "Another act stands at this place of the log"),
        Words("导出现场记录，交人处理。", "Export the log and show it to a person."),
    ),
    "acts-missing": Sort(
        409,
        Words("前面的现场记录还没有收到", "Acts before these are not here"),
        Words("从 wanted 所说的顺序号起发送。", "Send from wanted on."),
        "after",
    ),
    "evidence-missing": Sort(
        409,
        Words("照片等材料还没有收齐", "Files are not here yet"),
        Words("先发送 files 所列的文件。", "Send those in files first."),
        "after",
    ),
    "other-block": Sort(
        409,
        Words("这个编号领取过不同的号段", "Another block was taken under this id"),
        Words("新的号段用新的编号。", "Use a new id for another block."),
    ),
    "being-prepared": Sort(
        409,
        Words("监督抽查通知书正在准备", "Notices are being prepared"),
        Words("稍后重发。", "Ask again a little later."),
        "after",
    ),
    "held-by-another": Sort(
        409,
        Words("另一台平板正在办理这次抽样", "Another tablet leads this visit"),
        Words("由那台平板交出，或者由机构处理。", "That tablet releases it, or the office decides."),
    ),
    "other-offset": Sort(
        409,
        Words("这一段不是从已收到的末尾开始", "The piece does not begin where the last one ended"),
        Words("从 Upload-Offset 所说的位置继续。", "Go on at Upload-Offset."),
        "once",
    ),
    "checksum-differs": Sort(
        460,
        Words("这一段的摘要不符，没有接收", "The checksum of the piece differs, it was not taken"),
        Words("重新发送这一段。", "Send the piece again."),
        "once",
    ),
    "code-used": Sort(
        410,
        Words("登记码已经用过、过期，或者没有这个码", "The code was used, is over, or is none"),
        Words("请机构重新签发。", "Ask for another one."),
    ),
    "upload-expired": Sort(410, Words("上传已过期", "The upload has expired"), Words("重新上传。", "Upload it again.")),
    "key-reused": Sort(
        422,
        Words("同一个键发送过不同的内容", "Something else was sent under this key"),
        Words("新的办理用新的键。", "Use a new key for something new."),
    ),
    "cursor-too-old": Sort(
        410, Words("翻页标记已过期", "The cursor is too old"), Words("从第一页重新读取。", "Begin with the first page.")
    ),
    "changed-meanwhile": Sort(
        412,
        Words("内容已有变化", "It has changed meanwhile"),
        Words("重新读取，以新的 ETag 重发。", "Read it anew and send it with its new tag."),
    ),
    "too-large": Sort(
        413,
        Words("内容太大", "It is too large"),
        Words("分几次发送；文件用上传接口。", "Send less at once; upload files."),
    ),
    "not-json": Sort(
        415,
        Words("内容须为 application/json", "The body has to be application/json"),
        Words("改正 Content-Type。", "Mend the type."),
    ),
    "match-missing": Sort(
        428,
        Words("须附 If-Match", "If-Match is needed"),
        Words("先读取，再以其 ETag 发送。", "Read it first and send it with its tag."),
    ),
    "too-often": Sort(
        429,
        Words("请求过于频繁", "Too many requests"),
        Words("等候 Retry-After 所说的秒数。", "Wait for Retry-After."),
        "after",
    ),
    # What lies with us
    "broken": Sort(
        500,
        Words("系统出错，没有办理", "We are at fault, nothing was done"),
        Words(
            "稍后以同一个键重发一次；仍然出错的，告知运行维护人员。", "Repeat it once under the same key, then tell us."
        ),
        "once",
    ),
    "silent": Sort(
        503,
        Words("数据库或者存储没有应答", "A server did not answer"),
        Words("稍后以同一个键重发。", "Repeat it later under the same key."),
        "after",
    ),
    "maintenance": Sort(
        503, Words("系统正在维护", "The system is being maintained"), Words("稍后重发。", "Repeat it later."), "after"
    ),
    "loading": Sort(
        503,
        Words("演示数据正在载入", "The demonstration is being loaded"),
        Words("稍后重发。", "Repeat it later."),
        "after",
    ),
    "no-room": Sort(
        507,
        Words("存储空间不足，没有保存", "There is no room, nothing was kept"),
        Words("稍后重发。", "Repeat it later."),
        "after",
    ),
}
"""Every sort, by the last part of its ``type``."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one part of a request; ``pointer`` says where (RFC 6901, empty: the whole)."""

    pointer: str
    code: str
    says: Words | str

    def as_record(self, tongue: str) -> dict[str, str]:
        """As it is answered."""
        says = self.says.in_(tongue) if isinstance(self.says, Words) else self.says
        return {"pointer": self.pointer, "code": self.code, "says": says}


@dataclass
class _Said:
    detail: Words | None = None
    wrong: Sequence[Wrong] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


class Problem(Refused):
    """A request that is refused before any act is tried; ``name`` is one of :data:`SORTS`."""

    def __init__(
        self,
        name: str,
        *,
        detail: Words | None = None,
        wrong: Sequence[Wrong] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        """``detail`` says more of this case, ``headers`` go with the answer, ``more`` are members of it."""
        self.said = _Said(detail, wrong, headers or {}, more)
        self.kind, self.status, self.retry = name, SORTS[name].status, SORTS[name].retry
        super().__init__()
        self.errors = {}

    def text(self, language: str) -> str:
        """Say the whole refusal in one sentence."""
        if self.said.detail is not None:
            return self.said.detail.in_(language)
        first = self.said.wrong[0].as_record(language)["says"] if self.said.wrong else ""
        title = SORTS[self.kind].title.in_(language)
        return ("：" if language.startswith("zh") else ": ").join(part for part in (title, first) if part)


def answer(refused: Refused) -> JsonResponse:
    """The answer to a program whose request was refused, in the language that was asked for."""
    tongue = language()
    told = refused.as_problem(tongue)
    name = refused.kind if refused.kind in SORTS else "refused"  # what is refused at pages only
    sort = SORTS[name]
    status = sort.status if name == "calendar-not-published" else refused.status
    said = refused.said if isinstance(refused, Problem) else _Said()
    details: dict[str, Any] = {
        "type": f"/problems/{name}",
        "title": sort.title.in_(tongue),
        "status": status,
        "detail": told["detail"],
        "instance": str(get_contextvars().get("request_id", "")),
        "articles": told["articles"],
        "reasons": told.get("reasons", []),
        "errors": [one.as_record(tongue) for one in said.wrong or _wrong(refused)],
        "retry": sort.retry if isinstance(refused, Problem) else refused.retry,
        "docs": f"/problems/{name}",
        **said.more,
    }
    made = JsonResponse(details, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})
    for name, value in said.headers.items():
        made.headers[name] = value
    if status == SORTS["silent"].status and "Retry-After" not in made.headers:
        made.headers["Retry-After"] = "60"
    return made


def plain(name: str, *, seconds: int = 0, **more: Any) -> HttpResponse:
    """The same for what no view has refused: nothing there, broken, silent, maintained."""
    return answer(Problem(name, headers={"Retry-After": str(seconds)} if seconds else {}, **more))


def is_for_programs(request: HttpRequest) -> bool:
    """Whether a request is one of a program, which reads no page."""
    return request.path.startswith(ROOT)


def _wrong(refused: Refused) -> list[Wrong]:
    """The errors of a refusal from below, by the names of the facts."""
    found: list[Wrong] = []
    for name, told in refused.errors.items():
        texts = told if isinstance(told, list | tuple) else [told]
        found += [Wrong(f"/{name}" if name else "", "invalid", _flat(text)) for text in texts]
    return found


def _flat(text: Any) -> str:
    if isinstance(text, Mapping):
        return "; ".join(f"{name}: {_flat(inner)}" for name, inner in text.items())
    if isinstance(text, list | tuple):
        return "; ".join(_flat(inner) for inner in text)
    return str(text)
