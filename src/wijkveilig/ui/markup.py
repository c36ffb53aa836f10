"""Tables as markup, written by hand: a template takes ten times as long, and pages hold hundreds of rows."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString, mark_safe

from wijkveilig.ui.figures import Cell, Column, Table


def table_markup(table: Table) -> SafeString:
    """A table with headed columns, whose rows are headed by their first cell; texts are escaped, drawings are not."""
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    heads = "".join(f'<th scope="col"{_side(column)}>{escape(str(column.label))}</th>' for column in table.columns)
    rows = "\n".join(_row(line) for line in table.lines())
    return mark_safe(  # noqa: S308 - every text above is escaped
        f"<table>{caption}<thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody></table>"
    )


def _row(line: list[tuple[Column, Cell]]) -> str:
    (_first, head), *others = line
    cells = "".join(f"<td{_side(column)}>{_inside(cell)}</td>" for column, cell in others)
    return f'<tr><th scope="row">{_inside(head)}</th>{cells}</tr>'


def _side(column: Column) -> str:
    return ' class="n"' if column.numeric else ""


def _inside(cell: Cell) -> str:
    """The text (as a link, strong), the drawing beside it, the small words below it."""
    text = escape(str(cell.text))
    if cell.href:
        text = f'<a href="{escape(cell.href)}">{text}</a>'
    if cell.strong:
        text = f"<b>{text}</b>"
    small = f"<small>{escape(str(cell.small))}</small>" if cell.small else ""
    return f"{text}{cell.svg}{small}"
