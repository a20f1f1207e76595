"""Maximum coverage as a mixed-integer program, solved by HiGHS; run by a Python that has scipy, apart from the project.

Reads one instance as JSON and prints what was reached, the bound, and the seconds.
"""

import json
import sys
import time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix


def main() -> None:
    """A group counts when one of its columns is chosen; so many columns are."""
    given = json.load(sys.stdin)
    rows, weights, columns = given["rows"], np.array(given["weights"], float), given["columns"]
    start = time.perf_counter()
    entries = [(at, columns + at, 1.0) for at in range(len(rows))]
    entries += [(at, column, -1.0) for at, row in enumerate(rows) for column in row]
    entries += [(len(rows), column, 1.0) for column in range(columns)]
    at, across, value = zip(*entries, strict=True)
    matrix = csr_matrix((value, (at, across)), shape=(len(rows) + 1, columns + len(rows)))
    upper = np.zeros(len(rows) + 1)
    upper[-1] = given["wanted"]
    answer = milp(
        np.concatenate([np.zeros(columns), -weights]),
        constraints=LinearConstraint(matrix, -np.inf, upper),
        integrality=np.concatenate([np.ones(columns), np.zeros(len(rows))]),
        bounds=Bounds(0, 1),
        options={"time_limit": given["seconds"], "mip_rel_gap": 0},
    )
    seconds = time.perf_counter() - start
    reached = 0 if answer.x is None else round(-answer.fun)
    bound = -(answer.mip_dual_bound or 0)
    print(json.dumps({"status": answer.status, "reached": reached, "bound": bound, "seconds": seconds}))


if __name__ == "__main__":
    main()
