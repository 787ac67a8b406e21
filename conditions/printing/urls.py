"""Addresses of the sheets of what is known."""

from django.urls import path

from conditions.printing import views

urlpatterns = [
    path("print/", views.print_set, name="print_set"),
    path("print/limits/", views.print_thresholds, name="print_thresholds"),
    path("print/worksheet/", views.print_worksheet, name="print_worksheet"),
    path("investigations/<slug:slug>/print/", views.print_investigation, name="print_investigation"),
    path("conditions/<slug:slug>/print/", views.print_condition, name="print_condition"),
]
