// Several bots changed at once, each told what became of it. proves SE-20 (part: many at once)
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { answer, show } from "@/testing/render";
import { ManyBots } from "../ManyBots";
import { differing, waysBack } from "../many";
import type { BotListed } from "../queries";

const undo = vi.hoisted(() => ({ last: async () => {} }));
vi.mock("@/features/session", () => ({ useCan: () => () => true }));
vi.mock("@/ui/feedback/notify", async (real) => ({
  ...(await real<object>()),
  showUndo: (_: string, back: () => Promise<void>) => {
    undo.last = back;
  },
}));
afterEach(() => vi.unstubAllGlobals());

const bot = (id: number, name: string, active = false, group_id: number | null = null) =>
  ({ id, name, active, group_id }) as BotListed;
const bots = [bot(1, "Shop"), bot(2, "Bank"), bot(3, "Taxi", true, 7)];

/** Answers as the server would, and keeps what was asked. */
function serve(activated: (id: number) => Response) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const path = new URL(request.url).pathname.replace("/api/v1", "");
    if (request.method === "GET")
      return answer(200, { items: [{ id: 7, name: "Shops", bots: 1 }] });
    asked.push(`${request.method} ${path} ${await request.text()}`.trim());
    return path.endsWith("/activate")
      ? activated(Number(path.split("/")[2]))
      : answer(200, { warnings: [] });
  });
  return asked;
}

function Chosen({ first }: { first: BotListed[] }) {
  const [chosen, setChosen] = useState(first);
  return (
    <ManyBots
      chosen={chosen}
      onChosen={(ids) => setChosen(first.filter(({ id }) => ids.includes(id)))}
    />
  );
}

it("asks before bots are activated, and says of each what it lacks or why it was refused", async () => {
  const asked = serve((id) =>
    id === 1
      ? answer(200, { warnings: [{ code: "bot_no_scenario", message: "It has no scenario." }] })
      : answer(403, { code: "permission_needed", detail: "You may not." }),
  );
  await show(<Chosen first={bots} />);
  await userEvent.click(screen.getByRole("button", { name: "Activate" }));
  expect(asked).toEqual([]);
  await userEvent.click(screen.getAllByRole("button", { name: "Activate" }).at(-1) as HTMLElement);
  const told = await screen.findByRole("alert");
  await waitFor(() => expect(told.textContent).toContain("Bank You may not."));
  expect(told.textContent).toContain("Shop It has no scenario.");
  // the one that is active already is left alone, the refused one stays chosen
  expect(asked).toEqual(["POST /bots/1/activate", "POST /bots/2/activate"]);
  screen.getByText("Chosen: 1");
});

it("moves bots into a group and takes each back to where it was", async () => {
  const asked = serve(() => answer(200, { warnings: [] }));
  await show(<Chosen first={bots} />);
  await userEvent.click(screen.getByRole("button", { name: "Move to a group" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Shops" }));
  const moved = (id: number, group: number | null) =>
    `PATCH /bots/${id} {"group_id":${JSON.stringify(group)}}`;
  await waitFor(() => expect(asked).toEqual([moved(1, 7), moved(2, 7)]));
  await undo.last();
  expect(asked.slice(2)).toEqual([moved(1, null), moved(2, null)]);
});

it("knows which bots differ and what takes a change back", () => {
  expect(differing(bots, { active: true }).map(({ id }) => id)).toEqual([1, 2]);
  expect(differing(bots, { group_id: null }).map(({ id }) => id)).toEqual([3]);
  expect(waysBack(bots, { active: true })).toEqual([[bots, { active: false }]]);
  expect(waysBack(bots, { group_id: 9 })).toEqual([
    [bots.slice(0, 2), { group_id: null }],
    [bots.slice(2), { group_id: 7 }],
  ]);
});
