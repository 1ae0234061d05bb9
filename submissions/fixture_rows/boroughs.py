"""The 33 authorities and the bodies that deliver services for them."""

from django.utils.text import slugify

from submissions.fixture_rows.row import BuildError, numbered
from submissions.fixture_rows.sources import decisions, listed, table


def borough_rows(root):
    """Rows of delivery bodies and boroughs; `root` is the fixtures folder."""
    authorities = table(root / "sources" / "local_authorities.csv")
    bodies = _delivery_bodies(authorities)
    body_keys = {body["fields"]["name"]: body["pk"] for body in bodies}
    return bodies + _boroughs(authorities, body_keys, *_surroundings(root))


def _delivery_bodies(authorities):
    bodies = {}
    for authority in authorities:
        if name := authority["delivery_organisation"]:
            bodies[name] = {"name": name, "slug": slugify(name), "aliases": listed(authority["delivery_short_forms"])}
    return numbered("boroughs.deliverybody", (bodies[name] for name in sorted(bodies)))


def _surroundings(root):
    neighbours = {line["ons_code"]: listed(line["neighbours"]) for line in table(root / "sources" / "neighbours.csv")}
    labels, _ = decisions(root / "editorial" / "boroughs.toml")
    return neighbours, labels["tile_labels"]


def _boroughs(authorities, body_keys, neighbours, labels):
    keys = {authority["ons_code"]: pk for pk, authority in enumerate(authorities, start=1)}
    if missing := [authority["name"] for authority in authorities if authority["name"] not in labels]:
        raise BuildError(f"editorial/boroughs.toml has no tile label for {missing[0]}: add it under [tile_labels].")
    return numbered(
        "boroughs.borough",
        (
            _borough(authority)
            | {
                "delivery_body": body_keys.get(authority["delivery_organisation"]),
                "tile_label": labels[authority["name"]],
                "neighbours": [keys[code] for code in neighbours[authority["ons_code"]]],
            }
            for authority in authorities
        ),
    )


def _borough(authority):
    same = ("name", "official_name", "slug", "ons_code", "dfe_code", "sub_region", "website")
    return {name: authority[name] for name in same} | {
        "aliases": listed(authority["short_forms"]),
        "email_domains": listed(authority["email_domains"]),
        "ring": authority["inner_outer"],
        "tile_row": int(authority["tile_row"]),
        "tile_column": int(authority["tile_col"]),
    }
