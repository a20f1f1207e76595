"""What a set of groups weighs, when a set is an int with a bit for each group and each group stands for many people."""

from collections.abc import Sequence


class Weights:
    """Whole weights, taken apart into binary places: the weight of a set is a few counts of bits.

    Put the heaviest groups first: then the high places are short, and cost little.
    """

    def __init__(self, weights: Sequence[int]) -> None:
        self.everyone = (1 << len(weights)) - 1
        self.total = sum(weights)
        self.places = tuple(
            (place, _bits([weight >> place & 1 for weight in weights]))
            for place in range(max(weights, default=0).bit_length())
        )

    def within(self, groups: int) -> "Weights":
        """The same, for sets that hold none but these groups: what the others weigh costs no more counting."""
        smaller = Weights(())
        smaller.everyone = groups
        smaller.places = tuple((place, bits & groups) for place, bits in self.places if bits & groups)
        smaller.total = smaller.of(groups)
        if len(smaller.places) == 1 and smaller.places[0] == (0, groups):
            smaller.places = ((0, -1),)
        return smaller

    def of(self, groups: int) -> int:
        """What these groups weigh together."""
        total = 0
        for place, bits in self.places:
            total += (groups & bits).bit_count() << place
        return total


def _bits(flags: Sequence[int]) -> int:
    return int("".join(map(str, reversed(flags))) or "0", 2)
