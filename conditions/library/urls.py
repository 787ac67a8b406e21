"""Addresses of the library."""

from django.urls import path

from . import views

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/map/", views.autoimmune_map, name="autoimmune_map"),
    path("library/guidelines/", views.guideline_table, name="guideline_table"),
    path("investigations/", views.investigation_list, name="investigation_list"),
    path("investigations/<slug:slug>/", views.investigation_detail, name="investigation_detail"),
    path("medicines/", views.medicine_list, name="medicine_list"),
    path("medicines/<slug:slug>/", views.medicine_detail, name="medicine_detail"),
    path("findings/", views.finding_list, name="finding_list"),
    path("findings/<slug:slug>/", views.finding_detail, name="finding_detail"),
    path("sources/<slug:slug>/", views.source_detail, name="source_detail"),
]
