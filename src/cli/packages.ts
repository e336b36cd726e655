/** Which installed packages the bundled service still needs at run time: those its files name, and whatever these depend on. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { dirname, join, normalize } from 'node:path'

/** What a string in the code only looks like, such as `..`, is no package. */
const NAMED = /^(@[\w.-]+\/)?[a-z0-9][\w.-]*(\/|$)/i
const IMPORTS = /(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*["']([^"'\n]+)["']/g

/** Files of dist/ reached from the entries, with the packages they name. */
export async function reachedFrom(
  dist: string,
  entries: readonly string[],
): Promise<{ files: string[]; packages: string[] }> {
  const files = new Set<string>()
  const packages = new Set<string>()
  const queue = [...entries]
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (files.has(file)) continue
    files.add(file)
    for (const [, name = ''] of (await readFile(join(dist, file), 'utf8')).matchAll(IMPORTS)) {
      if (/^\.{1,2}\//.test(name)) {
        const target = normalize(join(dirname(file), name))
        if (existsSync(join(dist, target)) && target.endsWith('.js')) queue.push(target)
      } else if (!isBuiltin(name) && NAMED.test(name)) packages.add(packageOf(name))
    }
  }
  return { files: [...files].sort(), packages: [...packages].sort() }
}

const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

type Described = {
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
}

/**
 * Folders of packages below `root`/node_modules, found as Node finds them. What a package merely may use (optional
 * peers) is left out: it was not asked for.
 */
export async function packagesNeeded(root: string, names: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  const queue = names.map((name) => ({ name, from: '' }))
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const dir = folderOf(root, next.name, next.from)
    if (dir === null || found.has(dir)) continue
    found.add(dir)
    const said = JSON.parse(await readFile(join(root, dir, 'package.json'), 'utf8')) as Described
    const peers = Object.keys(said.peerDependencies ?? {}).filter((p) => !said.peerDependenciesMeta?.[p]?.optional)
    const needs = [...Object.keys(said.dependencies ?? {}), ...Object.keys(said.optionalDependencies ?? {}), ...peers]
    for (const name of needs) queue.push({ name, from: dir })
  }
  return [...found].sort()
}

/** Beside the one who asks first, then further up. null: not installed, as an optional one for another system. */
function folderOf(root: string, name: string, from: string): string | null {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const dir = at ? `${at}/node_modules/${name}` : `node_modules/${name}`
    if (existsSync(join(root, dir, 'package.json'))) return dir
    if (!at) return null
  }
}

/** Files of one package, without the packages inside it. */
export async function filesOfPackage(root: string, dir: string): Promise<string[]> {
  const entries = await readdir(join(root, dir), { withFileTypes: true })
  const below = await Promise.all(
    entries.map(async (entry) => {
      const path = `${dir}/${entry.name}`
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesOfPackage(root, path)
      return entry.isFile() ? [path] : []
    }),
  )
  return below.flat()
}
