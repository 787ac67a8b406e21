"""Who made the rules, in the admin."""

from django.contrib import admin

from conditions.models import Developer

from .base import KnowledgeAdmin


@admin.register(Developer)
class DeveloperAdmin(KnowledgeAdmin):
    """Who made rules, and who paid for it."""

    list_display = ["slug", "name", "funding", "usual"]
    list_filter = ["usual"]
    search_fields = ["slug", "name"]
    fields = ["slug", "name", "funding", "usual"]
