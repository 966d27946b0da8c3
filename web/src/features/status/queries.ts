// The state of the instance over the API.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, send } from "@/api/client";
import { useList, wholeList } from "@/api/list";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Check = Schemas["CheckOut"];
export type Status = Schemas["StatusOut"];
export type Job = Schemas["JobOut"];
export type LogLine = Schemas["LogLineOut"];
export type Mail = Schemas["MailOut"];

const status = ["status"];
const everyMs = 15_000;

export function useStatus() {
  return useQuery({
    queryKey: status,
    queryFn: ({ signal }) => send(api.GET("/api/v1/system/status", { signal })),
    refetchInterval: everyMs,
  });
}

export function useFailedJobs() {
  return useList<Job>(
    [...status, "jobs"],
    (cursor, signal) =>
      send(api.GET("/api/v1/system/jobs", { params: { query: { cursor } }, signal })),
    { refetchInterval: everyMs },
  );
}

export function useRetryJob() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (job_id: number) =>
      send(api.POST("/api/v1/system/jobs/{job_id}/retry", { params: { path: { job_id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: status }),
  });
}

export function useMails() {
  return useList<Mail>([...status, "mails"], (cursor, signal) =>
    send(api.GET("/api/v1/system/mails", { params: { query: { cursor } }, signal })),
  );
}

export const levels = ["info", "warning", "error"] as const;

export function useLog(level: (typeof levels)[number]) {
  const query = useQuery({
    queryKey: [...status, "log", level],
    queryFn: ({ signal }) =>
      send(api.GET("/api/v1/system/log", { params: { query: { level } }, signal })),
    refetchInterval: everyMs,
  });
  return wholeList(query.data?.items, query);
}
