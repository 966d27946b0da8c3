// What routes and other features use of the subscriptions.
export { useWhy } from "./ConsentShown";
export { useChangeSubscription } from "./queries";
export { SubscriptionsPage } from "./SubscriptionsPage";
