"""One address serves a page and the part of it that htmx swaps. Only here is ``request.htmx`` read."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers, patch_vary_headers


def template_of(request: HttpRequest, template: str, part: str | None) -> str:
    """The name of the template, or of its named part if that is all htmx wants."""
    htmx = getattr(request, "htmx", None)
    wants_part = htmx and not htmx.boosted and not htmx.history_restore_request
    return f"{template}#{part}" if part and wants_part else template


def render_page_or_part(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str | None = None,
    status: int = 200,
    no_store: bool = False,
) -> HttpResponse:
    """The whole page, or for htmx the template's partial named ``part``.

    ``no_store`` forbids every cache to keep the answer: for pages that say something of a patient.
    """
    name = template_of(request, template, part)
    return as_page_or_part(render_to_string(name, dict(context or {}), request), status, no_store=no_store)


def lead_to(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, the whole of it also where htmx asked for a part."""
    if getattr(request, "htmx", None):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def as_page_or_part(content: str, status: int, *, no_store: bool) -> HttpResponse:
    """A response that caches keep apart by what was asked for."""
    response = HttpResponse(content, status=status)
    patch_vary_headers(response, ["HX-Request"])
    if no_store:
        add_never_cache_headers(response)
    return response
