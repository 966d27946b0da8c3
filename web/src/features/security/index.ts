// What routes use of the rules of signing in.
export { SecurityPage } from "./SecurityPage";
