"""How the right side of the panel comes up for whoever has chosen nothing himself."""

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import sign_in

SIDE = "/api/v1/settings/op/side"


@pytest.mark.proves("OP-16", part="right panel of the instance")
async def test_a_supervisor_chooses_and_every_operator_reads_it(
    db: Database, app: AppClient
) -> None:
    operator = await sign_in(db, app, "operator")
    supervisor = await sign_in(db, app, "supervisor")
    assert (await operator.client.get(SIDE)).json == {"mode": "pinned", "tab": "details"}
    chosen = {"mode": "opens", "tab": "client"}
    stored = await supervisor.client.put(SIDE, chosen)
    assert (stored.status, stored.json) == (200, chosen)
    assert (await operator.client.get(SIDE)).json == chosen
    assert (await operator.client.put(SIDE, chosen)).status == 403
    for wrong in ({"mode": "floating"}, {"tab": "log"}, {"pin": True}):
        refused = await supervisor.client.put(SIDE, wrong)
        assert (refused.status, refused.json["errors"][0]["field"]) == (422, next(iter(wrong)))
    assert (await operator.client.get(SIDE)).json == chosen
