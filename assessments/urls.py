"""Addresses of the assessment pages."""

from django.urls import path

from assessments import views

urlpatterns = [
    path("", views.home, name="home"),
    path("assess/", views.new_assessment, name="new_assessment"),
]
