"""Address of trying the draft."""

from django.urls import path

from . import views

urlpatterns = [path("curation/draft/try/", views.try_draft, name="try_draft")]
