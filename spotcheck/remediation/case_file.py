"""The case file (案卷): one PDF with cover, index and bookmarks, and a ZIP file with the originals and their hashes."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import SEEK_END, BytesIO, StringIO
from pathlib import PurePosixPath
from shutil import copyfileobj
from typing import IO, Any, Final
from zipfile import ZIP64_LIMIT, ZIP_DEFLATED, ZipFile, ZipInfo

from spotcheck.docket import clock, law
from spotcheck.docket.lateness import days_late
from spotcheck.docket.models import Deadline, Disposal, Dossier, Entry, Evidence
from spotcheck.files import storage
from spotcheck.files.keeping import pages
from spotcheck.files.models import StoredFile
from spotcheck.files.stores import PIECE
from spotcheck.notices import production
from spotcheck.notices.binding import CheckList, Leaf, bind, register_page
from spotcheck.notices.models import Paper, Service
from spotcheck.planning.queries import has_full_record
from spotcheck.remediation.flow.rectification import Rectification
from spotcheck.remediation.queries import Material, cases_of, materials, papers_of, recorded
from spotcheck.rules.acts import FactWords, fact_words, words_of
from spotcheck.rules.articles import cite
from spotcheck.rules.evidence import SLIP
from spotcheck.rules.sd_2021_1.acts.fact import ITEM_RESULTS
from spotcheck.rules.sd_2021_1.custody import FAULTS
from spotcheck.rules.sd_2021_1.custody import KINDS as CUSTODY_KINDS
from spotcheck.sampling import custody
from spotcheck.sampling.tables import CustodyLink

TITLE: Final = "产品质量监督抽查后处理工作案卷"
DESTROYED: Final = "保存期满，已按规定销毁"
EPOCH = (2021, 5, 3, 0, 0, 0)
"""The date of every file in a ZIP, so that the same case file gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Original:
    """A stored file that lies in the ZIP as it is."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case file as it is handed over."""

    name: str
    pdf: bytes
    originals: dict[str, Original]
    missing: list[str]

    def write_zip(self, target: IO[bytes]) -> None:
        """Write the PDF, the originals and a table of their hashes, one file after the other, however long they are."""
        table = StringIO()
        lines = csv.writer(table, lineterminator="\n")
        lines.writerow(["file", "sha256", "bytes"])
        with ZipFile(target, "w", ZIP_DEFLATED) as box:
            pdf = f"{self.name}.pdf"
            box.writestr(ZipInfo(pdf, EPOCH), self.pdf)
            lines.writerow([pdf, sha256(self.pdf).hexdigest(), len(self.pdf)])
            for name, original in sorted(self.originals.items()):
                with storage.opened(original.file, original.sha256) as source:
                    size = source.seek(0, SEEK_END)
                    source.seek(0)
                    with box.open(ZipInfo(name, EPOCH), "w", force_zip64=size > ZIP64_LIMIT) as part:
                        copyfileobj(source, part, PIECE)
                lines.writerow([name, original.sha256, size])
            box.writestr(ZipInfo("SHA256.csv", EPOCH), table.getvalue())

    @property
    def zip(self) -> bytes:
        """The ZIP file in the memory, for a file whose originals are few and short."""
        buffer = BytesIO()
        self.write_zip(buffer)
        return buffer.getvalue()


def bind_case_file(dossier: Dossier) -> CaseFile:
    """Put the case file of a dossier together: all papers, proofs and recorded documents, and what is missing."""
    cases = cases_of(dossier)
    originals: dict[str, Original] = {}
    dated = [(paper.issued_on, 0, paper.pk, _leaf(paper, originals)) for paper in papers_of(dossier, None)]
    proved = _proved(dossier)
    dated += [(service.started_on, 1, service.pk, _proof(service, originals)) for service in proved]
    dated += [(entry.effective_on, 2, entry.pk, _recorded(entry)) for entry in recorded(dossier, None)]
    dated += [(row.entry.effective_on, 3, row.pk, _evidence(row, originals)) for row in _handed_in(dossier, proved)]
    leaves = [leaf for *_, leaf in sorted(dated, key=lambda row: row[:3])]
    found = [(case, materials(case)) for case in cases]
    lacks = [f"{_name(case)}：{material}" for case, all_ in found for material in all_ if material.is_missing]
    checks = [_check_list(case, all_) for case, all_ in found] + kept_periods(dossier) + _custody(dossier)
    pdf = bind(TITLE, _cover(dossier, cases), leaves, checks)
    return CaseFile(f"案卷-{dossier.number}", pdf, originals, lacks)


