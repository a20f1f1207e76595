"""Tables that come in: files from outside, read in a process of their own with limits, and given back row by row."""

from incoming.layout import Field, Layout, Matched
from incoming.table import Row, Table, TableRefused, read_table

__all__ = ["Field", "Layout", "Matched", "Row", "Table", "TableRefused", "read_table"]
