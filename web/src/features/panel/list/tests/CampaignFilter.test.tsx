// The list narrowed to those who came by a campaign. proves INT-02 (part: the panel's filter)
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { request } from "../../logic/tests/rows";
import { openList, serve } from "./panelList";

afterEach(() => vi.unstubAllGlobals());

test("the list is asked for by source and campaign, and whole again", async () => {
  const calls = serve(() => [request(1)]);
  const { router } = await openList();
  await screen.findByText("Client 1");
  const last = () => calls.filter(({ path }) => path === "/api/v1/requests").at(-1)?.query;

  await userEvent.click(screen.getByRole("button", { name: "Campaign" }));
  await userEvent.type(await screen.findByLabelText("Source (utm_source)"), " print ");
  await userEvent.type(screen.getByLabelText("Campaign (utm_campaign)"), "spring");
  await userEvent.click(screen.getByRole("button", { name: "Show" }));
  await waitFor(() => expect(last()?.get("utm_campaign")).toBe("spring"));
  expect(last()?.get("utm_source")).toBe("print");
  expect(router.state.location.search).toMatchObject({ utm_source: "print" });

  const narrowed = await screen.findByRole("button", { name: /the list is narrowed/ });
  await userEvent.click(narrowed);
  await userEvent.click(await screen.findByRole("button", { name: /^Clear/ }));
  await screen.findByRole("button", { name: "Campaign" });
  await waitFor(() => expect(last()?.has("utm_source")).toBe(false));
});
