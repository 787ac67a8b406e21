"""What the landing page of the admin shows of a curator's work."""

from typing import Any

from django import template
from django.utils import timezone

from conditions.curation.work import work_of

register = template.Library()


@register.inclusion_tag("curation/partials/my_work.html", takes_context=True)
def my_work(context: dict[str, Any]) -> dict[str, Any]:
    """All that waits for the person who is signed in."""
    return {"work": work_of(context["request"].user, timezone.localdate())}
