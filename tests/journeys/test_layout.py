"""Every kind of page, opened once and looked at in every way: axe finds nothing on a phone in the dark and on a desk by
day, and it holds whatever the letters are: a wide font, WCAG's text spacing, 320 pixels, text twice as large.

The machine's fonts do not matter: wider letters are had by spacing them, which any font does. Long words, names and
addresses are in the catalogue meanwhile.
"""

from itertools import chain

import pytest
from django.contrib import admin
from django.template.loader import render_to_string

from boroughs.models import Contact
from editorial.contacts.questions import ask
from editorial.models import Signatory
from submissions.models import OutcomeMetric, Partner, Submission
from tests.browsing import fill_site, fits, sign_in, wait_for_editors
from tests.editorial.contacts.conftest import link_of

# WCAG 1.4.12, and letters as wide as those of DejaVu Sans or Verdana beside the usual ones.
SPACED = """:not(.material-icons) { font-family: "DejaVu Sans", Verdana, sans-serif !important;
line-height: 1.5 !important; letter-spacing: 0.16em !important; word-spacing: 0.2em !important }
p { margin-bottom: 2em !important }"""
TWICE = "html { font-size: 200% !important }"
# (width, colours in which axe looks too, styles)
LOOKS = [
    (320, "dark", {"spaced letters on a narrow screen": SPACED}),
    (768, None, {"spaced letters on a tablet": SPACED, "text twice as large on a tablet": TWICE}),
    (1280, "light", {"spaced letters on a desk": SPACED, "text twice as large on a desk": TWICE}),
]
# What is wider than the page, cut off, or covered by something else. What scrolls in a box of its own may be wider.
# The page is scrolled to what is asked of, and nothing sticks meanwhile: a window as high as the page would be painted.
FAULTS = """style => {
  const sheet = new CSSStyleSheet(), faults = [], page = document.documentElement, stuck = [];
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [sheet];  // the site's policy refuses a style element, and rightly
  for (const e of document.querySelectorAll("body *"))
    if (getComputedStyle(e).position === "sticky") stuck.push([e, e.style.position]), e.style.position = "static";
  const topmost = (x, y) => {  // at this place of the page
    if (y < scrollY || y >= scrollY + innerHeight) scrollTo({top: y - innerHeight / 2, behavior: "instant"});
    if (y < scrollY || y > scrollY + innerHeight) faults.push(`nothing can be seen at ${x}, ${y}`);
    return document.elementFromPoint(x, y - scrollY);
  };
  const named = e => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + (e.className ? "." + e.className : "") +
    " “" + (e.textContent || e.value || "").trim().slice(0, 40) + "”";
  if (page.scrollWidth > page.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].filter(e => e.checkVisibility() &&
      e.getBoundingClientRect().right > page.clientWidth + 1 && !inBox(e));
    faults.push(`the page is ${page.scrollWidth} wide: ` + wide.slice(0, 3).map(named).join(", "));
  }
  function inBox(e) {
    for (let box = e.parentElement; box && box !== document.body; box = box.parentElement)
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(box).overflowX)) return box;
  }
  const onPage = box => new DOMRect(box.x, box.y + scrollY, box.width, box.height);
  const boxes = e => {  // of each line of its visible text
    const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), range = document.createRange(), all = [];
    while (texts.nextNode())
      if (!hidden(texts.currentNode.parentElement)) {
        range.selectNodeContents(texts.currentNode);
        all.push(...[...range.getClientRects()].map(onPage));
      }
    return all.filter(box => box.width > 4 && box.height > 4);
  };
  const hidden = e => e.closest(".visually-hidden, .skip, [popover], [aria-hidden=true], .select2-hidden-accessible");
  for (const e of document.querySelectorAll("body *")) {
    if (!e.checkVisibility({visibilityProperty: true}) || hidden(e) || e.closest("svg")) continue;
    const style = getComputedStyle(e), own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (own && /hidden|clip/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1)
      faults.push("cut off: " + named(e));
    if (/auto|scroll/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.tabIndex < 0 &&
        !e.querySelector("a, button, input, select, textarea, [tabindex]"))
      faults.push("scrolls, but not by keyboard: " + named(e));
  }
  for (const e of document.querySelectorAll("main h1, main h2, main a, main button, main input, main summary")) {
    if (!e.checkVisibility({visibilityProperty: true}) || hidden(e) || inBox(e) || e.type === "hidden") continue;
    for (const box of e.matches("input") ? [onPage(e.getBoundingClientRect())] : boxes(e)) {
      for (const x of [box.left + 2, (box.left + box.right) / 2, box.right - 2]) {
        const top = topmost(x, (box.top + box.bottom) / 2);
        if (top && !e.contains(top) && !top.contains(e) && !top.matches("label")) {
          faults.push(`covered: ${named(e)} by ${named(top)}`);
          break;
        }
      }
    }
  }
  stuck.forEach(([e, position]) => { e.style.position = position; });
  document.adoptedStyleSheets = [];
  scrollTo({top: 0, behavior: "instant"});
  return faults.slice(0, 6);
}"""
READERS = [
    "/",
    "/submissions/",
    "/submissions/?theme=housing&borough=merton",
    "/submissions/?theme=housing&borough=merton&borough=atlantis",
    "/submissions/?q=jobs",
    "/submissions/?q=ealing",
    "/submissions/?q=zebra",
    "/submissions/kickstart-futures/",
    "/submissions/mental-health-and-emotional-wellbeing/",
    "/submissions/kickstart-futures/correction/",
    "/boroughs/",
    "/boroughs/merton/",
    "/boroughs/ealing/",
    "/themes/",
    "/categories/",
    "/themes/housing/",
    "/themes/money/",
    "/categories/care-leavers/",
    "/coverage/",
    "/outcomes/",
    "/voices/",
    "/glossary/",
    "/survey/2024/",
    "/survey/2024/education-training-employment/",
    "/survey/2024/housing/",
    "/survey/2024/relationships/",
    "/pack/",
    "/pack/?ids=1,2,3",
    "/compare/?ids=1,2,3",
    "/data/",
    "/api/",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/nowhere/",
    "/contact-checks/none/",
    "/accounts/login/",
    "/accounts/password/reset/",
]


