"""Papers on the desk: opened by those who may, a copy of Form 2 with its mark, a preview that uses nothing up."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.notices.models import Paper, Series
from spotcheck.notices.preview import preview
from spotcheck.parties import actors
from spotcheck.parties.models import Office, Post, User
from tests.notices.reading import text_of


@pytest.fixture
def signed_in(client, thirteen):
    """Sign in as somebody of an office."""

    def sign_in(code: str, role: str = Post.Role.OFFICER):
        user = User.objects.create_user(username=code, password="-", full_name="刘洋")
        Post.objects.create(user=user, office=Office.objects.get(code=code), role=role, since=date(2021, 1, 1))
        client.force_login(user)
        return client

    return sign_in


def address(paper: Paper) -> str:
    return f"/dossiers/{paper.dossier.number}/papers/{paper.pk}/"


def test_the_handler_opens_its_order(thirteen, signed_in, media):
    answer = signed_in("370303").get(address(thirteen.get(form=11)))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert "责令改正通知书" in text_of(answer.content)
    assert answer["Content-Disposition"].startswith("inline")


def test_a_copy_of_form_2_carries_its_mark(thirteen, signed_in, media):
    paper = thirteen.filter(form=2).first()
    answer = signed_in("370000").get(address(paper) + "?copy=1")
    assert "复印件与原件一致" in text_of(answer.content, "-raw").replace("\n", "")


@pytest.mark.parametrize(("code", "role"), [("JY01", Post.Role.ANALYST), ("370102", Post.Role.OFFICER)])
def test_who_has_no_part_in_a_paper_does_not_open_it(thirteen, signed_in, code, role, media):
    assert signed_in(code, role).get(address(thirteen.get(form=11))).status_code == 404


def test_nobody_opens_a_paper_without_signing_in(client, thirteen):
    assert AnonymousUser().is_anonymous
    assert client.get(address(thirteen.get(form=11))).status_code == 302


def test_a_preview_shows_what_would_be_issued_and_uses_no_number(thirteen, media):
    paper = thirteen.get(form=7)
    matter = MATTERS["result_notice"].objects.get(dossier=paper.dossier)
    MATTERS["result_notice"].objects.filter(pk=matter.pk).update(state="due")
    series = Series.objects.get(office=paper.issuer, form=7)
    with clock.simulated(date(2022, 5, 24)):
        by = actors.of_office(paper.issuer)
        (shown,) = preview(type(matter).objects.get(pk=matter.pk).send, by=by, on=date(2022, 5, 24), facts={})
    said = text_of(shown.pdf, "-raw").replace("\n", "")
    assert "预览不作送达" in said.replace("　", "")
    assert "（未编号）" in said
    assert Series.objects.get(pk=series.pk).last == series.last
    assert thirteen.filter(form=7).count() == 1
