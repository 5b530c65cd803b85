"""The letters are issued by the flow: each at the acts that the registry names, by and to whom the articles say."""

from pathlib import Path

import pytest
from django.db import transaction

from spotcheck.notices import production
from spotcheck.notices.models import Paper
from spotcheck.parties.provinces import authority
from spotcheck.rehearsal.player import play
from spotcheck.rehearsal.scenario import read
from spotcheck.rules.sd_2021_1.letters import LETTERS
from tests.notices.reading import text_of

TESTS = Path(__file__).parents[1]
WHO = {
    # letter: a journey, its act, who issues it, who gets it
    "refusal_record": ("J03", "sampling.claim_refusal", "CY01", {"370000", "P"}),
    "custody_undertaking": ("J04", "sample.leave_with_enterprise", "CY01", {"CY01"}),
    "denial_transfer": ("J28", "objection.transfer_denial", "370000", {"370600", "370700"}),
    "denial_request": ("J116", "objection.transfer_denial", "370000", {"other_province"}),
    "retest_waiver": ("J17", "retest.waive", "370000", {"N", "370300", "370303", "370600"}),
    "jurisdiction_transfer": ("J33", "rectification.transfer_jurisdiction", "370102", {"371302", "370102", "P"}),
    "application_for_recheck": ("J40", "rectification.resume_and_apply", "371522", {"371522"}),
    "order_withdrawal": ("J09", "rectification.withdraw", "370124", {"S", "370100"}),
    "announcement": ("J35", "announcement.announce", "370000", {"public"}),
    "correction_notice": ("J36", "announcement.correct", "370000", {"public"}),
    "other_province": ("J46", "denial.close", "370000", {"other_province"}),
    "peer_notice": ("J45", "denial.notify_peer", "370683", {"370114"}),
    "conclusion_change": ("J09", "conclusion.revoke", "370000", {"370100", "371700", "N"}),
    "result_withdrawn": ("J36", "conclusion.revoke", "370000", {"other_province"}),
    "publication_report": ("J03", "publication.publish", "370000", {"governments"}),
    "no_result": ("S72", "inspection.stop_unit_lost", "370000", {"P"}),
    "lead_referral": ("S72", "lead.refer_outside", "370000", {"other_province"}),
    "restoration_notice": ("S57", "rectification.conditions_restored", "370983", {"P"}),
    "case_handover": ("moves_outside", "rectification.transfer_jurisdiction", "370000", {"other_province", "P"}),
}
FOLDERS = ("journeys", "acceptance", "stories")
pytestmark = pytest.mark.slow


@pytest.fixture
def played(django_db_setup, django_db_blocker):
    """Play a journey; what it leaves behind is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():

        def play_(name: str) -> None:
            (path,) = [path for path in TESTS.rglob(f"{name}*.yaml") if path.parent.name in FOLDERS]
            assert list(play(read(path))) == []

        yield play_
        transaction.set_rollback(True)


def test_every_letter_has_its_row():
    assert set(WHO) == set(LETTERS)
    assert all(act in LETTERS[letter].issued_by for letter, (_, act, _, _) in WHO.items())


@pytest.mark.parametrize("letter", WHO)
def test_a_letter_is_issued_by_its_act_to_whom_the_article_says(played, letter):
    journey, act, issuer, recipients = WHO[letter]
    played(journey)
    papers = Paper.objects.filter(letter=letter, entry__act=act)
    found = [
        (
            paper.issuer.code,
            {(r.office and r.office.code) or (r.party and r.party.label) or r.word for r in paper.recipients.all()},
        )
        for paper in papers
    ]
    assert (issuer, recipients) in found
    paper = next(paper for paper, who in zip(papers, found, strict=True) if who == (issuer, recipients))
    said = text_of(production.content(paper).pdf).replace("\n", "")
    assert LETTERS[letter].title.zh in said
    assert paper.number in said
    assert "（以下简称规范）" in said


def test_art52_a_letter_to_another_province_is_addressed_to_its_authority(played):
    played("J46")
    paper = Paper.objects.filter(letter="other_province").first()
    outside = [p.place for p in paper.dossier.parties.all() if not p.in_shandong]
    assert paper.snapshot["data"]["paper"]["to"] == authority(outside[0])
    assert authority(outside[0]).endswith(("局", "委员会"))


@pytest.mark.parametrize(
    ("place", "name"), [("320100", "江苏省市场监督管理局"), ("120101", "天津市市场监督管理委员会"), ("370100", "")]
)
def test_the_authority_of_another_province(place, name):
    assert authority(place) == name
