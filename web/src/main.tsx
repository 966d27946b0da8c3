// Starts the app: texts first, then the whole of it, or the panel alone within another site.
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "./ui/theme/tokens.css";
import { type ComponentType, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { isEmbedded } from "./api/bearer";
import { startI18n } from "./i18n";

async function chosen(): Promise<ComponentType> {
  if (!isEmbedded) return (await import("./App")).App;
  (await import("./features/embed/frame/storage")).makeSureOfStorage();
  return (await import("./Embedded")).Embedded;
}

const App = await chosen();
await startI18n();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
