"""Addresses of saved assessments."""

from django.urls import path

from . import views

urlpatterns = [
    path("assessments/", views.saved_list, name="saved_list"),
    path("assessments/save/", views.save_assessment, name="save_assessment"),
    path("assessments/signed-in/", views.signed_in_to_save, name="signed_in_to_save"),
    path("assessments/<uuid:pk>/", views.saved_assessment, name="saved_assessment"),
    path("assessments/<uuid:pk>/<int:number>/", views.saved_assessment, name="saved_version"),
    path("assessments/<uuid:pk>/<int:number>/replay/", views.replay_assessment, name="replay_assessment"),
    path("assessments/<uuid:pk>/add/", views.add_to_assessment, name="add_to_assessment"),
    path("assessments/<uuid:pk>/delete/", views.delete_saved_assessment, name="delete_saved_assessment"),
]
