/** Bundles the entries to dist/ and the browser's code to dist/client/. Plain TypeScript: Node runs it as it is. */
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
const src = (name: string) => join(root, 'src', name)

/** Entries that exist; the demo and the command line are bundled with the server so that they share chunks. */
const entries = ['server', 'cli', 'demo']
  .map((name) => [name, src(`${name}.ts`)] as const)
  .filter(([, file]) => existsSync(file))

/** Threads are started by file name, so each is an entry of its own beside them. */
const threads = {
  'seal-thread': join(root, 'channels/webpush/seal-thread.ts'),
  'file-thread': src('review/file-thread.ts'),
}

const LAZY = [
  '@better-auth/passkey',
  '@zxcvbn-ts/language-common',
  'better-auth',
  'docx',
  'esbuild',
  'ioredis',
  'mammoth',
  'mjml',
  'nodemailer',
  'pdf-lib',
  'pdfjs-dist',
  'pg',
  'pino',
  'playwright-core',
  'prom-client',
  'web-push',
]
/** Bundled packages of the older kind ask for Node's own modules by `require`. */
const REQUIRE =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);"

await Promise.all([
  // The Worker runs where there is no Node: a module of Node's in it would fail here.
  build({
    entryPoints: [src('edge.ts')],
    outdir: join(root, 'dist'),
    bundle: true,
    platform: 'neutral',
    format: 'esm',
    target: 'es2024',
    minifySyntax: true,
    sourcemap: true,
    logLevel: 'warning',
  }),
  build({
    entryPoints: { ...Object.fromEntries(entries), ...threads },
    outdir: join(root, 'dist'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // What every start needs is bundled: one file opens faster than hundreds. Heavy packages stay where npm put them and
    // are loaded on first use.
    external: LAZY,
    banner: { js: REQUIRE },
    minifySyntax: true,
    splitting: true,
    sourcemap: true,
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'warning',
  }),
  build({
    entryPoints: readdirSync(src('web/client'))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => src(`web/client/${name}`)),
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
