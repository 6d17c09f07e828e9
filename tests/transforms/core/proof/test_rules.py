"""Which line is the sum of which, by the figures alone, and what is left to chance."""

import numpy as np
import pytest

from transforms.core.proof.evidence import Lines
from transforms.core.proof.rules import find_rules


def _rules(
    values: list[list[int]], *, slack: int = 0, total: tuple[int, ...] = (), crossed: bool = True
) -> set[tuple[int, tuple[int, ...]]]:
    """The rules of lines of figures, every one of them readable."""
    figures = np.array(values, dtype=np.int64)
    there = np.ones(figures.shape, dtype=bool)
    named = np.isin(np.arange(len(values)), total)
    found = find_rules(Lines(figures, there, there, np.full_like(figures, slack), named, crossed))
    return {(rule.total, rule.addends) for rule in found}


MEN = [41_203, 38_877, 52_018, 29_455]
WOMEN = [43_911, 40_102, 50_733, 31_268]
BOTH = [85_114, 78_979, 102_751, 60_723]


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ([MEN, WOMEN, BOTH], (2, (0, 1))),
        ([BOTH, MEN, WOMEN], (0, (1, 2))),
        ([BOTH, [48, 49, 51, 48], MEN, [52, 51, 49, 52], WOMEN], (0, (2, 4))),
    ],
    ids=["after its parts", "before its parts", "shares between"],
)
def test_a_sum_that_holds_in_every_place_is_a_rule(lines: list[list[int]], rule: tuple[int, tuple[int, ...]]) -> None:
    assert _rules(lines) == {rule}


def test_totals_of_totals_are_found_when_their_parts_are() -> None:
    north, south = [MEN, WOMEN, BOTH], [[2 * n + 7 for n in MEN], WOMEN]
    south.append([a + b for a, b in zip(*south, strict=True)])
    whole = [a + b for a, b in zip(BOTH, south[2], strict=True)]
    assert _rules([*north, *south, whole], crossed=False) == {(2, (0, 1)), (5, (3, 4)), (6, (2, 5))}


@pytest.mark.parametrize("lines_of_each", [2, 3, 5])
def test_sections_line_by_line_are_found_where_several_lines_show_the_same_step(lines_of_each: int) -> None:
    """All, then women, then men: line n of the first is line n of the others, with a line of its own between sections."""
    women = [[1_203 + 977 * n * n, 4_111 + 331 * n, 2_745 + 59 * n**3] for n in range(1, lines_of_each + 1)]
    men = [[3_019 + 613 * n * n, 1_733 + 149 * n, 6_121 + 83 * n**3] for n in range(1, lines_of_each + 1)]
    both = [[a + b for a, b in zip(*pair, strict=True)] for pair in zip(women, men, strict=True)]
    step = lines_of_each + 1
    between = [[17, 23, 31]]
    found = _rules([*both, *between, *women, *between, *men], crossed=False)
    expected = {(n, (n + step, n + 2 * step)) for n in range(lines_of_each)}
    assert found == (expected if lines_of_each > 2 else set())


def test_one_place_is_chance_unless_a_word_or_a_large_figure_speaks_for_it() -> None:
    assert _rules([[12], [31], [43]]) == set()
    assert _rules([[412], [331], [743]], total=(2,)) == {(2, (0, 1))}


def test_places_that_are_multiples_of_one_another_are_one_place() -> None:
    small = [[12], [31], [43]]
    assert _rules([[value * times for times in range(1, 40)] for (value,) in small]) == set()


def test_prices_by_the_day_are_no_sums_of_one_another() -> None:
    days = [[round(price * days) for price in (1835.2, 1744.4, 1841.1, 1768.3, 1888.2)] for days in (1, 2, 3)]
    assert _rules(days, slack=2) == set()


def test_what_rounding_swallows_is_no_part_of_a_sum() -> None:
    cases = [7_300, 4_000, 13_100, 12_900, 4_800, 15_700]
    assert _rules([[100] * 6, cases, cases], slack=100) == set()


def test_a_total_is_not_added_again_beside_its_parts() -> None:
    doubled = [2 * value for value in BOTH]
    assert _rules([MEN, WOMEN, BOTH, doubled]) == {(2, (0, 1))}


def test_a_rule_that_often_fails_is_none() -> None:
    wrong = [value + 5_000 * (n > 1) for n, value in enumerate(BOTH)]
    assert _rules([MEN, WOMEN, wrong]) == set()


@pytest.mark.parametrize("largest", [9, 60, 1_000])
@pytest.mark.parametrize("places", [1, 3, 12])
def test_figures_drawn_at_random_add_up_to_nothing(largest: int, places: int) -> None:
    rng = np.random.default_rng(largest * places)
    for _ in range(20):
        figures = rng.integers(0, largest + 1, (12, places)).tolist()
        assert _rules(figures) == _rules(figures, crossed=False) == set()


def test_lines_called_alike_add_up_whatever_stands_between_them() -> None:
    """Two sections of two wages, their subtotal and the posts they pay; last come all wages and all posts."""
    wages = [[11_667, 15_833], [7_513, 9_004], [10_417, 5_303], [6_251, 5_009]]
    posts = [[4, 5], [3, 4]]
    north, south = ([sum(pair) for pair in zip(*wages[n : n + 2], strict=True)] for n in (0, 2))
    whole = [[a + b for a, b in zip(*pair, strict=True)] for pair in ((north, south), posts)]
    lines = [*wages[:2], north, posts[0], *wages[2:], south, posts[1], *whole]
    figures = np.array(lines, dtype=np.int64)
    there, slack = np.ones(figures.shape, dtype=bool), np.zeros_like(figures)
    called = np.zeros(len(lines), dtype=bool)
    names = ("", "", "subtotal", "plazas", "", "", "subtotal", "plazas", "total", "plazas en total")
    sums = {
        (rule.total, rule.addends) for rule in find_rules(Lines(figures, there, there, slack, called, False, names))
    }
    assert sums == {(2, (0, 1)), (6, (4, 5)), (8, (2, 6))}


def test_two_rows_apart_that_no_others_resemble_are_shown_by_much_or_not_at_all() -> None:
    """What is owed, its share, what others owe, its share, what is owed to them."""
    gross = [72_613, 77_229, 80_041, 80_622, 77_808, 73_417]
    share = [756, 779, 746, 691, 637, 555]
    lent = [18_207, 20_713, 22_109, 24_116, 21_904, 15_508]
    net = [a - b for a, b in zip(gross, lent, strict=True)]
    lines = [gross, share, share[::-1], lent, share[1:] + share[:1], net]
    assert _rules(lines, crossed=False) == {(0, (3, 5))}
    assert _rules([line[:3] for line in lines], crossed=False) == set()


def test_a_rate_among_pesos_is_no_part_of_them() -> None:
    """Income, its share of sales (in hundredths), and cost: what the share adds is less than rounding."""
    income, cost = [75_400_00, 98_256_00, 138_952_00], [-55_297_00, -72_415_00, -95_182_00]
    left = [a + b for a, b in zip(income, cost, strict=True)]
    found = _rules([left, income, [59, 61, 64], cost], slack=100, crossed=False)
    assert all(2 not in addends for _, addends in found)
