"""Units as reports print them, in the admin."""

from django.contrib import admin

from conditions.models import UnitAlias

from .base import KnowledgeAdmin


@admin.register(UnitAlias)
class UnitAliasAdmin(KnowledgeAdmin):
    """What reports print for units."""

    list_display = ["text", "code"]
    list_filter = ["code"]
    search_fields = ["text", "code"]
