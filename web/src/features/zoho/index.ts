// What routes use of the connection to Zoho CRM.
export { ZohoPage } from "./ZohoPage";