def _name(case: Rectification) -> str:
    assert case.party is not None
    return case.party.enterprise.name


def _check_list(case: Rectification, found: list[Material]) -> CheckList:
    """What belongs into the file of this case, and how it stands."""
    lines = [(m.name.zh, cite(m.article).zh, "在卷" if m.here else m.excused or "尚缺") for m in found]
    return CheckList(f"材料核对：{_name(case)}", lines)


def kept_periods(dossier: Dossier) -> list[CheckList]:
    """How the bureaus kept their periods: what was late stays late in the file, with the reason that was given."""
    rows = Deadline.objects.filter(law.rows(lambda period: period.duty), dossier=dossier)
    rows = rows.exclude(status=Deadline.Status.CORRECTED).select_related("ended_by", "party__enterprise")
    lines = []
    for row in rows.order_by("started_on", "pk"):
        period = law.period_of(row)
        name = period.name.zh + (f"（{row.party.enterprise.name}）" if row.party else "")
        lines.append((name, "、".join(cite(number).zh for number in period.articles), how_kept(row)))
    return [CheckList("期限核对", lines)] if lines else []


def _custody(dossier: Dossier) -> list[CheckList]:
    """The custody of both units with what is wrong with it, where the record is full (Articles 18, 27)."""
    if not has_full_record(dossier):
        return []
    found = []
    for label, name in (("T", "检验样品"), ("R", "备用样品")):
        links = custody.links_of(dossier, label)
        faults = custody.faults_of(links)
        lines = [
            (_link(link), "、".join(cite(n).zh for n in link.entry.articles), _wrong(link, faults)) for link in links
        ]
        found += [CheckList(f"样品流转：{name}", lines)] if lines else []
    return found


def _link(link: CustodyLink) -> str:
    seal = link.new_seal or link.seal_number
    said = f"{link.on.isoformat()}　{CUSTODY_KINDS[link.kind].zh}"
    return f"{said}（封条 {seal}）" if seal else said


def _wrong(link: CustodyLink, faults: list[custody.Fault]) -> str:
    """What is wrong with a link, and what of it the province has accepted with which reason."""
    if link.fault:
        return f"认可“{FAULTS[link.fault].zh}”：{link.explanation}"
    told = [
        f"{FAULTS[one.name].zh}{'（已认可）' if one.accepted else ''}"
        for one in faults
        if one.sequence == link.sequence
    ]
    return "；".join(told) or "连贯"


def how_kept(row: Deadline) -> str:
    """In time, late by how much and why, or not done."""
    due, late = f"应于{row.due_on.isoformat()}前", days_late(row)
    if row.status == Deadline.Status.RUNNING or row.ended_on is None:
        return f"{due}，尚未履行"
    ended = row.ended_on.isoformat()
    if row.status != Deadline.Status.MET:
        return f"{due}，{ended}终止" + (f"，终止时已逾期{late}天" if late else "")
    if not late:
        return f"{due}，{ended}按期履行"
    reason = row.ended_by.late_reason if row.ended_by is not None else ""
    return f"{due}，{ended}履行，逾期{late}天。原因：{reason or '未写明'}"


def _leaf(paper: Paper, originals: dict[str, Original]) -> Leaf:
    if paper.drawing != Paper.Drawing.DRAWN:
        production.draw_paper(paper.pk)
        paper.refresh_from_db()
    content = storage.read(paper.file, paper.sha256) if paper.file else None
    if content is not None:
        originals[f"{paper.issued_on:%Y%m%d}-{paper.number}.pdf"] = Original(paper.file, paper.sha256)
    note = "" if content else "尚未生成"
    title = paper.title if paper.status == Paper.Status.ISSUED else f"{paper.title}（{paper.get_status_display()}）"
    return Leaf(title, paper.number, paper.issued_on.isoformat(), note=note, pages=content)


def _proved(dossier: Dossier) -> list[Service]:
    """The services of which a proof was handed in, also those that came back or were corrected."""
    rows = Service.objects.filter(recipient__paper__dossier=dossier).proved().select_related("recipient__paper")
    return list(rows.prefetch_related("receipt__files__stored").order_by("pk"))


