// Browsers may forbid storage to pages within other sites: then things are kept while it is open.

function isAllowed(): boolean {
  try {
    window.localStorage.getItem("connective");
    return true;
  } catch {
    return false;
  }
}

class Kept implements Storage {
  private readonly values = new Map<string, string>();

  get length(): number {
    return this.values.size;
  }

  key(index: number): string | null {
    return [...this.values.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.values.set(key, String(value));
  }

  removeItem(key: string): void {
    this.values.delete(key);
  }

  clear(): void {
    this.values.clear();
  }
}

export function makeSureOfStorage(): void {
  if (!isAllowed()) Object.defineProperty(window, "localStorage", { value: new Kept() });
}
