"""The running program: settings, composition, intake, delivery, clock and command line."""
