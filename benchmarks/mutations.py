"""Ways in which a file comes broken: each takes its bytes and a source of chance, and gives other bytes."""

import csv
import io
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook


def cut_short(content: bytes, chance: Random) -> bytes:
    """The end is missing."""
    return content[: chance.randrange(len(content))]


def flipped(content: bytes, chance: Random) -> bytes:
    """Some bytes are others."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 10, 100))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def doubled(content: bytes, chance: Random) -> bytes:
    """A part is there twice."""
    start = chance.randrange(len(content))
    end = chance.randrange(start, len(content))
    return content[:end] + content[start:]


def mixed(content: bytes, chance: Random) -> bytes:
    """Two encodings in one file: half of it is UTF-16, or has letters of Windows' own."""
    half = chance.randrange(len(content))
    if chance.random() < 0.5:
        return content[:half] + content[half:].decode("latin-1").encode("utf-16-le")
    return content[:half] + "Zoë’s “place”,Ærø\n".encode("cp1252") + content[half:]


def swapped(content: bytes, chance: Random) -> bytes:
    """Columns in another order, some gone, some there twice."""
    rows = _rows(content)
    width = max((len(row) for row in rows), default=1)
    order = (
        [chance.randrange(width) for _ in range(width)] if chance.random() < 0.5 else chance.sample(range(width), width)
    )
    return _text([[row[place] if place < len(row) else "" for place in order] for row in rows])


def huge_cell(content: bytes, chance: Random) -> bytes:
    """One cell is a book."""
    rows = _rows(content)
    if rows and (row := chance.choice(rows)):
        row[chance.randrange(len(row))] = chance.choice("xé名=\n") * chance.choice((1_000, 40_000, 3_000_000))
    return _text(rows)


def quoted(content: bytes, chance: Random) -> bytes:
    """A quotation mark where none belongs."""
    place = chance.randrange(len(content))
    return content[:place] + b'"' * chance.choice((1, 2, 3)) + content[place:]


def other_separators(content: bytes, chance: Random) -> bytes:
    """Semicolons in some lines, tabs in others."""
    lines = content.split(b"\n")
    return b"\n".join(line.replace(b",", chance.choice((b",", b";", b"\t", b"|"))) for line in lines)


def as_workbook(content: bytes, chance: Random) -> bytes:
    """The same as a workbook, with formulas, merged cells and numbers strewn in."""
    book = Workbook()
    for row in _rows(content)[:200]:
        book.active.append([_strewn(cell, chance) for cell in row])
    if chance.random() < 0.5:
        top, left = chance.randrange(1, 20), chance.randrange(1, 8)
        book.active.merge_cells(start_row=top, start_column=left, end_row=top + 3, end_column=left + 1)
    held = io.BytesIO()
    book.save(held)
    whole = held.getvalue()
    return whole if chance.random() < 0.5 else flipped(whole, chance)


def _strewn(cell: str, chance: Random) -> object:
    clean = "".join(letter for letter in cell if letter.isprintable())[:30_000]
    return chance.choice(("=1+1", 46_000, -1.5, None, True)) if chance.random() < 0.05 else clean


def bomb(content: bytes, chance: Random) -> bytes:
    """A small archive of very much, dressed as a spreadsheet."""
    held = io.BytesIO()
    name = chance.choice(("content.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"))
    with ZipFile(held, "w", ZIP_DEFLATED) as packed:
        if name == "content.xml":
            packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(name, b"<a>" + content[:100] + b" " * chance.choice((10**6, 10**8)))
    return held.getvalue()


def _rows(content: bytes) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig", "replace").replace("\0", ""), newline="")))
    except csv.Error:
        return [["Name", "Phone"]]


def _text(rows: list[list[str]]) -> bytes:
    held = io.StringIO(newline="")
    csv.writer(held).writerows(rows)
    return held.getvalue().encode("utf-8", "replace")


MUTATIONS = (
    cut_short, flipped, doubled, mixed, swapped, huge_cell, quoted, other_separators, as_workbook, bomb,
)  # fmt: skip
