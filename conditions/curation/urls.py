"""Addresses of curators' work."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
