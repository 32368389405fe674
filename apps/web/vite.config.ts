import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.TESSERA_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    sourcemap: false,
  },
  server: { port: 5173, proxy: { '/api': server, '/healthz': server } },
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], environment: 'node' },
});
