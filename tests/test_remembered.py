"""Results are remembered by the argument itself."""

from __future__ import annotations

from almanac.remembered import remembered


def test_a_result_is_that_of_the_same_object() -> None:
    calls: list[list[int]] = []

    @remembered(most=2)
    def total(numbers: list[int]) -> int:
        calls.append(numbers)
        return sum(numbers)

    one, equal, third = [1, 2], [1, 2], [4]
    assert [total(each) for each in (one, one, equal, one)] == [3, 3, 3, 3]
    assert calls == [one, equal]
    assert calls[1] is equal
    assert total(third) == 4, "a third argument makes room for itself"
    assert total(one) == 3
    assert len(calls) == 4
