/** A signed alert as a receiver far away sees it: a file, a certificate fetched earlier, tools that are not ours. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openKeys } from '../../src/publication/keys.ts'
import { capProblems } from '../support/cap-rules.ts'
import { alertTerms, english, part } from '../support/feed-editions.ts'
import { needs } from '../support/needs.ts'
import { newsroom } from '../support/newsroom.ts'
import { signatureProblems } from '../support/signed-alert.ts'
import { capSchema, lint } from '../support/xmllint.ts'

const dir = mkdtempSync(join(tmpdir(), 'ortoo-keys-'))
const keys = openKeys(dir, 'press.example', () => '2026-11-23T06:00:00.000Z')
const again = openKeys(dir, 'press.example', () => '2027-01-01T00:00:00.000Z')
afterAll(() => rmSync(dir, { recursive: true }))

const warning = { kind: 'warning' as const, warningLevel: 'orange' as const, cap: alertTerms() }
const odd = part({
  title: '“大风”<&> 𠮷预警\u0001\t蓝',
  blocks: { facts: 'a\r\nb\u2028c ]]> &amp;', advice: '请留在室内。' },
})

async function room(key = keys) {
  const at = newsroom({ alertKey: key.alert })
  await at.publish({ core: warning, parts: { 'zh-CN': odd, en: english() } })
  await at.publish({
    release: 1,
    core: warning,
    type: 'correction',
    parts: { 'zh-CN': part({ changeNote: '更正。' }) },
  })
  await at.publish({ release: 1, type: 'withdrawal', parts: { 'zh-CN': part({ withdrawalReason: '误发' }) } })
  await at.publish({ core: { ...warning, mode: 'exercise' } })
  return at
}

describe.runIf(needs('xmllint'))('an alert hub far away', () => {
  it('proves every message by the certificate at its stable address, whatever characters are in it', async () => {
    const at = await room()
    const certificate = at.text('/cap/certificate.pem')
    expect(at.files.get('/cap/certificate.pem')?.type).toBe('application/pem-certificate-chain')
    const cancel = at.text('/cap/ortoo-2026-000001-3.xml')
    expect(signatureProblems(cancel, certificate)).toEqual([])
    const fresh = newsroom({ alertKey: keys.alert })
    await fresh.publish({ core: warning, parts: { 'zh-CN': odd, en: english() } })
    const alert = fresh.text('/cap/ortoo-2026-000001-1.xml')
    expect(signatureProblems(alert, certificate)).toEqual([])
    const schema = capSchema()
    for (const xml of [cancel, alert]) {
      expect(capProblems(xml, true)).toEqual([])
      if (schema) lint(xml, schema)
    }
  })

  it('cannot take an exercise for live: it is signed by another key', async () => {
    const at = await room()
    const exercise = [...at.files.keys()].find((p) => /^\/exercise\/cap\/ortoo-.*\.xml$/.test(p)) as string
    expect(signatureProblems(at.text(exercise), at.text('/exercise/cap/certificate.pem'))).toEqual([])
    expect(signatureProblems(at.text(exercise), at.text('/cap/certificate.pem'))).not.toEqual([])
  })

  it('notices one changed character', async () => {
    const at = await room()
    const xml = at.text('/cap/ortoo-2026-000001-3.xml')
    const certificate = at.text('/cap/certificate.pem')
    expect(signatureProblems(xml.replace('误发', '误报'), certificate)).toEqual(['the digest is of something else'])
    expect(signatureProblems(xml.replace(/<DigestValue>./, '<DigestValue>x'), certificate)).not.toEqual([])
  })
})

it('the same edition is the same bytes when the site is rebuilt by a process started later', async () => {
  const [first, second] = [await room(), await room(again)]
  expect(first.files.size).toBeGreaterThan(10)
  for (const path of first.files.keys()) expect(second.text(path), path).toBe(first.text(path))
})
