"""Whose voices are in the archive: bars by group, and tables and pictures that may leave the building."""
