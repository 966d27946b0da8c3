// What routes use of AI agents.
export { AgentsPage } from "./AgentsPage";
