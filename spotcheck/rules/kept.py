"""What is written once: for every table what the program may do with its rows, and what of them never changes.

One table for all: the owner's migration makes rights and triggers from it (``wiring/operating/rights.py``), I17
compares it with the database every night, and the daily root seals what :data:`SEALED` names (``docket/seals.py``).
A table that is not listed is an alarm.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kept:
    """What holds for one table.

    ``may``: letters of what the program may do besides reading: I insert, U update, D delete. ``fixed``: columns that
    stay as they were inserted. ``once``: columns that are empty at first, get one value and stay so. ``for_good``: no
    row is ever changed or deleted, by nobody. The key of a table with such columns is fixed as well.
    """

    may: str
    fixed: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    for_good: bool = False

    @property
    def stays(self) -> bool:
        """Whether rows are deleted by nobody."""
        return self.for_good or ("D" not in self.may and bool(self.promises))

    @property
    def promises(self) -> str:
        """Both kinds of columns in one text, as the trigger carries it: ``fixed,fixed|once,once``."""
        return f"{','.join(self.fixed)}|{','.join(self.once)}" if self.fixed or self.once else ""


def _once(may: str, fixed: str, once: str = "") -> Kept:
    return Kept(may, ("id", *fixed.split()), tuple(once.split()))


_FOR_GOOD: Final = Kept("I", for_good=True)
_CLOSED: Final = Kept("")
_FREE: Final = Kept("IUD")
_MATTER: Final = _once("IU", "dossier_id label")

TABLES: Final[dict[str, Kept]] = {
    # Of the framework. Its groups and permissions are used by nothing here.
    "django_migrations": _CLOSED,
    "django_content_type": _CLOSED,
    "auth_group": _CLOSED,
    "auth_group_permissions": _CLOSED,
    "auth_permission": _CLOSED,
    "parties_user_groups": _CLOSED,
    "parties_user_user_permissions": _CLOSED,
    "django_session": _FREE,
    "account_emailaddress": _FREE,
    "account_emailconfirmation": _FREE,
    "mfa_authenticator": _FREE,
    "usersessions_usersession": _FREE,
    "socialaccount_socialaccount": _FREE,
    "socialaccount_socialapp": _CLOSED,
    "socialaccount_socialtoken": _CLOSED,
    "demo_demostate": Kept("IU"),
    # Regions, offices, people, enterprises.
    "parties_region": _CLOSED,
    "parties_office": _once("IU", "code"),
    "parties_qualification": Kept("IU"),
    "parties_user": _once("IU", "username date_joined"),
    "parties_staffnumber": _FOR_GOOD,
    "parties_post": _once(
        "IU", "user_id office_id enterprise_id role since entitlements certificate granted_by_id confirmed_by_id"
    ),
    "parties_absence": _once("IUD", "post_id first_day deputy_id reason"),
    "parties_deputyship": _once("IU", "post_id other_id since"),
    "parties_enterprise": Kept("IU"),
    "parties_offering": _FREE,
    "signin_usedpassword": Kept("ID"),
    "signin_confirmedaddress": _FREE,
    "registers_proposal": _once(
        "IU",
        "kind office_id subject_id details reason proposed_by_id proposed_post_id account proposed_on last_day",
        "outcome decided_by_id decided_on",
    ),
    "registers_onetimelink": _once("IU", "user_id secret_sha256 issued_at expires_at", "ended_at"),
    "registers_review": _FOR_GOOD,
    # The docket. Entries, files, the book and the roots have triggers of their migrations.
    "docket_dossier": _once("IU", "kind number", "rule_set"),
    "docket_party": _once("IU", "dossier_id label role enterprise_id registered_place"),
    "docket_involvement": _once("I", "dossier_id office_id role party_id"),
    "docket_track": _once("IU", "dossier_id chart label"),
    "docket_entry": _FOR_GOOD,
    "docket_evidence": _FOR_GOOD,
    "docket_record": _FOR_GOOD,
    "docket_auditroot": _FOR_GOOD,
    "docket_deadline": _once(
        "IU",
        "dossier_id rule chart label matter_id party_id rule_set started_on started_by_id due_on latest replaces_id",
    ),
    "docket_message": _once(
        "IU", "dossier_id entry_id deadline_id kind day office_id party_id created_at", "delivered_at read_at"
    ),
    "docket_calendarnotice": _once(
        "IU", "year source text proposed_by proposed_at", "confirmed_by confirmed_at"
    ),
    "docket_rulesetrecord": _FOR_GOOD,
    "docket_delivery": _once(
        "IUD", "public_id message_id kind about channel", "done_at"
    ),
    "docket_disposal": _once("IUD", "stored_id listed_at", "confirmed_at confirmed_by account"),
    "docket_beat": _FREE,
    "files_storedfile": _FOR_GOOD,
    "files_upload": Kept("IUD"),
    # Papers.
    "notices_series": _once("IU", "office_id form letter year"),
    "notices_numberblock": _once("IU", "series_id first last holder taken_at", "returned_at"),
    "notices_voidednumber": _FOR_GOOD,
    "notices_templateversion": _FOR_GOOD,
    "notices_particulars": _FOR_GOOD,
    "notices_paper": _once(
        "IU",
        "dossier_id party_id entry_id chart label regulation number issuer_id issued_on snapshot gaps",
        "template_id code file sha256 size drawn_at",
    ),
    "notices_recipient": _once("IU", "paper_id word office_id party_id"),
    "notices_service": _once(
        "IU",
        "recipient_id method started_on servers announced_where",
        "returned_on proof_name proof_file proof_sha256 ended_by_id ended_at",
    ),
    # The charts, and what they reckon with.
    "planning_frame": _FOR_GOOD,
    "planning_drawlog": _FOR_GOOD,
    "planning_target": _once("IU", "task_id dossier_id", "ended_on"),
    "planning_targetsampler": _once("IU", "target_id post_id name"),
    "planning_plan": _MATTER,
    "planning_task": _MATTER,
    "sampling_purchase": _MATTER,
    "sampling_sampleunit": _MATTER,
    "sampling_sampling": _MATTER,
    "inspection_conclusion": _MATTER,
    "inspection_inspection": _MATTER,
    "inspection_resultnotice": _MATTER,
    "inspection_item": _once("IU", "dossier_id name"),
    "objections_objection": _MATTER,
    "objections_retest": _MATTER,
    "remediation_rectification": _MATTER,
    "remediation_announcement": _MATTER,
    "remediation_ban": _MATTER,
    "remediation_denial": _MATTER,
    "remediation_lead": _MATTER,
    "remediation_publication": _MATTER,
    "remediation_recheck": _MATTER,
    # Who brings a case on.
    "casework_draft": _FREE,
    "casework_ownership": _FREE,
    "casework_handover": _once(
        "IU", "office_id from_post_id to_post_id by_id on answer_until", "accepted_on returned_on"
    ),
    "casework_handedover": _FOR_GOOD,
    "casework_note": _FOR_GOOD,
}  # fmt: skip


WRITTEN_ONCE, FOR_GOOD = "kept_written_once", "kept_for_good"
"""The functions that the triggers call; each refuses."""
BODIES: Final[dict[str, str]] = {
    WRITTEN_ONCE: """
