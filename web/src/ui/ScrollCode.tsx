// Code or a body as it is; where it scrolls, the keyboard reaches it.
import type { ReactNode } from "react";

export function ScrollCode({ className, children }: { className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by Tab
    <pre className={className} tabIndex={0} translate="no">
      {children}
    </pre>
  );
}
