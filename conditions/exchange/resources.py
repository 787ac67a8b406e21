"""Import and export of the parts of one section, in the steps of django-import-export, over the document of the rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.db.models import ProtectedError, QuerySet
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import Result

from conditions.curation.differences import Difference, differences_of
from conditions.exchange.cells import Cells
from conditions.exchange.checking import check, new_problems, said_by_the_database, tidy
from conditions.exchange.drawing import Drawn
from conditions.exchange.formats import Parts
from conditions.exchange.sheets import Sheet, sheet_of
from conditions.reasoning.document import KnowledgeError, canonical
from conditions.releases import PUBLISHING
from conditions.schema import AnyModel
from conditions.workspace import document_of_rows, replace_rows

MOST_IN_WORDS = 100


class NotImported(Exception):  # noqa: N818 - it says what happened
    """The import as a whole was refused, in a sentence."""


class Moved(NotImported):
    """The difference is no longer the one that was looked at."""


@dataclass
class PartInstance:
    """A part on its way in."""

    slug: str
    part: dict[str, Any]

    @property
    def pk(self) -> str:
        """What it is known by."""
        return self.slug

    def __str__(self) -> str:
        return self.slug


class PartsResult(Result):  # type: ignore[misc]
    """What came of an import: ``differences`` in clinical words, ``seen`` stands for all that it would change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines: dict[int, tuple[int, str]] = {}
        self.differences: tuple[Difference, ...] = ()
        self.seen = ""

    def wrong(self) -> list[tuple[int, str, str, str]]:
        """All that is wrong: line, part, field and a sentence, in the order of the file."""
        found = []
        for row in self.invalid_rows:
            line, slug = self.lines[row.number]
            for field, said in row.error_dict.items():
                found += [(line, slug, "" if field == "__all__" else field, sentence) for sentence in said]
        for row in self.error_rows:
            line, slug = self.lines[row.number]
            found += [(line, slug, "", f"It cannot be read: {error.error}") for error in row.errors]
        return sorted(found, key=lambda one: one[0])


