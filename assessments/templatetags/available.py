"""What the reader said cannot be had where they work, as it was sent with the form."""

from django import template
from django.template import Context

from assessments.advice import not_available_in

register = template.Library()


@register.simple_tag(takes_context=True)
def not_available(context: Context) -> tuple[str, ...]:
    """The investigations marked as not available, by their slugs."""
    return not_available_in(context["request"].POST, context["form"].knowledge)
