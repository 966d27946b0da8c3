"""What integrations keep open as long as a process lives."""

from connective.modules.integrations.request_log import writer

resources = writer.keeper