def _proof(service: Service, originals: dict[str, Original]) -> Leaf:
    number, proof = service.recipient.paper.number, service.proof
    assert proof is not None
    title = f"送达凭证（{service.get_method_display()}，{service.get_outcome_display()}）"
    day = (service.received_on or service.started_on).isoformat()
    if not proof.file:
        return Leaf(title, number, day, note=DESTROYED, pages=None)
    suffix = PurePosixPath(proof.file).suffix
    originals[f"送达凭证-{number}-{service.pk}{suffix}"] = Original(proof.file, proof.sha256)
    stored = StoredFile.objects.filter(pk=proof.sha256).first()
    if stored is None:  # handed in before files were checked and made into pages when they came
        return Leaf(title, number, day, content=storage.read(proof.file, proof.sha256))
    return Leaf(title, number, day, pages=pages(stored))


def _handed_in(dossier: Dossier, proved: list[Service]) -> list[Evidence]:
    """The files that came with acts, but the proofs that stand with their services."""
    shown = {service.receipt_id for service in proved if not service.proof_sha256}
    rows = dossier.evidence.select_related("entry", "stored").order_by("pk")
    return [row for row in rows if row.kind != SLIP or row.entry_id not in shown]


def _evidence(row: Evidence, originals: dict[str, Original]) -> Leaf:
    """A file as it was handed in: its pages bound in, its original in the ZIP file."""
    source, day = f"登记第{row.entry.sequence}号", row.entry.effective_on.isoformat()
    title = f"{row.words.zh}：{row.name}"
    if row.stored.is_gone:
        return Leaf(title, source, day, content=b"", note=_destroyed(row))
    suffix = PurePosixPath(row.stored.file).suffix
    originals[f"材料-{row.entry.sequence:04d}-{row.pk}-{row.words.zh}{suffix}"] = Original(
        row.stored.file, row.stored.pk
    )
    found = pages(row.stored)
    return Leaf(title, source, day, content=None if found else b"", pages=found)


def _destroyed(row: Evidence) -> str:
    """Since when a file is gone, on whose word, and by which hash it was known."""
    disposal = Disposal.objects.filter(stored=row.stored_id).first()
    when = f"{clock.today_of(disposal.confirmed_at).isoformat()}" if disposal and disposal.confirmed_at else ""
    who = f"{when}由{disposal.confirmed_by}确认" if disposal and when else ""
    return "。".join(part for part in (DESTROYED, who, f"原文件的 SHA-256：{row.stored_id}") if part) + "。"


def _recorded(entry: Entry) -> Leaf:
    """A page for a document that came from outside: what the register knows of it."""
    title = words_of(entry.act).label.zh
    who = entry.office.name if entry.office else (str(entry.party) if entry.party else "")
    lines = [
        ("事项", words_of(entry.act).done.zh),
        ("日期", entry.effective_on.isoformat()),
        ("依据", "、".join(cite(number).zh for number in entry.articles)),
        ("办理", who),
        ("当事人", str(entry.party) if entry.party else "—"),
        *_facts(entry),
        *([("逾期原因", entry.late_reason)] if entry.late_reason else []),
        *([("随附文件", "　".join(entry.evidence))] if entry.evidence else []),
        ("登记序号、摘要", f"{entry.sequence}　{entry.hash}"),
    ]
    content = register_page(title, lines, _items(entry.facts.get("items")))
    return Leaf(title, f"登记第{entry.sequence}号", entry.effective_on.isoformat(), pages=content)


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    """The facts of an act in words; what was not stated is left out, items stand in a table of their own."""
    for name, value in entry.facts.items():
        words = fact_words(entry.act, name)
        if words is None or name == "items" or value in (None, "", []):
            continue
        yield words.label.zh, _said(value, words)


def _said(value: Any, words: FactWords) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_said(part, words) for part in value)
    if isinstance(value, dict):  # a small record: what it says, one after the other
        return "，".join(_said(part, words) for part in value.values() if part not in (None, ""))
    return words.choices[value].zh if value in words.choices else str(value)


def _items(items: Any) -> list[list[str]]:
    """The items of a report as a table with its head, or nothing."""
    rows = [
        [item["name"], item.get("limit", ""), item.get("value", ""), ITEM_RESULTS[item["result"]].zh]
        for item in items or []
        if isinstance(item, dict) and "result" in item
    ]
    return [["项目", "标准要求", "实测值", "判定"], *rows] if rows else []


def _cover(dossier: Dossier, cases: list[Rectification]) -> list[tuple[str, str]]:
    lines = [("案卷编号", dossier.number), ("产品", str(dossier.sample_file))]
    for case in cases:
        assert case.party is not None
        lines += [("责任主体", str(case.party)), ("结果处理部门", case.bureau.name)]
    return [*lines, ("适用规范", dossier.rule_set or "—"), ("审计链", dossier.head_hash)]
