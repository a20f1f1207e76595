"""A certificate checked on the host."""

import asyncio

from rules.certificates import Facts, issue
from storage import certificates, meetings
from storage.database import opened


async def a_code(data):
    async with opened(data / "main.db") as database, database.transaction() as tx:
        made = await meetings.make(
            tx, title="Tea", strand="network", mode="online", venue_id=None, local_start="2027-03-04T19:30",
            zone="Europe/London", minutes=90, capacity=None, now=0,
        )  # fmt: skip
        return issue(await certificates.secret(tx), Facts(made.id, made.local_start, made.minutes), "Ada")


def test_a_code_of_ours_is_confirmed_without_a_name_and_any_other_is_not(shell, data):
    shell("migrate")
    code = asyncio.run(a_code(data))
    said = shell("verify", code)
    assert said.exit_code == 0
    assert "4 March 2027, 1.5 hours" in said.stdout
    assert "with this name" in shell("verify", code, "ADA").stdout
    assert "not with this name" in shell("verify", code, "Eve").stdout
    for wrong in ("7KQ2MD-X40ZTP-9RVA3H-C1EJ8W", "hello", f"{code}X"):
        refused = shell("verify", wrong)
        assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
