"""Addresses of the print set."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
