/** Bundles the entries to dist/ and the browser's code to dist/client/. Plain TypeScript: Node runs it as it is. */
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
const src = (name: string) => join(root, 'src', name)

/** Entries that exist; the demo and the command line are bundled with the server so that they share chunks. */
const entries = ['server.ts', 'cli.ts', 'demo.ts'].map(src).filter((file) => existsSync(file))

await Promise.all([
  build({
    entryPoints: entries,
    outdir: join(root, 'dist'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Packages stay where npm put them, so that heavy ones are loaded on first use.
    packages: 'external',
    splitting: true,
    sourcemap: true,
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'warning',
  }),
  build({
    entryPoints: readdirSync(src('web/client')).map((name) => src(`web/client/${name}`)),
    outdir: join(root, 'dist', 'client'),
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
  }),
])
mkdirSync(join(root, 'dist', 'public'), { recursive: true })
cpSync(src('web/public'), join(root, 'dist', 'public'), { recursive: true })
