"""The update that is being worked on, where a leak could reach for it. The program itself has no way to it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Arrival:
    user: int
    message: int
    update: int
    name: str


current = Arrival(0, 0, 0, "")


def comes(arrival: Arrival) -> None:
    globals()["current"] = arrival
