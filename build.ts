import { chmodSync } from 'node:fs'
import { build } from 'esbuild'

// Splitting keeps `tsplay --version` from loading ssh2, pg and nunjucks: each is reached by a dynamic import.
// Old chunks stay: a run that is under way may still load them. `npm pack` starts clean.
await build({
  entryPoints: { tsplay: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  minifySyntax: true,
  // Optional native parts that the libraries do without when they are missing.
  external: ['cpu-features', 'pg-native', '*.node', 'chokidar', 'fsevents'],
  banner: {
    js: [
      '#!/usr/bin/env node',
      "import { createRequire as __createRequire } from 'node:module'",
      'const require = __createRequire(import.meta.url)',
      // ssh2's bundled poly1305 asks for the folder it is in.
      "const __dirname = new URL('.', import.meta.url).pathname",
    ].join('\n'),
  },
})
chmodSync('dist/tsplay.js', 0o755)
