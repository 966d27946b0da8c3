"""What routes depend on runs in the event loop: a plain function would cost a thread each time."""

import inspect
from collections.abc import Callable, Iterator

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from connective.kit.settings import Settings


def below(dependant: Dependant) -> Iterator[Dependant]:
    for each in dependant.dependencies:
        yield each
        yield from below(each)


def test_no_route_waits_for_a_thread(create_app: Callable[..., FastAPI]) -> None:
    application = create_app(Settings())
    dependants = [
        (route.path, each)
        for route in iter_route_contexts(application.routes)
        for each in below(getattr(route, "dependant", None) or Dependant())
    ]
    plain = {
        f"{path}: {each.call}"
        for path, each in dependants
        if not inspect.iscoroutinefunction(each.call)
    }
    assert len(dependants) > 50
    assert not plain, "give these dependencies `async def`"
