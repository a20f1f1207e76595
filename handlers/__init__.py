"""What people can say to the program: one file per conversation."""
