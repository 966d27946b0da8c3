// The table that every list uses.
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useReducer } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { wholeList } from "@/api/list";
import { ApiError } from "@/api/problem";
import { show } from "@/testing/render";
import type { Column } from "../table/columns";
import { DataTable } from "../table/DataTable";

type Row = { id: number; name: string; city: string; note: string };

const rows: Row[] = [
  { id: 1, name: "Olena", city: "Kyiv", note: "a" },
  { id: 2, name: "Bohdan", city: "Lviv", note: "b" },
];
const columns: Column<Row>[] = [
  { id: "name", header: "Name", fixed: true, sort: "name", cell: (row) => row.name },
  { id: "city", header: "City", cell: (row) => row.city },
  { id: "zip", header: "Zip", cell: (row) => row.id },
  { id: "note", header: "Note", hidden: true, cell: (row) => row.note },
];
const done = { isPending: false, isFetching: false, error: null, refetch: vi.fn() };

function table(more: Partial<Parameters<typeof DataTable<Row>>[0]> = {}) {
  return (
    <DataTable
      name="people"
      label="People"
      columns={columns}
      source={wholeList(rows, done)}
      rowId={(row) => row.id}
      empty={<p>Nobody yet</p>}
      {...more}
    />
  );
}

function Renewed() {
  const [, renew] = useReducer((times) => times + 1, 0);
  const opening: Column<Row>[] = [
    { id: "name", header: "Name", cell: (row) => <input aria-label={row.name} /> },
  ];
  return (
    <>
      <button type="button" onClick={renew}>
        Renew
      </button>
      {table({ columns: opening })}
    </>
  );
}

beforeEach(() => window.localStorage.clear());

describe("the table", () => {
  it("keeps what is open in a cell when its columns are made anew", async () => {
    await show(<Renewed />);
    await userEvent.type(screen.getByLabelText("Olena"), "half a word");
    await userEvent.click(screen.getByText("Renew"));
    expect(screen.getByLabelText("Olena")).toHaveProperty("value", "half a word");
  });

  it("opens a row by keyboard after moving with the arrows", async () => {
    const onOpen = vi.fn();
    await show(table({ onOpen }));
    const [, first] = screen.getAllByRole("row");
    first?.focus();
    await userEvent.keyboard("{ArrowDown}");
    await vi.waitFor(() => expect(document.activeElement?.textContent).toContain("Bohdan"));
    await userEvent.keyboard("{Enter}");
    expect(onOpen).toHaveBeenCalledWith(rows[1]);
  });

  it("asks the server for the order, downwards at the second click", async () => {
    const onSort = vi.fn();
    const view = await show(table({ onSort }));
    await userEvent.click(screen.getByRole("button", { name: "Name" }));
    expect(onSort).toHaveBeenLastCalledWith("name");
    view.unmount();
    await show(table({ onSort, sort: "name" }));
    await userEvent.click(screen.getByRole("button", { name: "Name" }));
    expect(onSort).toHaveBeenLastCalledWith("-name");
  });

  it("remembers which columns were chosen", async () => {
    const view = await show(table());
    expect(screen.queryByRole("columnheader", { name: "Note" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Columns" }));
    await userEvent.click(await screen.findByRole("checkbox", { name: "Note" }));
    view.unmount();
    await show(table());
    expect(screen.getByRole("columnheader", { name: "Note" })).toBeDefined();
  });

  it("says what to do when there is nothing", async () => {
    await show(table({ source: wholeList<Row>([], done) }));
    expect(screen.getByText("Nobody yet")).toBeDefined();
  });

  it("offers a retry and the request id when loading failed", async () => {
    const refetch = vi.fn();
    const error = new ApiError(500, { code: "internal", request_id: "r-9" });
    await show(table({ source: wholeList<Row>(undefined, { ...done, error, refetch }) }));
    expect(screen.getByText("r-9")).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(refetch).toHaveBeenCalledOnce();
  });
});
