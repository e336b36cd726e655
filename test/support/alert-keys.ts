/** Keys alerts are signed with, of offices invented for one test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SigningKey } from '../../src/lib/xml-signature.ts'
import { openKeys } from '../../src/publication/keys.ts'

export function alertKeys<N extends number>(n: N): SigningKey[] & [SigningKey, SigningKey] {
  return Array.from({ length: n }, (_, i) => {
    const dir = mkdtempSync(join(tmpdir(), 'ortoo-keys-'))
    const key = openKeys(dir, `office-${i}.example`, () => '2026-11-01T00:00:00.000Z').alert('live')
    rmSync(dir, { recursive: true })
    return key
  }) as SigningKey[] & [SigningKey, SigningKey]
}
