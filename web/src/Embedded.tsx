// The panel alone, as it stands within pages of other sites.
import { EmbedApp } from "./features/embed";
import { embedRouter } from "./routes/embed";

export function Embedded() {
  return <EmbedApp router={embedRouter} />;
}
