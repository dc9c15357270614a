"""Where films come in."""

from django.urls import path

from footage import views

app_name = "footage"
urlpatterns = [
    path("uploads/", views.uploads, name="uploads"),
    path("uploads/<uuid:pk>/", views.upload, name="upload"),
    path("uploads/<uuid:pk>/digest/", views.digest, name="digest"),
]
