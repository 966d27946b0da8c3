// What other features and routes may use of operators, statuses and skill groups.
export { LoadBar } from "./LoadBar";
export { OperatorFace } from "./OperatorFace";
export { OperatorForm } from "./OperatorForm";
export {
  type Operator,
  useGroups,
  useOperatorChoices,
  useOperators,
  useStatuses,
  useTeam,
} from "./queries";
export { SkillGroupsPage } from "./SkillGroupsPage";
export { StatusesPage } from "./StatusesPage";
export { TeamPage } from "./TeamPage";
