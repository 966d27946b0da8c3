// The command that the channel page offers to copy.
import { expect, it } from "vitest";
import { curlOf } from "../curl";

it("writes a command that carries a valid first message", () => {
  const command = curlOf("https://x.example/hooks", true);
  const body = /-d '(.*)'$/.exec(command)?.[1] ?? "";
  expect(JSON.parse(body).message.text).toBe("/start");
  expect(command).toContain("x-access-token");
});
