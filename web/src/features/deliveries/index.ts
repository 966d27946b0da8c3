// What routes and other features use of the deliveries.
export { Attempts } from "./Attempts";
export { DeliveriesPage } from "./DeliveriesPage";
export { periodOf } from "./periods";
export { useDelivery } from "./queries";
export { ReplayDialog } from "./ReplayDialog";
export { StatusWord } from "./StatusWord";
