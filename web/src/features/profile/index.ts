// What routes use of the profile.
export { PasswordNeeded } from "./PasswordNeeded";
export { ProfilePage } from "./ProfilePage";
export { SecondFactorNeeded } from "./SecondFactorNeeded";
