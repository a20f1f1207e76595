"""Pure decisions: what may be sent, when, to whom, and how it counts. No I/O, no async, no clock of its own."""
