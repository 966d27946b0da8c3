"""The people of the demo, one for each of the roles that work with bots or clients."""

from connective.kit.context import Ctx
from connective.modules.accounts import service as accounts

# Known to everyone who reads this: the demo is for looking, not for work.
PASSWORD = "demo-shop-2031"
PEOPLE = (
    ("administrator", "Olena", "Koval"),
    ("integrator", "Taras", "Melnyk"),
    ("operator", "Mariia", "Lysenko"),
    ("supervisor", "Iryna", "Bondar"),
    ("analyst", "Andrii", "Shevchuk"),
)


def email_of(role: str) -> str:
    return f"{role}@demo.example"


async def make(ctx: Ctx) -> None:
    """The users; the administrator may do everything."""
    for role, first_name, last_name in PEOPLE:
        person = {
            "first_name": first_name,
            "last_name": last_name,
            "email": email_of(role),
            "role": role,
            "password": PASSWORD,
        }
        await accounts.create_user(ctx, person, is_root=role == "administrator")
