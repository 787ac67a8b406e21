"""Addresses of the public account that each rule gives of itself."""

from django.urls import path

from conditions.curation import views

urlpatterns = [
    path("rules/<slug:slug>/", views.rule_detail, name="rule_detail"),
    path("recommendations/<slug:slug>/", views.recommendation_detail, name="recommendation_detail"),
]
