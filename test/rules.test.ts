/** The architecture, held by a test: who may import whom, and what may be said only in one place. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { ROOT } from '../src/lib/root.ts'

type Import = { file: string; line: number; typeOnly: boolean; from: string; target: string; text: string }

const tracked = (dir: string): string[] =>
  readdirSync(join(ROOT, dir), { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile() && /\.tsx?$/.test(f.name))
    .map((f) => relative(ROOT, join(f.parentPath, f.name)))

const code = [...tracked('src'), ...tracked('channels'), ...tracked('templates')]
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8')
/** Code without its comments, so that a rule may be named in one. */
const bare = (file: string): string =>
  textOf(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:])\/\/.*$/gm, '$1')

const IMPORT = /(?:^|\n)\s*(import|export)\s+(type\s+)?([^'";]*?)from\s+'([^']+)'|import\('([^']+)'\)/g
function importsOf(file: string): Import[] {
  return [...bare(file).matchAll(IMPORT)].map((m) => {
    const target = m[4] ?? m[5] ?? ''
    const names = m[3] ?? ''
    const typeOnly =
      m[2] !== undefined ||
      (names.includes('{') &&
        /^\s*\{[^}]*\}\s*$/.test(names) &&
        names
          .replace(/[{}\s]/g, '')
          .split(',')
          .filter(Boolean)
          .every((n) => n.startsWith('type')) &&
        /\btype\s/.test(names))
    const path = target.startsWith('.') ? normalize(join(dirname(file), target)) : target
    return { file, line: 0, typeOnly, from: file, target: path, text: m[0].trim() }
  })
}
const all = code.flatMap(importsOf)

/** Left to right: each may import what stands to its left, and its own folder. */
const ORDER = [
  'lib',
  'store',
  'queue',
  'templates',
  'ledger',
  'staff',
  'audience',
  'incident',
  'desk',
  'review',
  'publication',
  'delivery',
  'purge',
  'web',
  'context',
  'work',
  'entry',
]
/** Types that are contracts: they may be imported from anywhere. */
const CONTRACTS = [
  'src/context.ts',
  'src/desk/content.ts',
  'src/publication/edition.ts',
  'src/delivery/channel.ts',
  'src/config.ts',
]

function stageOf(path: string): string {
  if (path.startsWith('templates/')) return 'templates'
  const rest = path.replace(/^src\//, '')
  if (!path.startsWith('src/')) return 'outside'
  if (/^(server|cli|edge|demo|build)(\.ts|\.tsx|\/)/.test(rest)) return 'entry'
  if (rest === 'config.ts') return 'lib'
  return rest.split('/')[0]?.replace(/\.tsx?$/, '') ?? ''
}

test('every stage imports only what stands to its left', () => {
  const wrong = all
    .filter((i) => i.target.startsWith('src/') || i.target.startsWith('templates/'))
    .filter((i) => !i.file.startsWith('channels/'))
    .filter((i) => !(i.typeOnly && CONTRACTS.includes(i.target)))
    .filter((i) => {
      const [from, to] = [stageOf(i.file), stageOf(i.target)]
      return from !== to && ORDER.indexOf(to) > ORDER.indexOf(from)
    })
  expect(wrong.map((i) => `${i.file} → ${i.target}`)).toEqual([])
})

test('every folder of src has its place in the order', () => {
  const unknown = code.filter((f) => f.startsWith('src/')).filter((f) => !ORDER.includes(stageOf(f)))
  expect(unknown).toEqual([])
})

test('src never imports channels, but for the entries that hand the registry in', () => {
  const wrong = all.filter(
    (i) => i.target.startsWith('channels/') && i.file.startsWith('src/') && stageOf(i.file) !== 'entry',
  )
  expect(wrong.map((i) => `${i.file} → ${i.target}`)).toEqual([])
})

test('an outlet knows only itself, templates, lib, and the types of the contract', () => {
  const wrong = all
    .filter(
      (i) =>
        i.file.startsWith('channels/') &&
        i.file !== 'channels/index.ts' &&
        /^(src|channels|templates)\//.test(i.target),
    )
    .filter((i) => !i.target.startsWith('src/lib/') && !i.target.startsWith('templates/'))
    .filter((i) => !i.target.startsWith(i.file.split('/').slice(0, 2).join('/')))
    .filter((i) => !(i.typeOnly && ['src/delivery/channel.ts', 'src/publication/edition.ts'].includes(i.target)))
  expect(wrong.map((i) => `${i.file} → ${i.target}`)).toEqual([])
})

test('there are no import cycles', () => {
  const next = new Map(
    code.map((f) => [
      f,
      importsOf(f)
        .filter((i) => !i.typeOnly && code.includes(i.target))
        .map((i) => i.target),
    ]),
  )
  const done = new Set<string>()
  const cycles: string[] = []
  const walk = (file: string, path: string[]): void => {
    if (path.includes(file)) return void cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (done.has(file)) return
    for (const to of next.get(file) ?? []) walk(to, [...path, file])
    done.add(file)
  }
  for (const file of code) walk(file, [])
  expect(cycles).toEqual([])
})

const only = (pattern: RegExp, allowed: (file: string) => boolean): string[] =>
  code.filter((f) => !allowed(f) && pattern.test(bare(f)))

test('the environment is read in config.ts alone', () => {
  expect(only(/process\.env/, (f) => f === 'src/config.ts')).toEqual([])
})

test('time comes from lib/clock alone', () => {
  const browser = (f: string) => f.startsWith('src/web/client/')
  expect(
    only(
      /Date\.now\(\)|new Date\(\)|performance\.now\(\)/,
      (f) => f === 'src/lib/clock.ts' || f === 'src/lib/id.ts' || browser(f),
    ),
  ).toEqual([])
})

test('SQL stands in store files and in store/', () => {
  const sqlText = /\b(selectFrom|insertInto|updateTable|deleteFrom)\(|sql`|sql\.raw/
  const allowed = (f: string) => /(\/|-)store\.ts$/.test(f) || f.startsWith('src/store/')
  expect(only(sqlText, allowed)).toEqual([])
})

// site-reader.ts names its reader of blobs `fetch`; it opens no socket.
test('outbound HTTP goes through lib/http, which nothing turns off', () => {
  const outbound = /\bfetch\(|http\.request|https\.request|from 'undici'|httpRequest\(/
  expect(
    only(
      outbound,
      (f) =>
        f.startsWith('src/lib/') ||
        f.startsWith('src/web/client/') ||
        f === 'src/store/site-reader.ts' ||
        // In the Worker there is no lib/http: it is asked by `fetch`, and calls its configured origin alone.
        f === 'src/edge.ts' ||
        f === 'src/edge/pass.ts',
    ),
  ).toEqual([])
})

test('the Worker holds no SQL, no queue and no mail, and nothing of Node', async () => {
  const made = await build({
    entryPoints: [join(ROOT, 'src/edge.ts')],
    bundle: true,
    platform: 'neutral',
    format: 'esm',
    write: false,
    metafile: true,
  })
  const parts = Object.keys(made.metafile.inputs)
  expect(parts).toEqual(expect.arrayContaining(['src/edge.ts', 'src/store/site-rules.ts', 'src/lib/negotiate.ts']))
  const may =
    /^(src\/(edge(\.ts|\/)|lib\/|store\/(lru|site-newer|site-rules|site-shape)\.ts$)|templates\/(words|page)\/(style-)?edge\.ts$)/
  expect(parts.filter((part) => !may.test(part))).toEqual([])
  expect(made.outputFiles[0]?.contents.length).toBeLessThan(100_000)
})

test('nothing is exported by default, and no file is called utils, helpers, manager or service', () => {
  expect(only(/export default/, () => false)).toEqual([])
  expect(code.filter((f) => /(utils?|helpers?|manager|service)\.tsx?$/.test(f))).toEqual([])
})

test('every file says first what it is', () => {
  expect(code.filter((f) => !/^(#!.*\n)?\/\*\*/.test(textOf(f)))).toEqual([])
})

/** Tables, migrations, words and styles are lists, not code. */
const LONG_DATA = /^(src\/store\/(tables|migrations\/.*)|templates\/(words|page\/style).*)\.tsx?$/

test('no file is over 300 lines, and names are kebab-case', () => {
  expect(code.filter((f) => !LONG_DATA.test(f) && textOf(f).split('\n').length > 301)).toEqual([])
  expect(code.filter((f) => !/^[a-z0-9.-]+\.tsx?$/.test(f.split('/').pop() ?? ''))).toEqual([])
})

test('the top level holds the agreed things and no others', () => {
  const agreed =
    /^(package(-lock)?\.json|tsconfig\.json|biome\.json|vitest\.config\.ts|src|templates|channels|test|wrangler\.toml|README(\.zh-CN)?\.md|CONTRIBUTING\.md|LICENSE|\..*|node_modules|dist|data|data-demo)$/
  expect(readdirSync(ROOT).filter((f) => !agreed.test(f))).toEqual([])
})
