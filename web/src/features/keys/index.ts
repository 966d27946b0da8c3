// What routes use of the API keys.
export { KeysPage } from "./KeysPage";
