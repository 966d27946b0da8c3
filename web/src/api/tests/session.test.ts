// A session that ends in the middle of the work.
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startI18n } from "@/i18n";
import { answer } from "@/testing/render";
import { api, send } from "../client";
import { isSessionAwaited, sessionAbandoned, sessionRestored } from "../session";

const ended = { code: "unauthorized", title: "Not signed in", detail: "Sign in." };
const bots = { items: [], next_cursor: null };

function serverAnswers(...answers: Response[]) {
  const fetch = vi.fn<(request: Request) => Promise<Response>>();
  for (const one of answers) fetch.mockResolvedValueOnce(one);
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

beforeAll(() => startI18n("en"));
afterEach(() => vi.unstubAllGlobals());

it("holds the call until the user has signed in again, then repeats it", async () => {
  const fetch = serverAnswers(answer(401, ended), answer(200, bots));
  const call = send(api.GET("/api/v1/bots"));
  await vi.waitFor(() => expect(isSessionAwaited()).toBe(true));
  sessionRestored();
  await expect(call).resolves.toEqual(bots);
  expect(fetch).toHaveBeenCalledTimes(2);
});

it("repeats a change with its body", async () => {
  const fetch = serverAnswers(answer(401, ended), answer(200, { id: 1 }));
  const call = send(api.PATCH("/api/v1/me", { body: { first_name: "Olena" } }));
  await vi.waitFor(() => expect(isSessionAwaited()).toBe(true));
  sessionRestored();
  await call;
  const repeated = fetch.mock.calls[1]?.[0];
  expect(await repeated?.text()).toBe('{"first_name":"Olena"}');
});

it("fails the call when the user gives up", async () => {
  serverAnswers(answer(401, ended));
  const call = send(api.GET("/api/v1/bots"));
  await vi.waitFor(() => expect(isSessionAwaited()).toBe(true));
  sessionAbandoned();
  await expect(call).rejects.toThrow();
});

it("does not take a wrong password for an ended session", async () => {
  serverAnswers(answer(401, { code: "bad_credentials", detail: "Not right." }));
  const body = { email: "olena@shop.example", password: "wrong" };
  await expect(send(api.POST("/api/v1/auth/login", { body }))).rejects.toThrow("Not right.");
  expect(isSessionAwaited()).toBe(false);
});

it("calls an unreachable server offline", async () => {
  vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("failed to fetch")));
  await expect(send(api.GET("/api/v1/bots"))).rejects.toMatchObject({ code: "offline", status: 0 });
});
