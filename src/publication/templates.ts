/** The digest of the templates an edition is frozen with: a change of wording or layout is visible in the record. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf, sha256 } from '../lib/id.ts'
import { ROOT } from '../lib/root.ts'

/** SHA-256 over the names and contents of every file under templates/. */
export function templateDigest(dir = join(ROOT, 'templates')): string {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((f) => f.isFile())
  const names = files.map((f) => join(f.parentPath, f.name)).sort()
  return hashOf(names.map((name) => [name.slice(dir.length), sha256(readFileSync(name))]))
}