class PartsResource(Resource):  # type: ignore[misc]
    """The parts of one sheet. An import adds and changes parts; it never removes one."""

    sheet: Sheet
    slug = Field(column_name="slug")

    class Meta:
        import_id_fields = ("slug",)
        use_transactions = True
        skip_unchanged = True
        using_db = "default"
        instance_loader_class = BaseInstanceLoader

    def __init__(self, **kwargs: Any) -> None:
        super().__init__()
        self.before: Mapping[str, Any] = {}
        self.document: dict[str, Any] = {}
        self.done: set[tuple[str, str]] = set()
        self.changed: dict[str, int] = {}

    @classmethod
    def get_display_name(cls) -> str:
        """What is exchanged."""
        return str(cls.sheet.model._meta.verbose_name_plural)

    @classmethod
    def get_result_class(cls) -> type[PartsResult]:
        """With lines and words."""
        return PartsResult

    @classmethod
    def get_diff_class(cls) -> type[Drawn]:
        """Drawn by our own template."""
        return Drawn

    # Out

    def export(self, queryset: QuerySet[Any] | None = None, **_kwargs: Any) -> Parts:
        """The parts of these rows, whole, in the order of the document."""
        if queryset is None:
            queryset = self.sheet.model._default_manager.all()
        key = "finding_id" if self.sheet.key == "finding" else "pk"
        slugs = set(queryset.values_list(key, flat=True))
        document, parts = document_of_rows(), Parts(self.sheet)
        for slug in document.get(self.sheet.section, {}):
            if slug in slugs:
                parts.append((slug, self.sheet.whole(document, slug)))
        return parts

    # In

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Read what the rows say now; nobody edits them from here to the end of an import that is meant."""
        if not kwargs.get("dry_run"):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING])
        self.before = document_of_rows()
        self.document = {
            key: dict(parts) if isinstance(parts, Mapping) else parts for key, parts in self.before.items()
        }
        columns = {name for given in dataset["given"] if _is_row(given) for name in given}
        if strangers := sorted(columns - {*self.sheet.columns}):
            raise NotImported(
                f"There is no column called {', '.join(strangers)}. There are: {', '.join(self.sheet.columns)}."
            )

    def get_or_init_instance(self, _loader: Any, row: Mapping[str, Any]) -> tuple[PartInstance, bool]:
        """The part as it is now, what earlier lines made of it included; empty if it is new."""
        part = self.sheet.whole(self.document, row["slug"])
        return PartInstance(row["slug"], part or {}), part is None

    def import_instance(self, instance: PartInstance, row: Mapping[str, Any], **_kwargs: Any) -> None:
        """Raises ValidationError with a sentence for each field."""
        given, sheet = row["given"], self.sheet
        this = (instance.slug, sheet.same(given))
        if this in self.done:
            raise ValidationError({sheet.key: "It stands in the file twice."})
        self.done.add(this)
        made = (sheet.from_row if _is_row(given) else sheet.from_yaml)(instance.part, given)
        before, instance.part = instance.part, tidy(sheet, instance.slug, made)
        # What stays as it is may have been there before the models refused its like.
        if instance.part != before:
            check(sheet, instance.slug, instance.part)

    def skip_row(self, instance: PartInstance, original: PartInstance, _row: Any, errors: Any = None) -> bool:
        """Whether nothing changes."""
        return not errors and instance.part == original.part and bool(original.part)

    def validate_instance(self, _instance: PartInstance, errors: Any = None, **_kwargs: Any) -> None:
        """Raises what was found wrong."""
        if errors:
            raise ValidationError(errors)

    def save_instance(self, instance: PartInstance, _is_create: bool, _row: Any, **kwargs: Any) -> None:
        """Put it into the document that the rows will make."""
        self.sheet.keep(self.document, instance.slug, instance.part)
        self.changed[instance.slug] = kwargs["row_number"]

    def save_m2m(self, _instance: PartInstance, _row: Any, **_kwargs: Any) -> None:
        """Lists of names are in the part."""

    def after_import(self, dataset: Any, result: PartsResult, **kwargs: Any) -> None:
        """Check the knowledge as a whole, and write it. Raises NotImported."""
        numbered = list(enumerate(zip(dataset["line"], dataset["slug"], strict=True), 1))
        result.lines = dict(numbered)
        if not self.changed:
            return
        of_parts, rest = new_problems(self.sheet, self.changed, self.before, self.document)
        refused = {result.lines[row.number][1] for row in result.invalid_rows}
        for slug, errors in of_parts.items():
            if not _only_echoes(errors, refused):
                result.append_invalid_row(self.changed[slug], {}, ValidationError(errors))
        if rest := [problem for problem in rest if not any(slug in problem for slug in refused)]:
            raise NotImported(" ".join(rest))
        if result.has_errors() or result.has_validation_errors():
            return
        result.seen = self._seen()
        if (seen := kwargs.get("seen")) is not None and seen != result.seen:
            raise Moved(
                "The draft was edited since you looked at the difference. This is the difference now."
            )
        if len(self.changed) <= MOST_IN_WORDS:
            result.differences = differences_of(self.before, self.document, {})
        self._write()

    def _seen(self) -> str:
        """Stands for each part that changes, as it was and as it becomes."""
        pairs = [
            (slug, self.sheet.whole(self.before, slug), self.sheet.whole(self.document, slug))
            for slug in sorted(self.changed)
        ]
        return sha256(canonical({"pairs": pairs}).encode()).hexdigest()

    def _write(self) -> None:
        try:
            replace_rows(self.document)
        except KnowledgeError as error:
            raise NotImported(" ".join(error.problems)) from error
        except ProtectedError as error:
            raise NotImported(str(error.args[0])) from error
        except IntegrityError as error:
            raise NotImported(said_by_the_database(error)) from error


def _is_row(given: Any) -> bool:
    """Whether it is a line of a CSV: cells by column."""
    return isinstance(given, Cells)


def _only_echoes(errors: Mapping[str, list[str]], refused: set[str]) -> bool:
    """Whether all that is said is that a part is missing which was itself refused."""
    return bool(refused) and all(
        any(slug in sentence for slug in refused) for said in errors.values() for sentence in said
    )


def resource_of(model: AnyModel) -> type[PartsResource]:
    """The resource of a model's parts. Raises KeyError for a model without a sheet."""
    sheet = sheet_of(model)
    return type(f"{model.__name__}Resource", (PartsResource,), {"sheet": sheet, "__module__": __name__})
