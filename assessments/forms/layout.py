"""How the form is put together from steps, groups and questions. The markup is in templates/assessments/form/."""

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout, LayoutObject
from django.template.loader import get_template

from assessments.forms.catalogue import GUIDELINE, STEPS, Offered

if TYPE_CHECKING:
    from assessments.forms.picture import PictureForm


class Question(LayoutObject):  # type: ignore[misc]
    """One finding."""

    def __init__(self, slug: str) -> None:
        self.fields = [slug]

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        field = form[self.fields[0]]
        return get_template(field.field.template).render({"field": field, "value": field.value()})


class Part(LayoutObject):  # type: ignore[misc]
    """Several parts under one template, which is given what stands in ``words``."""

    def __init__(self, *parts: LayoutObject, template: str, **words: Any) -> None:
        self.fields = list(parts)
        self.template = template
        self.words = words

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        inside = self.get_rendered_fields(form, context, template_pack)
        return get_template(self.template).render({"form": form, "inside": inside, **self.words})


FIRST_BLOODS = ("total_b12", "mcv", "haemoglobin")
"""What is typed first on the quick page; the rest follows in the order of the knowledge."""


def layout_of(form: "PictureForm") -> Layout:
    """Step by step and group by group, the questions that are asked."""
    return Layout(*(_step(form, place) for place in range(len(STEPS))))


def _step(form: "PictureForm", place: int) -> Part:
    step = STEPS[place]
    return Part(
        *(_group(form, offered) for offered in form.catalogue.steps[step.slug]),
        template="assessments/form/step.html",
        step=step,
        search=form.search(step) if step.looks_for else None,
        before=STEPS[place - 1] if place else None,
        after=STEPS[place + 1] if place + 1 < len(STEPS) else None,
    )


def _group(form: "PictureForm", offered: Offered) -> Part:
    asked = [f for f in offered.findings if f.slug in form.fields]
    return Part(
        *(Question(finding.slug) for finding in asked),
        template="assessments/form/group.html",
        group=offered.group,
        others=[f for f in offered.findings if f.slug not in form.fields],
    )


def quick_layout_of(form: "PictureForm") -> Layout:
    """Everything on one screen: the patient, the bloods, a search with what was added by it, what is often asked."""
    everyone = [f for f in form.catalogue.findings.values() if f.asked == "everyone"]
    step_of = form.catalogue.step_of
    read_by = [f.slug for f in everyone if f.slug == GUIDELINE]
    patient = [f.slug for f in everyone if step_of[f.slug] == "patient" and f.slug not in read_by]
    bloods = [f.slug for f in everyone if step_of[f.slug] == "laboratory"]
    first = [slug for slug in FIRST_BLOODS if slug in bloods]
    often = [f.slug for f in everyone if step_of[f.slug] in ("symptoms", "history")]
    added = [f.slug for f in form.catalogue.findings.values() if f.slug in form.picked]
    return Layout(
        _block(patient, "patient"),
        _block([*first, *(slug for slug in bloods if slug not in first), *read_by], "bloods"),
        _block(added, "found", search=form.searched_anywhere),
        _block(
            often,
            "often",
            groups=[
                o.group
                for groups in form.catalogue.steps.values()
                for o in groups
                if o.group.none_of_the_others
            ],
        ),
    )


def _block(slugs: list[str], name: str, **words: Any) -> Part:
    return Part(*(Question(slug) for slug in slugs), template=f"assessments/form/quick_{name}.html", **words)
