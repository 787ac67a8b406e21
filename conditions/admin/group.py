"""Parts of the form, in the admin."""

from django.contrib import admin

from conditions.models import Group

from .base import KnowledgeAdmin


@admin.register(Group)
class GroupAdmin(KnowledgeAdmin):
    """Findings that the form asks together."""

    list_display = ["slug", "label", "step", "none_of_the_others", "order"]
    list_filter = ["step"]
    search_fields = ["slug", "label"]
    fields = ["slug", "label", ("step", "order"), "none_of_the_others"]
