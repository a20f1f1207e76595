"""What workers read can be read at nine: short words, short sentences (the Flesch-Kincaid grade, counted here)."""

import re
import statistics

import pytest

from tests.texts.test_catalogues import ENGLISH, for_staff

MOST, MIDDLE = 8.0, 4.5
SENTENCES = re.compile(r"[.!?:\n•]+")


def grade(words):
    """The school year of a text in the American count, which is the reading age less five.

    Source: Kincaid and others, 1975: 0.39 words per sentence + 11.8 syllables per word − 15.59.
    """
    found = re.findall(r"[A-Za-z’']+", words)
    sentences = [part for part in SENTENCES.split(words) if re.search(r"[A-Za-z]", part)]
    if not found or not sentences:
        return 0.0
    return 0.39 * len(found) / len(sentences) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


def syllables(word):
    bare = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiou]+y?(?![aeiou])|[aeiou]+|y(?![aeiou])", bare))
    silent = bare.endswith("e") and not bare.endswith(("le", "ee")) and groups > 1
    ending = bare.endswith("ed") and not bare.endswith(("ted", "ded")) and groups > 1
    return max(1, groups - (1 if silent or ending else 0))


def read_aloud(form):
    said = re.sub(r"</?[a-z]+>", "", form)
    return re.sub(r"\{[^}]*\}", "it", re.sub(r"/[a-z]+", "it", said))


def sentences_for_workers():
    return {
        name: read_aloud(form)
        for name, forms in ENGLISH.items()
        for form in forms
        if not for_staff(name) and not name.startswith("words.") and len(form.split()) >= 8
    }


def test_what_workers_read_can_be_read_at_nine():
    grades = {name: round(grade(form), 1) for name, form in sentences_for_workers().items()}
    assert len(grades) > 40
    assert {name: found for name, found in grades.items() if found > MOST} == {}
    assert statistics.median(grades.values()) <= MIDDLE


@pytest.mark.parametrize(
    ("word", "count"),
    [("care", 1), ("worker", 2), ("meeting", 2), ("library", 3), ("stopped", 1), ("wanted", 2), ("employer", 3)],
)
def test_syllables(word, count):
    assert syllables(word) == count


def test_officialese_is_found():
    official = "Notwithstanding aforementioned considerations, participation necessitates documentation."
    assert grade(official) > MOST
    assert grade("The cat sat on the mat.") < 1
