"""Object storage: a folder, S3, Google or Azure, by one address from the environment."""

from connective.kit.storage.store import Missing, Storage, storage

__all__ = ["Missing", "Storage", "storage"]
