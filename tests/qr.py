"""Reads a QR code back from its modules, by the standard and not by the package that drew it (ISO/IEC 18004).

Enough for codes as they leave the printer: versions 1 to 6, bytes, no errors to mend.
"""

_MASKS = (
    lambda r, c: (r + c) % 2,
    lambda r, _: r % 2,
    lambda _, c: c % 3,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)
# Data codewords of each block, by level and version (table 9 of the standard).
_LEVEL_Q, _LEVEL_H = 0b11, 0b10
_BLOCKS = {
    _LEVEL_Q: {1: (13,), 2: (22,), 3: (17, 17), 4: (24, 24), 5: (15, 15, 16, 16), 6: (19, 19, 19, 19)},
    _LEVEL_H: {1: (9,), 2: (16,), 3: (13, 13), 4: (9, 9, 9, 9), 5: (11, 11, 12, 12), 6: (15, 15, 15, 15)},
}
_FORMAT_MASK = 0b101010000010010


def modules_in(dark, width):
    """The square of modules in a picture `width` dots wide, of which `dark` says whether the dot at (x, y) is."""
    spots = [(x, y) for y in range(width) for x in range(width) if dark(x, y)]
    left, top = min(x for x, _ in spots), min(y for _, y in spots)
    span = max(x for x, _ in spots) - left + 1
    run = next(x for x in range(left, left + span) if not dark(x, top)) - left  # seven modules of the first corner
    count = round(span * 7 / run)
    step = span / count
    middles = [int((number + 0.5) * step) for number in range(count)]
    return [[dark(left + x, top + y) for x in middles] for y in middles]


def words_of(modules):
    """The text a code holds. Raises ValueError for what this cannot read."""
    size = len(modules)
    version = (size - 17) // 4
    level, mask = _format(modules)
    if version not in _BLOCKS.get(level, {}):
        raise ValueError("another level or version")
    bits = [modules[r][c] ^ (_MASKS[mask](r, c) == 0) for r, c in _way(size, version)]
    codewords = [int("".join(map(str, map(int, bits[at : at + 8]))), 2) for at in range(0, len(bits) // 8 * 8, 8)]
    stream = "".join(f"{one:08b}" for one in _in_order(codewords, _BLOCKS[level][version]))
    if stream[:4] != "0100":
        raise ValueError("not bytes")
    length = int(stream[4:12], 2)
    return bytes(int(stream[12 + 8 * n : 20 + 8 * n], 2) for n in range(length)).decode()


def _format(modules):
    cells = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    value = int("".join(str(int(modules[r][c])) for r, c in cells), 2) ^ _FORMAT_MASK
    return value >> 13, value >> 10 & 0b111


def _way(size, version):
    """The cells that carry data, in the order in which they do: pairs of columns from the right, up and down."""
    column, upward = size - 1, True
    while column > 0:
        column -= column == 6  # the timing pattern
        for step in range(size):
            row = size - 1 - step if upward else step
            yield from ((row, c) for c in (column, column - 1) if not _fixed(row, c, size, version))
        column, upward = column - 2, not upward


def _fixed(r, c, size, version):
    corner = (r < 9 and (c < 9 or c >= size - 8)) or (r >= size - 8 and c < 9)
    far = size - 7
    aligned = version > 1 and abs(r - far) <= 2 and abs(c - far) <= 2
    return corner or 6 in (r, c) or aligned


def _in_order(codewords, blocks):
    found = [[] for _ in blocks]
    given = iter(codewords)
    for place in range(max(blocks)):
        for block, length in zip(found, blocks, strict=True):
            if place < length:
                block.append(next(given))
    return [one for block in found for one in block]
