"""Pages of a table: `page` and `limit` in the address, and where the next page is."""

from submissions.api.errors import BadParameter, NotThere
from submissions.exports.formats import plain_row
from submissions.paging import whole_number

LIMIT = 50
MAX_LIMIT = 200


def page_of(request, table, chosen, total):
    """One page as the API answers it. `chosen` are `total` records in order."""
    limit = _number(request, "limit", LIMIT, MAX_LIMIT)
    number = _number(request, "page", 1)
    pages = max(1, -(-total // limit))
    if number > pages:
        raise NotThere(f"There is no page {number}: with {limit} on each, there {_are(pages)}.")
    start = (number - 1) * limit
    return {
        "count": total,
        "next": _address(request, number + 1) if number < pages else None,
        "previous": _address(request, number - 1) if number > 1 else None,
        "results": [plain_row(row) for rows in table.rows(chosen[start : start + limit]) for row in rows],
    }


def _number(request, name, default, highest=None):
    text = request.query_params.get(name, str(default))
    number = whole_number(text)
    if not number or (highest and number > highest):
        allowed = f"from 1 to {highest}" if highest else "from 1 on"
        raise BadParameter(f"“{name}” is a whole number {allowed}, not “{text[:40]}”.")
    return number


def _address(request, number):
    asked = request.query_params.copy()
    asked["page"] = number
    return request.build_absolute_uri(f"?{asked.urlencode()}")


def _are(pages):
    return "is only one" if pages == 1 else f"are {pages}"
