"""Addresses of the people room."""

from django.urls import path

from people import views

app_name = "people"
urlpatterns = [
    path("second-factor/", views.second_factor, name="second-factor"),
    path("drafts/keep/", views.draft_keep, name="draft-keep"),
]
