"""Addresses of pasting a laboratory report."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
