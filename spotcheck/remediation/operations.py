"""The case file (案卷): one PDF with cover, index and bookmarks, and a ZIP file with the originals and their hashes."""

import csv
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from spotcheck.docket.models import Dossier
from spotcheck.notices import drawing, storage
from spotcheck.notices.binding import Leaf, bind
from spotcheck.notices.models import Paper, Service
from spotcheck.remediation.flow.rectification import Rectification
from spotcheck.remediation.queries import missing, papers_of, recorded
from spotcheck.rules.acts import words_of

EPOCH = (2021, 5, 3, 0, 0, 0)
"""The date of every file in a ZIP, so that the same case file gives the same bytes."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case file as it is handed over."""

    name: str
    pdf: bytes
    zip: bytes
    missing: list[str]


def bind_case_file(dossier: Dossier) -> CaseFile:
    """Put the case file of a dossier together: all papers and recorded documents, and what is missing."""
    cases = list(Rectification.objects.filter(dossier=dossier).select_related("party__enterprise", "bureau"))
    originals: dict[str, bytes] = {}
    dated = [(paper.issued_on, 0, paper.pk, _leaf(paper, originals)) for paper in papers_of(dossier, None)]
    dated += [
        (service.received_on or date.min, 1, service.pk, _proof(service, originals)) for service in _served(dossier)
    ]
    dated += [
        (
            entry.effective_on,
            2,
            entry.pk,
            Leaf(words_of(entry.act).label.zh, "登记记录", entry.effective_on.isoformat(), note="原件另存"),
        )
        for entry in recorded(dossier, None)
    ]
    leaves = [leaf for *_, leaf in sorted(dated, key=lambda row: row[:3])]
    lacks = [f"{case.party.enterprise.name}：{line}" for case in cases if case.party for line in missing(case)]
    title = "产品质量监督抽查后处理工作案卷"
    pdf = bind(title, _cover(dossier, cases), leaves, lacks)
    return CaseFile(f"案卷-{dossier.number}", pdf, _zip(f"案卷-{dossier.number}.pdf", pdf, originals), lacks)


def _leaf(paper: Paper, originals: dict[str, bytes]) -> Leaf:
    if paper.drawing != Paper.Drawing.DRAWN:
        drawing.draw_paper(paper.pk)
        paper.refresh_from_db()
    content = storage.read(paper.file, paper.sha256) if paper.file else None
    if content is not None:
        originals[f"{paper.issued_on:%Y%m%d}-{paper.number}.pdf"] = content
    note = "" if content else "尚未生成"
    title = paper.title if paper.status == Paper.Status.ISSUED else f"{paper.title}（{paper.get_status_display()}）"
    return Leaf(title, paper.number, paper.issued_on.isoformat(), content, note)


def _served(dossier: Dossier) -> list[Service]:
    rows = Service.objects.filter(recipient__paper__dossier=dossier, outcome=Service.Outcome.SERVED)
    return list(rows.exclude(proof_file="").select_related("recipient__paper").order_by("pk"))


def _proof(service: Service, originals: dict[str, bytes]) -> Leaf:
    content = storage.read(service.proof_file, service.proof_sha256)
    number = service.recipient.paper.number
    originals[f"送达凭证-{number}-{service.pk}{service.proof_file[-4:]}"] = content
    return Leaf(f"送达凭证（{service.get_method_display()}）", number, str(service.received_on), content)


def _cover(dossier: Dossier, cases: list[Rectification]) -> list[tuple[str, str]]:
    lines = [("案卷编号", dossier.number), ("产品", f"{dossier.product_name} {dossier.product_model}".strip())]
    for case in cases:
        assert case.party is not None
        lines += [("责任主体", str(case.party)), ("结果处理部门", case.bureau.name)]
    return [*lines, ("适用规范", dossier.rule_set or "—"), ("审计链", dossier.head_hash)]


def _zip(name: str, pdf: bytes, originals: dict[str, bytes]) -> bytes:
    table = StringIO()
    lines = csv.writer(table, lineterminator="\n")
    lines.writerow(["file", "sha256", "bytes"])
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as box:
        for file, content in ((name, pdf), *sorted(originals.items())):
            lines.writerow([file, sha256(content).hexdigest(), len(content)])
            box.writestr(ZipInfo(file, EPOCH), content)
        box.writestr(ZipInfo("SHA256.csv", EPOCH), table.getvalue())
    return buffer.getvalue()
