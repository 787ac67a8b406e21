"""Who sees curators' pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

READ = "conditions.view_changeset"
View = Callable[..., HttpResponse]


def curating(view: View) -> View:
    """The view for those who read change sets; others who are signed in are refused, the rest sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(READ):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return login_required(guarded)
