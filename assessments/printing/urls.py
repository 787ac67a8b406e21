"""Addresses of what is printed about one patient."""

from django.urls import path

from assessments.printing import views

urlpatterns = [
    path("assess/print/summary/", views.print_summary, name="print_summary"),
    path("assess/print/handout/", views.print_handout, name="print_handout"),
]
