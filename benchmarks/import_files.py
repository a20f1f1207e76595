"""The files that import figures are about: the regulator's real ones where they are, ours where they are not."""

from pathlib import Path

from benchmarks.programs import ROOT

REAL = ROOT.parent / "shared" / "data" / "cqc"
EXAMPLES = ROOT / "docs" / "examples"


def directories() -> list[Path]:
    """Every layout of the directory of care."""
    real = [path for path in sorted(REAL.glob("*")) if path.suffix in (".csv", ".ods")] if REAL.exists() else []
    return real or [EXAMPLES / "providers.csv"]


def everything() -> list[Path]:
    """Every file there is, of every kind."""
    return [*directories(), *(path for path in sorted(EXAMPLES.glob("*.csv")))]


def contacts(path: Path, how_many: int) -> Path:
    """A list of so many invented people, each with every field."""
    with path.open("w", encoding="utf-8") as file:
        file.write("Name,Phone,E-mail,Postal address,Language,Market,Shift,Employer,Consent,Consent date\n")
        for number in range(how_many):
            file.write(
                f"Invented {number} Person,07{700_000_000 + number:09d},p{number}@care.example,"
                f'"{number} Ash Lane, Testing",English,Home care,nights,Birch,yes,01/09/2026\n'
            )
    return path
