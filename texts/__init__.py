"""Every word a person reads, by name, one catalogue per language."""
