"""The people, offices and dossiers that the tests of the desk know by name.

Every dossier is made by the real acts on simulated days; ``World.act`` does one act as the right body.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stdnum.cn import uscc

from spotcheck.docket import chance, clock
from spotcheck.docket.acts import perform
from spotcheck.docket.flow import MATTERS, Flow
from spotcheck.docket.models import Dossier, Entry, Party, RuleSetRecord
from spotcheck.docket.sweep import sweep
from spotcheck.notices.particulars import state
from spotcheck.parties.actors import Actor, of_post
from spotcheck.parties.models import Enterprise, Offering, Office, Post, Qualification, User
from spotcheck.planning import drawing
from spotcheck.planning.facts import HEADS
from spotcheck.planning.models import Plan, Task
from spotcheck.planning.operations import PartySpec, TargetSpec, open_plan, open_task

PASSWORD = "abundant-larch-47"
LICHENG, LIXIA, ZHANGQIU = "370112", "370102", "370114"
SLIP = "邮政回执，陈明签收"
"""A claim: what proves a receipt."""

SEALS = {"T": "2026031801", "R": "2026031802"}
"""The seals of the units, where the record is full."""
UNITS = (("T", "test"), ("R", "reserve"))

FACTS: dict[str, dict[str, Any]] = {
    "plan.file_and_circulate": {"filed": True, "circulated": True},
    "task.set_scheme": {"type": "daily", "scheme": True, "detail_rules": "own"},
    "task.engage_agencies": {"sampling_body": "SB01", "lab": "LAB01"},
    "sampling.present_notice": {
        "samplers": ["张伟", "李娜"],
        "ids_valid": True,
        "notice_matches": True,
        "mandate_copy": True,
    },
    "sampling.pass_precheck": {"suspicion": "none", "commissioned": False},
    "sampling.terminate_illegal": {
        "suspicion": "other",
        "finding": "外包装标注的生产许可证编号查无此证",
        "evidence": "包装照片三张",
    },
    "sampling.complete_sampling": {
        "media": ["place", "storage", "marking", "stock", "process"],
        "signed": True,
        "paid": True,
        "fee_charged": False,
        "sealed_separately": True,
    },
    "sample.receive": {"seal_intact": True},
    "sample.issue": {"inspector": "王强"},
    "inspection.clear_qualification": {"licence": "valid"},
    "inspection.start_testing": {"inspector": "王强"},
    "inspection.complete": {"all_items": True},
    "inspection.issue_report": {
        "conclusion": "nonconforming",
        "analysis": True,
        "signed": True,
        "items": [
            {"name": "标志", "kind": "label", "limit": "完整清晰", "value": "完整清晰", "result": "pass"},
            {
                "name": "20℃导体电阻",
                "kind": "safety",
                "limit": "≤7.41",
                "value": "7.92",
                "unit": "Ω/km",
                "result": "fail",
            },
        ],
    },
    "result_notice.record_receipt": {"proof": SLIP, "slip_number": "EMS 1123 4456 7CN"},
    "objection.file": {"grounds": "test_result", "evidence": True},
    "objection.order_retest": {
        "written_conclusions": ["sampling_body", "lab"],
        "reproducible": True,
        "lab": "retest_lab",
        "retest_lab": "LAB02",
    },
    "objection.denial_findings": {
        "from": ["nominal_producer_city", "seller_city"],
        "produced": "no",
        "documents": ["济市监核〔2024〕8号", "青市监核〔2024〕11号"],
    },
    "objection.record_decision_receipt": {"proof": SLIP},
    "retest.commission": {"time": True},
    "rectification.record_order_receipt": {"proof": SLIP},
    "rectification.apply_recheck": {"measures_done": True},
    "rectification.order_closure": {
        "document": "停业整顿决定书 济政停〔2024〕3号",
        "authority": "济南市人民政府",
    },
    "recheck.verify_on_site": {"rectified": True},
    "task.file_summary": {"heads": list(HEADS)},
}
"""What a careful officer brings."""


@dataclass
class World:
    """Offices, people and enterprises, and the acts they do."""

    offices: dict[str, Office] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    enterprises: dict[str, Enterprise] = field(default_factory=dict)
    tasks: int = 0
    full_record: bool = False
    """Whether the tasks to come are opened as at a door: what the record can answer it answers."""
    bodies: dict[str, str] = field(default_factory=dict)
    """Who samples and tests in the tasks to come, where it is not the bodies of the cast."""

    def actor(self, name: str) -> Actor:
        """The actor behind a post of the cast."""
        return of_post(self.posts[name])

    def act(self, act: Any, *, by: str, on: date, **facts: Any) -> Entry:
        """Do one act of a post of the cast, with what a careful officer brings unless said otherwise."""
        with clock.simulated(on):
            sweep(on)
            return perform(act, by=self.actor(by), on=on, facts=FACTS.get(act.spec.name, {}) | facts)

    def matter(self, dossier: Dossier, chart: str, label: str | None = None) -> Flow:
        """The newest matter of a chart in a dossier, read again."""
        rows = MATTERS[chart].objects.filter(dossier=dossier).select_related("dossier", "party__handler")
        if label is not None:
            rows = rows.filter(label=label)
        return rows.order_by("-pk")[0]

    def task(self, on: date, *targets: TargetSpec, number: str = "") -> Task:
        """A task with its draw done."""
        self.tasks += 1
        plan = Plan.objects.filter(year=on.year).first()
        with clock.simulated(on):
            if plan is None:
                plan = open_plan(on.year, on=on)
                self.act(plan.adopt, by="province", on=on)
                self.act(plan.file_and_circulate, by="province", on=on)
            number = number or f"JC{on.year}{self.tasks:03d}"
            kind = targets[0].product_kind if targets else "电线电缆"
            title = f"{on.year}年{kind}监督抽查"
            full = self.full_record
            task = open_task(number, title, on=on, plan=plan, product_kind=kind, full_record=full)
        self.act(task.set_scheme, by="province", on=on)
        self.act(task.engage_agencies, by="province", on=on, **self.bodies)
        with clock.simulated(on):
            frame = drawing.freeze(task, [_line(target) for target in targets], by=self.actor("province"))
        with chance.settled("2026", as_listed=True):
            self.act(task.draw_targets, by="province", on=on, frame=frame.sha256, number=len(targets))
        return task

    def target(self, number: str, *parties: tuple[str, str, str], **product: str) -> TargetSpec:
        """A target: parties as (label, role, name of the cast)."""
        spec = {
            "product_kind": "电线电缆",
            "product_name": "聚氯乙烯绝缘无护套电缆电线",
            "product_model": "60227 IEC 01 (BV) 450/750V 2.5mm²",
            "standard": "GB/T 5023.3-2008",
            "brand": "泰山红",
        } | product
        return TargetSpec(
            number=number,
            parties=[
                PartySpec(
                    label=label,
                    role=role,
                    enterprise=self.enterprises[name].pk,
                    place=self.enterprises[name].actual_place,
                    registered_place=self.enterprises[name].registered_place,
                )
                for label, role, name in parties
            ],
            **spec,
        )

    def sampled(self, number: str, on: date, *parties: tuple[str, str, str], **product: str) -> Dossier:
        """A sample that was drawn, taken and sealed on one day."""
        dossier = self.sampled_until_precheck(number, on, *parties, **product)
        if self.full_record:
            self.seals_stated(dossier, on)
        self.act(self.matter(dossier, "sampling").complete_sampling, by="sampler", on=on)
        return dossier

    def seals_stated(self, dossier: Dossier, on: date) -> None:
        """The sampling sheet says the numbers of both seals."""
        visit = self.matter(dossier, "sampling")
        said = {f"sampling.{unit}_seal": f"封条完好，NO.{SEALS[label]}" for label, unit in UNITS}
        with clock.simulated(on):
            state(visit, visit.spec_of("complete_sampling"), said, by=self.actor("sampler"))

    def sampled_until_precheck(self, number: str, on: date, *parties: tuple[str, str, str], **product: str) -> Dossier:
        """A target that was drawn and visited; nothing has been taken yet."""
        parties = parties or (("P", Party.Role.SAMPLED_PRODUCER, "cable"),)
        self.task(on, self.target(number, *parties, **product))
        dossier = Dossier.objects.get(number=number)
        self.act(self.matter(dossier, "sampling").present_notice, by="sampler", on=on)
        self.act(self.matter(dossier, "sampling").pass_precheck, by="sampler", on=on)
        return dossier

    def reported(
        self, number: str, sampled: date, reported: date, *parties: tuple[str, str, str], **product: str
    ) -> Dossier:
        """A sample with its nonconforming report."""
        dossier = self.sampled(number, sampled, *parties, **product)
        self.tested(dossier, sampled, reported)
        self.act(self.matter(dossier, "inspection").issue_report, by="lab", on=reported)
        return dossier

    def tested(self, dossier: Dossier, received: date, completed: date) -> None:
        """The laboratory has received both units and tested the one; only its report is missing."""
        self.testing(dossier, received)
        self.act(self.matter(dossier, "sample", "T").record_tested, by="lab", on=completed)
        self.act(self.matter(dossier, "sample", "T").retain, by="lab", on=completed)
        self.act(self.matter(dossier, "inspection").complete, by="lab", on=completed)

    def testing(self, dossier: Dossier, received: date) -> None:
        """The laboratory has received both units and is testing the one."""
        for label in ("T", "R"):
            self.act(self.matter(dossier, "sample", label).dispatch, by="sampler", on=received)
            seen = {"seal_state": "intact", "seal_number": SEALS[label]} if self.full_record else {}
            self.act(self.matter(dossier, "sample", label).receive, by="lab", on=received, **seen)
        inspection = self.matter(dossier, "inspection")
        self.act(inspection.receive_sample, by="lab", on=received)
        self.act(inspection.clear_qualification, by="lab", on=received)
        self.act(self.matter(dossier, "sample", "T").issue, by="lab", on=received)
        self.act(inspection.start_testing, by="lab", on=received)

    def told(self, dossier: Dossier, label: str, sent: date, received: date) -> None:
        """Form 7 goes out and is received."""
        notice = self.matter(dossier, "result_notice", label)
        self.act(notice.send, by="province", on=sent)
        self.act(notice.record_receipt, by="province", on=received)

    def ordered(self, dossier: Dossier, label: str, by: str, received: date, ordered: date) -> Flow:
        """The bureau takes the report over and issues the order."""
        party = Party.objects.get(dossier=dossier, label=label)
        case = MATTERS["rectification"].new(dossier, party)
        self.act(case.receive_report, by=by, on=received)
        self.act(self.matter(dossier, "rectification", label).issue_order, by=by, on=ordered)
        return self.matter(dossier, "rectification", label)


def build() -> World:
    """Make the cast."""
    world = World()
    for key, code in (
        ("province", "370000"),
        ("city", "370100"),
        ("county", LICHENG),
        ("other", ZHANGQIU),
        ("lixia", LIXIA),
    ):
        world.offices[key] = Office.objects.get(code=code)
    for key, code, kind, name in (
        ("sampling_body", "SB01", Office.Kind.SAMPLING_BODY, "山东省产品抽样技术中心"),
        ("lab", "LAB01", Office.Kind.LABORATORY, "山东省产品质量检验研究院"),
        ("retest_lab", "LAB02", Office.Kind.LABORATORY, "国家电线电缆质量检验检测中心"),
    ):
        world.offices[key] = Office.objects.create(code=code, kind=kind, name=name)
    for key, number in (("lab", "CMA-0001"), ("retest_lab", "CMA-0002")):
        Qualification.objects.create(
            office=world.offices[key],
            kind="CMA",
            number=number,
            valid_from=date(2021, 1, 1),
            valid_until=date(2030, 1, 1),
        )
    for key, name, credit, place, pinyin in (
        (
            "cable",
            "山东泰山红电缆有限公司",
            "91370112MA3C0T1A04",
            LICHENG,
            "shandongtaishanhongdianlanyouxiangongsi sdtsh",
        ),
        ("shop", "济南历下恒信五金商行", "91370102MA3C0T1B0J", LIXIA, "jinanlixiahengxinwujinshanghang jnlxhx"),
        ("toys", "章丘童乐玩具厂", "91370114MA3C0T1C0W", ZHANGQIU, "zhangqiutonglewanjuchang zqtl"),
    ):
        world.enterprises[key] = _enterprise(name, credit, place, pinyin)
    Offering.objects.create(
        enterprise=world.enterprises["cable"],
        kind="producer",
        product_kind="电线电缆",
        product_name="聚氯乙烯绝缘无护套电缆电线",
        model="BV 2.5",
    )
    Offering.objects.create(
        enterprise=world.enterprises["shop"],
        kind="seller",
        producer=world.enterprises["cable"],
        product_kind="电线电缆",
        product_name="聚氯乙烯绝缘软电缆",
        model="RVV 3×1.5",
    )
    for key, office, role, name in (
        ("province", "province", "officer", "周敏"),
        ("city", "city", "officer", "郑海"),
        ("county", "county", "officer", "王芳"),
        ("other", "other", "officer", "孙磊"),
        ("lixia", "lixia", "officer", "赵静"),
        ("sampler", "sampling_body", "sampler", "张伟"),
        ("lina", "sampling_body", "sampler", "李娜"),
        ("chenjing", "sampling_body", "sampler", "陈静"),
        ("hetao", "sampling_body", "sampler", "何涛"),
        ("lab", "lab", "analyst", "王强"),
        ("retest_lab", "retest_lab", "analyst", "刘洋"),
    ):
        world.posts[key] = _post(key, name, role, office=world.offices[office])
    world.posts["administrator"] = _post("administrator", "高洁", "administrator", office=world.offices["province"])
    entitle(world, "administrator", "manages", "registers")
    world.posts["enterprise"] = _post("enterprise", "陈明", "enterprise", enterprise=world.enterprises["cable"])
    return world


def continued() -> None:
    """The province has continued the rules beyond their validity, for demonstration."""
    RuleSetRecord.objects.create(
        rule_set="SD-2021-1",
        document="鲁市监质监字〔2026〕演示1号",
        issued_on=date(2026, 5, 1),
        valid_from=date(2026, 5, 3),
        valid_until=date(2031, 5, 2),
        demonstration=True,
        recorded_by="周敏",
        recorded_at=clock.now(),
    )


def _line(target: TargetSpec) -> drawing.Line:
    """A line of a list on which every target stands by itself."""
    return drawing.Line(target.number, target.number, target.as_fact())


def _enterprise(name: str, credit: str, place: str, pinyin: str) -> Enterprise:
    return Enterprise.objects.create(
        name=name,
        credit_code=credit[:17] + uscc.calc_check_digit(credit[:17]),
        legal_representative="陈明",
        registered_place=place,
        registered_address="工业北路 88 号",
        actual_place=place,
        actual_address="工业北路 88 号",
        contact="陈明",
        phone="0531-8888 0000",
        pinyin=pinyin,
    )


def entitle(world: World, name: str, *entitlements: str) -> None:
    """Give somebody another post of the same office and role, with these entitlements, in the place of his own."""
    post = world.posts[name]
    Post.objects.filter(pk=post.pk).update(until=date(2020, 12, 31))
    world.posts[name] = Post.objects.create(
        user=post.user, office=post.office, role=post.role, since=post.since, entitlements=list(entitlements)
    )


def _post(
    username: str, name: str, role: str, *, office: Office | None = None, enterprise: Enterprise | None = None
) -> Post:
    user = User.objects.create_user(username, password=PASSWORD, full_name=name)
    entitlements = ["sample"] if role == "sampler" else []
    return Post.objects.create(
        user=user, office=office, enterprise=enterprise, role=role, since=date(2021, 1, 1), entitlements=entitlements
    )
