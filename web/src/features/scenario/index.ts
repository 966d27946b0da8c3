// What routes and other features use of the scenarios.

export { actionOf } from "./graph/actionPorts";
export { findNode, type Graph } from "./graph/document";
export { KindIcon, useNodeName } from "./nodeNames";
export { type Pass, RunCanvas, useRunGraph } from "./RunCanvas";
export { ScenarioPage } from "./ScenarioPage";
export { usePortName } from "./usePortName";
export type { ScenarioSearch } from "./view";
