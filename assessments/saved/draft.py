"""What was posted to be saved: read as the form reads it, and shown once more before it is kept."""

from dataclasses import dataclass
from functools import cached_property
from uuid import uuid4

from django.contrib.auth.models import User
from django.utils.datastructures import MultiValueDict

from assessments.forms import PictureForm
from assessments.models import Assessment, Version
from conditions.models import Release
from conditions.presenters.words import amount_words, number
from conditions.reasoning.knowledge import Knowledge

from .changes import Change, Saying, told
from .forms import SavingForm, uuid_or_none
from .keeping import NotThere, Overtaken, save_new, save_next
from .pictures import AGE, in_whole_years, told_fields
from .presenters import saying_of
from .words import Said, said_of


@dataclass
class Draft:
    """A picture on its way to be saved by ``owner``; nothing of it is kept before ``save``."""

    data: MultiValueDict[str, str]
    owner: User
    release: Release
    knowledge: Knowledge
    overtaken: bool = False
    deleted: bool = False
    key_is_taken: bool = False

    @cached_property
    def form(self) -> PictureForm:
        return PictureForm(self.data, knowledge=self.knowledge)

    @cached_property
    def said(self) -> Said | None:
        """What would be kept; nothing where the form has problems or tells nothing."""
        if not self.form.is_valid() or self.form.tells_nothing:
            return None
        picture = in_whole_years(self.form.picture(), self.knowledge)
        return said_of(picture, self.release, self.knowledge)

    @property
    def age_was(self) -> str:
        """The age as it was told, where it is kept in fewer words."""
        age = self.form.picture().measured.get(AGE) if self.said else None
        if age is None or self.said is None or age == self.said.interpretation.picture.measured[AGE]:
            return ""
        return amount_words(f"{age.comparator}{number(age.value)}", age.unit)

    @cached_property
    def adds_to(self) -> Assessment | None:
        """The assessment of which this would be the next version; nothing for a new one, or if it is gone."""
        named = uuid_or_none(self.data.get("saved", ""))
        return Assessment.objects.owned_by(self.owner).filter(pk=named).first() if named else None

    @cached_property
    def newest(self) -> Version | None:
        """The newest version of that assessment."""
        return self.adds_to.versions.with_release().first() if self.adds_to else None

    @cached_property
    def differences(self) -> tuple[Change, ...]:
        """What is told otherwise than in the newest version."""
        if self.newest is None or self.said is None:
            return ()
        mine = Saying(self.said.picture, {}, self.knowledge)
        return tuple(told(saying_of(self.newest), mine))

    @cached_property
    def already(self) -> Version | None:
        """The newest version of another assessment of the owner in which just the same is told."""
        if self.said is None or self.adds_to is not None:
            return None
        own = Version.objects.newest().filter(assessment__owner=self.owner).select_related("assessment")
        return own.filter(picture=self.said.picture).first()

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What was told of the patient, to be carried to the next page."""
        return [field for field in told_fields(self.data) if field[0] not in SavingForm.OWN]

    @cached_property
    def asked(self) -> SavingForm:
        """The reference as it was sent, to be checked."""
        return SavingForm(self.data)

    @property
    def shown(self) -> dict[str, str]:
        """What the page's own fields hold."""
        version = str(self.adds_to.version) if self.adds_to else ""
        sent = "save" in self.data
        fresh = {
            "reference": self.data.get("reference", "") or (self.adds_to.reference if self.adds_to else ""),
            "key": self.data.get("key", "") if sent and not self._is_new else str(uuid4()),
            "digest": self.release.digest,
            "saved": str(self.adds_to.pk) if self.adds_to else "",
            "saved_version": version,
        }
        return {name: value for name, value in fresh.items() if value or name == "reference"}

    @property
    def _is_new(self) -> bool:
        """Whether the page is another one than was sent: what is sent from it is not the same again."""
        return self.overtaken or self.deleted or self.key_is_taken or "key" in self.asked.errors

    @property
    def problems(self) -> list[str]:
        """What is wrong with the reference, once something was sent."""
        return [str(said) for said in self.asked.errors.get("reference", [])] if "save" in self.data else []

    @property
    def release_changed(self) -> bool:
        """Whether another release was published since the page was made that was sent."""
        return "save" in self.data and self.data.get("digest") != self.release.digest

    @property
    def is_ready(self) -> bool:
        """Whether it was looked over, and can be kept as it was shown."""
        return (
            "save" in self.data
            and self.said is not None
            and self.asked.is_valid()
            and not self.release_changed
        )

    def look(self) -> bool:
        """Whether what this adds to is as it was when this was begun; otherwise the page says what became of it."""
        named = bool(self.data.get("saved"))
        self.deleted = named and self.adds_to is None
        told_version = self.data.get("saved_version", "")
        self.overtaken = self.adds_to is not None and told_version != str(self.adds_to.version)
        return not (self.deleted or self.overtaken or self.key_is_taken)

    def save(self) -> Assessment | None:
        """The saved assessment; nothing where another version came first or it was deleted, which the page then says."""
        assert self.said is not None  # noqa: S101 - asked after is_ready
        asked = self.asked.cleaned_data
        given = {"owner": self.owner, "key": asked["key"], "reference": asked["reference"], "said": self.said}
        try:
            if not asked["saved"]:
                return save_new(**given)
            version = asked["saved_version"] or 0
            return save_next(assessment_id=asked["saved"], version=version, **given)
        except Overtaken:
            self.overtaken = True
        except NotThere:
            self.deleted, self.key_is_taken = bool(asked["saved"]), not asked["saved"]
        return None
