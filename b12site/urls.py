"""The site's addresses."""

from django.contrib import admin
from django.urls import include, path

from b12site import views

urlpatterns = [
    path("", include("assessments.urls")),
    path("", include("conditions.urls")),
    path("", include("b12site.accounts.urls")),
    path("admin/", admin.site.urls),
    path("favicon.ico", views.favicon, name="favicon"),
    path("livez", views.livez, name="livez"),
    path("healthz", views.healthz, name="healthz"),
    path("health/", views.health, name="health"),
]
