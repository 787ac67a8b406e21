"""What a learner commits to before the answer is shown."""

from collections.abc import Mapping
from typing import Any

from django import forms

from conditions.presenters.pages import category_words
from conditions.reasoning.knowledge import Knowledge

UNSURE = "unsure"
CAUSES = ("cause_1", "cause_2", "cause_3")


class CommitForm(forms.Form):
    """The learner's own reading: one state, up to three causes, one next test. Nothing of it is kept."""

    state = forms.ChoiceField(
        label="What do the results say of B12?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the results say of B12; “I cannot tell” is a choice."},
    )
    cause_1 = forms.ChoiceField(label="Likeliest cause", required=False)
    cause_2 = forms.ChoiceField(label="Second cause", required=False)
    cause_3 = forms.ChoiceField(label="Third cause", required=False)
    test = forms.ChoiceField(label="Which test would help most?", required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, knowledge: Knowledge) -> None:
        super().__init__(data, label_suffix="")
        fields: Any = self.fields
        states = [(slug, knowledge.conditions[slug].name) for slug in knowledge.b12_states]
        fields["state"].choices = [*states, (UNSURE, "I cannot tell from this")]
        causes = _causes(knowledge)
        for name in CAUSES:
            fields[name].choices = [("", "None"), *causes]
        tests = sorted((one.name, slug) for slug, one in knowledge.investigations.items())
        fields["test"].choices = [("", "None"), *[(slug, name) for name, slug in tests]]

    @property
    def causes(self) -> tuple[str, ...]:
        """The causes named, each once, in order. Only of a valid form."""
        return tuple(dict.fromkeys(self.cleaned_data[name] for name in CAUSES if self.cleaned_data[name]))


def _causes(knowledge: Knowledge) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every cause by category."""
    found: dict[str, list[tuple[str, str]]] = {}
    for slug, condition in knowledge.conditions.items():
        if slug not in knowledge.b12_states:
            found.setdefault(category_words(condition.category), []).append((slug, condition.name))
    return [(label, sorted(members, key=lambda one: one[1])) for label, members in sorted(found.items())]
