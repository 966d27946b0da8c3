// What the panel may be asking about at the moment.
export type Asking = "close" | "transfer" | "bot" | "block" | null;
