// What other features use of hot keys.
export { KeyRows } from "./KeyRows";
export { clashOf, defaultsOf, differing, keysOf } from "./keys";
export { OwnKeys } from "./OwnKeys";
export { type HotKeys, useHotKeysInForce } from "./queries";
export { refusedOf } from "./refused";
