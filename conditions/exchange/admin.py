"""Import and export on the lists of the admin: look at the difference, say why, and only then is anything written."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin

from conditions.exchange.formats import CSV, YAML
from conditions.exchange.forms import FileForm, FormatForm, MeantForm
from conditions.exchange.in_the_page import MOST_IN_THE_PAGE, InThePage
from conditions.exchange.resources import Moved, PartsResource, resource_of
from conditions.files import FilesError

GONE = "The file did not come back as it was looked at, or that was too long ago. Choose it again."
NO_FORMAT = "It cannot be read in this format."


class Exchanged(ImportExportMixin):  # type: ignore[misc]
    """A list whose parts can be taken out as YAML and CSV, and brought in again by curators."""

    formats = [YAML, CSV]
    tmp_storage_class = InThePage
    import_form_class = FileForm
    confirm_form_class = MeantForm
    export_form_class = FormatForm
    import_template_name = "exchange/import.html"
    export_template_name = "exchange/export.html"
    from_encoding = None
    # The history that the database writes says more.
    skip_admin_log = True

    def get_resource_classes(self, request: HttpRequest) -> list[type[PartsResource]]:
        """The resource of this list's parts."""
        return [resource_of(self.model)]

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Whoever may add and change these parts one by one."""
        return bool(self.has_add_permission(request) and self.has_change_permission(request))

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Whoever may read them."""
        return bool(self.has_view_permission(request))

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        """What is wrong with the file, in a sentence."""
        form.add_error("import_file", e.problems if isinstance(e, FilesError) else NO_FORMAT)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form, and after it the difference or all that is wrong."""
        response = super().import_action(request, **kwargs)
        context = getattr(response, "context_data", {})
        self._say_what_is_seen(request, context)
        confirm = context.get("confirm_form")
        if confirm and len(confirm.initial["import_file_name"]) > MOST_IN_THE_PAGE:
            del context["confirm_form"]
            context["refused"] = [
                "It is too large to be looked at before it is written. Import it in pieces."
            ]
        return response  # type: ignore[no-any-return]

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Write what was looked at, or say why not and write nothing."""
        response: HttpResponse = require_POST(self._process_import)(request, **kwargs)
        return response

    def add_success_message(self, result: Any, request: HttpRequest) -> None:
        """How many parts came and changed."""
        new, changed = result.totals["new"], result.totals["update"]
        messages.success(
            request,
            f"Imported into the draft: {new} new, {changed} changed, {result.totals['skip']} as they were.",
        )

    def _process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = self.create_confirm_form(request)
        try:
            data = InThePage(name=request.POST.get("import_file_name", "")).read()
            dataset = self.formats[int(request.POST.get("format", ""))]().create_dataset(data)
        except (BadSignature, FilesError, ValueError, IndexError):
            return self._looked_at(request, {"refused": [GONE]})
        if not form.is_valid():
            result = self._taken(dataset, form, request, dry_run=True)
            return self._looked_at(request, {"result": result, "confirm_form": form})
        result = self._taken(dataset, form, request, dry_run=False, seen=form.cleaned_data["seen"], **kwargs)
        if not result.has_errors() and not result.has_validation_errors():
            done: HttpResponse = self.process_result(result, request)
            return done
        refused = [str(one.error) for one in result.base_errors]
        if any(isinstance(one.error, Moved) for one in result.base_errors):
            result = self._taken(dataset, form, request, dry_run=True)
            again = MeantForm(initial={**form.cleaned_data, "seen": result.seen})
            return self._looked_at(request, {"refused": refused, "result": result, "confirm_form": again})
        return self._looked_at(request, {"result": result})

    def _taken(self, dataset: Any, form: Any, request: HttpRequest, *, dry_run: bool, **kwargs: Any) -> Any:
        resource = resource_of(self.model)()
        return resource.import_data(
            dataset, dry_run=dry_run, rollback_on_validation_errors=True, user=request.user, **kwargs
        )

    def _looked_at(self, request: HttpRequest, more: dict[str, Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Import",
            "form": self.create_import_form_again(request),
            "opts": self.model._meta,
            **more,
        }
        self._say_what_is_seen(request, context)
        status = 409 if context.get("refused") else 200
        return TemplateResponse(request, [self.import_template_name], context, status=status)

    def create_import_form_again(self, request: HttpRequest) -> FileForm:
        """The form for another file, empty."""
        return FileForm(self.get_import_formats(), self.get_import_resource_classes(request))

    def _say_what_is_seen(self, request: HttpRequest, context: dict[str, Any]) -> None:
        sheet = resource_of(self.model).sheet
        context |= {"columns": sheet.columns, "what": self.model._meta.verbose_name_plural}
        result, confirm = context.get("result"), context.get("confirm_form")
        if result is not None:
            context["wrong"] = result.wrong()
            changed = [row for row in result.valid_rows() if row.import_type != "skip"]
            context["changed"], context["unchanged"] = changed, result.totals["skip"]
            if confirm and not changed:
                del context["confirm_form"]
            elif confirm and not confirm.is_bound:
                confirm.initial["seen"] = result.seen
