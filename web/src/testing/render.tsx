// Renders a component as the app does: theme, cache, texts in English.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import i18next from "i18next";
import type { ReactNode } from "react";
import { type Language, startI18n } from "@/i18n";
import { theme } from "@/ui/theme/theme";

export function newCache(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: false } } });
}

export async function show(ui: ReactNode, language: Language = "en", cache = newCache()) {
  if (!i18next.isInitialized || i18next.language !== language) await startI18n(language);
  return render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={cache}>{ui}</QueryClientProvider>
    </MantineProvider>,
  );
}

/** An answer as the server gives it. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  const type = status < 400 ? "application/json" : "application/problem+json";
  const text = body === undefined ? null : JSON.stringify(body);
  return new Response(text, { status, headers: { "Content-Type": type, ...headers } });
}
