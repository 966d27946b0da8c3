"""The connection of a page with the server, that of its frames and sockets too: cut and mended."""

from playwright.async_api import Page, WebSocketRoute

BREAK = ("ERR_INTERNET_DISCONNECTED", "WebSocket connection", "ERR_NETWORK_CHANGED")


class Line:
    """Can be cut from the next opening of the page on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._sockets: list[WebSocketRoute] = []
        self._cut = False

    async def breakable(self) -> None:
        await self.page.route_web_socket("**/api/v1/ws*", self._connect)

    async def _connect(self, socket: WebSocketRoute) -> None:
        if self._cut:
            await socket.close()
            return
        socket.connect_to_server()
        self._sockets.append(socket)

    async def cut(self) -> None:
        self._cut = True
        await self.page.context.set_offline(True)
        for socket in self._sockets:
            await socket.close()

    async def mend(self) -> None:
        self._cut = False
        await self.page.context.set_offline(False)
