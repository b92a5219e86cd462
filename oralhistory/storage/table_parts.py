"""What every table is made of: its row number, columns that are always there, and the way to its interview."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint
from sqlalchemy.types import TypeEngine

from oralhistory.storage.columns import Choice

metadata = MetaData()


def table(name: str, *parts: Column[Any] | UniqueConstraint | Index) -> Table:
    return Table(name, metadata, Column("row", Integer, primary_key=True), *parts, sqlite_strict=True)


def one(name: str, kind: type[TypeEngine[Any]] | TypeEngine[Any] = Text, *, unique: bool = False) -> Column[Any]:
    """A value that is always there."""
    return Column(name, kind, nullable=False, unique=unique or None)


def choice(name: str, kind: type[StrEnum]) -> Column[Any]:
    return one(name, Choice(kind))


def of_interview(*, index: bool = True) -> Column[Any]:
    return Column("interview_id", Text, ForeignKey("interviews.id"), nullable=False, index=index or None)
