"""What must outlive a crash: deliveries seen, messages of each chat, updates not yet taken."""

import json
import sqlite3
import time
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS deliveries (name TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS messages (
  place INTEGER PRIMARY KEY AUTOINCREMENT, chat TEXT NOT NULL, id TEXT NOT NULL,
  sequence INTEGER, author TEXT NOT NULL, text TEXT NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  content TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS messages_of_chat ON messages (chat, id);
CREATE TABLE IF NOT EXISTS updates (
  id INTEGER PRIMARY KEY AUTOINCREMENT, chat TEXT NOT NULL, body TEXT NOT NULL, refused TEXT);
"""


class Store:
    """One SQLite database; each method is one transaction."""

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path)
        self._db.row_factory = sqlite3.Row
        self._db.executescript(TABLES)
        # update_id has to be new for Connective also when the database is
        self._db.execute(
            "INSERT INTO sqlite_sequence SELECT 'updates', ? WHERE NOT EXISTS"
            " (SELECT 1 FROM sqlite_sequence WHERE name = 'updates')",
            (time.time_ns() // 1_000_000,),
        )

    def close(self) -> None:
        self._db.close()

    def seen(self, delivery: str) -> bool:
        found = self._db.execute("SELECT 1 FROM deliveries WHERE name = ?", (delivery,))
        return found.fetchone() is not None

    def mark(self, delivery: str) -> None:
        with self._db:
            self._db.execute("INSERT OR IGNORE INTO deliveries VALUES (?)", (delivery,))

    def take(self, delivery: str, envelope: dict[str, Any], *, always: bool = False) -> str:
        """Store an envelope together with the mark of its delivery; gives our id of its message.

        A delivery that is known changes nothing, unless `always`.
        """
        with self._db:
            marked = self._db.execute("INSERT OR IGNORE INTO deliveries VALUES (?)", (delivery,))
            message = envelope.get("message")
            if message is not None and (marked.rowcount or always):
                self._insert(envelope["chat_id"], message, envelope.get("sequence"))
        return f"partner-{delivery}"

    def said(self, chat: str, message: dict[str, Any]) -> None:
        """A message of our user: it stands behind all that is there."""
        with self._db:
            self._insert(chat, message, self._last(chat))

    def edit(self, chat: str, name: str, text: str) -> None:
        with self._db:
            self._db.execute(
                "UPDATE messages SET text = ? WHERE chat = ? AND id = ?", (text, chat, name)
            )

    def delete(self, chat: str, name: str) -> None:
        with self._db:
            self._db.execute(
                "UPDATE messages SET deleted = 1 WHERE chat = ? AND id = ?", (chat, name)
            )

    def fetched(self, chat: str, name: str, attachments: list[dict[str, Any]]) -> None:
        """The files of a message are here now: their sizes are known."""
        with self._db:
            self._db.execute(
                "UPDATE messages SET content = json_set(content, '$.attachments', json(?))"
                " WHERE chat = ? AND id = ?",
                (json.dumps(attachments), chat, name),
            )

    def last(self, chat: str) -> int:
        """The place of the last message of a chat."""
        row = self._db.execute("SELECT max(place) FROM messages WHERE chat = ?", (chat,))
        return int(row.fetchone()[0] or 0)

    def overwrite(self, chat: str, known: int, name: str) -> None:
        """Only what stood up to a place, and one message, is left."""
        with self._db:
            self._db.execute(
                "DELETE FROM messages WHERE chat = ? AND place > ? AND id <> ?", (chat, known, name)
            )

    def messages(self, chat: str, *, by_arrival: bool = False) -> list[dict[str, Any]]:
        """What the user of a chat sees, in the order of `sequence`."""
        order = "place" if by_arrival else "sequence, place"
        rows = self._db.execute(
            f"SELECT * FROM messages WHERE chat = ? ORDER BY {order}",  # noqa: S608 - two constants
            (chat,),
        )
        return [
            json.loads(row["content"])
            | {"id": row["id"], "from": row["author"], "text": row["text"]}
            | {"deleted": bool(row["deleted"])}
            for row in rows
        ]

    def wait(self, chat: str, update: dict[str, Any]) -> int:
        """Put an update behind those that wait; its number is its update_id."""
        with self._db:
            row = self._db.execute(
                "INSERT INTO updates (chat, body) VALUES (?, ?)", (chat, json.dumps(update))
            )
        return int(row.lastrowid or 0)

    def waiting(self, most: int) -> list[tuple[int, str, dict[str, Any]]]:
        """The first update of each chat that waits: number, chat, content."""
        rows = self._db.execute(
            "SELECT id, chat, body FROM updates WHERE id IN"
            " (SELECT min(id) FROM updates WHERE refused IS NULL GROUP BY chat)"
            " ORDER BY id LIMIT ?",
            (most,),
        )
        return [(row["id"], row["chat"], json.loads(row["body"])) for row in rows]

    def taken(self, number: int) -> None:
        with self._db:
            self._db.execute("DELETE FROM updates WHERE id = ?", (number,))

    def refused(self, number: int, why: str) -> None:
        """Kept for people to look at, and never sent again."""
        with self._db:
            self._db.execute("UPDATE updates SET refused = ? WHERE id = ?", (why, number))

    def _last(self, chat: str) -> int:
        row = self._db.execute("SELECT max(sequence) FROM messages WHERE chat = ?", (chat,))
        return int(row.fetchone()[0] or 0)

    def _insert(self, chat: str, message: dict[str, Any], sequence: int | None) -> None:
        author = message.get("from") or {}
        content = {
            "type": message.get("type", "text"),
            "name": author.get("name") or "",
            "attachments": [
                {"name": part.get("name"), "url": part.get("url"), "size": None}
                for part in message.get("attachments") or []
            ],
            "keyboard": message.get("keyboard"),
            "buttons": _labels(message.get("keyboard")),
        }
        self._db.execute(
            "INSERT INTO messages (chat, id, sequence, author, text, content)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                chat, message["id"], sequence, author.get("kind", "bot"),
                message.get("text") or "", json.dumps(content),
            ),
        )  # fmt: skip


def _labels(keyboard: dict[str, Any] | None) -> list[str]:
    return [button["text"] for row in (keyboard or {}).get("rows", []) for button in row]
