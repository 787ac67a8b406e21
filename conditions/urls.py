"""Addresses of the condition pages."""

from django.urls import include, path

from conditions import views

urlpatterns = [
    path("conditions/", views.condition_list, name="condition_list"),
    path("conditions/<slug:slug>/", views.condition_detail, name="condition_detail"),
    path("notes/", views.note_list, name="note_list"),
    path("notes/<slug:slug>/", views.note_detail, name="note_detail"),
    path("sources/", views.source_list, name="source_list"),
    path("", include("conditions.library.urls")),
    path("", include("conditions.printing.urls")),
    path("", include("conditions.governance.urls")),
    path("", include("conditions.curation.urls")),
    path("", include("conditions.curation.desk_urls")),
]
