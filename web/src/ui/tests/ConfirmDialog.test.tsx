// The question before a change that others feel.
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { ApiError } from "@/api/problem";
import { show } from "@/testing/render";
import { ConfirmDialog } from "../ConfirmDialog";

const texts = { title: "Archive?", confirmLabel: "Archive", consequences: ["It stops."] };

it("stays open with the server's sentence when the change is refused", async () => {
  const onClose = vi.fn();
  const onConfirm = vi.fn().mockRejectedValue(new ApiError(409, { detail: "It is in use." }));
  await show(<ConfirmDialog opened {...texts} onConfirm={onConfirm} onClose={onClose} />);
  expect(screen.getByText("It stops.")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Archive" }));
  expect((await screen.findByRole("alert")).textContent).toContain("It is in use.");
  expect(onClose).not.toHaveBeenCalled();
});

it("waits for the word to be typed", async () => {
  const onConfirm = vi.fn().mockResolvedValue(undefined);
  const onClose = vi.fn();
  const props = { ...texts, typeToConfirm: "shop", onConfirm, onClose };
  await show(<ConfirmDialog opened {...props} />);
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Archive" });
  expect(button.disabled).toBe(true);
  await userEvent.type(screen.getByRole("textbox"), "shop");
  await userEvent.click(button);
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
});
