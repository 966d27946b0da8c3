"""What is said of settings: `settings.changed`."""

import msgspec

from connective.kit.stored_settings.store import SettingsChanged

KINDS: dict[str, type[msgspec.Struct]] = {"settings.changed": SettingsChanged}
