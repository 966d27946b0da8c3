// What routes use of the messenger.
export { MessengerPage } from "./MessengerPage";
