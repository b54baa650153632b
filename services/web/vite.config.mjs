import { defineConfig } from 'vite';

/** The policy of the page (services/dav-frontend/src/pages) lets nothing be inline. */
export default defineConfig({
  build: {
    outDir: 'dist/page',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
