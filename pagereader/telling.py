"""A page as the plain data that `read_page --json` prints."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from .records import Category, Contact, Doubt, Entry, Metric, Page
from .rendering import to_text


def as_json(page: Page) -> dict[str, Any]:
    """The page in the shape of DESIGN §4, with more about each entry after the promised keys."""
    return {
        "category": category_data(page.category),
        "entries": [entry_data(entry) for entry in page.entries],
        "doubts": [doubt_data(doubt, page) for doubt in page.doubts],
    }


def category_data(category: Category) -> dict[str, Any]:
    return asdict(category) | {"introduction": to_text(category.introduction), "footer": to_text(category.footer)}


def entry_data(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "boroughs": list(entry.boroughs),
        "summary": to_text(entry.summary),
        "contacts": [contact_data(contact) for contact in entry.contacts],
        "team": entry.team,
        "partners": list(entry.partners),
        "body_text": to_text(entry.body),
        "supporting_text": to_text(entry.supporting),
        "themes": [theme.slug for theme in entry.themes],
        "metrics": [metric_data(metric) for metric in entry.metrics],
        "line": entry.line,
        "heading": entry.heading,
        "delivery_body": entry.delivery_body,
        "voices": [asdict(voice) for voice in entry.voices],
        "supporting_items": [asdict(item) for item in entry.supporting_items],
        "theme_evidence": [asdict(theme) for theme in entry.themes],
    }


def contact_data(contact: Contact) -> dict[str, Any]:
    return {"name": contact.name, "role": contact.role, "email": contact.email, "email_suspect": contact.email_suspect}


def metric_data(metric: Metric) -> dict[str, Any]:
    return {
        "quote": metric.quote,
        "value": as_number(metric.value),
        "unit": metric.unit,
        "label": metric.label,
        "kind": metric.kind,
        "comparator": None if metric.comparator is None else as_number(metric.comparator),
        "period": metric.period,
        "figure": metric.figure,
        "line": metric.line,
    }


def as_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def doubt_data(doubt: Doubt, page: Page) -> dict[str, Any]:
    title = None if doubt.entry is None else page.entries[doubt.entry].title
    return {"line": doubt.line, "entry": title, "message": doubt.message, "kind": doubt.kind}
