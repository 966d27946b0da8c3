// Of all open tabs one speaks: each says how near it is to the user, the nearest wins.
type Claim = { key: string; rank: number };
type Channel = Pick<BroadcastChannel, "postMessage" | "addEventListener">;

const deliberationMs = 80;
const remembered = 100;

export class OneTab {
  private readonly best = new Map<string, number>();

  constructor(private readonly channel: Channel) {
    channel.addEventListener("message", (event) => {
      this.note((event as MessageEvent<Claim>).data);
    });
  }

  /** Whether this tab is the one. The lowest rank wins; ranks of two tabs must differ. */
  async claim(key: string, rank: number): Promise<boolean> {
    this.note({ key, rank });
    this.channel.postMessage({ key, rank } satisfies Claim);
    await new Promise((resolve) => setTimeout(resolve, deliberationMs));
    return this.best.get(key) === rank;
  }

  private note({ key, rank }: Claim): void {
    this.best.set(key, Math.min(rank, this.best.get(key) ?? rank));
    if (this.best.size <= remembered) return;
    const [oldest] = this.best.keys();
    if (oldest !== undefined) this.best.delete(oldest);
  }
}

/** The tab in use first, then one that is seen; chance parts the rest. */
export function rankOfTab(): number {
  const near = document.hasFocus() ? 0 : document.visibilityState === "visible" ? 1 : 2;
  return near + Math.random();
}
