"""The public page of one rule or recommendation: what it says, and the thirteen things it gives account of."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from b12site.page_or_part import render_page_or_part
from conditions.curation.dates import dates_of_rules
from conditions.library.unknown import not_held
from conditions.models import Release
from conditions.presenters.attributes import account_of
from conditions.reasoning.knowledge import Recommendation, Rule
from conditions.releases import current_release, knowledge_of


@require_safe
def rule_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a rule says, for whom, whose it is, and what it uses."""
    release = current_release()
    return _account(request, slug, knowledge_of(release.digest).rules, release)


@require_safe
def recommendation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The same of a recommendation."""
    release = current_release()
    return _account(request, slug, knowledge_of(release.digest).recommendations, release)


def _account(
    request: HttpRequest, slug: str, among: Mapping[str, Rule | Recommendation], release: Release
) -> HttpResponse:
    knowledge = knowledge_of(release.digest)
    if slug not in among:
        return not_held(request, slug, knowledge)
    account = account_of(among[slug], knowledge, dates_of_rules(release))
    return render_page_or_part(request, "conditions/rule.html", {"account": account, "release": release})
