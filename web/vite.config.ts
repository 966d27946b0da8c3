// Builds the web app into the Python package and serves it in development.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env.CONNECTIVE_DEV_SERVER ?? "http://127.0.0.1:8080";
const proxied = ["/api", "/api-docs", "/docs", "/kw", "/healthz", "/readyz"];

/** A gzip beside each script and style, which the server sends to whoever takes it. */
const gzipped: Plugin = {
  name: "gzipped",
  apply: "build",
  async writeBundle({ dir = "" }) {
    const assets = join(dir, "assets");
    const texts = (await readdir(assets)).filter((name) => /\.(js|css)$/.test(name));
    const packed = async (path: string) => promisify(gzip)(await readFile(path), { level: 9 });
    const pack = async (path: string) => writeFile(`${path}.gz`, await packed(path));
    await Promise.all(texts.map((name) => pack(join(assets, name))));
  },
};

export default defineConfig({
  plugins: [react(), gzipped],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  css: {
    modules: { localsConvention: "camelCaseOnly" },
  },
  build: {
    outDir: "../src/connective/app/static",
    emptyOutDir: true,
    target: "es2023",
    chunkSizeWarningLimit: 700,
    // Inlined fonts and images would be data: addresses, which a strict content policy refuses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What several share goes with React, else the first page would load the canvas for it.
            {
              name: "react",
              test: /node_modules[\\/](react|react-dom|scheduler|use-sync-external-store)[\\/]/,
              priority: 2,
            },
            { name: "canvas", test: /node_modules[\\/]@xyflow/, priority: 1 },
            {
              name: "editor",
              test: /node_modules[\\/](@codemirror|@lezer|crelt|style-mod|w3c-keyname)/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      proxied.map((path) => [path, { target: server, ws: path === "/api" }]),
    ),
  },
  test: {
    environment: "jsdom",
    // One jsdom a worker, each file apart all the same: else most of the time goes into making it.
    pool: "vmThreads",
    setupFiles: ["./src/testing/setup.ts"],
    css: false,
    testTimeout: 30_000,
  },
});
