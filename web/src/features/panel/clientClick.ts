// Where a click on the client's name leads, for whoever shows the panel in a page of its own.
import { createContext, useContext } from "react";

type Clicked = (externalId: string | null) => void;

const Click = createContext<Clicked | null>(null);

export const ClientClick = Click.Provider;

export function useClientClick(): Clicked | null {
  return useContext(Click);
}
