// Does what the page around asks for, and answers under the same id.
import { api, idempotent, send } from "@/api/client";
import { ApiError } from "@/api/problem";
import { isLanguage, setLanguage } from "@/i18n";
import { entrance } from "./entrance";
import { parent } from "./parent";
import { type Client, looks, themeOf } from "./place";
import { type Command, type Data, type Heard, isCommand, wordOf } from "./protocol";

/** Goes to a chat, or with undefined to the list. */
export type Go = (number: number | undefined) => void;

const waitingAtMost = 20;
const named = ["phone", "email", "external_id", "chat_id"] as const;

function contextOf(data: Data) {
  const words = Object.fromEntries(
    [...named, "crm_record_url" as const].map((name) => [name, wordOf(data, name)]),
  );
  return { ...words, create: data.create === true };
}

/** Opens whom a context names; answers which chat is shown. */
export async function openContext(data: Data, go: Go): Promise<Data> {
  const context = contextOf(data);
  if (!named.some((name) => wordOf(data, name))) return {};
  try {
    const opened = await send(api.POST("/api/v1/embed/open", { body: context }));
    return show(opened.chat_id, opened.client, go);
  } catch (error) {
    if (error instanceof ApiError && error.code.startsWith("embed_unknown")) {
      looks.set({ place: { kind: "unknown", message: error.message, context: data } });
    }
    throw error;
  }
}

function show(chat_id: number | null, client: Client, go: Go): Data {
  if (chat_id === null) looks.set({ place: { kind: "silent", client } });
  else {
    const isCard = looks.get().view === "client";
    looks.set({ place: isCard ? { kind: "client", number: chat_id } : { kind: "panel" } });
    go(chat_id);
  }
  return { chat_id, client };
}

async function openChat(data: Data, go: Go): Promise<Data> {
  const id = Number(wordOf(data, "chat_id"));
  const details = await send(
    api.GET("/api/v1/requests/{request_id}", { params: { path: { request_id: id } } }),
  );
  looks.set({ place: { kind: "panel" } });
  go(id);
  return { chat_id: id, client: told(details.client) };
}

async function createOutbound(data: Data, go: Go): Promise<Data> {
  const chat = await send(
    api.POST("/api/v1/chats", {
      params: { header: idempotent() },
      body: {
        phone: wordOf(data, "phone"),
        channel: wordOf(data, "channel"),
        text: wordOf(data, "text") ?? "",
        attachments: [],
      },
    }),
  );
  return openChat({ chat_id: chat.id }, go);
}

/** What the page around may know of a client. */
export function told({ id, name, phone, email, external_id }: Omit<Client, "record_url">): Data {
  return { id, name, phone, email, external_id };
}

async function logout(id: string | null): Promise<void> {
  if (entrance.get().step === "in") {
    await send(api.POST("/api/v1/auth/logout")).catch(() => undefined);
  }
  entrance.leave(id);
}

async function obey(type: Command, data: Data, go: Go): Promise<Data> {
  if (type === "openClient" || type === "setContext") return openContext(data, go);
  if (type === "openChat") return openChat(data, go);
  if (type === "createOutbound") return createOutbound(data, go);
  if (type === "setTheme") looks.set({ theme: themeOf(wordOf(data, "theme")) });
  const language = wordOf(data, "lang");
  if (type === "setLanguage" && isLanguage(language)) await setLanguage(language);
  return {};
}

/** Takes commands in; what comes while nobody is let in waits for him. */
class Desk {
  /** The chat that an answer has told of: it is not told of once more. */
  answered: number | undefined;

  private go: Go | null = null;
  private waiting: Heard[] = [];

  /** With null the panel is not there. */
  open(go: Go | null): void {
    this.go = go;
    if (go === null) return;
    for (const heard of this.waiting.splice(0)) void answer(heard, go);
  }

  take(heard: Heard): void {
    if (!isCommand(heard.type) || heard.type === "token") return;
    if (heard.type === "logout") void logout(heard.id);
    else if (this.go) void answer(heard, this.go);
    else this.waiting = [...this.waiting, heard].slice(-waitingAtMost);
  }
}

export const desk = new Desk();

async function answer({ type, id, data }: Heard, go: Go): Promise<void> {
  try {
    const found = await obey(type as Command, data, go);
    const opened = typeof found.chat_id === "number";
    if (opened) desk.answered = found.chat_id as number;
    if (opened || id !== null) parent.tell(opened ? "chat_opened" : type, found, id);
  } catch (error) {
    const code = error instanceof ApiError ? error.code : "failed";
    parent.tell("error", { code, message: (error as Error).message }, id);
  }
}
