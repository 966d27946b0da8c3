// Files dropped where nobody takes them: the browser stays on the page, which says why.
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import type { Details } from "./types";

/** Why files are not taken from here; `details` of the opened request, where one is. */
function reasonOf(details: Details | undefined) {
  if (!details) return "none" as const;
  if (details.request.state === "closed") return "closed" as const;
  return details.may.includes("reply") ? ("elsewhere" as const) : ("mayNot" as const);
}

export function useStrayFiles(details: Details | undefined): void {
  const { t } = useTranslation("panelTalk");
  const why = useRef("");
  why.current = t(`stray.${reasonOf(details)}`);
  useEffect(() => {
    const onFiles = (event: DragEvent) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (event.type === "drop") showDone(why.current);
    };
    window.addEventListener("dragover", onFiles);
    window.addEventListener("drop", onFiles);
    return () => {
      window.removeEventListener("dragover", onFiles);
      window.removeEventListener("drop", onFiles);
    };
  }, []);
}
