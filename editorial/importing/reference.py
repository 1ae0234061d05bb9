"""The authorities and themes of the catalogue, as the page reader takes them, with their present names."""

from boroughs.models import Borough
from pagereader import Authority, KnownTheme, NotAPage, Reference, reference_from
from submissions.fixture_tables import text_of
from submissions.models import Theme


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
