// What the list shows: a folder in an order, narrowed by words, an operator or a campaign.
import type { Folder, Sort } from "../types";
import type { Came } from "./came";

/** `assignee`: only the requests of this operator; the tags: of clients who came by them. */
export type Place = Came & { folder: Folder; sort: Sort; q?: string; assignee?: number };
