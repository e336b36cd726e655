/** Bringing a warning, over HTTP alone: by the form at the desk and by a program. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialectXml } from '../../src/incident/warning/dialect.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { blizzard } from '../support/warnings.ts'

let place: Workplace
let people: Office
let app: App
let drafter: DeskPerson

beforeAll(async () => {
  place = await workplace()
  people = await office(place.ctx, { logins: ['league-drafter'] })
  app = await createApp(place.ctx)
  drafter = await new DeskPerson(app).signIn('league-drafter')
}, 60_000)
afterAll(() => place.close())

const file = (xml: string) => new File([xml], 'warning.XML', { type: 'text/xml' })
const bring = async (xml: string) =>
  drafter.submit(await drafter.get('/desk/releases/new?lang=zh'), /relay$/, { file: file(xml) })
const by = async (who: string, body: string) =>
  app.request('/api/v1/relays', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await people.token(who)}`,
      'content-type': 'application/xml',
      'accept-language': 'en',
    },
    body,
  })

test('a drafter brings the file, and stands in a draft that is written but for the advice', async () => {
  const draft = await bring(dialectXml(blizzard()))
  expect(draft.status).toBe(200)
  expect(draft.text).toContain('原文没有签名，请另行核实来源')
  expect(draft.html).toContain('转发：青格勒盟气象局（示例）发布暴雪橙色预警[II级/严重]')
  const again = await bring(dialectXml(blizzard()))
  expect(again.status).toBe(409)
  expect(again.text).toMatch(/这条预警已经收到过（2026-\d+）/)
})

test('what is wrong is said by the fields of the file, with what would be right', async () => {
  const bad = await bring(dialectXml(blizzard({ sendTime: '2026-11-23T14:10:00Z' })))
  expect(bad.status).toBe(422)
  expect(bad.html).toContain('<code>alert.sendTime</code>')
  expect(bad.text).toContain('应写成 2026-11-23 14:12:03+08:00')
  const none = await drafter.submit(await drafter.get('/desk/releases/new?lang=zh'), /relay$/, {})
  expect(none.status).toBe(422)
})

test('a program does the same, and is told the same', async () => {
  const other = blizzard({
    identifier: '15990041600000_20261123150000',
    eventType: '11B06',
    headline: '青格勒盟气象局（示例）发布大风橙色预警',
  })
  const made = await by('league-drafter', dialectXml(other))
  expect(made.status).toBe(201)
  expect(await made.json()).toMatchObject({
    place: 'new',
    signature: 'absent',
    remarks: [],
    release: { kind: 'warning' },
  })
  const again = await by('league-drafter', dialectXml(other))
  expect([again.status, await again.json()]).toMatchObject([
    409,
    { detail: expect.stringMatching(/^This warning came before/) },
  ])
  const bomb = await by('league-drafter', '<!DOCTYPE a [<!ENTITY x "y">]><alert>&x;</alert>')
  expect([bomb.status, await bomb.json()]).toMatchObject([422, { issues: [{ field: 'file', code: 'xml-doctype' }] }])
  expect((await by('league-signer', dialectXml(other))).status).toBe(403)
})
