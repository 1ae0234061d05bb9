"""Lines to paste into Power BI (or Excel's advanced editor) that fetch a table with the right type for each column."""


def power_query(address, columns):
    """The query in Power Query's language, M, for the CSV file at `address`."""
    types = ",\n".join(f"        {{{_text(column.name)}, {column.kind.power_query}}}" for column in columns)
    return f"""let
    File = Csv.Document(
        Web.Contents({_text(address)}),
        [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]
    ),
    Rows = Table.PromoteHeaders(File, [PromoteAllScalars = true]),
    Typed = Table.TransformColumnTypes(Rows, {{
{types}
    }}, "en-GB")
in
    Typed"""


def _text(value):
    return '"' + value.replace('"', '""') + '"'
