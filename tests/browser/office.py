"""LibreOffice without a window, as an officer's computer has it."""

import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TABLE, TEXT = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}", "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
UTF_8, QUOTE = 76, 34
# By place: separator, quote, encoding, first line, columns, language, quoted is text, guess at numbers, three for
# writing only, sheet, work formulas out. The choices are the most careless an officer could make.
CARELESS = "CSV:{separator},{quote},{encoding},1,,0,false,true,false,false,false,0,true"


def ready() -> None:
    """Skip where LibreOffice is missing."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed: on Debian, apt-get install libreoffice-calc --no-install-recommends")


def converted(source: Path, form: str, folder: Path, *, separator: str = ",") -> Path:
    """The file as LibreOffice saves it in another form after opening it."""
    folder.mkdir(exist_ok=True)
    opening = CARELESS.format(separator=ord(separator), quote=QUOTE, encoding=UTF_8)
    careless = [f"--infilter={opening}"] if source.suffix == ".csv" else []
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, own, "--headless", *careless, "--convert-to", form, "--outdir", folder, source]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    made = folder / f"{source.stem}.{form.partition(':')[0]}"
    assert made.exists(), done.stdout + done.stderr
    return made


def sheets(source: Path, folder: Path, **how) -> dict[str, list[list[str]]]:
    """What an officer sees in each sheet, cell by cell; fails where a cell has become a formula or a link."""
    tree = ET.parse(converted(source, "fods", folder, **how))  # noqa: S314 - LibreOffice wrote it just now
    assert [cell.attrib for cell in tree.iter() if f"{TABLE}formula" in cell.attrib] == []
    assert list(tree.iter(f"{TEXT}a")) == []
    return {table.get(f"{TABLE}name"): [_cells(row) for row in _rows(table)] for table in tree.iter(f"{TABLE}table")}


def records(sheet: list[list[str]]) -> list[dict[str, str]]:
    """A sheet's rows by the names in its first one."""
    heads, *rows = sheet
    return [dict(zip(heads, [*row, *[""] * (len(heads) - len(row))], strict=True)) for row in rows if any(row)]


def _rows(table):
    return [row for row in table.iter(f"{TABLE}table-row") if any(_cells(row))]


def _cells(row) -> list[str]:
    found: list[str] = []
    for cell in row.iter(f"{TABLE}table-cell"):
        times = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        found += ["\n".join(_words(line) for line in cell.iter(f"{TEXT}p"))] * min(times, 64)
    while found and not found[-1]:
        found.pop()
    return found


def _words(line) -> str:
    """A paragraph's text; runs of spaces, tabs and line breaks stand as elements in it."""
    signs = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
    words = (line.text or "") if line.tag not in signs else signs[line.tag] * int(line.get(f"{TEXT}c", "1"))
    return words + "".join(_words(part) + (part.tail or "") for part in line)
