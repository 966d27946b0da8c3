// How tokens let an operator into the frame and keep him there. proves INT-04 (part: tokens in the frame)
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bearer, endOf, setBearer, takeRenewal } from "@/api/bearer";
import { ApiError } from "@/api/problem";
import { isSessionAwaited, sessionAgain } from "@/api/session";
import { Entrance } from "../frame/entry";

const now = Date.parse("2026-11-23T06:00:00Z");

function tokenFor(seconds: number): string {
  const claims = btoa(JSON.stringify({ exp: (now + seconds * 1000) / 1000 }));
  return `a.${claims}.b`;
}

function setUp(isThere = true) {
  const around = {
    isThere,
    tell: vi.fn(),
    check: vi.fn(async () => ({ user_id: 7, title: "Shop Care", context: {} })),
    renewed: vi.fn(async (): Promise<number | null> => null),
    forget: vi.fn(),
  };
  return { around, entrance: new Entrance(around) };
}

beforeEach(() => {
  vi.useFakeTimers({ now });
});

afterEach(() => {
  vi.useRealTimers();
  setBearer(null);
});

describe("the entrance of the frame", () => {
  it("reads when a token ends, and nothing out of what is none", () => {
    expect(endOf(tokenFor(900))).toBe(now + 900_000);
    expect(endOf("secret")).toBeNull();
  });

  it("lets in by a token and asks for the next one a minute before it ends", async () => {
    const { around, entrance } = setUp();
    await entrance.start(tokenFor(900));
    expect(entrance.get()).toMatchObject({ step: "in", paused: null });
    expect(around.tell.mock.calls).toEqual([["ready", { title: "Shop Care" }]]);
    vi.advanceTimersByTime(839_000);
    expect(around.tell).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(around.tell).toHaveBeenLastCalledWith("token", { reason: "renew" });
    await entrance.hear({ type: "token", id: null, data: { token: tokenFor(1_740) } });
    expect(bearer()).toBe(tokenFor(1_740));
    vi.advanceTimersByTime(60_000);
    expect(entrance.get()).toMatchObject({ step: "in", paused: null });
  });

  it("asks the page around, and for a sign-in when nobody answers", async () => {
    const { around, entrance } = setUp();
    await entrance.start(null);
    expect(around.tell.mock.calls).toEqual([["token", { reason: "first" }]]);
    vi.advanceTimersByTime(10_000);
    expect(entrance.get().step).toBe("outside");
    expect(around.tell.mock.calls.at(-1)?.[0]).toBe("auth_required");
  });

  it("asks for a sign-in at once when the page says that it has no token", async () => {
    const { entrance } = setUp();
    await entrance.start(null);
    await entrance.hear({ type: "token", id: null, data: { token: null } });
    expect(entrance.get()).toMatchObject({ step: "outside" });
  });

  it("asks for a sign-in at once where no page is around", async () => {
    const { entrance } = setUp(false);
    await entrance.start(null);
    expect(entrance.get()).toEqual({ step: "outside", why: null });
  });

  it("says auth_required for a bad token, and keeps what is open when one goes bad later", async () => {
    const { around, entrance } = setUp();
    const refusal = new ApiError(401, { code: "unauthorized", detail: "Sign in" });
    around.check.mockRejectedValueOnce(refusal);
    await entrance.start("bad");
    expect(entrance.get()).toEqual({ step: "outside", why: refusal });
    const required = { code: "unauthorized", message: "Sign in" };
    expect(around.tell).toHaveBeenLastCalledWith("auth_required", required, null);

    await entrance.hear({ type: "token", id: "1", data: { token: tokenFor(900) } });
    expect(entrance.get().step).toBe("in");
    const held = sessionAgain();
    await vi.advanceTimersByTimeAsync(0);
    expect(around.tell).toHaveBeenLastCalledWith("token", { reason: "expired" });
    around.check.mockRejectedValueOnce(refusal);
    await entrance.hear({ type: "token", id: "2", data: { token: "bad" } });
    expect(entrance.get()).toMatchObject({ step: "in", paused: refusal });
    expect(around.tell).toHaveBeenLastCalledWith("auth_required", required, "2");
    await entrance.hear({ type: "token", id: "3", data: { token: tokenFor(900) } });
    await held;
    expect(isSessionAwaited()).toBe(false);
    expect(entrance.get()).toMatchObject({ step: "in", paused: null });
  });

  it("renews the token of someone who signed in here, and asks the page once that is over", async () => {
    const { around, entrance } = setUp();
    await entrance.entered(now + 900_000);
    around.renewed.mockResolvedValueOnce(now + 1_800_000);
    await vi.advanceTimersByTimeAsync(840_000);
    expect(around.renewed).toHaveBeenCalledTimes(1);
    expect(around.tell.mock.calls).toEqual([["ready", { title: "Shop Care" }]]);
    await vi.advanceTimersByTimeAsync(900_000);
    expect(around.tell).toHaveBeenLastCalledWith("token", { reason: "renew" });
    setBearer("a", "r1");
    expect([takeRenewal(), takeRenewal()]).toEqual(["r1", null]);
    setBearer("a", "r2");
    setBearer("b");
    expect(takeRenewal()).toBeNull();
  });

  it("names the permission that somebody lacks", async () => {
    const { around, entrance } = setUp();
    const missing = new ApiError(403, { code: "permission_needed", detail: "requests.view" });
    around.check.mockRejectedValueOnce(missing);
    await entrance.start(tokenFor(900));
    expect(entrance.get()).toEqual({ step: "forbidden", why: missing });
  });

  it("shows nothing of one operator to the next", async () => {
    const { around, entrance } = setUp();
    await entrance.start(tokenFor(900));
    around.check.mockResolvedValueOnce({ user_id: 8, title: "", context: {} });
    await entrance.enter(tokenFor(900));
    expect(around.forget).toHaveBeenCalledTimes(1);
    entrance.leave("9");
    expect(bearer()).toBeNull();
    expect(around.tell.mock.calls.at(-1)?.[0]).toBe("auth_required");
  });
});
