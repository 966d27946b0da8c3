// What routes use of the list of runs.
export { RunsPage } from "./RunsPage";
