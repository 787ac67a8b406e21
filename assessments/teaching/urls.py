"""Addresses of teaching cases."""

from django.urls import path

from . import views

urlpatterns = [
    path("teach/", views.teaching_list, name="teaching_list"),
    path("teach/<slug:slug>/", views.teaching_case, name="teaching_case"),
    path("teach/<slug:slug>/present/", views.teaching_present, name="teaching_present"),
]
