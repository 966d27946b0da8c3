// What the panel works with, as the server names it.
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Request = Schemas["RequestOut"];
export type Details = Schemas["RequestDetails"];
export type Message = Schemas["RequestMessage"];
export type Scheduled = Schemas["ScheduledMessage"];
export type Quoted = Schemas["Quoted"];
export type Counters = Schemas["Counters"];
export type LogLine = Schemas["LogLine"];
export type EarlierRequest = Schemas["EarlierRequest"];
export type Mentioned = Schemas["Mentioned"];
export type Named = Schemas["Named"];

export const folders = ["my", "unassigned", "queue", "bot", "closed", "all"] as const;
export type Folder = (typeof folders)[number];

export const sorts = ["last_message_at", "waiting", "created_at"] as const;
export type Sort = (typeof sorts)[number];

/** A field that a key asks for, wherever it is. */
export type Wanted = "topic" | "tags" | null;
