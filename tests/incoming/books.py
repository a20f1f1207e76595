"""Workbooks and spreadsheets of our own making, with whatever is wrong in them."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

_HEAD = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
)
_TAIL = "</office:spreadsheet></office:body></office:document-content>"


def xlsx(rows, merged=()):
    """A workbook of these rows; `merged` are ranges as A2:A3."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def typed_like_a_formula(rows, cell):
    """A workbook in which `cell` holds text that only looks like a formula."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active[cell].data_type = "s"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def ods(*tables):
    """A spreadsheet of these tables."""
    return ods_of(_HEAD + "".join(f'<table:table table:name="t">{table}</table:table>' for table in tables) + _TAIL)


def ods_of(xml):
    """A spreadsheet whose content.xml is this."""
    held = io.BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", xml)
    return held.getvalue()


def row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def cell(text, more=""):
    kind = "" if "value-type" in more else 'office:value-type="string"'
    return f"<table:table-cell {kind} {more}><text:p>{text}</text:p></table:table-cell>"
