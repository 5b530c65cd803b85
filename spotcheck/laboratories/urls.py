"""Addresses of laboratories, below ``/api/v1/``."""

from django.urls import path

from spotcheck.laboratories.cases import Case, Cases
from spotcheck.laboratories.custody import Custody, Disposal, Losses, Receipts, Refusals, Storage
from spotcheck.laboratories.files import Files, OneUpload, Uploads
from spotcheck.laboratories.leads import Leads
from spotcheck.laboratories.mailing import Dispatch, Mailings, Receipt
from spotcheck.laboratories.report import Report
from spotcheck.laboratories.report_files import HazardFile, ReportFile
from spotcheck.laboratories.results import Limits, Results
from spotcheck.laboratories.retests import (
    HandOver,
    Recheck,
    RecheckReport,
    RecheckResults,
    Rechecks,
    Retest,
    RetestReport,
    RetestResults,
    Retests,
    Start,
)
from spotcheck.laboratories.summaries import Figures, Summary, Tasks
from spotcheck.laboratories.testing import Completion, Hazard, Issue, Qualification, Termination
from spotcheck.laboratories.verifications import Conclusion, Verifications

app_name = "laboratories"
_CASE = "cases/<str:code>"
urlpatterns = [
    path("cases", Cases.as_view(), name="cases"),
    path(_CASE, Case.as_view(), name="case"),
    path(f"{_CASE}/receipts", Receipts.as_view(), name="receipts"),
    path(f"{_CASE}/refusals", Refusals.as_view(), name="refusals"),
    path(f"{_CASE}/custody", Custody.as_view(), name="custody"),
    path(f"{_CASE}/qualification", Qualification.as_view(), name="qualification"),
    path(f"{_CASE}/termination", Termination.as_view(), name="termination"),
    path(f"{_CASE}/issue", Issue.as_view(), name="issue"),
    path(f"{_CASE}/limits", Limits.as_view(), name="limits"),
    path(f"{_CASE}/results", Results.as_view(), name="results"),
    path(f"{_CASE}/hazard", Hazard.as_view(), name="hazard"),
    path(f"{_CASE}/completion", Completion.as_view(), name="completion"),
    path(f"{_CASE}/report", Report.as_view(), name="report"),
    path(f"{_CASE}/hazard/file", HazardFile.as_view(), name="hazard_file"),
    path(f"{_CASE}/report/file", ReportFile.as_view(), name="report_file"),
    path(f"{_CASE}/leads", Leads.as_view(), name="leads"),
    path(f"{_CASE}/storage", Storage.as_view(), name="storage"),
    path(f"{_CASE}/disposal", Disposal.as_view(), name="disposal"),
    path(f"{_CASE}/losses", Losses.as_view(), name="losses"),
    path(f"{_CASE}/mailings", Mailings.as_view(), name="mailings"),
    path(f"{_CASE}/mailings/<str:party>/dispatch", Dispatch.as_view(), name="dispatch"),
    path(f"{_CASE}/mailings/<str:party>/receipt", Receipt.as_view(), name="receipt"),
    path("verifications", Verifications.as_view(), name="verifications"),
    path("verifications/<str:key>/conclusion", Conclusion.as_view(), name="conclusion"),
    path("retests", Retests.as_view(), name="retests"),
    path("retests/<str:key>", Retest.as_view(), name="retest"),
    path("retests/<str:key>/hand-over", HandOver.as_view(), name="hand_over"),
    path("retests/<str:key>/start", Start.as_view(), name="start"),
    path("retests/<str:key>/results", RetestResults.as_view(), name="retest_results"),
    path("retests/<str:key>/report", RetestReport.as_view(), name="retest_report"),
    path("rechecks", Rechecks.as_view(), name="rechecks"),
    path("rechecks/<str:key>", Recheck.as_view(), name="recheck"),
    path("rechecks/<str:key>/results", RecheckResults.as_view(), name="recheck_results"),
    path("rechecks/<str:key>/report", RecheckReport.as_view(), name="recheck_report"),
    path("tasks", Tasks.as_view(), name="tasks"),
    path("tasks/<str:number>/figures", Figures.as_view(), name="figures"),
    path("tasks/<str:number>/summary", Summary.as_view(), name="summary"),
    path("files", Files.as_view(), name="files"),
    path("uploads", Uploads.as_view(), name="uploads"),
    path("uploads/<str:key>", OneUpload.as_view(), name="upload"),
]
