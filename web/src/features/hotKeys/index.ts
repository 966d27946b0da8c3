// What other features use of hot keys.
export { KeyRows } from "./KeyRows";
export { clashOf, defaultsOf, differing, type HotKeys, keysOf } from "./keys";
export { OwnKeys } from "./OwnKeys";
export { useHotKeysInForce } from "./queries";
export { refusedOf } from "./refused";
