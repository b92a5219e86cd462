"""Pseudonymising: detectors propose, matching carries decisions to every mention, rendering exchanges, the leak check doubts.

Decides nothing and stores nothing; see `anonymiser` for the whole and `leakcheck` for the independent look at the result.
"""
