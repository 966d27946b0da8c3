"""The same done to many requests: each by itself, as if it had been asked for alone."""

from connective.kit import i18n
from connective.kit.auth_policy import Actor
from connective.kit.errors import Problem
from connective.kit.http import Edge, problem
from connective.modules.requests import service
from connective.modules.requests.bulk.schemas import Bulk, BulkDone, BulkItem


async def change_many(edge: Edge, asked: Bulk) -> BulkDone:
    """Each in a transaction of its own, so that one refusal takes nothing else back."""
    name = service.wanted_of_many(edge.actor, asked)
    results = [await _one(edge, asked, name, one) for one in dict.fromkeys(asked.ids)]
    outcomes = [result.outcome for result in results]
    return BulkDone(
        done=outcomes.count("done"),
        unchanged=outcomes.count("unchanged"),
        refused=outcomes.count("refused"),
        results=results,
    )


async def _one(edge: Edge, asked: Bulk, name: str, number: int) -> BulkItem:
    try:
        async with edge.work() as ctx:
            is_done = await service.do_one(ctx, number, asked, name)
    except Problem as refusal:
        return _refused(edge.actor, number, refusal)
    except Exception as failure:  # noqa: BLE001 - what was done before it has to be told
        return _refused(edge.actor, number, problem.from_failure(failure))
    return BulkItem(id=number, outcome="done" if is_done else "unchanged")


def _refused(actor: Actor, number: int, refusal: Problem) -> BulkItem:
    return BulkItem(
        id=number,
        outcome="refused",
        code=refusal.code,
        message=i18n.text(actor.language, f"errors.{refusal.code}", **refusal.params),
        errors=[
            problem.FieldProblem(e.field, problem.sentence(actor.language, e), e.code)
            for e in refusal.errors
        ],
    )
