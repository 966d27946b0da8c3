// A message that did not arrive is said by another channel in which its bot knows the client.
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { type Me, meQuery } from "@/features/session";
import { answer, newCache, show } from "@/testing/render";
import { message, request } from "../../../logic/tests/rows";
import type { Details } from "../../../types";
import { type Deeds, DeedsProvider } from "../../deeds";
import { OtherChannel } from "../OtherChannel";

const navigate = vi.fn();
vi.mock("@tanstack/react-router", () => ({ useNavigate: () => navigate }));
afterEach(() => vi.unstubAllGlobals());

const client = { id: 3, contact_id: 30, name: "Ann", phone: null, username: "", chat_id: "c1" };
const details = { request: request(7), client, may: ["reply"] } as unknown as Details;
const place = (id: number, change: object) => ({
  id,
  bot_id: 1,
  channel: "telegram",
  chat_id: `chat ${id}`,
  username: "",
  subscribed: true,
  ...change,
});

async function shown(sent: unknown[]) {
  vi.stubGlobal("fetch", async (asked: Request) => {
    const { pathname } = new URL(asked.url);
    if (pathname.endsWith("/channels")) {
      const here = place(30, { channel: "custom_channel" });
      const gone = place(33, { subscribed: false });
      return answer(200, [here, place(31, {}), place(32, { bot_id: 2 }), gone]);
    }
    if (pathname.endsWith("outbound-rules"))
      return answer(200, { allowed: true, topic_required: false });
    if (asked.method === "GET") return answer(200, { items: [], next_cursor: null });
    sent.push(await asked.json());
    return answer(201, request(8));
  });
  const cache = newCache();
  cache.setQueryData(meQuery.queryKey, { permissions: ["requests.outbound"] } as unknown as Me);
  const failed = message(4, { text: "Your parcel is here", status: "failed" });
  const deeds = { details } as unknown as Deeds;
  await show(
    <DeedsProvider value={deeds}>
      <OtherChannel message={failed} />
    </DeedsProvider>,
    "en",
    cache,
  );
}

// proves OP-18 (part: other channel)
test("its words go to the contact that is chosen, in a chat of their own", async () => {
  const sent: unknown[] = [];
  await shown(sent);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Other channel" }));
  const places = await screen.findAllByRole("menuitem");
  expect(places.map((one) => [one.textContent, one.matches("[data-disabled]")])).toEqual([
    [expect.stringContaining("chat 31"), false],
    [expect.stringContaining("chat 33"), true],
  ]);
  await user.click(places[0] as HTMLElement);
  const text = await screen.findByRole("textbox", { name: "Message" });
  expect((text as HTMLTextAreaElement).value).toBe("Your parcel is here");
  await user.click(screen.getByRole("button", { name: "Send" }));
  await waitFor(() =>
    expect(sent).toEqual([
      expect.objectContaining({ contact_id: 31, text: "Your parcel is here" }),
    ]),
  );
  await waitFor(() =>
    expect(navigate).toHaveBeenCalledWith(expect.objectContaining({ params: { number: "8" } })),
  );
});
