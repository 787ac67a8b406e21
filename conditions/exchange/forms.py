"""The forms around an import and an export."""

from pathlib import PurePath
from typing import Any

from django import forms
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm

from conditions.curation.history import REASON
from conditions.exchange.in_the_page import MOST_BYTES

BY_NAME = "by the file's name"
ENDINGS = {".yaml": "YAML", ".yml": "YAML", ".csv": "CSV"}


class FileForm(ImportForm):  # type: ignore[misc]
    """Which file, and in which format."""

    def __init__(self, formats: list[Any], resources: list[Any], **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        self.titles = [made().get_title() for made in formats]
        choices = [(str(place), title) for place, title in enumerate(self.titles)]
        self.fields["format"] = forms.ChoiceField(
            choices=[("", BY_NAME), *choices],
            required=False,
            label="Format",
            help_text="YAML as in the shipped files; CSV as an export here writes it.",
        )
        file = self.fields["import_file"]
        file.label = "File"
        file.widget.attrs.pop("class", None)
        file.help_text = f"In UTF-8, of at most {MOST_BYTES // 1_000_000} MB."

    @property
    def media(self) -> forms.Media:
        """No script: the server reads the format off the name."""
        return forms.Form.media.fget(self)  # type: ignore[attr-defined, no-any-return]

    def clean_import_file(self) -> Any:
        """A file of a size that can be looked at."""
        file = self.cleaned_data["import_file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                f"It has more than {MOST_BYTES // 1_000_000} MB. Import it in pieces."
            )
        return file

    def clean(self) -> dict[str, Any]:
        """With the format that the name tells, if none was chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("import_file")
        if file and not cleaned.get("format"):
            title = ENDINGS.get(PurePath(file.name).suffix.lower())
            if title is None:
                self.add_error("format", "The name ends in neither .yaml nor .csv: choose the format.")
            else:
                cleaned["format"] = str(self.titles.index(title))
        return cleaned


class MeantForm(ConfirmImportForm):  # type: ignore[misc]
    """The file again, the difference that was looked at, and why."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[REASON] = forms.CharField(
            label="Why (kept in the history of every part it changes)",
            max_length=500,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )


class FormatForm(ExportForm):  # type: ignore[misc]
    """In which format."""

    def __init__(self, formats: list[Any], resources: list[Any], **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        choices = [(str(place), made().get_title()) for place, made in enumerate(formats)]
        self.fields["format"] = forms.ChoiceField(
            choices=choices,
            initial="0",
            label="Format",
            widget=forms.RadioSelect,
            help_text="YAML carries whole parts as the shipped files do; CSV is for spreadsheets.",
        )
