"""laboratories: what a program's results and report cost at their door, beside the same items taken off the shelf.

Both are asked with their token as views, without the middleware that is the same for both. Every request of ours finds
a sample of its own: locked, judged, chained, answered with its receipt.
"""

import json
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Final
from uuid import uuid4

from django.db import connection, connections
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from oauth2_provider.models import get_access_token_model

from spotcheck.api import credentials, limits, secret
from spotcheck.api.scopes import SCOPES
from spotcheck.bench import acting
from spotcheck.bench.measuring import Figure, Result, Times, in_turns, timed
from spotcheck.bench.path import PATH
from spotcheck.bench.stock import BareView, StockSample, StockView, furnish, tag_of
from spotcheck.bench.world import Place
from spotcheck.docket import clock
from spotcheck.docket.acts import perform
from spotcheck.docket.sweep import sweep
from spotcheck.files.keeping import keep_bytes
from spotcheck.files.models import Upload
from spotcheck.laboratories.cases import Case
from spotcheck.laboratories.report import Report
from spotcheck.laboratories.results import Results
from spotcheck.laboratories.testing import Completion
from spotcheck.parties.actors import in_capacity
from spotcheck.parties.models import Office, Post, StaffNumber, User
from spotcheck.planning import detail_rules
from spotcheck.planning.models import Task
from spotcheck.registers.doer import Doer
from spotcheck.wiring.operating import databases

ITEMS: Final = 20
AT_ONCE: Final = 2
"""So many processes ask at one time: one for each core of a small server."""
FASTER: Final = 3.0
WARM: Final = 4
DAY: Final = date(2021, 5, 31)
LATER: Final = datetime(2100, 1, 1, tzinfo=UTC)
NUMBER: Final = "J1001"
RULE: Final = {"name": "bench", "version": "1", "product_kind": "电线电缆", "valid_from": date(2021, 1, 1)}
_ITEM: Final = {
    "code": "", "kind": "performance", "importance": "B", "method": "GB/T 1", "judged_by": "GB/T 1", "mandatory": True,
    "unit": "mm", "required_lod": "", "reproducible": True, "remark": "",
    "limit": {"kind": "range", "low": None, "high": "8.0", "high_inclusive": True, "shown": "≤8.0", "unit": "mm"},
}  # fmt: skip

Ask = Callable[[], Any]


def doors(place: Place, *, samples: int) -> Result:
    """Results and report of so many samples in turns with the stock view, and as many by two processes at once."""
    furnish(place)
    result = Result("laboratories", f"{ITEMS} items by a program with its token, results and then the report")
    with place.here(), _counting_on(), clock.simulated(DAY):
        codes, token = _underway(samples * (1 + AT_ONCE))
        turns, loads = codes[:samples], [codes[samples * n : samples * (n + 1)] for n in range(1, 1 + AT_ONCE)]
        first, *rest = turns
        ask = _results(first, token)
        with CaptureQueriesContext(connection) as ours:
            ask()
        stock = partial(_stocks, token=token)
        with CaptureQueriesContext(connection) as theirs:
            stock(1)[0]()
        _completed(first, token)
        calls = {
            "results": _one_by_one([_results(code, token) for code in rest]),
            "stock": _one_by_one(stock(len(rest))),
            "bare": partial(_ask, BareView, "POST", _of_stock(), token),
        }
        times = in_turns(calls, rounds=len(rest) - WARM, warm=WARM)
        for code in rest:
            _completed(code, token)
        reports = _one_by_one([_report(code, token, number) for number, code in enumerate(rest)])
        keyed = _one_by_one(stock(len(rest), keyed=True))
        beside = in_turns({"report": reports, "stock": keyed}, rounds=len(rest) - WARM, warm=WARM)
        times |= {"report": beside["report"], "stock, beside the report": beside["stock"]}
        times["reading a sample"] = in_turns({"read": lambda: _read(first, token)}, rounds=50)["read"]
        loaded = _at_once(place, [[_results(code, token) for code in part] for part in loads])
        stocked = _at_once(place, [stock(len(part)) for part in loads])
    times["results, two at once"], times["stock, two at once"] = Times.of(loaded), Times.of(stocked)
    result.times = times
    result.figures = {
        "results": Figure("stock : results", times["stock"].median / times["results"].median, at_least=FASTER),
        "results_busy": Figure("the same in processor time", times["stock"].busy / times["results"].busy),
        "report_busy": Figure(
            "report : stock in processor time", times["report"].busy / times["stock, beside the report"].busy
        ),
        "bare": Figure("only the rows : results", times["bare"].median / times["results"].median),
        "report": Figure(
            "report : stock", times["report"].median / times["stock, beside the report"].median, at_most=1.0
        ),
        "p99_at_once": Figure(
            "results : stock, p99 of two at once",
            times["results, two at once"].p99 / times["stock, two at once"].p99,
            at_most=1.0,
        ),
        "statements": Figure("statements of results", float(len(ours))),
        "statements_stock": Figure("statements of the stock view", float(len(theirs))),
    }
    return result


@contextmanager
def _counting_on() -> Iterator[None]:
    """Requests are counted as ever, and none is one too many."""
    before = limits.READS, limits.WRITES
    limits.READS = limits.WRITES = 10**9  # type: ignore[misc]
    try:
        yield
    finally:
        limits.READS, limits.WRITES = before  # type: ignore[misc]


