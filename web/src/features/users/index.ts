// What other features and routes may use of the users.
export { UsersPage } from "./UsersPage";
