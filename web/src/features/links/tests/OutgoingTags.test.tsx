// The switch that has the links of a message tagged. proves INT-02 (part: the switch)
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { show } from "@/testing/render";
import { type AddUtm, OutgoingTags } from "../OutgoingTags";

const seen: { value?: AddUtm } = {};

function Host() {
  const [value, setValue] = useState<AddUtm | undefined>();
  seen.value = value;
  return <OutgoingTags value={value} onChange={setValue} />;
}

it("asks for the sites, keeps their hosts, and takes everything away again", async () => {
  await show(<Host />);
  const on = screen.getByRole("switch", { name: /^Add UTM to links/ });
  expect(screen.queryByLabelText("utm_source")).toBeNull();
  await userEvent.click(on);
  expect(screen.getByText("Name the sites whose links get the tags.")).toBeTruthy();
  await userEvent.type(
    screen.getByPlaceholderText("shop.example"),
    "https://Shop.example/sale{Enter}",
  );
  await userEvent.type(screen.getByLabelText("utm_campaign"), "spring");
  expect(seen.value).toEqual({
    domains: ["shop.example"],
    utm_source: "bot",
    utm_campaign: "spring",
  });
  expect(screen.queryByText("Name the sites whose links get the tags.")).toBeNull();
  await userEvent.click(on);
  expect(seen.value).toBeUndefined();
});
