"""What is to be mended before an entry is sent to its authority, or published: one list, shown and enforced."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from editorial import asking
from editorial.claims import claims, fingerprint
from editorial.dead_links import links_of
from editorial.failures import Refused
from editorial.models import CheckedLink, Signatory, SignOff
from editorial.models.sign_off import Role
from submissions.models import Doubt, OutcomeMetric, Submission, Voice

SEND, PUBLISH = "send", "publish"


@dataclass(frozen=True)
class Point:
    """`words`: a sentence that says what is wrong; `blocks`: whether the step waits for it, or may be taken all the
    same; `url` and `act`: where it is mended, and what that link says."""

    words: str
    blocks: bool
    url: str
    act: str


def checklist(entry, action):
    """Every Point that speaks against sending (SEND) or publishing (PUBLISH) this entry now; [] for any other step."""
    if action not in KINDS:
        return []
    points = [point for kind in KINDS[action] for point in kind(entry)]
    return sorted(points, key=lambda point: not point.blocks)


def next_step(entry):
    """The step for which the entry is being made ready: SEND, PUBLISH, or "" where neither comes next."""
    status = Submission.Status
    return {status.DRAFT: SEND, status.SIGNED_OFF: PUBLISH, status.WITHDRAWN: PUBLISH}.get(entry.status, "")


def stop_at_blocks(entry, action):
    """Refused, with every sentence that blocks the step, if there is one."""
    if said := [point.words for point in checklist(entry, action) if point.blocks]:
        raise Refused(" ".join(said))


def warnings(entry, action):
    """What a person is asked about once, before a step that nothing blocks; [] where something does."""
    points = checklist(entry, action)
    return [] if any(point.blocks for point in points) else points


def _form(entry, part=""):
    return reverse("admin:submissions_submission_change", args=[entry.pk]) + part


def _page(entry):
    return reverse("admin:entry_sign_off", args=[entry.pk])


def place(entry):
    if not (entry.boroughs.exists() and entry.categories.exists()):
        words = f"“{entry.title}” needs an authority and a category. Add them in its form first."
        yield Point(words, True, _form(entry), "Open the form")


def figures_decided(entry):
    undecided = [str(figure) for figure in entry.metrics.all() if figure.status == OutcomeMetric.Status.PROPOSED]
    if undecided:
        number = f"{len(undecided)} figures are" if len(undecided) > 1 else "One figure is"
        words = f"{number} not decided yet: {'; '.join(undecided)}. Confirm or reject each of them first."
        yield Point(words, True, _form(entry, "#metrics-group"), "Decide the figures")


def sentences_in_text(entry):
    """What is quoted from the text must be in the text: readers are shown it as the source."""
    for row in entry.evidence_not_in_text():
        if isinstance(row, Voice):
            words = f"These words of a person are not in the text: {row.quote}"
            yield Point(words, True, _form(entry, "#voices-group"), "Correct the quotation")
        elif row.status == OutcomeMetric.Status.CONFIRMED:
            words = f"The sentence of the figure “{row.figure}” is not in the text: “{row.quote}”"
            yield Point(words, True, _form(entry, "#metrics-group"), "Correct the figure")


def signatories_known(entry):
    known = set(Signatory.objects.filter(borough__in=entry.boroughs.all()).values_list("borough_id", "role"))
    add = reverse("admin:editorial_signatory_add")
    for borough, role in asking.lacking(entry):
        if (borough.pk, role) not in known:
            label = Role(role).label
            words = f"Nobody is written down as {label} of {borough}. Add that person, then send the entry again."
            yield Point(words, True, f"{add}?{urlencode({'borough': borough.pk, 'role': role})}", f"Add the {label}")


def corrections_made(entry):
    """A person who asked for a correction is not sent the same text again without a word."""
    bound = fingerprint(claims(entry))
    for sign_off in SignOff.objects.filter(submission=entry).wanting_correction().select_related("borough"):
        if sign_off.fingerprint == bound:
            url = reverse("admin:entry_correction", args=[entry.pk, sign_off.pk])
            words = f"{sign_off.who} of {sign_off.borough} asked for a correction, and nothing has changed since."
            yield Point(words, True, url, "Correct it, or say why not")


def still_with_readers(entry):
    """A new version of what was withdrawn brings it back: that is asked first."""
    live = entry.replaces
    if live and not live.is_published:
        words = f"Readers do not see “{live}” any more. Publishing this new version brings it back to them."
        yield Point(words, False, _form(live), "See why it was withdrawn")


def signed(entry):
    if missing := asking.missing(entry):
        words = f"“{entry.title}” was not published, because it is not signed off: {'; '.join(missing)}."
        yield Point(words, True, _page(entry), "See who has answered")


def contacts_right(entry):
    lines = list(entry.contact_lines.select_related("contact"))
    if not lines:
        yield Point("Readers are given nobody to call.", False, _form(entry, "#contact_lines-group"), "Add a contact")
    for contact in (line.contact for line in lines):
        url = reverse("admin:boroughs_contact_change", args=[contact.pk])
        if contact.silent_since:
            yield Point(f"Readers are sent to LIIA instead of {contact.name}.", False, url, "Look at the contact")
        elif not contact.confirmed_on and not contact.doubts.open().exists():  # an open doubt is a point of its own
            yield Point(f"Nobody has confirmed yet that {contact.name} is right.", False, url, "Ask the contact")


def doubts_settled(entry):
    found = Doubt.objects.open().filter(submission=entry) | Doubt.objects.open().filter(
        contact__entry_lines__submission=entry
    )
    for doubt in found.distinct():
        url = reverse("admin:submissions_doubt_change", args=[doubt.pk])
        yield Point(f"A doubt is open: {doubt.message}", False, url, "Settle the doubt")


def links_alive(entry):
    failing = CheckedLink.objects.filter(url__in=links_of(entry), failing_since__isnull=False)
    for url, problem in sorted({link.url: link.problem for link in failing}.items()):
        words = f"A link leads nowhere: {url} ({problem})"
        yield Point(words, False, _form(entry), "Correct the link")


BOTH = [place, figures_decided, sentences_in_text]
CARE = [contacts_right, doubts_settled, links_alive]
KINDS = {
    SEND: [*BOTH, signatories_known, corrections_made, *CARE],
    PUBLISH: [*BOTH, signed, still_with_readers, *CARE],
}
