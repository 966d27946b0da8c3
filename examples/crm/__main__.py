"""`python -m examples.crm ENGINE KEY EMAIL [PORT]` serves the CRM."""

import sys

from aiohttp import web

from examples.crm.server import Settings, create

if __name__ == "__main__":
    engine, key, email, *port = sys.argv[1:]
    served = create(Settings(engine.rstrip("/"), key, email))
    web.run_app(served, host="127.0.0.1", port=int(port[0]) if port else 9000)
