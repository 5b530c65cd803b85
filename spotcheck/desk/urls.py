"""The addresses of the desk."""

from django.urls import path

from spotcheck.desk.web import (
    acting,
    case_file,
    cases,
    dossier,
    evidence,
    notes,
    paper_register,
    papers,
    particulars,
    planning,
    previewing,
    searching,
    serving,
    taking_back,
    today,
    uploads,
)
from spotcheck.look import drafting

app_name = "desk"

urlpatterns = [
    path("", today.today, name="today"),
    path("messages/", today.messages, name="messages"),
    path("messages/read/", today.read_all, name="read_all"),
    path("messages/<int:key>/read/", today.read_message, name="read_message"),
    path("dossiers/", searching.search, name="search"),
    path("dossiers/<str:number>/", dossier.dossier, name="dossier"),
    path("dossiers/<str:number>/clocks/<int:key>/", dossier.why, name="why"),
    path("dossiers/<str:number>/acts/<str:chart>/<int:key>/<str:method>/", acting.act, name="act"),
    path(
        "dossiers/<str:number>/acts/<str:chart>/<int:key>/<str:method>/preview/",
        previewing.show,
        name="preview",
    ),
    path(
        "dossiers/<str:number>/acts/<str:chart>/<int:key>/<str:method>/particulars/",
        particulars.particulars_of,
        name="particulars",
    ),
    path("dossiers/<str:number>/entries/<int:sequence>/back/", taking_back.take_back, name="take_back"),
    path("dossiers/<str:number>/owner/", cases.owner, name="owner"),
    path("dossiers/<str:number>/notes/", notes.write, name="write_note"),
    path("dossiers/<str:number>/drafts/<int:key>/", cases.take_up, name="take_up"),
    path("cases/", cases.cases, name="cases"),
    path("cases/take/", cases.take, name="take_cases"),
    path("cases/hand-over/", cases.hand_over, name="hand_over"),
    path("handovers/<int:key>/", cases.answer, name="answer_handover"),
    path("papers/", paper_register.register, name="papers"),
    path("dossiers/<str:number>/papers/<int:key>/", papers.file, name="paper"),
    path("dossiers/<str:number>/papers/<int:key>/state/", papers.state, name="paper_state"),
    path("dossiers/<str:number>/papers/<int:key>/service/<int:recipient>/", serving.recipient, name="service"),
    path("dossiers/<str:number>/papers/<int:key>/service/<int:recipient>/ahead/", serving.ahead, name="service_ahead"),
    path("dossiers/<str:number>/papers/<int:key>/proofs/<int:attempt>/", serving.proof, name="proof"),
    path("dossiers/<str:number>/evidence/<int:key>/", evidence.file, name="evidence"),
    path("dossiers/<str:number>/evidence/<int:key>/thumbnail/", evidence.thumbnail, name="evidence_thumbnail"),
    path("drafts/", drafting.draft, name="drafts"),
    path("uploads/", uploads.begin, name="uploads"),
    path("uploads/<str:key>/", uploads.upload, name="upload"),
    path("uploads/<str:key>/row/", uploads.row, name="upload_row"),
    path("uploads/<str:key>/thumbnail/", uploads.thumbnail, name="upload_thumbnail"),
    path("dossiers/<str:number>/case-file/", case_file.case_file, name="case_file"),
    path("dossiers/<str:number>/case-file/prepare/", case_file.prepare, name="case_file_prepare"),
    path("dossiers/<str:number>/case-file/progress/", case_file.progress, name="case_file_progress"),
    path("dossiers/<str:number>/case-file/<str:kind>/", case_file.take, name="case_file_copy"),
    path("dossiers/<str:number>/draw/", planning.draw, name="draw"),
    path("plans/new/", planning.new_plan, name="new_plan"),
    path("tasks/new/", planning.new_task, name="new_task"),
]
