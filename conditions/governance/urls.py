"""Addresses of what the public may check: releases, what is unverified, hazards."""

from django.urls import path

from . import views

urlpatterns = [
    path("about/", views.about, name="about"),
    path("about/releases/", views.release_list, name="release_list"),
    path("about/releases/<str:version>/", views.release_detail, name="release_detail"),
    path("about/unverified/", views.unverified, name="unverified"),
    path("about/safety/", views.hazard_log, name="hazard_log"),
]
