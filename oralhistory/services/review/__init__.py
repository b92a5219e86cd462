"""Texts: drafted by a machine, corrected and attested by people."""
