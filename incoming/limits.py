"""How much of a file is looked at. Whatever is larger is refused in plain words, whoever made it."""

MOST_BYTES = 40 * 1024 * 1024
MOST_MEMORY = 280 * 1024 * 1024
"""Of the process that reads, in bytes, with all its libraries."""
MOST_UNPACKED = 2 * 1024**3
"""Of what a workbook holds when it is unpacked, in bytes; it is read as it comes, never kept."""
MOST_SPOOLED = 600 * 1024**2
"""Of the rows on their way to us, in bytes."""
MOST_ROWS = 200_000
MOST_COLUMNS = 300
LONGEST_CELL = 32_767
"""Characters: a workbook's own limit."""
SECONDS = 300.0
