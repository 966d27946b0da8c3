// The words by which clients leave, in the settings of a bot. proves INT-09 (part: stop words)
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { answer, show } from "@/testing/render";
import type { Bot } from "../queries";
import { SettingsTab } from "../SettingsTab";

vi.mock("@/ui/form/UnsavedGuard", () => ({ UnsavedGuard: () => null }));
vi.mock("@/features/session", () => ({
  useCan: () => (action: string) => action === "bots.edit",
}));

const bot = {
  ...{ id: 18, name: "Shop", alias: "shop", timezone: "UTC", test_mode: false, active: true },
  ...{ languages: ["en"], error_text: {}, unsubscribe_words: ["stop", "unsubscribe"] },
} as unknown as Bot;

afterEach(() => vi.unstubAllGlobals());

it("takes words away and adds others", async () => {
  const asked: { unsubscribe_words?: string[] }[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    asked.push(JSON.parse(await request.text()));
    return answer(200, bot);
  });
  await show(<SettingsTab bot={bot} etag={'"1"'} />);
  const words = screen.getByLabelText("Stop words", { selector: "input" });
  await userEvent.type(words, "{Backspace}genug{Enter}");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(asked[0]?.unsubscribe_words).toEqual(["stop", "genug"]));
});
