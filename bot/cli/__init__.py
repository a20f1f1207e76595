"""The command line: run the bot, try it out, look after its data, take files out of it."""

import click

from bot.cli.check import check, health
from bot.cli.data import enrol, migrate
from bot.cli.export import export
from bot.cli.imports import import_
from bot.cli.money import finance, payouts, reconcile
from bot.cli.print import paper_form, poster
from bot.cli.run import demo, run
from bot.cli.tokens import tokens
from bot.cli.verify import verify
from bot.cli.voucher_file import vouchers


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Care Compact: a council's bot for care workers, and the record of what reached whom."""


COMMANDS = (
    run,
    demo,
    migrate,
    enrol,
    export,
    import_,
    tokens,
    verify,
    poster,
    paper_form,
    check,
    health,
    vouchers,
    finance,
    reconcile,
    payouts,
)
for command in COMMANDS:
    main.add_command(command)
