"""The pictures of the messenger, the scenario, and the operators' panel."""

import itertools

from playwright.sync_api import Locator, Page


def talk(page: Page, base: str) -> None:
    """A conversation in the Messenger: an order that is on its way, one that nobody knows."""
    page.goto(f"{base}/messenger?bot=1")
    chat = page.get_by_role("region", name="Chat")
    page.get_by_role("button", name="/start").first.click()
    for text, answer in (
        ("Order status", "What is the number"),
        ("4040", "We have no order 4040"),
        ("1001", "is on its way"),
    ):
        page.get_by_role("textbox", name="Message").fill(text)
        page.get_by_role("button", name="Send").click()
        chat.get_by_text(answer).last.wait_for()


def scenario(page: Page, base: str) -> None:
    page.goto(f"{base}/dialog/bot-scenario/1?section=2")
    page.get_by_text("Ask the shop").first.wait_for()


SHOTS = {"messenger": talk, "scenario": scenario}

OTHERS = (
    ("petro", "Petro", "Do you deliver to Odesa on Saturdays?"),
    ("maya", "Maya", "The coffee is ground, I ordered beans"),
    ("leo", "Leo", "Can I still change the address of my order?"),
)
HOOK = "/messengers_host/1/custom_channel/hooks"
FIRST_UPDATE = 810_000_001


def others_ask(page: Page, base: str) -> None:
    """Clients of the outside system ask for a person and say what it is about."""
    numbers = itertools.count(FIRST_UPDATE)
    page.goto(f"{base}/operator_panel/requests?folder=all")
    for chat, name, question in OTHERS:
        sender = {"id": chat, "first_name": name, "language_code": "en"}
        row = page.get_by_role("option").filter(has_text=name)
        for text, shown in (
            ("/start", None),
            ("Talk to a person", "calling"),
            (question, question),
        ):
            message = {"from": sender, "chat": {"id": f"demo-{chat}"}, "text": text}
            update = {"update_id": next(numbers), "message": message}
            answer = page.request.post(base + HOOK, data=update)
            if not answer.ok:
                raise RuntimeError(answer.text())
            if shown:
                row.filter(has_text=shown).wait_for()


def queue(page: Page, base: str) -> None:
    page.goto(f"{base}/operator_panel/queue_status")
    page.get_by_role("cell", name="Petro").wait_for()


def ask_for_person(page: Page, base: str) -> Locator:
    """The client asks for a person and says what it is about; his side of the chat."""
    page.goto(f"{base}/messenger?bot=1")
    page.get_by_role("button", name="/start").first.click()
    chat = page.get_by_role("region", name="Chat")
    chat.get_by_text("What would you like to do?").last.wait_for()
    question = "My order 1001 is late. Can you look where it is?"
    for text, answer in (("Talk to a person", "calling a colleague"), (question, question)):
        page.get_by_role("textbox", name="Message").fill(text)
        page.get_by_role("button", name="Send").click()
        chat.get_by_text(answer).last.wait_for()
    return chat


def go_online(page: Page) -> None:
    """From the menu of one's own status; new chats come from now on."""
    page.get_by_role("button", name="Offline").click()
    page.get_by_role("menuitem", name="Online").click()
    page.get_by_role("button", name="Online").wait_for()


def panel(client: Page, operator: Page, base: str) -> None:
    """A client who asked for a person, and the operator who got the chat and answers."""
    go_online(operator)
    chat = ask_for_person(client, base)
    operator.goto(f"{base}/operator_panel/requests?folder=my")
    operator.get_by_role("option").filter(has_text="order 1001").click()
    answers = (
        "Good day! Let me look.",
        "It left Lviv this morning and comes tomorrow before noon.",
    )
    for text in answers:
        operator.get_by_role("textbox", name="Reply").fill(text)
        operator.get_by_role("button", name="Send", exact=True).click()
        chat.get_by_text(text).wait_for()


def team(page: Page, base: str) -> None:
    page.goto(f"{base}/operator_panel/team")
    page.get_by_role("row").filter(has_text="Mariia Lysenko").get_by_text("Online").wait_for()
