"""Addresses of the people room."""

from django.urls import path

from people import views

app_name = "people"
urlpatterns = [
    path("second-factor/", views.second_factor, name="second-factor"),
    path("account/", views.profile, name="profile"),
    path("drafts/keep/", views.draft_keep, name="draft-keep"),
    path("organisations/<uuid:pk>/", views.organisation, name="organisation"),
    path("roles/<uuid:pk>/end/", views.role_end, name="role-end"),
    path("groups/", views.group_list, name="group-list"),
    path("groups/new/", views.group_begin, name="group-begin"),
    path("groups/<uuid:pk>/", views.group, name="group"),
    path("groups/<uuid:pk>/join/", views.group_join, name="group-join"),
    path("groups/<uuid:pk>/end/", views.group_end, name="group-end"),
    path("groups/members/<uuid:pk>/leave/", views.group_leave, name="group-leave"),
    path("<uuid:pk>/suspend/", views.person_suspend, name="person-suspend"),
    path("<uuid:pk>/reinstate/", views.person_reinstate, name="person-reinstate"),
]
