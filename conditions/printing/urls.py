"""Addresses of the sheets of what is known."""

from django.urls import path

from conditions.printing import views

urlpatterns = [
    path("conditions/<slug:slug>/print/", views.print_condition, name="print_condition"),
]
