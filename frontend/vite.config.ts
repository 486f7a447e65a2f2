import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { firstLoad } from './build/firstLoad';
import { land } from './build/land';
import { leanAxios } from './build/leanAxios';
import { pages } from './build/pages';

const backend = 'http://127.0.0.1:8000';
/** Pages that people come to first. */
const first = ['pages/HomePage', 'pages/PropertyPage'];
const { plugin, groups } = firstLoad(first);

/** Its warnings are for developers; `exports` names no build without them. */
const quietRouter = { find: /^react-router$/, replacement: `${import.meta.dirname}/node_modules/react-router/dist/production/index.mjs` };

export default defineConfig(({ command }) => ({
  plugins: [react(), tailwindcss(), land(), leanAxios(), plugin, pages(`${import.meta.dirname}/src/App.tsx`, first)],
  resolve: { alias: command === 'build' ? [quietRouter] : [] },
  server: { host: '127.0.0.1', proxy: { '/api': backend, '/media': backend } },
  build: { chunkSizeWarningLimit: 500, modulePreload: { polyfill: false }, rolldownOptions: { output: { codeSplitting: { groups } } } },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
    maxWorkers: 2,
    testTimeout: 60_000,
  },
}));
