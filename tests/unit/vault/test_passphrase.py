"""Argon2 costs and the printed recovery code."""

import random
import secrets

import pytest

from oralhistory.errors import MalformedInput
from oralhistory.vault import Argon2Cost, recovery
from oralhistory.vault.passphrase import derive_key

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_the_standard_cost_is_that_of_the_design() -> None:
    assert Argon2Cost(memory_kib=262_144, iterations=3, lanes=4) == Argon2Cost.STANDARD


@pytest.mark.parametrize("cost", [(7, 1, 1), (64, 0, 1), (64, 1, 0), (1 << 31, 1, 1), (1 << 20, 60, 4), (64, 1, 9)])
def test_absurd_costs_are_refused(cost: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="absurd"):
        Argon2Cost(*cost)


@pytest.mark.parametrize(
    ("one_pass_s", "expected"),
    [
        (5.0, Argon2Cost(65_536, 3, 4)),  # a slow laptop keeps the floor
        (1 / 6, Argon2Cost(131_072, 3, 4)),
        (1 / 128, Argon2Cost(524_288, 16, 4)),  # a fast one takes more passes once memory is at its ceiling
    ],
)
def test_calibration_aims_at_one_second_and_never_under_the_floor(one_pass_s: float, expected: Argon2Cost) -> None:
    ticks = iter([0.0, 9.0 * one_pass_s, 10.0, 10.0 + one_pass_s, 20.0, 20.0 + 5.0 * one_pass_s])
    assert Argon2Cost.calibrated(clock=lambda: next(ticks)) == expected


def test_derivation_depends_on_passphrase_salt_and_cost(cost: Argon2Cost) -> None:
    keys = {
        derive_key("a", bytes(16), cost),
        derive_key("b", bytes(16), cost),
        derive_key("a", b"1" * 16, cost),
        derive_key("a", bytes(16), Argon2Cost(64, 2, 1)),
    }
    assert len(keys) == 4
    for refused in ("", "\ud800"):
        with pytest.raises(MalformedInput):
            derive_key(refused, bytes(16), cost)


def test_a_code_is_fourteen_groups_of_four() -> None:
    code = recovery.encode(bytes(range(32)))
    assert [len(group) for group in code.split("-")] == [4] * 14
    assert set(code) <= set(ALPHABET + "-")


def test_a_code_is_forgiving_about_how_it_is_typed() -> None:
    for secret in (bytes(32), b"\xff" * 32, *(secrets.token_bytes(32) for _ in range(20))):
        code = recovery.encode(secret)
        for typed in (
            code,
            code.lower(),
            code.replace("-", ""),
            code.replace("-", " "),
            f"  {code}\n",
            code.replace("-", "\N{EN DASH}").replace("0", "O").replace("1", "I"),
            code.replace("0", "o").replace("1", "l"),
            code.translate({ord(c): ord(c) + 0xFEE0 for c in ALPHABET + "-"}),  # full-width, as Asian keyboards type it
        ):
            assert recovery.decode(typed) == secret


def test_every_single_wrong_character_and_every_exchange_of_neighbours_is_noticed() -> None:
    code = recovery.encode(random.Random(5).randbytes(32)).replace("-", "")
    for place, right in enumerate(code):
        for wrong in ALPHABET:
            if wrong != right:
                with pytest.raises(MalformedInput):
                    recovery.decode(code[:place] + wrong + code[place + 1 :])
        swapped = code[:place] + code[place : place + 2][::-1] + code[place + 2 :]
        if swapped != code:
            with pytest.raises(MalformedInput):
                recovery.decode(swapped)


@pytest.mark.parametrize("typed", ["", "ABCD", "U" * 56, "0" * 55, "0" * 57, "é" * 56, "0" * 55 + "U"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(MalformedInput):
        recovery.decode(typed)
