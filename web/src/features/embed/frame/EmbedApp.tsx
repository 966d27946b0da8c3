// The whole of the frame: theme, cache, and the panel's pages behind the entrance.
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { type AnyRouter, RouterProvider } from "@tanstack/react-router";
import { useEffect, useSyncExternalStore } from "react";
import { queryClient } from "@/api/query";
import { theme } from "@/ui/theme/theme";
import { desk } from "./commands";
import { Doors } from "./Doors";
import { entrance, tokenOfAddress } from "./entrance";
import { parent } from "./parent";
import { looks } from "./place";

export function EmbedApp({ router }: { router: AnyRouter }) {
  const shown = useSyncExternalStore(looks.watch, looks.get);
  useEffect(() => {
    const stop = parent.hear((heard) => {
      void entrance.hear(heard);
      desk.take(heard);
    });
    void entrance.start(tokenOfAddress());
    return stop;
  }, []);
  return (
    <MantineProvider
      theme={theme}
      {...(shown.theme === "auto"
        ? { defaultColorScheme: "auto" as const }
        : { forceColorScheme: shown.theme })}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-center" limit={3} />
        <Doors>
          <RouterProvider router={router} />
        </Doors>
      </QueryClientProvider>
    </MantineProvider>
  );
}
