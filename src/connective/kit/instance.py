"""What one process knows of its instance: its settings and the vault of its secret keys."""

from connective.kit.crypto import Vault
from connective.kit.settings import Settings

_settings: Settings | None = None
_vault: Vault | None = None


def configure(settings: Settings, vault: Vault) -> None:
    """Set once when the process starts."""
    global _settings, _vault
    _settings, _vault = settings, vault


def settings() -> Settings:
    """What the process was started with; RuntimeError before it was configured."""
    if _settings is None:
        raise RuntimeError("the process is not configured")
    return _settings


def vault() -> Vault:
    """The instance's keys; RuntimeError before the process was configured."""
    if _vault is None:
        raise RuntimeError("the process is not configured")
    return _vault
