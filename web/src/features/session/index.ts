// What other features and routes may use of the session.
export { deviceOf } from "./device";
export { LanguageSwitch } from "./LanguageSwitch";
export { LoginForm } from "./LoginForm";
export { LoginPage } from "./LoginPage";
export { passwordClasses, usePasswordHint } from "./passwordRules";
export { type Me, meQuery, useCan, useMe, useSaveLanguage, useSignOut } from "./queries";
export { ResetPage } from "./ResetPage";
export { SessionDialog } from "./SessionDialog";
export { type Session, SessionList } from "./SessionList";
