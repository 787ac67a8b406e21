"""Addresses of teaching cases."""

from django.urls import path

from . import printing, views

urlpatterns = [
    path("teach/", views.teaching_list, name="teaching_list"),
    path("teach/pack/", printing.teaching_pack, name="teaching_pack"),
    path("teach/pack/print/", printing.print_pack, name="print_pack"),
    path("teach/pack/slides/", printing.pack_slides, name="pack_slides"),
    path("teach/<slug:slug>/", views.teaching_case, name="teaching_case"),
    path("teach/<slug:slug>/present/", views.teaching_present, name="teaching_present"),
    path("teach/<slug:slug>/print/", printing.print_case, name="print_case"),
]
