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
    # Of the toolkit that gives tokens: tokens only, nothing else of it is used here.
    "oauth2_provider_accesstoken": _FREE,
    "oauth2_provider_refreshtoken": _CLOSED,
    "oauth2_provider_grant": _CLOSED,
    "oauth2_provider_idtoken": _CLOSED,
    "oauth2_provider_devicegrant": _CLOSED,
    # Programs: their credentials, the answers they had, what was refused.
    "api_credential": _once(
        "IU",
        "office_id client_id client_secret label scopes networks expires_on public_jwk issued_by_id client_type "
        "authorization_grant_type created",
        "revoked_at",
    ),
    "api_keptanswer": _FOR_GOOD,
    "api_refusedrequest": Kept("ID"),
    "api_usedassertion": Kept("ID"),
    # Tablets: who answers for them, who is signed in on them.
    "tablet_device": _once(
        "IU",
        "office_id name inventory public_jwk platform engine enrolled_at enrolled_by_id",
        "revoked_at revoked_by_id reason",
    ),
    "tablet_enrolment": _once(
        "IU", "office_id name inventory code_sha256 made_at made_by_id post_id expires_at", "device_id"
    ),
    "tablet_escrowkey": _FOR_GOOD,
    "tablet_rescueconsent": _FOR_GOOD,
    "tablet_daypackage": Kept("ID"),
    "tablet_packagepart": Kept("ID"),
    "tablet_visitlease": Kept("IU"),
    "tablet_devicetoken": _once("IU", "device_id user_id post_id token_sha256 issued_at", "ended_at"),
    # Regions, offices, people, enterprises.
    "parties_region": Kept("I"),
    "parties_jurisdiction": _once("IU", "office_id region_id product_kind document since", "until"),
    "parties_office": _once("IU", "code"),
    "parties_qualification": _once("IU", "office_id kind number"),
    "parties_qualificationscope": _FREE,
    "parties_user": _once("IU", "username date_joined"),
    "parties_staffnumber": _FOR_GOOD,
    "parties_post": _once(
        "IU", "user_id office_id enterprise_id role since entitlements certificate granted_by_id confirmed_by_id"
    ),
    "parties_absence": _once("IUD", "post_id first_day deputy_id reason"),
    "parties_deputyship": _once("IU", "post_id other_id since"),
    "parties_enterprise": Kept("IUD"),
    "parties_enterprisename": _FOR_GOOD,
    "parties_offering": _FREE,
    "parties_productkind": _once("IUD", "code"),
    "signin_usedpassword": Kept("ID"),
    "signin_confirmedaddress": _FREE,
    "registers_proposal": _once(
        "IU",
        "kind office_id subject_id details reason proposed_by_id proposed_post_id account proposed_on last_day",
        "outcome decided_by_id decided_on",
    ),
    "registers_onetimelink": _once("IU", "user_id secret_sha256 issued_at expires_at", "ended_at"),
    "registers_review": _FOR_GOOD,
    "registers_import": _once("IU", "kind name sha256 stored_id read by_id account begun_at", "done_at undone_at"),
    "registers_head": _FREE,
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
    "notices_numberblock": _once("IU", "series_id first last holder place taken_at", "returned_at"),
    "notices_voidednumber": _FOR_GOOD,
    "notices_templateversion": _FOR_GOOD,
    "notices_particulars": _FOR_GOOD,
    "notices_paper": _once(
        "IU",
        "dossier_id party_id entry_id chart label regulation number issuer_id issued_on snapshot gaps",
        "template_id code file sha256 size drawn_at",
    ),
    "notices_preparedpaper": _once(
        "IU",
        "dossier_id form block_id number code issuer_id template_id snapshot gaps prepared_at",
        "paper_id voided_at reason",
    ),
    "notices_visitcode": _FOR_GOOD,
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
    "planning_detailrule": _once(
        "IU",
        "name version product_kind valid_from source_id decision decision_text longest_transit_hours keep_reserve_days "
        "fingerprint imported_at imported_by_id",
        "published_at published_by_id withdrawn_at",
    ),
    "planning_ruleitem": _FOR_GOOD,
    "planning_plan": _MATTER,
    "planning_task": _MATTER,
    "sampling_purchase": _MATTER,
    "sampling_samplefile": _once("IU", "dossier_id product_kind product_name product_model brand standard", "batch"),
    "sampling_sampleunit": _once("IU", "dossier_id label", "code seal_number quantity"),
    "sampling_custodylink": _FOR_GOOD,
    "sampling_film": _FOR_GOOD,
    "sampling_fieldbatch": _once(
        "IU",
        "visit dossier_id foreign log issued_at device post_id posts app schema sha256 first last head device_now "
        "offset received_at reason",
        "answer",
    ),
    "sampling_fieldact": _once("IU", "batch_id visit dossier_id log seq act on body hash", "entry_id"),
    "sampling_fielddecision": _FOR_GOOD,
    "sampling_fieldreturn": _FOR_GOOD,
    "sampling_sampling": _MATTER,
    "inspection_conclusion": _MATTER,
    "inspection_inspection": _once("IU", "dossier_id label", "rule_snapshot detail_rule_id"),
    "inspection_itemlimit": _once("IU", "dossier_id number", "fixed_at"),
    "inspection_itemresult": _FOR_GOOD,
    "inspection_resultnotice": _MATTER,
    "inspection_item": _once("IU", "dossier_id name"),
    "objections_objection": _MATTER,
    "objections_verification": _FOR_GOOD,
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
    "casework_savedlist": _FREE,
    "casework_ownership": _FREE,
    "casework_tally": _FREE,
    "casework_figure": _FREE,
    "casework_handover": _once(
        "IU", "office_id from_post_id to_post_id by_id on answer_until", "accepted_on returned_on"
    ),
    "casework_handedover": _FOR_GOOD,
    "casework_note": _FOR_GOOD,
    "casework_feed": _once("IU", "post_id secret_sha256 made_at", "ended_at"),
    "casework_batch": _once("IU", "post_id act on begun_at", "asked_at done_at"),
    "casework_batchline": _once("IU", "batch_id place dossier_id chart matter_id seen", "entry_id at"),
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

