"""The outside system: slow, failing and forgetful, but honest about what it got."""

from collections import Counter, defaultdict

from connective.kit.testing.receiver import Received, Receiver, Reply
from tests.chaos.dice import Dice

OUT, ASK, PAY = "/out", "/ask", "/pay"


class Partner(Receiver):
    """Each delivery fails at most once, so that its schedule does not outlast the run."""

    def __init__(self, dice: Dice, place: tuple[str, int] = ("127.0.0.1", 0)) -> None:
        super().__init__(place)
        self._dice = dice
        self._failed: set[str] = set()
        self.mood = 0.0

    def choose(self, received: Received) -> Reply:
        if received.path == PAY:
            return self._slow(b'{"paid":1}')
        name = received.headers.get("webhook-id", "")
        if received.path == OUT and name not in self._failed and self._dice.chance(self.mood):
            self._failed.add(name)
            return self._dice.choice([Reply(status=500), Reply(cut="reset"), Reply(status=503)])
        return self._slow(b"{}") if self._dice.chance(0.3) else Reply()

    def _slow(self, body: bytes) -> Reply:
        return Reply(drip=[body[:1], body[1:]], drip_every=self._dice.uniform(0, 0.1))

    def first_arrivals(self) -> dict[str, list[int]]:
        """The sequences of each chat's messages, each where it came first."""
        seen: set[str] = set()
        found: dict[str, list[int]] = defaultdict(list)
        for request in self.requests:
            name = request.headers.get("webhook-id", "")
            if request.path == OUT and name not in seen:
                seen.add(name)
                found[request.json["chat_id"]].append(request.json["sequence"])
        return found

    def bodies(self) -> dict[str, set[bytes]]:
        """All the bodies that came under each id."""
        found: dict[str, set[bytes]] = defaultdict(set)
        for request in self.requests:
            if request.path == OUT:
                found[request.headers["webhook-id"]].add(request.body)
        return found

    def asked(self, path: str) -> Counter[str]:
        """How often each question came."""
        return Counter(r.query for r in self.requests if r.path == path)
