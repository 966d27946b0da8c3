// The title of the tab: what the page is, and before it how much waits for the reader.
let page = "";
let badge = 0;
let product = "Connective";

function show(): void {
  const waits = badge > 0 ? `(${badge}) ` : "";
  document.title = `${waits}${page} · ${product}`;
}

export function setTitle(title: string): void {
  page = title;
  show();
}

export function setBadge(count: number): void {
  badge = count;
  show();
}

/** Within another site the panel bears the name that the company has given it. */
export function setProduct(name: string): void {
  product = name;
  show();
}
