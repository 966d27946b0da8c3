"""Files that a scenario or a variable of it names: by a name that nobody guesses, or not at all."""

import pytest

from connective.engine.effects import Attachment
from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.modules.files import service as files
from connective.modules.files.schemas import File
from connective.modules.turns.attachments import resolved
from connective.modules.turns.services import Files


async def stored() -> File:
    async with unit_of_work() as ctx:
        return await files.store(ctx, b"a contract", name="contract.txt")


@pytest.mark.proves("INT-08", part="files")
async def test_a_number_that_a_client_typed_is_nobodys_file(app: AppClient) -> None:
    file = await stored()
    for typed in (str(file.id), {"file_id": str(file.id)}):
        assert await Files().load(typed) is None
    found = await Files().load({"file_id": file.public_id})
    assert found is not None
    assert found.content == b"a contract"


async def test_a_block_sends_the_file_that_it_names_and_none_by_number(app: AppClient) -> None:
    file = await stored()
    named = [Attachment(type="document", file_id=name) for name in (str(file.id), file.public_id)]
    async with unit_of_work() as ctx:
        (sent,) = await resolved(ctx, named)
    assert sent["name"] == "contract.txt"