_OF_FILE: Final = "(SELECT min(recorded_at) FROM docket_entry AS e WHERE e.dossier_id = t.{column})"
_OF_PARTY: Final = "(SELECT min(recorded_at) FROM docket_entry AS e WHERE e.party_id = t.id)"
_OF_PAPER: Final = (
    "(SELECT e.recorded_at FROM notices_paper AS p JOIN docket_entry AS e ON e.id = p.entry_id WHERE p.id = t.paper_id)"
)
_OF_RULE: Final = "(SELECT published_at FROM planning_detailrule AS r WHERE r.id = t.rule_id)"
_OF_DRAW: Final = (
    "(SELECT min(e.recorded_at) FROM docket_entry AS e JOIN planning_task AS k ON k.dossier_id = e.dossier_id "
    "WHERE k.id = t.task_id AND e.facts ->> 'seed' = t.seed)"
)
_ON_DAY: Final = "(t.{column}::timestamp AT TIME ZONE 'Asia/Shanghai')"
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
    "written conclusions": Sealed(
        "objections_verification", _OF_ENTRY, ("id", "objection_id", "entry_id", "writer", "position", "reasons")
    ),
    "films": Sealed("sampling_film", _OF_ENTRY, ("id", "dossier_id", "entry_id", "sha256", "kept_by")),
    "prepared papers": Sealed(
        "notices_preparedpaper", "t.prepared_at", ("id", "dossier_id", "form", "number", "code", "snapshot")
    ),
    "field logs": Sealed(
        "sampling_fieldbatch",
        "t.received_at",
        ("id", "visit", "log", "device", "post_id", "sha256", "first", "last", "head"),
    ),
    "custody": Sealed("sampling_custodylink", _OF_ENTRY, ("id", "entry_id", "kind", "seal_number", "hash")),
    "rules of detail": Sealed(
        "planning_detailrule",
        "t.published_at",
        ("id", "name", "version", "product_kind", "valid_from", "fingerprint", "published_by_id"),
    ),
    "frames": Sealed("planning_frame", "t.frozen_at", ("id", "task_id", "sha256", "office_id", "by_id")),
    "lines of frames": Sealed("planning_frame", "t.frozen_at", ("id", "lines")),
    "draws": Sealed(
        "planning_drawlog", _OF_DRAW,
        ("id", "task_id", "frame_id", "seed", "candidates", "candidates_hash", "samplers", "samplers_hash", "as_listed",
         "drawn_on"),
    ),
    "items of rules": Sealed(
        "planning_ruleitem", _OF_RULE,
        ("id", "rule_id", "place", "number", "code", "name", "kind", "importance", "method", "judged_by", "mandatory",
         "limit", "unit", "required_lod", "reproducible", "remark"),
    ),
    "results": Sealed(
        "inspection_itemresult", _OF_ENTRY,
        ("id", "dossier_id", "entry_id", "number", "name", "phase", "revision", "reported", "shown", "verdict",
         "computed", "compared", "why", "reason", "tested_by_id", "approved_by_id"),
    ),
    "dossiers": Sealed("docket_dossier", _OF_FILE.format(column="id"), ("id", "kind", "number")),
    "parties": Sealed(
        "docket_party", _OF_PARTY, ("id", "dossier_id", "label", "role", "enterprise_id", "registered_place")
    ),
    "samples": Sealed(
        "sampling_samplefile", _OF_FILE.format(column="dossier_id"),
        ("id", "dossier_id", "product_kind", "product_name", "product_model", "brand", "standard"),
    ),
    "recipients": Sealed(
        "notices_recipient", _OF_PAPER, ("id", "paper_id", "word", "office_id", "party_id")
    ),
    "accounts": Sealed("parties_user", "t.date_joined", ("id", "username")),
    "proposals": Sealed(
        "registers_proposal", _ON_DAY.format(column="proposed_on"),
        ("id", "kind", "office_id", "subject_id", "details", "reason", "proposed_by_id", "proposed_post_id", "account",
         "last_day"),
    ),
    "decided proposals": Sealed(
        "registers_proposal", _ON_DAY.format(column="decided_on"), ("id", "outcome", "decided_by_id")
    ),
    "credentials": Sealed(
        "api_credential", "t.created",
        ("id", "office_id", "client_id", "client_secret", "label", "scopes", "networks", "expires_on", "issued_by_id"),
    ),
    "revoked credentials": Sealed("api_credential", "t.revoked_at", ("id",)),
    "answers to programs": Sealed(
        "api_keptanswer", "t.at", ("id", "scope", "key", "fingerprint", "status", "body", "entry_id")
    ),
}  # fmt: skip
"""What the root of a day covers besides entries and the book, by the name under which the root says it.

The columns of a name never change, because older roots were made of them: what is sealed besides gets another name.
"""

