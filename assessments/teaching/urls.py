"""Addresses of teaching cases."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
