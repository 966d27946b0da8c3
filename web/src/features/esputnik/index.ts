// What routes use of the connections to eSputnik.
export { EsputnikPage } from "./EsputnikPage";
