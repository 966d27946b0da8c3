"""The verdict of a soak: what grows is called so, what wavers or only fills once is not."""

import pytest

from bench import soak
from bench.slopes import Bound, trend

MB = Bound("MB", share=0.05, slack=8)
MINUTES = [60.0 * n for n in range(30)]


def series(*values: float) -> list[tuple[float, float]]:
    return list(zip(MINUTES, values, strict=True))


STEADY = [200.0 + n % 3 for n in range(30)]
FLAT = {
    "steady": STEADY,
    "filled once, at the beginning": [100.0 + 10 * min(n, 10) for n in range(30)],
    "two peaks": [200.0 if n not in (17, 28) else 900.0 for n in range(30)],
    "falling": [200.0 - n for n in range(30)],
}
GROWS = {
    "a leak": [200.0 + n for n in range(30)],
    "a leak below noise": [200.0 + n + 5 * (n % 2) for n in range(30)],
}


@pytest.mark.parametrize("name", FLAT)
def test_what_does_not_grow_is_flat(name: str) -> None:
    assert trend("memory", MB, series(*FLAT[name])).flat


@pytest.mark.parametrize("name", GROWS)
def test_what_grows_is_not(name: str) -> None:
    found = trend("memory", MB, series(*GROWS[name]))
    assert not found.flat
    assert "NOT FLAT" in str(found)
    assert 50 < found.per_hour < 70


def test_too_few_samples_give_no_verdict() -> None:
    with pytest.raises(ValueError, match="say nothing"):
        trend("memory", MB, series(*STEADY)[:5])


def test_the_report_names_everything_that_is_wrong() -> None:
    samples = {"memory of the server": series(*GROWS["a leak"]), "small tables": series(*STEADY)}
    found = soak.Found(30, 40, sent=72_000, came_to_rest=True, samples=samples)
    found.trends = soak.trends(samples)
    assert found.wrong == ["memory of the server grows"]
    found.refused, found.came_to_rest = 3, False
    assert str(found).splitlines()[-1] == (
        "verdict: 3 calls were refused; something was still on its way in the end; "
        "memory of the server grows"
    )
