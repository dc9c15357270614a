"""Addresses of the messages."""

from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="notice-list"),
    path("<uuid:pk>/open/", views.notice_open, name="notice-open"),
]
