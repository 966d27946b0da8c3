// Finds where a JSON path stands in a text, so that a finding can be shown at its line.

/** "nodes[3].data.text" -> ["nodes", 3, "data", "text"]. */
function stepsOf(path: string): (string | number)[] {
  const found = path.matchAll(/\[(\d+)\]|([^.[\]]+)/g);
  return [...found].map(([, index, key]) => (index === undefined ? String(key) : Number(index)));
}

type Range = { from: number; to: number };

/** Reads just enough JSON to know where values begin and end. */
class Scanner {
  at = 0;
  constructor(readonly text: string) {}

  space(): void {
    while (/\s/.test(this.text[this.at] ?? "")) this.at += 1;
  }

  take(sign: string): boolean {
    this.space();
    if (this.text[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  string(): string {
    const from = this.at;
    this.at += 1;
    while (this.at < this.text.length && this.text[this.at] !== '"') {
      this.at += this.text[this.at] === "\\" ? 2 : 1;
    }
    this.at += 1;
    return JSON.parse(this.text.slice(from, this.at)) as string;
  }

  /** Goes past one value; gives its place, or the place of what the steps lead to inside it. */
  value(steps: (string | number)[] | null): Range | null {
    this.space();
    const from = this.at;
    const sign = this.text[from];
    let inner: Range | null = null;
    if (sign === "{" || sign === "[") inner = this.items(sign === "{", steps);
    else if (sign === '"') this.string();
    else while (/[^\s,\]}]/.test(this.text[this.at] ?? "]")) this.at += 1;
    if (steps === null) return null;
    return inner ?? { from, to: steps.length > 0 && inner === null ? from + 1 : this.at };
  }

  private items(isObject: boolean, steps: (string | number)[] | null): Range | null {
    this.at += 1;
    const end = isObject ? "}" : "]";
    let found: Range | null = null;
    for (let index = 0; !this.take(end); index += 1) {
      if (this.at >= this.text.length) throw new SyntaxError("unclosed");
      const keyAt = this.at;
      const key = isObject ? this.string() : index;
      if (isObject) this.take(":");
      const wanted = steps !== null && steps[0] === key;
      const inside = this.value(wanted ? steps.slice(1) : null);
      if (wanted && inside)
        found = steps.length === 1 && isObject ? { ...inside, from: keyAt } : inside;
      this.take(",");
    }
    return found;
  }
}

/** The place of a path's value with its key; of the nearest parent when the value is absent. */
export function rangeOf(text: string, path: string): Range | null {
  try {
    return new Scanner(text).value(stepsOf(path));
  } catch {
    return null;
  }
}
