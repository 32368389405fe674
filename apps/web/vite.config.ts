import react from '@vitejs/plugin-react';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const server = process.env.TESSERA_URL ?? 'http://127.0.0.1:8080';

/** Beside every text file its packed twins, which the server hands out to whom can take them. */
function packed(): Plugin {
  let folder = '';
  return {
    name: 'packed',
    apply: 'build',
    configResolved: (config) => { folder = join(config.root, config.build.outDir); },
    closeBundle: () => {
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|html|svg)$/.test(file)) continue;
        const text = readFileSync(join(folder, file));
        writeFileSync(join(folder, `${file}.gz`), gzipSync(text, { level: 9 }));
        writeFileSync(join(folder, `${file}.br`), brotliCompressSync(text));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), packed()],
  build: {
    target: 'es2022',
    sourcemap: false,
  },
  server: { port: 5173, proxy: { '/api': server, '/healthz': server, '/readyz': server, '/metrics': server } },
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], environment: 'node' },
});