def _underway(number: int) -> tuple[list[str], str]:
    """So many samples whose test has begun by a rule of twenty items, and a token of their laboratory."""
    offices = acting._offices()
    province = _somebody("bench-province", offices["province"], Post.Role.OFFICER)
    analyst = _somebody("王强", offices["lab"], Post.Role.ANALYST)
    StaffNumber.objects.create(office=offices["lab"], user=analyst.user, number=NUMBER)
    items = [_ITEM | {"number": str(place), "name": f"项目{place}"} for place in range(1, ITEMS + 1)]
    rule = detail_rules.publish(detail_rules.add(RULE, items), by=province)
    numbers = acting.drawn(offices, number)
    task = Task.objects.order_by("pk").last()
    assert task is not None
    with clock.simulated(acting.DRAWN):
        by = in_capacity("province", office=offices["province"])
        perform(task.choose_rule, by=by, on=acting.DRAWN, facts={"rule": rule.pk})
    for step in PATH:
        with clock.simulated(step.day):
            sweep(step.day)
            for code in numbers:
                acting._act(step, code, offices)()
        if step.act == "start_testing":
            break
    return numbers, _token(offices["lab"])


def _somebody(name: str, office: Office, role: str) -> Post:
    user, _ = User.objects.get_or_create(username=name, defaults={"full_name": name})
    entitled = ["receive", "test", "review", "sign", "qualify", "mail"] if role == Post.Role.ANALYST else []
    return Post.objects.create(user=user, office=office, role=role, since=acting.DRAWN, entitlements=entitled)


def _token(office: Office) -> str:
    issued = credentials.issue(
        office, by=Doer(account="bench"), label="bench", scopes=list(SCOPES), expires_on=DAY.replace(year=DAY.year + 1)
    )
    token = uuid4().hex
    get_access_token_model().objects.create(
        application=issued.credential,
        token=token,
        token_checksum=secret.digest(token),
        expires=LATER,
        scope=" ".join(SCOPES),
    )
    return token


def _ask(view: Any, method: str, body: Any, token: str, code: str = "", **headers: str) -> Any:
    """One request to a view; raises what it should not answer."""
    made = RequestFactory().generic(
        method,
        "/",
        json.dumps(body),
        "application/json",
        headers={"Authorization": f"Bearer {token}", "Host": "127.0.0.1"} | headers,
    )
    answer = view.as_view()(made, **({"code": code} if code else {}))
    if hasattr(answer, "render"):
        answer.render()
    assert answer.status_code < 300, answer.content  # noqa: PLR2004
    return answer


def _results(code: str, token: str) -> Ask:
    """The results of a sample, to be recorded by who has read what stands there."""
    said = [{"number": str(place), "value": f"7.{place:02d}", "unit": "mm"} for place in range(1, ITEMS + 1)]
    tag = _ask(Results, "GET", {}, token, code).headers["ETag"]
    body = {"by": NUMBER, "on": DAY.isoformat(), "results": said}
    return partial(_ask, Results, "PUT", body, token, code, **{"If-Match": tag})


def _stocks(number: int, token: str, *, keyed: bool = False) -> list[Ask]:
    """The same items taken off the shelf, each time for a sample of its own: results by their tag, a report by its key."""
    found: list[Ask] = []
    for _ in range(number):
        sample = StockSample.objects.create(code=uuid4().hex)
        how = {"Idempotency-Key": str(uuid4())} if keyed else {"If-Match": tag_of(sample)}
        found.append(partial(_ask, StockView, "POST", _of_stock(), token, sample.code, **how))
    return found


def _of_stock() -> Any:
    items = [
        {"number": str(place), "name": f"项目{place}", "value": f"7.{place:02d}", "unit": "mm", "shown": f"7.{place:02d}",
         "verdict": "pass", "computed": "pass", "compared": f"7.{place:02d} ≤ 8.0", "why": {"zh": "", "en": ""}}
        for place in range(1, ITEMS + 1)
    ]  # fmt: skip
    return {"number": "1", "by": NUMBER, "on": DAY.isoformat(), "items": items}


def _completed(code: str, token: str) -> None:
    body = {"by": NUMBER, "on": DAY.isoformat(), "retain": True}
    _ask(Completion, "POST", body, token, code, **{"Idempotency-Key": str(uuid4())})


def _one_by_one(asks: Sequence[Ask]) -> Ask:
    """Each time the next of these."""
    waiting = iter(asks)

    def ask() -> Any:
        return next(waiting)()

    return ask


def _report(code: str, token: str, number: int) -> Ask:
    """The report of a sample, with its file."""
    from spotcheck.bench.papers import samples  # noqa: PLC0415 -- slow import
    from spotcheck.bench.rivals import platypus  # noqa: PLC0415 -- slow import

    template, data = samples()[0]
    stored = keep_bytes(platypus(template, data), at=clock.now())
    upload = Upload.objects.create(
        owner="office:JY01",
        office="office:JY01",
        name="报告.pdf",
        size=stored.size,
        received=stored.size,
        stored=stored,
        expires_at=LATER,
    )
    body = {"by": NUMBER, "on": DAY.isoformat(), "number": f"J{number}", "conclusion": "conforming", "report": str(upload.pk)}  # fmt: skip
    return partial(_ask, Report, "POST", body, token, code, **{"Idempotency-Key": str(uuid4())})


def _read(code: str, token: str) -> Any:
    return _ask(Case, "GET", {}, token, code)


def _at_once(place: Place, parts: Sequence[Sequence[Ask]]) -> list[float]:
    """The seconds of every request, where each of these parts is asked by a process of its own."""
    context = multiprocessing.get_context("fork")
    ways = []
    for part in parts:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_asking, args=(place.url, part, there))
        process.start()
        ways.append((process, here))
    seconds = [taken for _, here in ways for taken in here.recv()]
    for process, _ in ways:
        process.join()
    return seconds


def _asking(url: str, part: Sequence[Ask], there: Any) -> None:
    connections["default"].connection = None  # that of the parent stays the parent's
    with databases.using(url):
        there.send([timed(ask) for ask in part])
        connections.close_all()
