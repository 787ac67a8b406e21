"""Citations beside statements."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from conditions.presenters.citations import Cited

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=4096)
def cite(cited: Cited) -> SafeString:
    """The citation as it stands beside every statement; the same few hundred are on all pages."""
    return render_to_string("components/cited.html", {"cited": cited})
