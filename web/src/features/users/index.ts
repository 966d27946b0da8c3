// What other features and routes may use of the users.
export { useRoles } from "./queries";
export { UsersPage } from "./UsersPage";
