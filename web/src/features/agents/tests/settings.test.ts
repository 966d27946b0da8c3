// What is copied into an agent: its address, and a place for the key.
// proves INT-15 (part: agents)
import { describe, expect, it } from "vitest";
import { settingsFor } from "../settings";

describe("the settings for agents", () => {
  it("name the address and leave the key to be filled in", () => {
    const url = "https://connective.example/mcp";
    for (const client of ["http", "program"] as const) {
      const text = settingsFor(client, url);
      expect(JSON.parse(text).mcpServers.connective).toBeDefined();
      expect(text).toContain(url);
      expect(text).toContain("API-Key YOUR_KEY");
    }
  });
});