BEGIN
    RAISE EXCEPTION '% : a column that is written once (%)', TG_TABLE_NAME, TG_ARGV[0]
        USING ERRCODE = 'insufficient_privilege';
END """,
    FOR_GOOD: """
BEGIN
    RAISE EXCEPTION '% : rows are neither changed nor deleted', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END """,
}
"""What stands in them, by their names."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Rows that the daily root covers: those whose moment lies in the day, in the order of their keys.

    ``moment`` is SQL of a row ``t``; a row without one has yet to get it. ``columns`` never change afterwards.
    """

    table: str
    moment: str
    columns: tuple[str, ...]
    key: str = "id"


_OF_ENTRY: Final = "(SELECT recorded_at FROM docket_entry AS e WHERE e.id = t.entry_id)"

_OF_PROOF: Final = "CASE WHEN t.proof_sha256 <> '' THEN greatest(t.ended_at, t.recorded_at) END"

SEALED: Final[dict[str, Sealed]] = {
    "papers": Sealed(
        "notices_paper",
        _OF_ENTRY,
        ("id", "dossier_id", "party_id", "entry_id", "chart", "label", "regulation", "form", "letter", "number",
         "issuer_id", "issued_on", "snapshot", "gaps", "template_id", "code"),
    ),
    "drawn papers": Sealed("notices_paper", "t.drawn_at", ("id", "number", "file", "sha256", "size")),
    "proofs": Sealed(
        "notices_service", _OF_PROOF, ("id", "recipient_id", "proof_name", "proof_file", "proof_sha256")
    ),
    "files": Sealed(
        "files_storedfile", "t.checked_at", ("sha256", "size", "media_type", "leaf_sha256", "thumb_sha256"),
        key="sha256",
    ),
    "evidence": Sealed(
        "docket_evidence", _OF_ENTRY, ("id", "dossier_id", "entry_id", "kind", "stored_id", "name", "by_id", "about")
    ),
    "particulars": Sealed(
        "notices_particulars", "t.recorded_at", ("id", "dossier_id", "party_id", "data", "recorded_by_id")
    ),
    "calendar notices": Sealed(
        "docket_calendarnotice", "t.proposed_at", ("id", "year", "source", "text", "proposed_by")
    ),
    "confirmed notices": Sealed("docket_calendarnotice", "t.confirmed_at", ("id", "year", "text", "confirmed_by")),
    "rule sets": Sealed(
        "docket_rulesetrecord",
        "t.recorded_at",
        ("id", "rule_set", "document", "issued_on", "valid_from", "valid_until", "demonstration", "recorded_by"),
    ),
    "voided numbers": Sealed("notices_voidednumber", "t.voided_at", ("id", "series_id", "serial", "number", "reason")),
    "frames": Sealed("planning_frame", "t.frozen_at", ("id", "task_id", "sha256", "office_id", "by_id")),
}  # fmt: skip
"""What the root of a day covers besides entries and the book, by the name under which the root says it."""
