// Requests and messages for the tests of the panel's logic.
import type { Message, Request } from "../../types";

const day = "2026-05-04T";

export function request(id: number, change: Partial<Request> = {}): Request {
  return {
    id,
    rev: 1,
    type: "chat",
    direction: "inbound",
    state: "open",
    bot_id: 1,
    channel: "custom_channel",
    dialog_id: id,
    client_id: id,
    client_name: `Client ${id}`,
    client_phone: null,
    origin: "",
    subject: null,
    assignee: null,
    tags: [],
    weight: 0,
    unread: 0,
    comment: "",
    last_text: "",
    last_author: "client",
    last_seq: 1,
    last_message_at: `${day}10:00:00Z`,
    last_client_at: null,
    last_reply_at: null,
    waits_because: null,
    close_reason: null,
    closed_by: null,
    created_at: `${day}09:00:00Z`,
    queued_at: null,
    assigned_at: null,
    first_reply_at: null,
    paused_until: null,
    closed_at: null,
    blocked: false,
    client_left: false,
    ...change,
  };
}

export function message(seq: number, change: Partial<Message> = {}): Message {
  return {
    id: 1000 + seq,
    seq,
    request_id: 7,
    direction: "in",
    kind: "text",
    author_kind: "client",
    author_id: null,
    author_name: "Ann",
    text: `text ${seq}`,
    content: null,
    status: "received",
    error: null,
    client_msg_id: null,
    reply_to: null,
    forwarded: null,
    mentions: [],
    created_at: `${day}10:00:${String(seq % 60).padStart(2, "0")}Z`,
    edited_at: null,
    deleted_at: null,
    ...change,
  };
}

export const span = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
