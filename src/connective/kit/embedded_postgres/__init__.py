"""PostgreSQL without installing one: the wheel's programs under our own supervisor (Linux)."""

from connective.kit.embedded_postgres.dumps import DumpFailed, dump, restore
from connective.kit.embedded_postgres.external import TooOld, check_server
from connective.kit.embedded_postgres.failures import ServerFailed
from connective.kit.embedded_postgres.programs import program
from connective.kit.embedded_postgres.server import Server

__all__ = [
    "DumpFailed",
    "Server",
    "ServerFailed",
    "TooOld",
    "check_server",
    "dump",
    "program",
    "restore",
]
