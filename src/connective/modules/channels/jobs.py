"""The loop that carries out what goes to channels and webhooks."""

from connective.kit.senders.loop import LOOP

LOOPS = [LOOP]
