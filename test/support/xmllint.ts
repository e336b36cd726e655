/** An outside judge of XML: xmllint, with the CAP 1.2 schema where it is at hand. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../src/lib/root.ts'
import { needs } from './needs.ts'

const schema = join(ROOT, '../shared/samples/cap12.xsd')

/** Path of the OASIS schema, or null and one line where it is not at hand. Throws instead when REQUIRE_ALL=1. */
export function capSchema(): string | null {
  if (!needs('xmllint')) return null
  if (existsSync(schema)) return schema
  const line = `${schema} is missing, so CAP files are not held against the OASIS schema here`
  if (process.env.REQUIRE_ALL === '1') throw new Error(line)
  process.stderr.write(`${line}\n`)
  return null
}

/** Throws with xmllint's words when a document is not well-formed, or not valid by the schema. */
export function lint(xml: string, against?: string): void {
  const args = ['--noout', '--nonet', ...(against ? ['--schema', against] : []), '-']
  execFileSync('xmllint', args, { input: xml, stdio: ['pipe', 'pipe', 'pipe'] })
}
