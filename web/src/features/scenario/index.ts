// What routes and other features use of the scenario editor.
export { RunCanvas } from "./RunCanvas";
export { ScenarioPage, type ScenarioSearch } from "./ScenarioPage";
