// Templates, what was sent by them, and the rules of sending, over the API.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, idempotent, receive, send } from "@/api/client";
import { useList } from "@/api/list";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Template = Schemas["MessageTemplate"];
type NewTemplate = Schemas["NewTemplate"];
type TemplateChange = Schemas["TemplatePatch"];
export type Content = Schemas["Content"];
export type Rules = Schemas["BroadcastRules"];
export type SentMessage = Schemas["TemplateMessage"];

const templates = ["broadcast-templates"];
const sent = ["broadcast-messages"];
const rules = ["broadcast-rules"];
const limit = 50;

export function useTemplates({ q, active }: { q?: string; active?: string }) {
  const isActive = active === undefined ? undefined : active === "yes";
  return useList<Template>([...templates, { q, active }], (cursor, signal) =>
    send(
      api.GET("/api/v1/broadcast-templates", {
        params: { query: { cursor, limit, q, active: isActive } },
        signal,
      }),
    ),
  );
}

export function useSentMessages({ phone, template }: { phone?: string; template?: string }) {
  const template_id = template ? Number(template) : undefined;
  return useList<SentMessage>(
    [...sent, { phone, template }],
    (cursor, signal) =>
      send(
        api.GET("/api/v1/broadcast/messages", {
          params: { query: { cursor, limit, phone, template_id } },
          signal,
        }),
      ),
    { refetchInterval: 5000 },
  );
}

/** The text as a client would read it; asked for while it is written. */
export function usePreview(content: Content, language: string, channel: string) {
  const body = { content, language, channel, variables: {} };
  return useQuery({
    queryKey: [...templates, "preview", body],
    queryFn: ({ signal }) =>
      send(api.POST("/api/v1/broadcast-templates/preview", { body, signal })),
    placeholderData: keepPreviousData,
    retry: false,
    meta: { ownErrors: true },
  });
}

export function useRules() {
  return useQuery({
    queryKey: rules,
    queryFn: ({ signal }) => receive(api.GET("/api/v1/broadcast/settings", { signal })),
  });
}

function useChange<V, R>(key: string[], mutationFn: (input: V) => Promise<R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    meta: { ownErrors: true },
    onSuccess: () => cache.invalidateQueries({ queryKey: key }),
  }).mutateAsync;
}

export function useSaveRules(etag: string | null) {
  return useChange(rules, (body: Schemas["BroadcastRulesIn"]) =>
    send(
      api.PUT("/api/v1/broadcast/settings", {
        body,
        headers: etag ? { "If-Match": etag } : {},
      }),
    ),
  );
}

type Route = { template_id: number; bot_id: number; phone: string };

/** What other systems ask for, with the session in the place of their token. */
export function useSendTest() {
  return useChange(sent, (body: Route & { variables: Record<string, unknown> }) =>
    send(api.POST("/api/v1/broadcast/route", { body: { ...body, fallback: [] } })),
  );
}

const path = (template_id: number) => ({ params: { path: { template_id } } });

export function useCreateTemplate() {
  return useChange(templates, (body: NewTemplate) =>
    send(api.POST("/api/v1/broadcast-templates", { body, headers: idempotent() })),
  );
}

export function useChangeTemplate() {
  return useChange(templates, ({ id, ...body }: TemplateChange & { id: number }) =>
    send(api.PATCH("/api/v1/broadcast-templates/{template_id}", { ...path(id), body })),
  );
}

export function useDeleteTemplate() {
  return useChange(templates, (id: number) =>
    send(api.DELETE("/api/v1/broadcast-templates/{template_id}", path(id))),
  );
}
