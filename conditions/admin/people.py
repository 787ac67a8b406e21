"""People, in the admin: invited, given roles, deactivated; never deleted, and never by themselves."""

from typing import Any, cast

import allauth.account.admin
import allauth.mfa.admin  # noqa: F401
import django.contrib.auth.admin  # noqa: F401  (imported to be registered before it is taken out below)
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from b12site.accounts import people
from b12site.accounts.models import Invitation
from b12site.accounts.roles import groups_of_roles
from b12site.accounts.second_factor import FACTORS

# What a role may do comes with migrations; addresses and second factors are their owners'.
admin.site.unregister([User, Group, EmailAddress, Authenticator])


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an administrator changes of somebody else."""

    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        label="Roles",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Curators, approvers and administrators work here, and need a second factor. A change counts at once.",
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "groups", "is_active"]
        help_texts = {"is_active": "Clear this instead of deleting: what they did keeps their name."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "groups" in self.fields:
            self.fields["groups"].queryset = groups_of_roles()  # type: ignore[attr-defined]


class InvitationForm(PersonForm):
    """Whom an administrator invites, and as what."""

    email = forms.EmailField(
        label="E-mail address", max_length=150, help_text="They sign in with it. It cannot be changed later."
    )

    class Meta(PersonForm.Meta):
        fields = ["email", "first_name", "last_name", "groups"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["groups"].required = True

    def clean_email(self) -> str:
        """The address in small letters, if it has no account yet."""
        address: str = self.cleaned_data["email"].lower()
        if User.objects.filter(username__iexact=address).exists() or User.objects.filter(
            email__iexact=address
        ):
            raise forms.ValidationError("This address has an account already, perhaps a deactivated one.")
        return address


@admin.register(User)
class PersonAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Accounts. Nobody changes their own roles here, makes a superuser, or sets somebody else's password."""

    class Media:
        css = {"all": ["css/account.css"]}

    form = PersonForm
    list_display = ["username", "roles", "state", "second_factor", "last_login"]
    list_filter = ["is_active", "groups"]
    search_fields = ["username", "email", "first_name", "last_name"]
    ordering = ["username"]
    actions = ["invite_again", "withdraw_invitation", "remove_second_factors"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Superusers are seen, and so changed, by superusers only."""
        found = super().get_queryset(request).select_related("invitation")
        found = found.prefetch_related("groups", "authenticator_set")
        return found if request.user.is_superuser else found.filter(is_superuser=False)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Accounts are deactivated: what somebody did keeps their name."""
        return False

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The invitation for a new person."""
        return super().get_form(request, obj, change, **kwargs if obj else kwargs | {"form": InvitationForm})

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """What is asked of a new person, or shown of one."""
        if obj is None:
            return InvitationForm.Meta.fields
        link = ["link"] if _link_is_handed_over(obj) else []
        changed = ["first_name", "last_name", "groups"]
        active = [] if _waiting_invitation(obj) else ["is_active"]
        return ["state", *link, *changed, *active, "second_factor", "last_login", "date_joined"]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """What cannot be changed, or not by this administrator of this person."""
        if obj is None:
            return []
        fixed = ["state", "second_factor", "last_login", "date_joined", "link"]
        return [*fixed, "groups", "is_active"] if obj.pk == request.user.pk else fixed

    @admin.display(description="roles")
    def roles(self, person: User) -> str:
        """The names of the roles."""
        return ", ".join(sorted(group.name for group in person.groups.all()))

    @admin.display(description="account")
    def state(self, person: User) -> str:
        """Whether the account can be used."""
        invitation = _waiting_invitation(person)
        if not invitation:
            return "active" if person.is_active else "deactivated"
        end = timezone.localtime(invitation.ends_at)
        if end <= timezone.now():
            return "invitation ended"
        return f"invited until {end:%-d %b}"

    @admin.display(description="second factor")
    def second_factor(self, person: User) -> str:
        """Which kinds have been enrolled."""
        kinds = {Authenticator.Type.TOTP: "app", Authenticator.Type.WEBAUTHN: "passkey"}
        enrolled = cast(Any, person).authenticator_set.all()
        found = {kinds[one.type] for one in enrolled if one.type in FACTORS}
        return " and ".join(sorted(found)) or "none"

    @admin.display(description="link to hand over")
    def link(self, person: User) -> str:
        """The link of the invitation, where no mail is sent."""
        return settings.SITE_ADDRESS + people.path_of(cast(Any, person).invitation)

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same address twice at once is one invitation."""
        kwargs["extra_context"] = {"title": "Invite somebody"} | (kwargs.get("extra_context") or {})
        try:
            return super().add_view(request, *args, **kwargs)
        except IntegrityError:
            self.message_user(request, "This address was invited a moment ago.", messages.WARNING)
            return redirect("admin:auth_user_changelist")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, by its name."""
        return super().changelist_view(request, {"title": "People"} | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A new person is invited."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            people.invite(person=obj, roles=form.cleaned_data["groups"], by=_me(request))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Access to the admin follows from the roles."""
        super().save_related(request, form, formsets, change)
        if "groups" in form.cleaned_data:
            people.give_roles(person=form.instance, roles=form.cleaned_data["groups"])

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: str | None = None
    ) -> HttpResponse:
        """On to the page of the person, where the link stands if it is not sent."""
        self._deliver(request, cast(Any, obj).invitation)
        return redirect("admin:auth_user_change", obj.pk)

    @admin.action(description="Send the invitation again, with a new link", permissions=["change"])
    def invite_again(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For who has not accepted yet."""
        for invitation in self._waiting(request, queryset):
            self._deliver(request, people.invite_again(invitation=invitation))
            self._note(request, invitation.user, "Invited again.")

    @admin.action(description="Withdraw the invitation", permissions=["change"])
    def withdraw_invitation(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For who has not accepted yet."""
        for invitation in self._waiting(request, queryset):
            people.withdraw(invitation=invitation)
            self._note(request, invitation.user, "Withdrew the invitation.")

    @admin.action(description="Remove second factors, after a phone or key was lost", permissions=["change"])
    def remove_second_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """They sign in with their password and enrol anew."""
        for person in queryset.exclude(pk=_me(request).pk):
            if people.remove_second_factors(person=person):
                self._note(request, person, "Removed the second factors.")

    def _waiting(self, request: HttpRequest, queryset: QuerySet[User]) -> list[Invitation]:
        waiting = [found for person in queryset if (found := _waiting_invitation(person))]
        if not waiting:
            self.message_user(request, "Nobody of these waits for an invitation.", messages.WARNING)
        return waiting

    def _deliver(self, request: HttpRequest, invitation: Invitation) -> None:
        person = invitation.user
        if not settings.SENDS_MAIL:
            said = (
                f"No mail is sent from here: hand over to {person.email} the link that stands on their page."
            )
            return self.message_user(request, said, messages.WARNING)
        try:
            link = settings.SITE_ADDRESS + people.path_of(invitation)
            people.send_invitation(invitation, link=link, site=request.get_host())
        except OSError as failure:
            said = (
                f"The mail to {person.email} could not be sent ({type(failure).__name__}). Try again later."
            )
            return self.message_user(request, said, messages.ERROR)
        return self.message_user(request, f"The invitation was sent to {person.email}.", messages.SUCCESS)

    def _note(self, request: HttpRequest, person: User, said: str) -> None:
        LogEntry.objects.log_actions(
            _me(request).pk, [person], CHANGE, change_message=said, single_object=True
        )
        self.message_user(request, f"{person}: {said}", messages.SUCCESS)


def _waiting_invitation(person: User) -> Invitation | None:
    invitation: Invitation | None = getattr(person, "invitation", None)
    return invitation if invitation and invitation.accepted_at is None else None


def _link_is_handed_over(person: User) -> bool:
    invitation = _waiting_invitation(person)
    return not settings.SENDS_MAIL and invitation is not None and invitation.ends_at > timezone.now()


def _me(request: HttpRequest) -> User:
    return cast(User, request.user)