# Of each kind of page at the desk, one.
WITH_AXE = [
    "/admin/",
    "/admin/submissions/submission/",
    "/admin/submissions/submission/1/change/",
    "/admin/submissions/submission/add/",
    "/admin/boroughs/contact/",
    "/admin/boroughs/contact/{contact}/change/",
    "/admin/submissions/doubt/",
    "/admin/submissions/doubt/1/change/",
    "/admin/submissions/outcomemetric/",
    "/admin/submissions/outcomemetric/{figure}/change/",
    "/admin/submissions/theme/1/change/",
    "/admin/submissions/category/1/change/",
    "/admin/boroughs/borough/1/change/",
    "/admin/boroughs/contact/add/",
    "/admin/submissions/glossaryterm/",
    "/admin/submissions/glossaryterm/1/change/",
    "/admin/submissions/failedsearch/",
    "/admin/submissions/voice/",
    "/admin/submissions/submission/1/history/",
    "/admin/submissions/submission/1/sign_off/",
    "/admin/submissions/submission/1/preview/",
    "/admin/boroughs/contact/{contact}/history/",
    "/admin/submissions/doubt/1/history/",
    "/admin/editorial/signatory/",
    "/admin/editorial/signatory/add/",
    "/admin/editorial/mail/",
]


@pytest.fixture
def site(transactional_db):
    """The catalogue with the longest of everything, and who signs for an authority."""
    mei = fill_site()
    mei.is_superuser = True  # every page of the desk is hers
    mei.save()
    Submission.objects.filter(pk=1).update(
        title="KickStart Futures: the Pan-London Accommodation-and-Apprenticeships Partnershipwithoutanyspaces of five"
    )
    long = "rosemary-alexandra.frimpong-featherstonehaugh@childrens-services.royalkingston.gov.uk"
    Contact.objects.filter(name="Rosemary Frimpong").update(email=long)
    Partner.objects.filter(pk=Partner.objects.first().pk).update(name="Llanfairpwllgwyngyllgogerychwyrndrobwll Trust")
    borough = Submission.objects.get(pk=1).boroughs.first()
    for role in ("dcs", "practice-leader"):
        Signatory.objects.create(borough=borough, role=role, name="Alexandra Featherstonehaugh", email=long)


@pytest.fixture
def faults_of(assert_accessible):
    """faults_of(page, address, with_axe=…) → what is wrong there in each look, as sentences."""

    def faults(page, address, *, with_axe):
        page.goto(address)
        wait_for_editors(page)
        for width, scheme, styles in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme or "light", reduced_motion="reduce")
            if scheme and with_axe:
                assert_accessible(page)
            if not fits(page):
                yield f"{address}, {width}: wider than the screen"
            for look, style in styles.items():
                yield from (f"{address}, {look}: {fault}" for fault in page.evaluate(FAULTS, style))

    return faults


@pytest.mark.parametrize("part", range(3))
def test_every_page_of_readers_holds(site, page, faults_of, part):
    contact = Contact.objects.get(name="Rosemary Frimpong")
    ask(contact)
    faults = []
    for address in [*READERS, link_of(contact.email)][part::3]:
        faults += faults_of(page, address, with_axe=True)
        assert page.locator("h1").count() == 1, address
    assert not faults, "\n".join(faults)


def test_a_page_of_errors_holds(site, page, faults_of):
    faults = []
    for name in ("400", "429", "500"):
        body = render_to_string(f"{name}.html", {"wait": 60})
        page.route(f"**/error-{name}/", lambda route, _, body=body: route.fulfill(body=body, content_type="text/html"))
        faults += faults_of(page, f"/error-{name}/", with_axe=True)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("part", range(4))
def test_every_page_of_the_desk_holds(site, page, faults_of, part):
    sign_in(page)
    some = {"contact": Contact.objects.first().pk, "figure": OutcomeMetric.objects.first().pk}
    with_axe = [address.format(**some) for address in WITH_AXE]
    addresses = [*with_axe, *(address for address in desk_pages() if address not in with_axe)][part::4]
    faults = [*chain(*(faults_of(page, address, with_axe=address in with_axe) for address in addresses))]
    assert not faults, "\n".join(faults)


def desk_pages():
    """The list, the form, the empty form and the history of each kind of record, and the desk's own pages."""
    yield "/admin/"
    for model in admin.site._registry:
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        first = model._base_manager.order_by("pk").first()
        yield base
        if model._meta.app_label in ("boroughs", "submissions", "survey", "editorial") and first:
            yield from (f"{base}{first.pk}/change/", f"{base}{first.pk}/history/")
    two = ",".join(str(pk) for pk in Contact.objects.order_by("email").values_list("pk", flat=True)[:2])
    yield from (f"/admin/boroughs/contact/merge/?ids={two}", "/admin/import/", "/admin/boroughs/contact/add/")
    yield from (f"/admin/submissions/submission/{name}" for name in ("add/", "1/sign_off/", "1/preview/"))
    yield f"/admin/boroughs/contact/{Contact.objects.first().pk}/replace/"
    yield from ("/admin/password_change/", "/accounts/second-factor/", "/accounts/passkeys/", "/accounts/password/")
