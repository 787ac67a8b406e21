"""Addresses of curators' work."""

from django.urls import path

from . import views

urlpatterns = [
    path("curation/draft/", views.draft, name="draft"),
    path("curation/draft/impact/", views.draft_impact, name="draft_impact"),
    path("curation/draft/problems/", views.draft_problems, name="draft_problems"),
    path("curation/change-sets/", views.change_set_list, name="change_set_list"),
    path("curation/change-sets/<int:pk>/", views.change_set, name="change_set"),
    path("curation/change-sets/<int:pk>/impact/", views.change_set_impact, name="change_set_impact"),
    path("curation/change-sets/<int:pk>/<slug:what>/", views.decide, name="decide_change_set"),
    path("curation/releases/<str:version>/back/", views.roll_back, name="roll_back"),
    path("curation/history/<slug:section>/<str:slug>/", views.row_history, name="row_history"),
    path("curation/criterion/", views.check_criterion, name="check_criterion"),
]
