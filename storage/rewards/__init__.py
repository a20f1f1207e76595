"""Rewards and the money behind them: offers, claims, vouchers and a ledger that is never edited.

Every function that moves money runs inside the caller's one transaction and says in a word how it ended.
"""
