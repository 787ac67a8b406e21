"""Addresses of what the public may check: releases, what is unverified, hazards."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
