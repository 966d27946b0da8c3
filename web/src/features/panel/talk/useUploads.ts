// The files beside the text that is being written, each with its progress.
import { notifications } from "@mantine/notifications";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { mostBytes, mostFiles, refusalOf } from "@/api/fileLimits";
import { upload } from "@/api/upload";
import { useFormat } from "@/i18n/format";
import { problemText } from "@/ui/feedback/notify";

export type Attached = {
  key: string;
  file: File;
  share: number;
  fileId?: string;
  failed?: string;
};

export function useUploads() {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const format = useFormat();
  const [files, setFiles] = useState<Attached[]>([]);
  const running = useRef(new Map<string, AbortController>());
  const count = useRef(0);
  count.current = files.length;

  const change = useCallback((key: string, update: Partial<Attached>) => {
    setFiles((all) => all.map((one) => (one.key === key ? { ...one, ...update } : one)));
  }, []);

  const start = useCallback(
    async (key: string, file: File) => {
      const control = new AbortController();
      running.current.set(key, control);
      change(key, { share: 0, failed: undefined });
      try {
        const { signal } = control;
        const onProgress = (share: number) => change(key, { share });
        const { public_id } = await upload(file, { onProgress, signal });
        change(key, { share: 1, fileId: public_id });
      } catch (error) {
        if (!control.signal.aborted) change(key, { failed: problemText(error) });
      } finally {
        running.current.delete(key);
      }
    },
    [change],
  );

  const add = useCallback(
    (chosen: Iterable<File>) => {
      for (const file of chosen) {
        const refusal = refusalOf(file, count.current);
        if (refusal) {
          const limits = { most: mostFiles, size: format.bytes(mostBytes) };
          const message = t(`panelTalk:files.${refusal}`, { name: file.name, ...limits });
          notifications.show({ color: "red", message });
          continue;
        }
        count.current += 1;
        const key = crypto.randomUUID();
        setFiles((all) => [...all, { key, file, share: 0 }]);
        void start(key, file);
      }
    },
    [start, t, format],
  );

  /** Files that the server has already. */
  const restore = useCallback((parts: { file_id: string; name: string; mime: string }[]) => {
    const back = parts.map(({ file_id, name, mime }) => ({
      key: file_id,
      file: new File([], name, { type: mime }),
      share: 1,
      fileId: file_id,
    }));
    setFiles((all) => [...back, ...all]);
  }, []);

  const remove = useCallback((key: string) => {
    running.current.get(key)?.abort();
    setFiles((all) => all.filter((one) => one.key !== key));
  }, []);

  const clear = useCallback(() => setFiles([]), []);
  return { files, add, restore, remove, clear, again: start };
}

export type Uploads = ReturnType<typeof useUploads>;
