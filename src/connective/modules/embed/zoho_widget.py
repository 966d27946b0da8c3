"""The widget for Zoho CRM: an archive that is uploaded there.

Source: "Create Your First Widget" of https://www.zoho.com/crm/developer/docs/widgets/, and the
events and calls of https://github.com/zoho/embeddedApp-js-sdk. Where the widget stands, and what
it is called in Zoho, is chosen there; the manifest names the service alone.
"""

import html
import io
import json
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from connective.kit import instance

PAGE: Final = (Path(__file__).parent / "zoho-widget.html").read_text("utf-8")
MANIFEST: Final = {"service": "CRM"}
# The same bytes for the same name and address.
MADE: Final = (1980, 1, 1, 0, 0, 0)


def archive(title: str) -> bytes:
    """What `zet pack` would make of the folder."""
    known = {"{{title}}": html.escape(title), "{{engine}}": instance.settings().base_url}
    page = PAGE
    for mark, value in known.items():
        page = page.replace(mark, value)
    files = {"plugin-manifest.json": f"{json.dumps(MANIFEST)}\n", "app/widget.html": page}
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as folder:
        for name, content in files.items():
            folder.writestr(ZipInfo(name, MADE), content)
    return packed.getvalue()
