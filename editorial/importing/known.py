"""What the catalogue holds already, by every name and address it has had, and what is new when written.

Authorities and themes as the page reader takes them, partners and contacts, and the entries of a category.
"""

from dataclasses import dataclass

from django.utils.text import slugify
from rapidfuzz import fuzz, utils

from boroughs.models import Borough, Contact, DeliveryBody
from editorial.importing.content import text_words
from editorial.importing.fixture_tables import text_of
from pagereader import Authority, KnownTheme, NotAPage, Reference, reference_from, to_html
from spotlight.renaming import free_slug
from submissions.models import Partner, Submission, Theme

NAMELESS = "Name not stated"  # of an address that the page prints by itself
APOSTROPHES = str.maketrans("’‘`", "'''")
# Between entries of the first category, titles are at most 46 alike and texts 45 (of 100).
LIKE_TITLE, LIKE_TEXT = 80, 65
SAME = 101


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


def reference_here():
    """The reader's Reference from the database. Raises NotAPage where no authority is stored yet."""
    boroughs = Borough.objects.select_related("delivery_body")
    authorities = tuple(_authority(borough) for borough in boroughs)
    if not authorities:
        raise NotAPage("No authority is stored yet, so no page can be read. Load the catalogue first (make run).")
    themes = tuple(_theme(theme) for theme in Theme.objects.prefetch_related("former_slugs"))
    return Reference(authorities, themes)


def reference_of_files(root):
    """The reader's Reference from the tables as received, where no database answers; `root` is the fixtures folder."""
    return reference_from(*(text_of(root / "sources" / name) for name in ("local_authorities.csv", "themes.csv")))


def _authority(borough):
    body = borough.delivery_body
    return Authority(
        name=borough.name,
        official_name=borough.official_name,
        aliases=tuple(borough.aliases),
        email_domains=tuple(borough.email_domains),
        delivery_body=body.name if body else "",
        delivery_aliases=tuple(body.aliases) if body else (),
    )


def _theme(theme):
    earlier = tuple(former.slug for former in theme.former_slugs.all())
    return KnownTheme(theme.slug, earlier, theme.name, theme.description)


@dataclass
class Candidate:
    """An entry of the category, and all the names it has had."""

    entry: Submission
    boroughs: set
    titles: set
    slugs: set
    text: str


@dataclass
class Match:
    entry: Submission
    how: str  # a part of a sentence: “by its title”
    likeness: float


def candidates(category):
    """Every entry of the category that readers see, have seen or will see; new versions count as their entry."""
    entries = Submission.objects.at_work().filter(categories=category, replaces=None).distinct()
    return [_candidate(entry) for entry in entries.prefetch_related("boroughs", "former_slugs", "versions")]


def matched(entries, present):
    """{index of a page's entry: Match}. The likest pair first, and each entry once."""
    texts = [text_words(to_html(entry.summary + entry.body)) for entry in entries]
    pairs = [(_likeness(entry, texts[n], other), n, other) for n, entry in enumerate(entries) for other in present]
    found, taken = {}, set()
    for (likeness, how), n, other in sorted((pair for pair in pairs if pair[0][0]), key=lambda pair: -pair[0][0]):
        if n not in found and other.entry.pk not in taken:
            found[n] = Match(other.entry, how, likeness)
            taken.add(other.entry.pk)
    return found


def _candidate(entry):
    drafted = Submission.objects.filter(replaces=entry).values_list("title", flat=True)
    return Candidate(
        entry=entry,
        boroughs={borough.name for borough in entry.boroughs.all()},
        titles={
            _plain(title) for title in (entry.title, *drafted, *(version.title for version in entry.versions.all()))
        },
        slugs={entry.slug, *(former.slug for former in entry.former_slugs.all())},
        text=text_words(entry.summary + entry.body),
    )


def _likeness(page, text, other):
    """(0 to 101, by what). `text`: the words of the page's entry. Where no authority is the same, only title and text
    together are enough."""
    title = _plain(page.title)
    title_alike = max((fuzz.token_sort_ratio(title, name) for name in other.titles), default=0)
    text_alike = fuzz.ratio(text, other.text, score_cutoff=LIKE_TEXT)  # 0 below it, which is seen much sooner
    same_title = title in other.titles or slugify(page.title) in other.slugs
    if not other.boroughs.intersection(page.boroughs):
        both = same_title and text_alike >= LIKE_TEXT
        return (text_alike, "by its title and text, though the authority differs") if both else (0, "")
    if same_title:
        return SAME, "by its title"
    if title_alike >= LIKE_TITLE:
        return max(title_alike, text_alike), "by its title, which is nearly the same"
    return (text_alike, "by its text, though the title differs") if text_alike >= LIKE_TEXT else (0, "")


def _plain(title):
    return utils.default_process(title)
