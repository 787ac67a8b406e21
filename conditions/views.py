"""Public pages of what is known: conditions, notes and sources."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from b12site.page_or_part import render_page_or_part
from conditions.library.unknown import not_held
from conditions.models import Notice
from conditions.presenters.notes import note_page, notes_index
from conditions.presenters.onward import onward_from
from conditions.presenters.pages import index_of, page_of, sources_of
from conditions.presenters.release import review_of
from conditions.releases import current_release, knowledge_of


@require_safe
def condition_list(request: HttpRequest) -> HttpResponse:
    """Every condition of the current release, by category."""
    release = current_release()
    categories = index_of(knowledge_of(release.digest))
    return render_page_or_part(
        request, "conditions/list.html", {"categories": categories, "release": release}
    )


@require_safe
def condition_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """All that the current release says of one condition."""
    release = current_release()
    knowledge = knowledge_of(release.digest)
    if slug not in knowledge.conditions:
        return not_held(request, slug, knowledge)
    page, onward = page_of(slug, knowledge), onward_from(slug, knowledge)
    context = {
        "page": page,
        "onward": onward,
        "effects": tuple(zip(page.effects, onward.drawings, strict=True)),
        "release": release,
        "review": review_of(knowledge, timezone.localdate()),
    }
    return render_page_or_part(request, "conditions/detail.html", context)


@require_safe
def note_list(request: HttpRequest) -> HttpResponse:
    """Every note of the current release, by topic."""
    release = current_release()
    topics = notes_index(knowledge_of(release.digest))
    return render_page_or_part(request, "conditions/notes.html", {"topics": topics, "release": release})


@require_safe
def note_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One note, with its drawing or its table."""
    release = current_release()
    knowledge = knowledge_of(release.digest)
    if slug not in knowledge.notes:
        return not_held(request, slug, knowledge)
    context = {"page": note_page(slug, knowledge), "release": release}
    return render_page_or_part(request, "conditions/note.html", context)


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """Every source of the current release, and how far what is taken from it was checked."""
    release = current_release()
    sources = sources_of(knowledge_of(release.digest))
    context = {"sources": sources, "retracted": Notice.objects.retracted(), "release": release}
    return render_page_or_part(request, "conditions/sources.html", context)
