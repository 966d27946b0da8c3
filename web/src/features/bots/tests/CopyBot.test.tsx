// A bot is copied under a name of its own, or taken away as a file.
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { answer, show } from "@/testing/render";
import { CopyBot } from "../CopyBot";
import { type BotListed, exportBot } from "../queries";

const download = vi.hoisted(() => vi.fn());
vi.mock("@/ui/downloadJson", () => ({ downloadJson: download }));
vi.mock("@/ui/form/UnsavedGuard", () => ({ UnsavedGuard: () => null }));
afterEach(() => vi.unstubAllGlobals());

const shop = { id: 18, name: "Shop" } as BotListed;

// proves SE-20 (part: copy)
it("names the copy, shows a taken alias at its field, and the key of the copy once", async () => {
  const asked: object[] = [];
  const refusal = {
    code: "alias_taken",
    detail: "Taken.",
    errors: [{ field: "alias", code: "alias_taken", message: "shop_2 is free." }],
  };
  vi.stubGlobal("fetch", async (request: Request) => {
    asked.push(JSON.parse(await request.text()));
    return asked.length === 1
      ? answer(409, refusal)
      : answer(201, { name: "Bakery", api_key: "abc_secret" });
  });
  await show(<CopyBot bot={shop} onClose={() => undefined} />);
  const name = screen.getByRole("textbox", { name: /^Name/ });
  expect((name as HTMLInputElement).value).toBe("Shop (copy)");
  await userEvent.clear(name);
  await userEvent.type(name, "Bakery");
  await userEvent.type(screen.getByRole("textbox", { name: /^Alias/ }), "Sh!op");
  const make = screen.getByRole("button", { name: "Make the copy" });
  await userEvent.click(make);
  screen.getByText(/2 to 40 small Latin letters/);
  expect(asked).toEqual([]);

  const alias = screen.getByRole("textbox", { name: /^Alias/ });
  await userEvent.clear(alias);
  await userEvent.type(alias, "shop");
  await userEvent.click(make);
  await screen.findByText("shop_2 is free.");
  await userEvent.clear(alias);
  await userEvent.click(make);
  await screen.findByText(/^Bakery is there, inactive/);
  screen.getByText("API key of the bot");
  expect(asked).toEqual([
    { name: "Bakery", alias: "shop" },
    { name: "Bakery", alias: null },
  ]);
  expect(screen.queryByRole("button", { name: "Make the copy" })).toBeNull();
});

// proves SE-20 (part: export)
it("gives the draft as a file named after the bot", async () => {
  const graph = { format: "scenario", nodes: [] };
  vi.stubGlobal("fetch", async () => answer(200, { draft: { rev: 3, graph } }));
  await exportBot(shop);
  await waitFor(() => expect(download).toHaveBeenCalledWith("Shop", graph));
});
