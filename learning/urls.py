"""Addresses of the course, its verbs, and cohorts. The course is answered before Wagtail's tree."""

from django.urls import path

from learning import views

app_name = "learning"
PART = "learning/lessons/<int:lesson_id>/parts/<uuid:part_id>"
urlpatterns = [
    path("course/", views.page, name="course"),
    path("course/<slug:day>/", views.page, name="day"),
    path("course/<slug:day>/<slug:lesson>/", views.page, name="lesson"),
    path(f"{PART}/done/", views.part_done, name="part-done"),
    path(f"{PART}/answer/", views.part_answer, name="part-answer"),
    path(f"{PART}/note/", views.part_note, name="part-note"),
    path(f"{PART}/film/<slug:kind>/", views.part_film, name="part-film"),
    path("learning/cohorts/", views.cohort_list, name="cohort-list"),
    path("learning/cohorts/open/", views.cohort_open, name="cohort-open"),
    path("learning/cohorts/<uuid:pk>/", views.cohort, name="cohort"),
    path("learning/cohorts/<uuid:pk>/join/", views.cohort_join, name="cohort-join"),
    path(
        "learning/cohorts/<uuid:pk>/days/<uuid:day>/members/<uuid:member>/mark/",
        views.attendance_mark,
        name="attendance-mark",
    ),
]
