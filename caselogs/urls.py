"""Addresses of the case log."""

from django.urls import path

from caselogs.views import cases, consents, cycles, goals, numbers, time

app_name = "caselogs"
urlpatterns = [
    path("", cases.case_list, name="case-list"),
    path("new/", cases.case_open, name="case-open"),
    path("time/", time.time_log, name="time-log"),
    path("numbers/", numbers.service_numbers, name="service-numbers"),
    path("numbers/<uuid:pk>/", numbers.service_numbers, name="service-numbers-of"),
    path("cycles/<uuid:pk>/", cycles.cycle, name="cycle"),
    path("cycles/<uuid:pk>/review/", cycles.cycle_complete, name="cycle-complete"),
    path("cycles/<uuid:pk>/correct/", cycles.cycle_correct, name="cycle-correct"),
    path("goals/<uuid:pk>/rate/", goals.goal_rate, name="goal-rate"),
    path("<uuid:pk>/", cases.case, name="case"),
    path("<uuid:pk>/correct/", cases.case_correct, name="case-correct"),
    path("<uuid:pk>/approach/", cases.case_approach, name="case-approach"),
    path("<uuid:pk>/accept/", cases.case_accept, name="case-accept"),
    path("<uuid:pk>/close/", cases.case_close, name="case-close"),
    path("<uuid:pk>/reopen/", cases.case_reopen, name="case-reopen"),
    path("<uuid:pk>/consent/", consents.consent_record, name="consent-record"),
    path("<uuid:pk>/goals/new/", goals.goal_set, name="goal-set"),
    path("<uuid:pk>/cycles/new/", cycles.cycle_log, name="cycle-log"),
]
