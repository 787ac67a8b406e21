"""Addresses of the condition pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
