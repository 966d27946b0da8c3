// What other features and routes may use of the session.
export { LanguageSwitch } from "./LanguageSwitch";
export { LoginPage } from "./LoginPage";
export { type Me, meQuery, useCan, useMe, useSaveLanguage, useSignOut } from "./queries";
export { SessionDialog } from "./SessionDialog";
