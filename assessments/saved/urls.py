"""Addresses of saved assessments."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
