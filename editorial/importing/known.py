"""The partners and contacts there are, by every name and address they have had; new ones are made when written."""

from django.utils.text import slugify

from boroughs.models import Borough, Contact, DeliveryBody
from spotlight.renaming import free_slug
from submissions.models import Partner, Theme

NAMELESS = "Name not stated"  # of an address that the page prints by itself
APOSTROPHES = str.maketrans("’‘`", "'''")


def spelled(name):
    """A name without regard to capitals, spaces and the form of its apostrophe."""
    return " ".join(name.translate(APOSTROPHES).casefold().split())


class Known:
    def __init__(self):
        self.boroughs = dict(Borough.objects.values_list("name", "pk"))
        self.bodies = dict(DeliveryBody.objects.values_list("name", "pk"))
        self.themes = dict(Theme.objects.values_list("slug", "pk"))
        partners = list(Partner.objects.all())
        self.partners = {spelled(alias): partner.pk for partner in partners for alias in partner.aliases}
        self.partners |= {spelled(partner.name): partner.pk for partner in partners}
        self.people = self._people()

    def _people(self):
        """{address, or name where there is none: key}. An address that LIIA has changed since still leads to its
        person, and one whose record is gone to the key that the record had."""
        earlier = Contact.history.order_by("history_date", "history_id").values_list("id", "email", "name")
        now = Contact.objects.values_list("pk", "email", "name")
        return {email.casefold() or spelled(name): pk for pk, email, name in [*earlier, *now]}

    def find(self, field):
        """What gives the key of a record that the page names in this field of an entry."""
        own = {"boroughs": self.boroughs.__getitem__, "delivery_body": self.bodies.get}
        return {**own, "partners": self.partner, "contacts": self.contact}[field]

    def store(self, field):
        """The same, and a record that is new here is stored."""
        stored = {"partners": self.find_or_create_partner, "contacts": self.find_or_create_contact}
        return stored.get(field) or self.find(field)

    def partner(self, name):
        """Its key, or the name as spelled where it is new here."""
        return self.partners.get(spelled(name), spelled(name))

    def contact(self, printed):
        """The key of a contact of the page, or what would lead to it where the person is new here."""
        way = printed.email.casefold() or spelled(printed.name)
        return self.people.get(way, way)

    def find_or_create_partner(self, name):
        """The stored partner's key; a new organisation is stored under the name as printed."""
        if isinstance(key := self.partner(name), str):
            key = Partner.objects.create(name=name, slug=free_slug(Partner, slugify(name)[:190] or "partner")).pk
            self.partners[spelled(name)] = key
        return key

    def find_or_create_contact(self, printed):
        """The stored contact's key. A person who is here already keeps name, role and address as they stand here."""
        key = self.contact(printed)
        if isinstance(key, str) or not Contact.objects.filter(pk=key).exists():
            new = Contact.objects.create(name=printed.name or NAMELESS, role=printed.role, email=printed.email)
            key = new.pk
            self.people[printed.email.casefold() or spelled(printed.name)] = key
        return key


def printed_otherwise(printed, key):
    """A sentence where the page prints a known person in another way than LIIA ever has; "" where there is nothing to
    say. The import does not change a person: one record stands on all of that person's entries."""
    records = Contact.history.filter(id=key).values_list("name", "role")
    here = Contact.objects.filter(pk=key).first()
    if here is None or (printed.name, printed.role) in [*records, (here.name, here.role)]:
        return ""
    said = ", ".join(filter(None, (printed.name, printed.role)))
    return f"The page prints “{said}”; here it is “{here}”. If the page is right, change that contact."
