// What the scenario editor and the routes use of trying requests.
export { ImportRequest } from "./ImportRequest";
export type { Values } from "./mapping";
export type { ActionId } from "./queries";
export { TryRequest } from "./TryRequest";
export { TryRequestPage } from "./TryRequestPage";
