"""Addresses of pasting a laboratory report."""

from django.urls import path

from assessments.pasting import views

urlpatterns = [path("assess/paste/", views.paste_report, name="paste_report")]
