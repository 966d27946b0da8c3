// How wide a scrolled box is, and whether there is more of it to the left or right than is seen.
import { type RefObject, useEffect, useState } from "react";

type Edges = { width: number; left: boolean; right: boolean };

export function useEdges(box: RefObject<HTMLElement | null>): Edges {
  const [edges, setEdges] = useState<Edges>({ width: 0, left: false, right: false });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      const { scrollLeft, scrollWidth, clientWidth } = element;
      const { paddingLeft, paddingRight } = getComputedStyle(element);
      const width = clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      const left = scrollLeft > 1;
      const right = scrollLeft + clientWidth < scrollWidth - 1;
      setEdges((before) => {
        const same = before.width === width && before.left === left && before.right === right;
        return same ? before : { width, left, right };
      });
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    for (const child of element.children) sizes.observe(child);
    const children = new MutationObserver(() => {
      for (const child of element.children) sizes.observe(child);
      look();
    });
    children.observe(element, { childList: true });
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      children.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [box]);
  return edges;
}
