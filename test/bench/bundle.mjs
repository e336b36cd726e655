/** Bundles the bench, its far ends and its references to dist/bench/, then runs what was asked for. */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '../..')
await build({
  entryPoints: [...globSync('test/bench/**/*.ts', { cwd: root }), 'test/browser/pictures.ts'].map((file) =>
    join(root, file),
  ),
  outbase: join(root, 'test'),
  outdir: join(root, 'dist'),
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  packages: 'external',
  sourcemap: true,
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  logLevel: 'warning',
})
await import(join(root, process.env.BENCH_ENTRY ?? 'dist/bench/run.js'))
