// What routes use of the system status.
export { StatusPage } from "./StatusPage";
