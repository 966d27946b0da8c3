// What routes and other features use of the scenarios.

export { actionOf } from "./graph/actionPorts";
export { findNode, type Graph } from "./graph/document";
export { KindIcon, useNodeName } from "./nodeNames";
export { type Pass, RunCanvas, useRunGraph } from "./RunCanvas";
export { ScenarioPage, type ScenarioSearch } from "./ScenarioPage";
export { usePortName } from "./usePortName";
