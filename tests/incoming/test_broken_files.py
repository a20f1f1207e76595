"""A few broken files of each sort; `make soak-imports` offers two thousand."""

from random import Random

import pytest

from benchmarks import imports_fuzz
from benchmarks.mutations import MUTATIONS
from tests.incoming.test_contacts import OURS as PEOPLE
from tests.incoming.test_providers import OURS as PLACES


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("original", [PEOPLE, PLACES], ids=lambda path: path.stem)
async def test_a_broken_file_is_refused_or_imported_whole_and_taken_back_whole(database, written, original, mutate):
    path = written(mutate(original.read_bytes(), Random(f"{mutate.__name__}{original.stem}")))
    assert await imports_fuzz.offer(path, database) in ("refused", "nothing", "imported")
