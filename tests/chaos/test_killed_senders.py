"""Senders killed at any moment: nothing is lost, each repeat has its id, each lane its order."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import pytest

from connective.kit.settings import Settings
from connective.kit.testing.databases import Database
from connective.kit.testing.ledger import Ledger
from connective.kit.testing.receiver import Receiver

CARRIER = Path(__file__).with_name("carrier.py")
KILLS = int(os.environ.get("CHAOS_KILLS", "5"))
LANES, PER_LANE = 20, 25


class Carrier:
    """A sender process and the seeded dice that decides when it dies."""

    def __init__(self, dsn: str, key: str, seed: int) -> None:
        self._command = [sys.executable, str(CARRIER), dsn, key]
        self._dice = random.Random(seed)
        self._process = subprocess.Popen(self._command)

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command)

    def spare(self) -> int:
        """How many more calls it may make."""
        return self._dice.randrange(1, 60)


@pytest.mark.proves("P-07", part="crash")
@pytest.mark.proves("INT-14", part="crash")
async def test_five_hundred_calls_survive_senders_killed_again_and_again(
    ledger: Ledger, db: Database, receiver: Receiver, settings: Settings
) -> None:
    seed = time.time_ns() % 1_000_000
    sys.stdout.write(f"seed {seed}\n")
    endpoint = await ledger.endpoint(receiver.url)
    wanted = {
        lane: await ledger.send(endpoint, PER_LANE, lane=f"chat{lane}") for lane in range(LANES)
    }
    carrier = Carrier(db.dsn, settings.secret_key[0], seed)
    try:
        for _ in range(KILLS):
            await receiver.wait_for(len(receiver.requests) + carrier.spare(), within=30)
            carrier.kill()
            carrier.start()
        total = LANES * PER_LANE
        while await db.value("SELECT count(*) FROM deliveries WHERE done_at IS NOT NULL") < total:
            await db.value("SELECT pg_sleep(0.05)")
    finally:
        carrier.kill()
    assert await db.value("SELECT count(*) FROM deliveries WHERE status <> 'delivered'") == 0
    bodies: dict[str, set[bytes]] = defaultdict(set)
    firsts: dict[str, list[str]] = defaultdict(list)
    for request in receiver.requests:
        number = request.headers["webhook-id"]
        if number not in bodies:
            firsts[request.json["lane"]].append(number)
        bodies[number].add(request.body)
    assert all(len(seen) == 1 for seen in bodies.values())
    for lane, ids in wanted.items():
        assert firsts[f"chat{lane}"] == ids
