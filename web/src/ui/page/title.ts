// The title of the tab: what the page is, and before it how much waits for the reader.
let page = "";
let badge = 0;

function show(): void {
  const waits = badge > 0 ? `(${badge}) ` : "";
  document.title = `${waits}${page} · Connective`;
}

export function setTitle(title: string): void {
  page = title;
  show();
}

export function setBadge(count: number): void {
  badge = count;
  show();
}
