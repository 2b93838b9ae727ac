import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// Main and core keep their npm dependencies outside the bundle (electron-vite does so by default),
// because better-sqlite3 has to find its native binary beside itself.
export default defineConfig({
  main: {
    plugins: [
      {
        // The server reads it from beside its code.
        name: 'public-site-style',
        generateBundle() {
          const source = readFileSync('src-server/site/site.css');
          this.emitFile({ type: 'asset', fileName: 'site.css', source });
        },
      },
    ],
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          main: 'src-main/host-electron/main.ts',
          'core-process': 'src-main/host-electron/core-process.ts',
          // The packaged app brings the publishing server along, for the sample newsroom.
          server: 'src-server/cli.ts',
        },
        // One flat folder: what lies beside the sources by a relative path is found from every chunk.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload can require nothing but electron: one CommonJS file with the rest inside.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'src-main/preload/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    base: './',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      // host-browser opens whatever Chromium the machine has, which may be older than Electron's.
      target: 'chrome120',
      minify: true,
      // The content security policy lets fonts and styles come from files only, never from data: URLs.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: 'src-renderer/index.html',
        output: {
          // Libraries change less often than the window, and load beside it rather than within it.
          codeSplitting: {
            groups: [
              {
                name: 'react',
                test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/,
                priority: 3,
              },
              { name: 'lexical', test: /node_modules[\\/](lexical|@lexical)[\\/]/, priority: 2 },
              {
                name: 'aria',
                test: /node_modules[\\/](react-aria|react-aria-components|react-stately|@react-aria|@react-stately|@internationalized)[\\/]/,
                priority: 1,
              },
            ],
          },
        },
      },
    },
  },
});
