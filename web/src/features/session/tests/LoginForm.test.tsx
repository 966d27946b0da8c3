// Signing in: the second step, the wait, and where one goes afterwards.
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { answer, show } from "@/testing/render";
import { LoginForm } from "../LoginForm";
import { safeNext } from "../LoginPage";

const me = { id: 1, email: "olena@shop.example", language: "en", timezone: "UTC", permissions: [] };

function serverAnswers(...answers: Response[]) {
  const fetch = vi.fn<(request: Request) => Promise<Response>>();
  for (const one of answers) fetch.mockResolvedValueOnce(one);
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

async function fillIn() {
  await userEvent.type(screen.getByLabelText("E-mail"), "olena@shop.example");
  await userEvent.type(screen.getByLabelText("Password"), "Vesna-2026");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
}

afterEach(() => vi.unstubAllGlobals());

it("asks for the code when the account has a second factor", async () => {
  const onSignedIn = vi.fn();
  const fetch = serverAnswers(
    answer(401, { code: "otp_required", detail: "Enter the code." }),
    answer(200, { user: me }),
    answer(200, me),
  );
  await show(<LoginForm onSignedIn={onSignedIn} />);
  await fillIn();
  await userEvent.type(await screen.findByLabelText("One-time code"), "123456");
  await userEvent.click(screen.getByRole("button", { name: "Confirm" }));
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
  expect(await fetch.mock.calls[1]?.[0].json()).toMatchObject({ otp: "123456" });
});

it("says how long to wait after too many tries", async () => {
  serverAnswers(answer(429, { code: "too_many_logins", detail: "Wait." }, { "Retry-After": "42" }));
  await show(<LoginForm onSignedIn={vi.fn()} />);
  await fillIn();
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toBe("Too many attempts. Try again in 0:42.");
});

it("shows one sentence for any wrong pair", async () => {
  serverAnswers(answer(401, { code: "bad_credentials", detail: "Not right." }));
  await show(<LoginForm onSignedIn={vi.fn()} />);
  await fillIn();
  expect((await screen.findByRole("alert")).textContent).toBe("Not right.");
});

it("goes back only to addresses of this app", () => {
  const asked = ["/keys?bot_id=1", "//evil.example", "https://evil.example", "/\\evil", undefined];
  expect(asked.map(safeNext)).toEqual(["/keys?bot_id=1", "/", "/", "/", "/"]);
});
