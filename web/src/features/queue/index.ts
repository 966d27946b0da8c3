// What routes use of the queue.
export { QueuePage } from "./QueuePage";
