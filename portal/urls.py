"""Addresses of the portal."""

from django.urls import path

from portal import views

app_name = "portal"
urlpatterns = [
    path("road/", views.front, name="front"),
    path("house/health/", views.health, name="health"),
    path("house/health/try-again/", views.health_again, name="health-again"),
    path("demo/", views.demo, name="demo"),
    path("demo/<uuid:pk>/look-around/", views.look_around, name="look-around"),
]
