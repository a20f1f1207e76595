"""Every SQL statement of the program, one file per noun."""
