// Files dragged anywhere over the opened request; what is not taken here is refused by the page.
import { type RefObject, useEffect, useRef, useState } from "react";

/** `inside` stands in the section that files are dropped on. Whether some are over it now. */
export function useDropped(
  inside: RefObject<HTMLElement | null>,
  takes: boolean,
  onFiles: (files: File[]) => void,
): boolean {
  const [isOver, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;

  useEffect(() => {
    const area = inside.current?.closest("section");
    if (!area || !takes) return undefined;
    const onDrag = (event: DragEvent) => {
      const { dataTransfer } = event;
      if (!dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      const left = event.type === "dragleave" && !area.contains(event.relatedTarget as Node | null);
      if (event.type === "drop" || left) setOver(false);
      if (event.type === "dragover") setOver(true);
      if (event.type === "drop") take.current([...dataTransfer.files]);
    };
    const kinds = ["dragover", "dragleave", "drop"] as const;
    for (const kind of kinds) area.addEventListener(kind, onDrag);
    return () => {
      for (const kind of kinds) area.removeEventListener(kind, onDrag);
    };
  }, [inside, takes]);
  return isOver;
}
