"""Addresses of curators' own pages."""

from django.urls import path

from conditions.curation import pages

urlpatterns = [
    path("curation/draft/", pages.draft, name="draft"),
    path("curation/draft/impact/", pages.draft_impact, name="draft_impact"),
    path("curation/draft/problems/", pages.draft_problems, name="draft_problems"),
    path("curation/change-sets/", pages.change_set_list, name="change_set_list"),
    path("curation/change-sets/<int:pk>/", pages.change_set, name="change_set"),
    path("curation/change-sets/<int:pk>/impact/", pages.change_set_impact, name="change_set_impact"),
    path("curation/change-sets/<int:pk>/<slug:what>/", pages.decide, name="decide_change_set"),
    path("curation/releases/<str:version>/back/", pages.roll_back, name="roll_back"),
    path("curation/history/<slug:section>/<path:slug>/", pages.row_history, name="row_history"),
    path("curation/criterion/", pages.check_criterion, name="check_criterion"),
]
