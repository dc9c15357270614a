"""Addresses of supervised practice, and the public ones for certificates and the register."""

from django.urls import path

from accreditation.views import awards, desks, enrolments, invitations, meetings, pathways, public
from accreditation.views import sessions as held

app_name = "accreditation"
urlpatterns = [
    path("practice/", enrolments.practice, name="practice"),
    path("practice/desk/", desks.desk, name="desk"),
    path("practice/body/", desks.body_desk, name="body-desk"),
    path("practice/enrolments/<uuid:pk>/", enrolments.enrolment, name="enrolment"),
    path(
        "practice/stages/<uuid:pk>/requirements/<uuid:requirement_id>/",
        enrolments.requirement,
        name="requirement",
    ),
    path(
        "practice/stages/<uuid:pk>/reflection/",
        enrolments.reflection_share,
        name="reflection-share",
    ),
    path("practice/stages/<uuid:pk>/meeting/", meetings.meeting_plan, name="meeting-plan"),
    path("practice/sessions/", held.session_list, name="session-list"),
    path("practice/sessions/log/", held.session_log, name="session-log"),
    path("practice/sessions/<uuid:pk>/", held.session, name="session"),
    path("practice/sessions/<uuid:pk>/confirm/", held.session_confirm, name="session-confirm"),
    path("practice/sessions/<uuid:pk>/dispute/", held.session_dispute, name="session-dispute"),
    path("practice/sessions/<uuid:pk>/correct/", held.session_correct, name="session-correct"),
    path("practice/sessions/<uuid:pk>/withdraw/", held.session_withdraw, name="session-withdraw"),
    path("practice/meetings/", meetings.meeting_list, name="meeting-list"),
    path("practice/meetings/<uuid:pk>/", meetings.meeting, name="meeting"),
    path("practice/meetings/<uuid:pk>/decide/", meetings.meeting_decide, name="meeting-decide"),
    path("practice/meetings/<uuid:pk>/clips/", meetings.meeting_clips, name="meeting-clips"),
    path("practice/meetings/<uuid:pk>/cancel/", meetings.meeting_cancel, name="meeting-cancel"),
    path("practice/invitations/new/", invitations.invitation_new, name="invitation-new"),
    path(
        "practice/invitations/<uuid:pk>/withdraw/",
        invitations.invitation_withdraw,
        name="invitation-withdraw",
    ),
    path("practice/welcome/<str:token>/", invitations.welcome, name="welcome"),
    path("practice/certificates/", awards.certificate_list, name="certificate-list"),
    path("practice/certificates/<uuid:pk>/", awards.certificate, name="certificate"),
    path("practice/certificates/<uuid:pk>/pdf/", awards.certificate_pdf, name="certificate-pdf"),
    path(
        "practice/certificates/<uuid:pk>/revoke/",
        awards.certificate_revoke,
        name="certificate-revoke",
    ),
    path("practice/certificates/<uuid:pk>/join/", awards.register_join, name="register-join"),
    path("practice/certificates/<uuid:pk>/leave/", awards.register_leave, name="register-leave"),
    path(
        "practice/decisions/<uuid:pk>/certificate/",
        awards.certificate_issue,
        name="certificate-issue",
    ),
    path("practice/pathways/", pathways.pathway_list, name="pathway-list"),
    path("practice/pathways/<uuid:pk>/", pathways.pathway, name="pathway"),
    path("practice/pathways/<uuid:pk>/copy/", pathways.pathway_copy, name="pathway-copy"),
    path("practice/pathways/<uuid:pk>/retire/", pathways.pathway_retire, name="pathway-retire"),
    path("practice/stages/<uuid:pk>/change/", pathways.stage_change, name="stage-change"),
    path(
        "practice/requirements/<uuid:pk>/change/",
        pathways.requirement_change,
        name="requirement-change",
    ),
    path("verify/", public.verify_ask, name="verify-ask"),
    path("verify/<str:number>/", public.verify, name="verify"),
    path("register/", public.register, name="register"),
]
