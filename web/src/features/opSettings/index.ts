// What routes use of the settings of chats.
export { ClosingPage } from "./ClosingPage";
export { DistributionPage } from "./DistributionPage";
export { OperatorsPage } from "./OperatorsPage";
export { TimersPage } from "./TimersPage";
