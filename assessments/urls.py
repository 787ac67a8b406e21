"""Addresses of the assessment pages."""

from django.urls import include, path

from assessments import views

urlpatterns = [
    path("", views.home, name="home"),
    path("assess/", views.new_assessment, name="new_assessment"),
    path("assess/quick/", views.quick_assessment, name="quick_assessment"),
    path("", include("assessments.pasting.urls")),
    path("", include("assessments.saved.urls")),
    path("", include("assessments.teaching.urls")),
    path("", include("assessments.printing.urls")),
    path("", include("assessments.trying.urls")),
]
