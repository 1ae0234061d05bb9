"""LIIA's people at the desk: invited by name, address and role, helped when a telephone is lost, never locked out."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from editorial.models import Signatory
from editorial.models.sign_off import mailbox
from editorial.people.rights import ADMINISTRATORS, EDITORS, OBSERVERS
from editorial.people.second_factor import FACTORS
from spotlight.desk.base import DeskAdmin, DeskForm, choice_filter, state

ROLES = {
    ADMINISTRATORS: "LIIA administrator: writes, publishes, withdraws, settles sign-offs, and looks after these people",
    EDITORS: "Editor: writes drafts, contacts, themes and words; publishes nothing",
    OBSERVERS: "Observer: looks at everything and changes nothing",
}
ONLY_ONE = "Nobody else could look after the desk then. Make somebody else an administrator first."


def administrators():
    """The people who can look after the others and have a way in: those invited count once they have a password."""
    people = User.objects.filter(is_active=True, is_staff=True).prefetch_related("groups")
    return [person for person in people if role_of(person) == ADMINISTRATORS and person.has_usable_password()]


def role_of(person):
    """The name of the highest role; who may do everything is an administrator. None without a role."""
    if person.is_superuser:
        return ADMINISTRATORS
    held = {group.name for group in person.groups.all()} if person.pk else set()
    return next((role for role in ROLES if role in held), None)


def lock_people():
    """Locks, within a transaction: of two who change people at once, the second waits and sees what the first did."""
    list(Group.objects.select_for_update().filter(name=ADMINISTRATORS))


class PersonForm(DeskForm):
    name = forms.CharField(max_length=150, error_messages={"required": "Write the person’s name."})
    role = forms.ChoiceField(
        choices=ROLES.items(), widget=forms.RadioSelect, error_messages={"required": "Choose what this person may do."}
    )

    class Meta:
        model = User
        fields = ["email", "is_active"]
        labels = {"email": "E-mail address", "is_active": "May sign in"}
        help_texts = {
            "email": "The person signs in with it, or with the user name, and gets mails about the account there.",
            "is_active": "Untick it when the person leaves: the account ends at once, what was done with it stays.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"name": self.instance.get_full_name(), "role": role_of(self.instance)}
        if "email" in self.fields:  # a form that somebody may only look at has no fields
            self.fields["email"].required = True

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_email(self):
        email = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Somebody else’s account has this e-mail address. Each person needs an own one.")
        for signatory in Signatory.objects.select_related("borough"):
            if mailbox(signatory.email) == mailbox(email):
                raise ValidationError(f"{signatory} signs at this address, and nobody who signs works at the desk.")
        return email

    def clean(self):
        cleaned = super().clean()
        before = User.objects.filter(pk=self.instance.pk).first()
        was = before is not None and before in administrators()
        stays = cleaned.get("is_active", before and before.is_active) and (
            cleaned.get("role", ADMINISTRATORS) == ADMINISTRATORS or self.instance.is_superuser
        )
        if was and not stays and administrators() == [before]:
            self.add_error(None, ONLY_ONE)
        return cleaned


def _is_above(person, by):
    """Who may do everything is changed only by somebody who may, too."""
    return person is not None and person.is_superuser and not by.is_superuser


ByRole = choice_filter("role", "role", {role: (role, Q(groups__name=role)) for role in ROLES})


@admin.register(User)
class PersonAdmin(DeskAdmin):
    purpose = "LIIA’s people who work here. Invite a colleague, change a role, help after a lost telephone."
    form = PersonForm
    fields = ["name", "email", "role", "is_active"]
    list_display = ["shown_name", "email", "role_said", "standing", "factor_said", "last_login"]
    list_filter = [ByRole]
    search_fields = ["first_name", "last_name", "email", "username"]
    search_help_text = "Search by name or e-mail address."
    ordering = ["first_name", "last_name", "username"]
    not_uses = ("emailaddress_set", "authenticator_set")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups", "authenticator_set")

    def get_urls(self):
        site = self.admin_site.admin_view
        ours = [
            path("<int:pk>/invite/", site(self.invite_view), name="auth_user_invite"),
            path("<int:pk>/second-factor/", site(self.second_factor_view), name="auth_user_second_factor"),
        ]
        return ours + super().get_urls()

    # --- who may change whom ------------------------------------------------------------------------------------

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not _is_above(obj, request.user)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not _is_above(obj, request.user)

    def get_readonly_fields(self, request, obj=None):
        """Nobody takes the desk from themselves by a slip: somebody else changes one's role, or ends one's account."""
        own = ["role", "role_said", "is_active"] if obj == request.user else []
        chief = ["role", "role_said"] if obj and obj.is_superuser else []
        known = ["shown_name", "username", "factor_said", "last_login"] if obj else []
        return list(dict.fromkeys([*own, *chief, *known]))

    def get_fields(self, request, obj=None):
        fixed = self.get_readonly_fields(request, obj)
        fields = ["role_said" if name == "role" and "role_said" in fixed else name for name in self.fields]
        if obj is None:
            return fields[:-1]  # an invited person may sign in
        if not self.has_change_permission(request, obj):
            fields = ["shown_name", "email", "role_said", "is_active"]
        return [*fields, "username", "factor_said", "last_login"]

    @transaction.atomic
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        self._lock_and_check(request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    @transaction.atomic
    def delete_view(self, request, object_id, extra_context=None):
        self._lock_and_check(request)
        return super().delete_view(request, object_id, extra_context)

    def _lock_and_check(self, request):
        """Before anything is saved: a person who lost access to the desk meanwhile saves nothing more."""
        if request.method == "POST":
            lock_people()
            request.user = get_object_or_404(User, pk=request.user.pk)
            if not self.admin_site.has_permission(request):
                raise PermissionDenied

    def why_not_deleted(self, request, record):
        if record == request.user:
            return "This is your own account. Somebody else has to delete it."
        if administrators() == [record]:
            return f"“{record.get_full_name() or record}” was not deleted. {ONLY_ONE}"
        if self.uses_of(record):
            name = record.get_full_name() or record
            return f"“{name}” was not deleted: work done here carries that name. Untick “May sign in” instead."
        return ""

    # --- what is saved, and who gets a mail -----------------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        before = User.objects.filter(pk=obj.pk).first()
        if "name" in form.cleaned_data:
            obj.first_name, _, obj.last_name = form.cleaned_data["name"].rpartition(" ")
            obj.first_name, obj.last_name = (obj.first_name, obj.last_name) if obj.first_name else (obj.last_name, "")
        if not change:
            obj.username, obj.is_staff = _free_user_name(form.cleaned_data["name"]), True
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if "role" in form.cleaned_data and not obj.is_superuser:
            obj.groups.remove(*Group.objects.filter(name__in=ROLES))
            obj.groups.add(Group.objects.get(name=form.cleaned_data["role"]))
        if before and before.email.lower() != obj.email.lower():
            EmailAddress.objects.filter(user=obj).delete()  # allauth's copy: a new password would still go there
            if before.email:
                context = {"person": obj, "by": request.user}
                get_adapter(request).send_mail("account/email/address_changed", before.email, context)

    def construct_change_message(self, request, form, formsets, add=False):
        if add:
            return f"Invited as: {form.cleaned_data['role']}."
        labels = {"name": "Name", "email": "E-mail address", "role": "Role", "is_active": "May sign in"}
        said = {True: "yes", False: "no", None: "none", "": "none"}
        pairs = [(labels[name], form.initial.get(name), form.cleaned_data[name]) for name in form.changed_data]
        changed = [f"{label}: {said.get(old, old)} → {said.get(new, new)}" for label, old, new in pairs]
        return f"{'; '.join(changed)}." if changed else "Nothing changed."

    def response_add(self, request, obj, post_url_continue=None):
        self._invite(request, obj)
        return redirect("admin:auth_user_change", obj.pk)

    def invite_view(self, request, pk):
        return require_POST(self._invite_again)(request, self._person(request, pk))

    def _invite_again(self, request, person):
        self._invite(request, person)
        return redirect("admin:auth_user_change", person.pk)

    def _invite(self, request, person):
        request_password_reset(request, person.email, [person], None)
        said = f"A mail is on its way to {person.email}. Its link, to choose a password, works for one day."
        self.message_user(request, said, messages.SUCCESS)

    def _person(self, request, pk):
        person = get_object_or_404(User, pk=pk, is_active=True)
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        return person

    def second_factor_view(self, request, pk):
        """A GET asks; a POST removes another's second factor, and both get a mail. The password stays, so that an
        administrator may do it also for a person who may do everything."""
        person = get_object_or_404(User, pk=pk)
        if not self.has_change_permission(request) or person == request.user:
            raise PermissionDenied
        factors = Authenticator.objects.filter(user=person)
        if request.method != "POST":
            title = f"Remove the second factor of {person.get_full_name() or person}?"
            context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "person": person}
            return TemplateResponse(request, "admin/auth/user/second_factor.html", {**context, "factors": factors})
        if factors:
            self._remove_factors(request, person, factors)
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[person.pk]))

    @transaction.atomic
    def _remove_factors(self, request, person, factors):
        factors.delete()
        self.log_change(request, person, "Second factor removed.")
        for address in filter(None, {person.email, request.user.email}):
            context = {"person": person, "by": request.user}
            get_adapter(request).send_mail("account/email/second_factor_removed", address, context)
        said = f"{person.get_full_name() or person} sets up a new one at the next sign-in. Mails say so to you both."
        self.message_user(request, said, messages.SUCCESS)

    # --- what is shown --------------------------------------------------------------------------------------------

    @admin.display(description="name", ordering="first_name")
    def shown_name(self, person):
        return person.get_full_name() or person.get_username()

    @admin.display(description="role")
    def role_said(self, person):
        if person.is_superuser:
            return "May do everything (the account that “make admin” made)"
        return role_of(person) or state("No role: may do nothing", "todo")

    @admin.display(description="state", ordering="is_active")
    def standing(self, person):
        if not person.is_active:
            return "May not sign in"
        return "Active" if person.has_usable_password() else state("Invited, has chosen no password yet", "todo")

    @admin.display(description="second factor")
    def factor_said(self, person):
        factors = [factor for factor in person.authenticator_set.all() if factor.type in FACTORS]
        said = [f"{factor.get_type_display()}, since {date_format(factor.created_at, 'j F Y')}" for factor in factors]
        return format_html("{}", "; ".join(said)) if said else "None yet"


def _free_user_name(name):
    """“mei.lin” for “Mei Lin”, numbered where somebody has it. Without an @, it never looks like an address."""
    base = slugify(name).replace("-", ".")[:100] or "person"
    taken = {one.lower() for one in User.objects.filter(username__istartswith=base).values_list("username", flat=True)}
    return next(one for n in range(len(taken) + 1) if (one := f"{base}.{n + 1}" if n else base) not in taken)
