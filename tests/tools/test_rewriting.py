"""The ledgers on which the speed of matching is measured."""

from __future__ import annotations

from tools.rewriting import two_periods


def test_the_same_seed_gives_the_same_ledgers():
    assert two_periods(50, 30, 2) == two_periods(50, 30, 2) != two_periods(50, 30, 3)


def test_as_many_tasks_are_put_otherwise_as_asked():
    for reworded, least, most in ((0, 0, 0), (2, 2, 60), (100, 800, 1_000)):
        before, now = two_periods(1_000, reworded)
        tasks = {item[4] for item in before}
        fresh = sum(item[4] not in tasks for item in now)
        new = 30  # one row in a hundred is new
        assert least <= fresh <= most + new, reworded


def test_an_item_has_nine_cells_and_its_number():
    _, now = two_periods(200, 100)
    assert {len(item) for item in now} == {9}
    assert [item[0] for item in now] == [str(number) for number in range(1, len(now) + 1)]
