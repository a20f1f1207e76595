"""What is committed belongs to no one machine: no registry, no mirror, no path of somebody's disk."""

import re

from tests.shape.sources import Source, project

REGISTRY = re.compile(
    r"\b(pypi\.[a-z]+|pythonhosted\.org|registry\.npmjs\.org|npmjs\.(com|org)|anaconda\.org|crates\.io)\b"
)
MACHINE = re.compile(r"(?<![\w./~-])/(home|root|Users|work)/\w|[A-Z]:\\\\?Users\\", re.ASCII)
PACKAGES = re.compile(r"(^|/)(requirements|pyproject\.toml|package(-lock)?\.json|\.npmrc|pip\.conf|uv\.toml|.*lock.*)")
ADDRESS = re.compile(r"https?://|file://|git\+")


def found(pattern: re.Pattern[str], sources: list[Source]) -> list[str]:
    return [
        f"{source.path}:{number}"
        for source in sources
        for number, line in enumerate(source.text.splitlines(), 1)
        if pattern.search(line)
    ]


def package_files() -> list[Source]:
    return [source for source in project() if PACKAGES.search(source.path)]


def line(text: str) -> list[Source]:
    return [Source("sample", text)]


def test_no_registry_is_named():
    assert found(REGISTRY, list(project())) == []


def test_no_path_of_one_machine():
    assert found(MACHINE, list(project())) == []


def test_package_files_hold_no_addresses():
    assert len(package_files()) >= 7
    assert found(ADDRESS, package_files()) == []


def test_a_registry_is_found():
    for host in ("pypi", "files.pythonhosted", "registry.npmjs"):
        assert found(REGISTRY, line(f"see {host}.org/simple"))
    assert found(REGISTRY, line("the registry of care homes")) == []


def test_a_path_of_one_machine_is_found():
    for folder in ("home", "root", "Users", "work"):
        assert found(MACHINE, line(f"cd /{folder}/ada"))
        assert found(MACHINE, line(f'x = "/{folder}/x"'))
    for text in (
        "docs/home/page",
        "../work/x",
        "https://council.example/home/page",
        "home/ada",
        "/var/lib/care-compact",
    ):
        assert found(MACHINE, line(text)) == [], text


def test_an_address_is_found():
    for scheme in ("https:", "file:"):
        assert found(ADDRESS, line(f"--index-url {scheme}//packages.example/simple"))
    assert found(ADDRESS, line("name @ git" + "+ssh:packages"))
    assert found(ADDRESS, line("click==8.1")) == []
