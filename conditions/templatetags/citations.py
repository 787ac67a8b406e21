"""Citations beside statements."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from conditions.presenters.citations import Cited

register = template.Library()


@register.simple_tag
def cite(cited: Cited) -> SafeString:
    """The citation as it stands beside every statement; it says if the statement is past its review date."""
    is_past = bool(cited.review_by) and cited.review_by < timezone.localdate().isoformat()
    return _cite(cited, is_past=is_past)


@lru_cache(maxsize=4096)
def _cite(cited: Cited, *, is_past: bool) -> SafeString:
    """The same few hundred are on all pages."""
    return render_to_string("components/cited.html", {"cited": cited, "is_past": is_past})
