"""`python -m bot`: the command line of Care Compact."""

from bot.cli import main

if __name__ == "__main__":
    main(prog_name="python -m bot")
