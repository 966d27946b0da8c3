// What routes use of the request log.
export { RequestsPage } from "./RequestsPage";
