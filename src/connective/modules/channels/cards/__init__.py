"""Cards of channels: the Custom Channel, and one for every channel that speaks to a provider."""

from collections.abc import Iterable, Iterator

from connective.contracts.integration import Card
from connective.modules.channels.cards import custom, providers


class _Cards:
    """Read when they are asked for: which adapters there are is known only then."""

    def __iter__(self) -> Iterator[Card]:
        yield custom.CARD
        yield from providers.every()


CARDS: Iterable[Card] = _Cards()