_IN_THE_CHAIN: Final = "the chained entry of its act says the same"
_IN_THE_BOOK: Final = "the line of the book says the same, and its day is sealed"
_COMPUTED: Final = "follows from entries, and an invariant of the night compares it"
UNSEALED: Final[dict[str, str]] = {
    "docket_entry": "the chains of entries are sealed by their heads",
    "docket_record": "the book is sealed by the hashes of its lines",
    "docket_auditroot": "roots are chained, and kept elsewhere",
    "docket_involvement": "follows from acts; it opens something to be read and changes nothing",
    "docket_track": _COMPUTED,
    "docket_deadline": _COMPUTED,
    "docket_message": "follows from entries and periods; who was told what is said by papers and their service",
    "docket_delivery": "a letter on its way; it is deleted in time",
    "docket_disposal": _IN_THE_BOOK,
    "parties_office": "its code only, which papers, entries and posts name",
    "parties_post": "invariant I18 compares it with what the book says was granted",
    "parties_staffnumber": _IN_THE_BOOK,
    "parties_absence": _IN_THE_BOOK,
    "parties_deputyship": _IN_THE_BOOK,
    "registers_onetimelink": _IN_THE_BOOK,
    "registers_review": _IN_THE_BOOK,
    "registers_import": _IN_THE_BOOK,
    "notices_series": "invariant I8 compares numbers with papers and voided numbers, which are sealed",
    "notices_numberblock": "invariant I8 compares numbers with papers and voided numbers, which are sealed",
    "notices_templateversion": "papers name it, and the drawn file is sealed by its hash",
    "planning_target": _IN_THE_CHAIN,
    "planning_targetsampler": _IN_THE_CHAIN,
    "planning_plan": _COMPUTED,
    "planning_task": _COMPUTED,
    "sampling_purchase": _COMPUTED,
    "sampling_sampling": _COMPUTED,
    "sampling_sampleunit": "its seals and its code stand in its custody, which is sealed",
    "inspection_conclusion": _COMPUTED,
    "inspection_inspection": "its state is computed; the rule that it froze is a published one, whose items are sealed",
    "inspection_itemlimit": _IN_THE_CHAIN,
    "inspection_item": _IN_THE_CHAIN,
    "inspection_resultnotice": _COMPUTED,
    "objections_objection": _COMPUTED,
    "objections_retest": _COMPUTED,
    "remediation_rectification": _COMPUTED,
    "remediation_announcement": _COMPUTED,
    "remediation_ban": _COMPUTED,
    "remediation_denial": _COMPUTED,
    "remediation_lead": _COMPUTED,
    "remediation_publication": _COMPUTED,
    "remediation_recheck": _COMPUTED,
    "notices_visitcode": "it leads to papers, which are sealed with their codes",
    "parties_jurisdiction": _IN_THE_BOOK,
    "parties_productkind": _IN_THE_BOOK,
    "parties_qualification": _IN_THE_BOOK,
    "parties_enterprisename": "papers keep the name that they were issued with, and are sealed",
    "sampling_fieldact": "its batch is sealed with the head of the chain in which it stands",
    "sampling_fielddecision": "what it leads to is an act, whose entry is chained",
    "sampling_fieldreturn": "what it leads to is a further record of the tablet, whose batch is sealed",
    "tablet_device": _IN_THE_BOOK,
    "tablet_devicetoken": "as a session: what is done with it is an act of its post",
    "tablet_enrolment": _IN_THE_BOOK,
    "tablet_escrowkey": _IN_THE_BOOK,
    "tablet_rescueconsent": _IN_THE_BOOK,
    "casework_handover": _IN_THE_BOOK,
    "casework_handedover": _IN_THE_BOOK,
    "casework_note": "what colleagues tell one another; nothing rests on it",
    "casework_feed": _IN_THE_BOOK,
    "casework_batch": _IN_THE_CHAIN,
    "casework_batchline": _IN_THE_CHAIN,
}
"""Tables with something that is written once and that no root covers by itself, and why not."""
