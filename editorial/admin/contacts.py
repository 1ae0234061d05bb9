"""LIIA's desk: whom to call. Who has confirmed it and when, who should be asked, and who stands in whose place."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, F, OuterRef, Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from boroughs.models import Contact
from editorial.admin.contact_pages import ContactPages
from editorial.contacts.questions import EVERY, entries_naming, state_of, to_look_at, why_not_asked
from spotlight.desk.base import DeskAdmin, DeskForm, choice_filter, count_phrase, desk_link, listed, state
from spotlight.desk.bulk_acts import bulk_act
from submissions.models import Doubt

OpenDoubt = choice_filter(
    "open doubt",
    "doubt",
    {"open": ("With an open doubt", Q(has_doubt=True)), "none": ("Without", Q(has_doubt=False))},
)
ByConfirmation = choice_filter(
    "confirmed",
    "confirmed",
    {
        "never": ("Never", Q(confirmed_on__isnull=True)),
        "year": ("Over a year ago", lambda: Q(confirmed_on__lte=timezone.localdate() - 2 * EVERY)),
        "half": ("Over six months ago", lambda: Q(confirmed_on__lte=timezone.localdate() - EVERY)),
        "good": ("Since then", lambda: Q(confirmed_on__gt=timezone.localdate() - EVERY)),
    },
)
ByMails = choice_filter(
    "mails to them",
    "mails",
    {
        "look": ("To look at: no answer, or nobody left", lambda: Q(pk__in=to_look_at().values("pk"))),
        "none": ("Wants no mails", Q(no_checks_since__isnull=False)),
    },
)


class ContactForm(DeskForm):
    class Meta:
        model = Contact
        fields = ["name", "role", "email"]
        help_texts = {"name": "The person's name as it should stand on every entry."}

    def clean_email(self):
        email = self.cleaned_data["email"]
        taken = Contact.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).first() if email else None
        if taken:
            message = "{} already has this e-mail address. Use that contact on the entry instead of a second one."
            raise ValidationError(format_html(message, desk_link(taken)))
        return email


@admin.register(Contact)
class ContactAdmin(ContactPages, DeskAdmin):
    purpose = "The people to call, longest unconfirmed first. Change a person once, and every entry shows it."
    form = ContactForm
    # A person may ask to be forgotten: what was asked by mail goes along, and a doubt's words stay without the link.
    not_uses = ("checks", "hand_overs", "new_addresses", "doubts")
    fieldsets = [
        (None, {"fields": ["name", "role", "email"]}),
        ("Is it still right?", {"fields": ["confirmed", "mails"]}),
        ("Where readers see this contact", {"fields": ["entries_of", "doubts_of"]}),
    ]
    readonly_fields = ["confirmed", "mails", "entries_of", "doubts_of"]
    list_display = ["name", "email", "number_of_entries", "confirmed", "mails", "doubt"]
    list_filter = [ByMails, ByConfirmation, OpenDoubt]
    ordering = [F("confirmed_on").asc(nulls_first=True), "name"]
    actions = ["ask_now", "make_one"]
    search_fields = ["name", "role", "email"]
    search_help_text = "Search by name, role or e-mail address."

    def get_queryset(self, request):
        doubts = Doubt.objects.open().filter(contact=OuterRef("pk"))
        contacts = super().get_queryset(request).prefetch_related("checks", "hand_overs", "new_addresses")
        return contacts.annotate(n_entries=Count("entry_lines"), has_doubt=Exists(doubts))

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.fieldsets[:1]

    def desk_note(self):
        number = to_look_at().count()
        return f"{number} to look at" if number else "All answer, or are being asked", number > 0

    def save_model(self, request, obj, form, change):
        if change and "email" in form.changed_data:
            obj.address_changed()  # somebody else wrote it, so nobody has confirmed it
        super().save_model(request, obj, form, change)
        if change and form.has_changed() and (number := obj.entry_lines.count()):
            shows = count_phrase(number, "entry shows", "entries show")
            self.message_user(request, f"{shows} this contact as you have just written it.")

    @bulk_act(
        "Ask now whether they are still right",
        permissions=["change"],
        will="Each is sent a mail with a link to confirm or change what readers see.",
        left_out=lambda desk, request, contact: why_not_asked(contact),
    )
    def ask_now(self, request, queryset):
        contacts = list(queryset)
        for contact in contacts:
            self.ask_one(request, contact)
        phrase = count_phrase(len(contacts), "mail is", "mails are")
        self.message_user(request, f"{phrase} on the way.", messages.SUCCESS)

    @bulk_act("Make the ticked records of one person one", permissions=["change", "delete"], has_own_page=True)
    def make_one(self, request, queryset):
        keys = [str(contact.pk) for contact in queryset]
        if len(keys) < 2:
            return self.message_user(request, "Tick two records of the same person, or more.", messages.ERROR)
        return redirect(f"{reverse('admin:boroughs_contact_merge')}?ids={','.join(keys)}")

    @admin.display(description="confirmed", ordering=F("confirmed_on").asc(nulls_first=True))
    def confirmed(self, contact):
        return date_format(contact.confirmed_on, "j F Y") if contact.confirmed_on else "Never"

    @admin.display(description="mails to them")
    def mails(self, contact):
        words, todo = state_of(contact)
        return state(words, "todo wraps") if todo else words

    @admin.display(description="entries", ordering="n_entries")
    def number_of_entries(self, contact):
        return contact.n_entries

    @admin.display(description="open doubt", ordering="has_doubt")
    def doubt(self, contact):
        return state("To settle", "todo") if contact.has_doubt else "–"

    @admin.display(description="entries")
    def entries_of(self, contact):
        entries = [(desk_link(entry), self._as_readers_see(entry)) for entry in entries_naming([contact])]
        return listed(entries) or "No entry names this person. The contact can be deleted."

    def _as_readers_see(self, entry):
        if not entry.is_published:
            return f"({entry.get_status_display()}, not shown to readers)"
        link = '(<a href="{}">as readers see it<span class="visually-hidden">: {}</span></a>)'
        return format_html(link, entry.get_absolute_url(), entry)

    @admin.display(description="doubts to settle")
    def doubts_of(self, contact):
        return listed([desk_link(doubt), ""] for doubt in contact.doubts.open()) or "None is open."
