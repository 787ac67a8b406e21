"""The teaching case that an address names."""

from django.http import Http404

from conditions.models import Release
from conditions.reasoning.knowledge import Case, Knowledge
from conditions.releases import current_release, knowledge_of


def lesson_or_404(slug: str) -> tuple[Release, Knowledge, Case]:
    """The release in use, its knowledge and one of its cases that teach. Raises Http404."""
    release = current_release()
    knowledge = knowledge_of(release.digest)
    case = knowledge.cases.get(slug)
    if case is None or case.lesson is None:
        raise Http404(slug)
    return release, knowledge, case
