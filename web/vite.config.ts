import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** The Cueline that `npm run dev` shows; its cookie holds for every port of the host. */
const server = process.env.CUELINE_DEV_SERVER ?? "http://127.0.0.1:8765";

export default defineConfig({
  plugins: [react()],
  build: {
    // Served by the Python app and packed into the wheel.
    outDir: "../src/cueline/delivery/web",
    emptyOutDir: true,
    sourcemap: false,
    chunkSizeWarningLimit: 1200,
  },
  server: {
    proxy: { "/v1": { target: server, ws: true } },
  },
  test: {
    include: ["src/**/*.test.{ts,tsx}"],
    environment: "node",
  },
});
