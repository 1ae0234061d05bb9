"""Every kind of page holds whatever the letters are: a wide font, WCAG's text spacing, 320 pixels, text twice as large.

The machine's fonts do not matter: wider letters are had by spacing them, which any font does. The style is put in past
the site's own policy, which rightly refuses it. Long words, names and addresses are in the catalogue meanwhile.
"""

import pytest
from django.contrib import admin
from django.template.loader import render_to_string

from boroughs.models import Contact
from editorial.contacts.questions import ask
from editorial.models import Signatory
from submissions.models import Partner, Submission
from tests.browsing import fill_site, sign_in
from tests.editorial.contacts.conftest import link_of

# WCAG 1.4.12, and letters as wide as those of DejaVu Sans or Verdana beside the usual ones.
SPACED = """:not(.material-icons) { font-family: "DejaVu Sans", Verdana, sans-serif !important;
line-height: 1.5 !important; letter-spacing: 0.16em !important; word-spacing: 0.2em !important }
p { margin-bottom: 2em !important }"""
TWICE = "html { font-size: 200% !important }"
LOOKS = {
    "spaced letters on a narrow screen": (320, SPACED),
    "spaced letters on a tablet": (768, SPACED),
    "spaced letters on a desk": (1280, SPACED),
    "text twice as large on a desk": (1280, TWICE),
    "text twice as large on a tablet": (768, TWICE),
}
# What is wider than the page, cut off, or covered by something else. What scrolls in a box of its own may be wider.
FAULTS = """() => {
  const faults = [], page = document.documentElement;
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
  const boxes = e => {  // of each line of its visible text
    const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), range = document.createRange(), all = [];
    while (texts.nextNode())
      if (!hidden(texts.currentNode.parentElement)) {
        range.selectNodeContents(texts.currentNode);
        all.push(...range.getClientRects());
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
    for (const box of e.matches("input") ? [e.getBoundingClientRect()] : boxes(e)) {
      for (const x of [box.left + 2, (box.left + box.right) / 2, box.right - 2]) {
        const top = document.elementFromPoint(x, (box.top + box.bottom) / 2);
        if (top && !e.contains(top) && !top.contains(e) && !top.matches("label")) {
          faults.push(`covered: ${named(e)} by ${named(top)}`);
          break;
        }
      }
    }
  }
  return faults.slice(0, 6);
}"""
READERS = [
    "/",
    "/submissions/",
    "/submissions/?theme=housing&borough=merton&borough=atlantis",
    "/submissions/?q=jobs",
    "/submissions/?q=zebra",
    "/submissions/kickstart-futures/",
    "/submissions/kickstart-futures/correction/",
    "/boroughs/",
    "/boroughs/merton/",
    "/boroughs/ealing/",
    "/themes/",
    "/themes/housing/",
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
def faults_of(browser, live_server):
    """faults_of(page, address) → what is wrong there in each look, as sentences."""

    def faults(page, address):
        found = []
        page.goto(live_server.url + address)
        page.emulate_media(reduced_motion="reduce")
        for look, (width, style) in LOOKS.items():
            page.set_viewport_size({"width": width, "height": 900})
            tag = page.add_style_tag(content=style) if style else None
            height = page.evaluate("() => document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": min(max(height, 900), 30_000)})
            found += [f"{address}, {look}: {fault}" for fault in page.evaluate(FAULTS)]
            if tag:
                tag.evaluate("e => e.remove()")
        return found

    return faults


@pytest.fixture
def free_page(browser, live_server, site):
    """A page that takes a style from the test, which the site's own policy would refuse."""
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def test_every_page_of_readers_holds(free_page, faults_of):
    contact = Contact.objects.get(name="Rosemary Frimpong")
    ask(contact)
    faults = [fault for address in [*READERS, link_of(contact.email)] for fault in faults_of(free_page, address)]
    assert not faults, "\n".join(faults)


def test_a_page_of_errors_holds(free_page, faults_of):
    faults = []
    for name in ("400", "429", "500"):
        body = render_to_string(f"{name}.html", {"wait": 60})
        free_page.route(
            f"**/error-{name}/", lambda route, _, body=body: route.fulfill(body=body, content_type="text/html")
        )
        faults += faults_of(free_page, f"/error-{name}/")
    assert not faults, "\n".join(faults)


def test_every_page_of_the_desk_holds(free_page, faults_of):
    page = sign_in(free_page)
    faults = [fault for address in desk_pages() for fault in faults_of(page, address)]
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
