"""The tables of reach counted again, row by row in plain Python, from nothing but the raw history."""

from collections import Counter, defaultdict

NOT_MADE = {"skipped", "expired", "cancelled"}
TO_COME = {"planned", "queued", "sending", "retry_wait"}
STRUCK = {"taken_back", "corrected"}
NOT_TAKEN = {"no_answer", "wrong_contact", "not_attempted"}
TABLES = (
    "approach", "person", "consent", "role_grant", "contact_attempt", "other_market", "availability",
    "rota", "poll_vote", "attendance", "contact_route",
)  # fmt: skip


class History:
    """Every row of the tables that counts are made of."""

    def __init__(self, rows):
        self.rows = rows
        self.people = {row["id"]: row for row in rows["person"] if not row["invented"]}
        self.attempts = [row for row in rows["contact_attempt"] if row["why"] not in STRUCK and self._real(row)]
        self.acts = self._acts()

    def _real(self, row):
        return row["person_id"] is None or row["person_id"] in self.people

    def _acts(self):
        """When each person did something substantive."""
        acts = defaultdict(list)
        for row in self.rows["person"]:
            if row["joined_at"] is not None:
                acts[row["id"]].append(row["joined_at"])
        for row in self.rows["availability"] + self.rows["rota"]:
            acts[row["person_id"]].append(row["said_at"])
        for row in self.rows["poll_vote"]:
            acts[row["person_id"]].append(row["voted_at"])
        for row in self.rows["attendance"]:
            if row["standing"] == "came":
                acts[row["person_id"]].append(row["at"])
        for row in self.rows["contact_attempt"]:
            if row["answer"] == "spoke" and row["state"] == "by_hand" and row["why"] not in STRUCK:
                acts[row["person_id"]].append(row["sent_at"])
        return acts

    def within(self, row, span):
        return span.from_at <= row["planned_at"] < span.until_at

    def made(self, row):
        return row["state"] not in NOT_MADE | TO_COME

    def audience(self, span):
        """The people who count: not staff who never signed up, nobody of an organisation, met before the end."""
        latest = {row["person_id"]: row["accepted"] for row in self.rows["consent"]}
        staff = {row["person_id"] for row in self.rows["role_grant"] if row["revoked_at"] is None}
        return [
            person for person in self.people.values()
            if person["met_at"] < span.until_at and person["organisation_id"] is None
            and (latest.get(person["id"]) or person["id"] not in staff)
        ]  # fmt: skip


def by_approach(history, span):
    """For each approach's code, the counts that `reach.by_approach` gives, by name."""
    found = {}
    for approach in history.rows["approach"]:
        rows = [
            row for row in history.attempts if row["approach_id"] == approach["id"] and history.within(row, span)
        ]  # fmt: skip
        made = [row for row in rows if history.made(row)]
        people = defaultdict(list)
        for row in made:
            if row["person_id"] is not None:
                people[row["person_id"]].append(row)
        counts = Counter(_person(history, rows_of, person, span) for person, rows_of in people.items())
        found[approach["code"]] = {
            "made": len(made),
            "left_out": sum(row["state"] in NOT_MADE for row in rows),
            "to_come": sum(row["state"] in TO_COME for row in rows),
            "attempted": len(people),
            "accepted": sum(count for what, count in counts.items() if what[0]),
            "answered": sum(count for what, count in counts.items() if what[1]),
            "silent": sum(count for what, count in counts.items() if what[2] and not what[1]),
            "engaged": sum(count for what, count in counts.items() if what[3]),
            "first_met": sum(
                person["first_approach"] == approach["id"] and span.from_at <= person["met_at"] < span.until_at
                for person in history.people.values()
            ),
        }
    return found


def _person(history, rows, person, span):
    """Whether somebody took it, answered, fell silent, and did something after the first time."""
    first = min(row["sent_at"] or row["planned_at"] for row in rows)
    return (
        any(row["state"] in {"accepted", "by_hand"} and row["answer"] not in NOT_TAKEN for row in rows),
        any(row["outcome"] in {"answered", "late"} for row in rows),
        any(row["outcome"] == "no_response" for row in rows),
        any(first <= at < span.until_at for at in history.acts[person]),
    )


def by_group(history, span):
    """(by what, which) and the counts that `reach.by_group` gives."""
    found = defaultdict(Counter)
    second_jobs = defaultdict(set)
    for row in history.rows["other_market"]:
        second_jobs[row["person_id"]].add(row["market"])
    for person in history.audience(span):
        rows = [row for row in history.attempts if row["person_id"] == person["id"] and history.within(row, span)]
        counts = Counter(
            known=1,
            attempted=int(any(history.made(row) for row in rows)),
            answered=int(any(row["outcome"] in {"answered", "late"} for row in rows)),
            engaged=int(any(span.from_at <= at < span.until_at for at in history.acts[person["id"]])),
        )
        markets = {_said(person["market"])} | second_jobs[person["id"]]
        for key in [("all", "all"), ("shift", _said(person["shift"])), *(("market", one) for one in markets)]:
            found[key].update(counts)
    return dict(found)


def _said(code):
    return None if code in (None, "not_said") else code


def untried(history, span):
    """How many people nobody tried to reach."""
    tried = {row["person_id"] for row in history.attempts if history.made(row) and history.within(row, span)}
    return sum(person["id"] not in tried for person in history.audience(span))
