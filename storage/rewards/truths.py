"""What must be true of money at every moment. A row that breaks one stops payouts (see `watch`).

Source: the design's five invariants of rewards; each has one or more questions here, in its order.
"""

MONEY = {
    "budget_overspent": """
        SELECT budget.id FROM budget JOIN ledger ON budget_id = budget.id
        GROUP BY budget.id, invented HAVING sum(reserved + issued) > budget.pence
    """,
    "cap_overspent": """
        SELECT budget_cap.budget_id FROM budget_cap
        JOIN ledger ON ledger.budget_id = budget_cap.budget_id AND item_kind = budget_cap.kind
        GROUP BY budget_cap.budget_id, budget_cap.kind, invented HAVING sum(reserved + issued) > budget_cap.pence
    """,
    "less_than_nothing_promised": """
        SELECT claim_id FROM ledger WHERE claim_id IS NOT NULL
        GROUP BY claim_id HAVING sum(reserved) < 0 OR sum(issued) < 0
    """,
    "two_claims_for_one_meeting": """
        SELECT min(id) FROM claim WHERE person_id IS NOT NULL GROUP BY person_id, meeting_id HAVING count(*) > 1
    """,
    "voucher_of_two_claims": """
        SELECT voucher_id FROM ledger WHERE voucher_id IS NOT NULL
        GROUP BY voucher_id HAVING count(DISTINCT claim_id) > 1
        UNION SELECT voucher.id FROM voucher JOIN ledger ON voucher_id = voucher.id
        WHERE ledger.claim_id IS NOT voucher.claim_id
    """,
    "claim_of_two_vouchers": """
        SELECT claim_id FROM voucher WHERE state IN ('allocated', 'shown') GROUP BY claim_id HAVING count(*) > 1
    """,
    "claim_without_its_voucher": """
        SELECT claim.id FROM claim
        LEFT JOIN voucher ON voucher.claim_id = claim.id AND voucher.state IN ('allocated', 'shown')
        WHERE (kind = 'voucher' AND claim.state IN ('allocated', 'shown')) != (voucher.id IS NOT NULL)
           OR (voucher.id IS NOT NULL AND (voucher.state, voucher.pence) IS NOT (claim.state, claim.kept))
    """,
    "claim_without_attendance": """
        SELECT claim.id FROM claim
        WHERE person_id IS NOT NULL AND flag != 'not_there'
          AND (state IN ('claimed', 'approved', 'waiting', 'allocated', 'shown')
               OR (state = 'given_away' AND given > 0))
          AND NOT EXISTS (SELECT 1 FROM attendance
                          WHERE attendance.person_id = claim.person_id AND attendance.meeting_id = claim.meeting_id
                            AND standing = 'came' AND attendance.recorded_by IS NOT claim.person_id)
    """,
    "ledger_is_not_its_vouchers": """
        SELECT voucher.id FROM voucher
        LEFT JOIN ledger ON ledger.voucher_id = voucher.id
        GROUP BY voucher.id
        HAVING COALESCE(sum(issued), 0)
               != CASE WHEN voucher.state IN ('allocated', 'shown') THEN voucher.pence ELSE 0 END
    """,
    "ledger_is_not_its_claims": """
        SELECT id FROM known_claim
        WHERE (reserved, issued) IS NOT (
            CASE WHEN state IN ('approved', 'claimed') OR (state = 'waiting' AND why = 'pool')
                 THEN kept + given - issued
                 WHEN state = 'waiting' THEN reserved ELSE 0 END,
            CASE WHEN state IN ('allocated', 'shown') THEN kept + given
                 WHEN state = 'given_away' THEN given
                 WHEN state IN ('claimed', 'approved', 'waiting') AND issued IN (0, given) THEN issued ELSE 0 END)
    """,
    "ledger_is_not_its_expenses": """
        SELECT expense_claim.id FROM expense_claim LEFT JOIN ledger ON ledger.expense_id = expense_claim.id
        GROUP BY expense_claim.id
        HAVING COALESCE(sum(issued), 0) != CASE expense_claim.state WHEN 'approved' THEN expense_claim.pence ELSE 0 END
    """,
    "reversal_is_not_its_row": """
        SELECT ledger.id FROM ledger JOIN ledger AS row ON row.id = ledger.reverses
        WHERE (ledger.reserved, ledger.issued, ledger.budget_id, ledger.claim_id, ledger.expense_id, ledger.voucher_id)
              IS NOT (-row.reserved, -row.issued, row.budget_id, row.claim_id, row.expense_id, row.voucher_id)
    """,
    "money_of_two_worlds": """
        SELECT ledger.id FROM ledger
        LEFT JOIN claim ON claim.id = ledger.claim_id LEFT JOIN expense_claim ON expense_claim.id = ledger.expense_id
        WHERE ledger.invented IS NOT COALESCE(claim.invented, expense_claim.invented)
    """,
    "decided_by_who_recorded_it": """
        SELECT id FROM claim WHERE approved_by IS NOT NULL
           AND ((approved_by = recorded_by AND NOT alone) OR approved_by = person_id)
        UNION SELECT id FROM expense_claim WHERE decided_by IS NOT NULL AND state = 'approved'
           AND ((decided_by = recorded_by AND NOT alone) OR decided_by = person_id)
    """,
}
