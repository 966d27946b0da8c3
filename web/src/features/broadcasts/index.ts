// What routes use of the broadcasts.
export { TemplatesPage } from "./TemplatesPage";
