"""`python -m examples.partner`: serve until Ctrl-C."""

import argparse
import asyncio
import contextlib
import sys
import tempfile
from pathlib import Path

from examples.partner.host import running
from examples.partner.settings import BREAKS, Settings


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m examples.partner", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--input-url", default="", help="of the custom channel, to post updates to")
    parser.add_argument("--secret", default="", help="the signing secret, whsec_...")
    parser.add_argument("--token", default="", help="the x-access-token of envelopes")
    parser.add_argument("--input-token", default="", help="the token that updates have to bring")
    parser.add_argument("--public-url", default="", help="where Connective fetches users' files")
    parser.add_argument("--database", default=":memory:", help="a file, to outlive a restart")
    told = "; ".join(f"{name}: {what}" for name, what in BREAKS.items())
    parser.add_argument("--break", dest="broken", choices=BREAKS, default="", help=told)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(KeyboardInterrupt):
        settings = Settings(
            folder=Path(folder),
            input_url=given.input_url,
            secret=given.secret,
            token=given.token,
            input_token=given.input_token,
            public_url=given.public_url,
            database=given.database,
            broken=given.broken,
        )
        asyncio.run(_serve(settings, given.host, given.port))


async def _serve(settings: Settings, host: str, port: int) -> None:
    async with running(settings, host=host, port=port) as (url, _):
        sys.stdout.write(f"custom_channel_url: {url}/channel\nchat page: {url}/\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
