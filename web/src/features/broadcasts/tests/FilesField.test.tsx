// The files of a template. proves INT-12 (part: files)
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import { ApiError } from "@/api/problem";
import { upload } from "@/api/upload";
import { show } from "@/testing/render";
import { FilesField } from "../FilesField";

vi.mock("@/api/upload", () => ({ upload: vi.fn() }));

const sent = vi.mocked(upload);
const of = (name: string, content = "x") => new File([content], name);

function Host() {
  const [files, setFiles] = useState<{ file_id: string; name: string }[]>([]);
  return (
    <FilesField
      files={files}
      onAdd={({ file_id, name = "" }) => setFiles([...files, { file_id, name }])}
      onRemove={(at) => setFiles(files.toSpliced(at, 1))}
    />
  );
}

async function choose(...files: File[]) {
  const field = document.querySelector<HTMLInputElement>("input[type=file]");
  for (const file of files) await userEvent.upload(field as HTMLInputElement, file);
}

beforeEach(() => {
  sent.mockReset();
  sent.mockImplementation(async ({ name, size }) => ({
    ...{ public_id: `id of ${name}`, name, size },
    ...{ mime: "text/plain", url: "" },
  }));
});

it("uploads what is chosen, lists it, and takes it away", async () => {
  await show(<Host />);
  await choose(of("price.txt"), of("map.txt"));
  expect(await screen.findByText("map.txt")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Remove price.txt" }));
  expect(screen.queryByText("price.txt")).toBeNull();
  expect(screen.getByText("map.txt")).toBeTruthy();
});

it("says why a file is not taken, and what the server answered", async () => {
  await show(<Host />);
  await choose(of("empty.txt", ""));
  expect(await screen.findByText("empty.txt is empty.")).toBeTruthy();
  expect(sent).not.toHaveBeenCalled();
  sent.mockRejectedValueOnce(new ApiError(409, { detail: "The disk is full" }));
  await choose(of("price.txt"));
  expect(await screen.findByText("The disk is full")).toBeTruthy();
  await choose(of("price.txt"));
  await waitFor(() => expect(screen.queryByText("The disk is full")).toBeNull());
});

it("takes no more than ten", async () => {
  await show(<Host />);
  for (let count = 1; count <= 10; count += 1) {
    await choose(of(`${count}.txt`));
    await screen.findByText(`${count}.txt`);
  }
  expect(screen.queryByRole("button", { name: "Add a file" })).toBeNull();
});
