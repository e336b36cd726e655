/** An officer at a terminal with a warning file, and an operator who asks whether what was published is still what was signed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { verifyAlerts } from '../../src/delivery/verify-alerts.ts'
import type { CapAlert } from '../../src/incident/warning/alert.ts'
import { capElement } from '../../src/incident/warning/cap.ts'
import { dialectXml } from '../../src/incident/warning/dialect.ts'
import { toCap } from '../../src/incident/warning/to-cap.ts'
import { signedDocument } from '../../src/lib/xml-signature.ts'
import { alertKeys } from '../support/alert-keys.ts'
import { station } from '../support/station.ts'
import { blizzard } from '../support/warnings.ts'
import { ortoo } from './terminal.ts'

const dir = mkdtempSync(join(tmpdir(), 'ortoo-cap-cli-'))
afterAll(() => rmSync(dir, { recursive: true }))
const put = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text)
  return join(dir, name)
}
const made = toCap(blizzard()).to as CapAlert
const [key, other] = alertKeys(2)
const nowhere = { env: {} }

describe('ortoo cap', () => {
  it('says of a platform file what it is, what is wrong and what CAP cannot carry', async () => {
    const file = put('in.XML', dialectXml(blizzard({ senderName: '某某某', headline: '暴雪要来了' })))
    const said = await ortoo({ ...nowhere, lang: 'zh' }, 'cap', 'check', file)
    expect(said.status).toBe(0)
    expect(said.out[0]).toBe('这是 12379（GB/T 35965.1）预警文件')
    expect(said.out).toContain(
      '提醒  alert.info.headline  标题不是“单位＋发布/解除＋事件＋颜色”。应为“青格勒盟气象局（示例）发布暴雪橙色预警”',
    )
    expect(said.out).toContain('丢失  alert.info.senderName  签发人姓名属个人信息，不对外')
  })

  it('knows a trusted signature from an unknown one and a forged file from both', async () => {
    const file = put('signed.xml', signedDocument(capElement(made), key))
    const trust = put('trust.pem', key.certificate)
    expect((await ortoo(nowhere, 'cap', 'check', file, '--trust', trust)).out[3]).toMatch(
      /valid, by a certificate this office/,
    )
    expect((await ortoo(nowhere, 'cap', 'check', file)).out[3]).toMatch(
      /does not know: CN=office-0.example CAP, SHA-256 (..:){31}/,
    )
    const forged = put('forged.xml', readFileSync(file, 'utf8').replace('10毫米', '90毫米'))
    const said = await ortoo(nowhere, 'cap', 'check', forged, '--trust', trust)
    expect(said.status).toBe(1)
    expect(said.out.join('\n')).toMatch(/error {2}signature {2}The signature is not valid/)
  })

  it('writes the other form and back, and names the file as the platform wants it', async () => {
    const file = put('a.XML', dialectXml(blizzard()))
    const cap = join(dir, 'a.cap.xml')
    expect((await ortoo(nowhere, 'cap', 'convert', file, '--to', 'cap', '--out', cap)).status).toBe(0)
    const back = join(dir, 'back.XML')
    const said = await ortoo(nowhere, 'cap', 'convert', cap, '--to', '12379', '--out', back)
    expect(said.err.at(-1)).toContain('15990041600000_20261123141203_11B04_ORANGE_ALERT.XML')
    expect(readFileSync(back, 'utf8')).toBe(readFileSync(file, 'utf8'))
    expect((await ortoo(nowhere, 'cap', 'convert', file, '--to', '12379')).status).toBe(2)
    const inner = put('inner.XML', dialectXml(blizzard({ secClassification: 'Inner' })))
    expect(await ortoo(nowhere, 'cap', 'convert', inner, '--to', 'cap')).toMatchObject({ status: 1, out: [] })
  })
})

it('ortoo verify finds an alert that is not as it was signed, or not by us', async () => {
  const s = await station()
  try {
    const alert = (identifier: string, by = s.ctx.keys.alert('live')) =>
      signedDocument(capElement({ ...made, identifier }), by)
    const file = (name: string, body: string) => ({
      path: `/cap/${name}.xml`,
      type: 'application/cap+xml; charset=utf-8',
      body,
    })
    await s.ctx.site.commit('feeds', 'live', 1, [
      file('good', alert('good')),
      file('altered', alert('altered').replace('10毫米', '90毫米')),
      file('theirs', alert('theirs', other)),
    ])
    const found = await verifyAlerts(s.ctx)
    expect(found).toMatchObject({ alerts: 3, unsigned: 0 })
    expect(found.faults.map((f) => `${f.path} ${f.what}`).sort()).toEqual([
      '/cap/altered.xml signature: digest',
      '/cap/theirs.xml signature: not by our key',
    ])
    const said = await ortoo({ env: {}, ctx: s.ctx }, 'cap', 'certificate')
    expect(said.out[0]).toBe(s.ctx.keys.alert('live').certificate.trimEnd())
  } finally {
    await s.close()
  }
})
