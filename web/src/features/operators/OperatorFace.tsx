// A colleague by his picture, or by the first letters of his name.
import { useQuery } from "@tanstack/react-query";
import type { ComponentProps } from "react";
import { useCan } from "@/features/session";
import { Face } from "@/ui/Face";
import { teamQuery } from "./queries";

type Props = Omit<ComponentProps<typeof Face>, "picture" | "staff"> & { id: number };

/** Pictures change seldom: they are not read anew with each row. */
const freshMs = 300_000;

export function OperatorFace({ id, ...face }: Props) {
  const mayRead = useCan()("operators.view");
  const { data } = useQuery({ ...teamQuery, staleTime: freshMs, enabled: mayRead });
  const picture = data?.items.find(({ user_id }) => user_id === id)?.picture;
  return <Face {...face} picture={picture} staff />;
}
