// The client of a request by himself, without the conversation.
import { Loaded } from "@/ui/feedback/States";
import { useRequest } from "../data/requests";
import { ClientTab } from "./ClientTab";

export function ClientPane({ number }: { number: number }) {
  return <Loaded query={useRequest(number)}>{(details) => <ClientTab details={details} />}</Loaded>;
}
