/** The main job over HTTP: who got what, in which language, with which times; put right; and gone when it must be. */
import { simpleParser } from 'mailparser'
import { afterEach, expect, test } from 'vitest'
import { filesWith } from '../support/on-disk.ts'
import { fireDraft, policyDraft } from '../support/sample.ts'
import { addsUp, agree, carry, ok, type Service, service, settled } from '../support/service.ts'
import { capSchema, lint } from '../support/xmllint.ts'

let s: Service
afterEach(async () => {
  const errors = s.errors()
  await s.close()
  expect(errors).toEqual([])
})

const topics = { topics: ['farming'] }
const policy = (body?: string) => policyDraft({ ...topics, areas: ['159900'] }, body)
const get = async (path: string) => {
  const res = await fetch(s.url + path)
  return { status: res.status, text: await res.text(), type: res.headers.get('content-type') ?? '' }
}
async function incident(): Promise<string> {
  const made = await ok(
    s.as('drafter')<{ id: string }>('POST', '/incidents', {
      titleZh: '哈日诺尔旗草原火灾（示例）',
      titleEn: 'Harinur grassland fire (sample)',
      class: 'natural',
      grade: 'major',
      areas: ['159921'],
      knownAt: new Date(Date.now() - 60_000).toISOString(),
    }),
  )
  return made.id
}

test('a policy notice reaches the page, every feed and exactly those who asked for it', async () => {
  s = await service({
    readers: [
      { address: 'all@mail.example' },
      { address: 'farm@mail.example', topics: ['farming'] },
      { address: 'fire@mail.example', topics: ['fire'] },
      { address: 'banner@mail.example', areas: ['159921'] },
      { address: 'city@mail.example', areas: ['159800'] },
    ],
    // Enough that the thread beside the work seals them.
    endpoints: 8,
  })
  const release = await carry(s, policy())
  const [edition] = await settled(s, release.id)
  expect(edition?.dispatches.every(addsUp)).toBe(true)
  // A release for a league reaches those in the places inside it, not those of another.
  expect(s.smtp.log.flatMap((m) => m.to).sort()).toEqual([
    'all@mail.example',
    'banner@mail.example',
    'farm@mail.example',
  ])
  expect(s.push.log).toHaveLength(8)
  expect(s.push.log.flatMap((m) => m.problems)).toEqual([])
  expect(JSON.parse(s.push.log[0]?.payload ?? '{}')).toMatchObject({
    title: expect.stringContaining('关于做好牧区饲草储备工作的通知'),
  })
  for (const run of edition?.dispatches ?? []) {
    const { planned, started, done } = run.times
    expect([planned, started, done].every(Boolean)).toBe(true)
    if (run.outlet === 'website' || run.outlet === 'feeds') expect(run.times['verified']).toBeTruthy()
  }
  const site = edition?.dispatches.find((d) => d.outlet === 'website')
  const mail = edition?.dispatches.find((d) => d.outlet === 'email')
  expect(String(site?.times['verified']) <= String(mail?.times['firstAccepted'])).toBe(true)
  const page = await get(`/releases/${release.number}/`)
  expect(page.text).toContain('关于做好牧区饲草储备工作的通知')
  for (const path of [
    '/',
    '/all/',
    '/feeds/all.atom',
    '/feeds/all.rss',
    '/feeds/all.json',
    '/feeds/topic/farming.atom',
    '/feeds/agency/league.json',
    '/feeds/area/159900.rss',
  ]) {
    const got = await get(path)
    expect([path, got.status, got.text.includes('饲草储备')]).toEqual([path, 200, true])
    if (path.endsWith('.atom') || path.endsWith('.rss')) lint(got.text)
  }
  // Not an alert: nothing in CAP.
  expect((await get(`/cap/ortoo-${release.number}-1.xml`)).status).toBe(404)
  const letter = await simpleParser(s.smtp.mailsTo('farm@mail.example')[0]?.raw ?? '')
  expect(letter.text).toContain('示例')
  expect(letter.headers.get('list-unsubscribe-post') ?? letter.headers.get('list')).toBeTruthy()
  for (const name of ['拟稿', 'league drafter', 'league signer', 'league reviewer'])
    expect(page.text + letter.html).not.toContain(name)
}, 40_000)

test('at 03:07 the first word of a fire is signed by one who did not write it, and CAP follows', async () => {
  s = await service({ readers: [{ address: 'herder@mail.example', areas: ['159921'] }], endpoints: 1 })
  const id = await incident()
  const now = new Date(Date.now() - 30_000).toISOString()
  const draft = fireDraft(id, now)
  const made = await ok(s.as('drafter')<{ release: { id: string; number: string } }>('POST', '/releases', draft))
  const able = await ok(s.as('drafter')<{ stillAbleToSign: number }>('GET', `/releases/${made.release.id}/signers`))
  expect(able.stillAbleToSign).toBeGreaterThan(0)
  await ok(s.as('drafter')('POST', `/releases/${made.release.id}/submission`))
  const own = await s.as('drafter')('POST', `/releases/${made.release.id}/decisions`, {
    revisionHash: '0'.repeat(64),
    verdict: 'approve',
  })
  expect(own.status).toBe(403)
  await agree(s, made.release.id, 'flash')
  const [edition] = await settled(s, made.release.id)
  expect(edition?.dispatches.every(addsUp)).toBe(true)
  const cap = await get(`/cap/ortoo-${made.release.number}-1.xml`)
  expect(cap.type).toContain('application/cap+xml')
  const schema = capSchema()
  if (schema) lint(cap.text, schema)
  expect(cap.text).toContain('<severity>Severe</severity>')
  expect((await get('/cap/index.atom')).text).toContain(`ortoo-${made.release.number}-1`)
  expect(s.smtp.log).toHaveLength(1)
  expect(edition).toMatchObject({ type: 'first' })
  const due = await ok(
    s.as('reviewer')<{ items: { postReviewDue: string | null }[] }>('GET', `/releases/${made.release.id}/editions`),
  )
  expect(due.items[0]?.postReviewDue).toBeTruthy()
  await ok(s.as('reviewer')('POST', `/releases/${made.release.id}/post-review`, { edition: 1, opinion: '补审同意。' }))
}, 40_000)

test('a correction reaches exactly those who got the wrong one, whatever they ask for now; an erratum mails nobody', async () => {
  s = await service({
    readers: [
      { address: 'told@mail.example', topics: ['farming'] },
      { address: 'later@mail.example', topics: ['fire'] },
    ],
    endpoints: 1,
  })
  const release = await carry(s, policy())
  await settled(s, release.id)
  expect(s.smtp.log.flatMap((m) => m.to)).toEqual(['told@mail.example'])
  // The reader's filter changes; the correction is owed to them all the same.
  const right = async (type: string, draft: unknown) => {
    await ok(s.as('drafter')('POST', `/releases/${release.id}/correction`, { type }))
    const at = await ok(s.as('drafter')<{ release: { version: number } }>('GET', `/releases/${release.id}`))
    await ok(s.as('drafter')('PUT', `/releases/${release.id}/draft`, draft, { 'if-match': `"${at.release.version}"` }))
    await ok(s.as('drafter')('POST', `/releases/${release.id}/submission`))
    await agree(s, release.id)
    return settled(s, release.id)
  }
  const changed = (body: string, changeNote: string) => ({
    ...policy(body),
    parts: { 'zh-CN': { ...policy(body).parts['zh-CN'], changeNote } },
  })
  await right('erratum', changed('<p>为做好牧区饲草贮备工作，现就有关事项通知如下。</p>', '更正一处错别字。'))
  expect(s.smtp.log).toHaveLength(1)
  const [corrected] = await right('correction', {
    ...changed('<p>补助标准为每吨 300 元。</p>', '补助标准更正为每吨 300 元。'),
    core: { ...policy().core, topics: ['fire'] },
  })
  expect(s.smtp.log.flatMap((m) => m.to).sort()).toEqual([
    'later@mail.example',
    'told@mail.example',
    'told@mail.example',
  ])
  expect(corrected?.told).toMatchObject({ all: 2, done: 2, unknown: 0 })
  const letter = await simpleParser(s.smtp.mailsTo('told@mail.example')[1]?.raw ?? '')
  expect(letter.subject).toMatch(/更正/)
  const atom = (await get('/feeds/all.atom')).text
  expect(atom.match(/<entry/g)).toHaveLength(1)
  expect(atom).toContain('每吨 300 元')
  expect(atom).not.toContain('贮备工作，现就有关事项')
}, 60_000)

test('an added language is told to its readers only; a withdrawal leaves tombstones everywhere', async () => {
  s = await service({ readers: [{ address: 'zh@mail.example' }, { address: 'en@mail.example', language: 'en' }] })
  const release = await carry(s, policy())
  await settled(s, release.id)
  expect(s.smtp.log).toHaveLength(2)
  await ok(s.as('drafter')('POST', `/releases/${release.id}/correction`, { type: 'addition' }))
  const draft = {
    ...policy(),
    parts: {
      ...policy().parts,
      en: {
        title: 'Fodder reserves in pastoral areas',
        summary: 'Who may apply and where.',
        body: '<p>Arrangements for fodder reserves are as follows.</p>',
        changeNote: 'English text added.',
        blocks: {},
      },
    },
  }
  const at = await ok(s.as('drafter')<{ release: { version: number } }>('GET', `/releases/${release.id}`))
  await ok(s.as('drafter')('PUT', `/releases/${release.id}/draft`, draft, { 'if-match': `"${at.release.version}"` }))
  await ok(s.as('drafter')('POST', `/releases/${release.id}/submission`))
  await agree(s, release.id)
  await settled(s, release.id)
  expect(s.smtp.log.map((m) => m.to[0])).toEqual(
    expect.arrayContaining(['zh@mail.example', 'en@mail.example', 'en@mail.example']),
  )
  expect(s.smtp.log).toHaveLength(3)
  expect((await get(`/releases/${release.number}/en/`)).text).toContain('Fodder reserves')

  await ok(
    s.as('drafter')('POST', `/releases/${release.id}/withdrawal`, {
      reasons: { 'zh-CN': '本通知由新文件代替。', en: 'Replaced by a new notice.' },
    }),
  )
  await agree(s, release.id)
  await settled(s, release.id)
  expect(s.smtp.log).toHaveLength(5)
  for (const path of [`/releases/${release.number}/`, `/releases/${release.number}/en/`]) {
    const tomb = await get(path)
    expect(tomb.status).toBe(410)
    expect(tomb.text).not.toMatch(/饲草|Fodder/)
  }
  for (const path of [
    '/',
    '/all/',
    '/feeds/all.atom',
    '/feeds/all.rss',
    '/feeds/all.json',
    '/topics/farming/',
    '/agencies/league/',
  ])
    expect([path, /饲草|Fodder/.test((await get(path)).text)]).toEqual([path, false])
}, 60_000)

test('a canary in a draft is in no public byte, and after a purge in no byte at all', async () => {
  s = await service({ readers: [{ address: 'a@mail.example' }], env: { SMTP_URL: '', MAIL_FROM: '' } })
  const canary = '密云苜蓿九七'
  const made = await ok(
    s.as('drafter')<{ release: { id: string; number: string } }>('POST', '/releases', policy(`<p>${canary}</p>`), {
      'idempotency-key': 'canary-0001',
    }),
  )
  for (const path of ['/', '/all/', '/feeds/all.atom', `/releases/${made.release.number}/`])
    expect((await get(path)).text).not.toContain(canary)
  await ok(s.as('drafter')('POST', `/releases/${made.release.id}/submission`))
  await agree(s, made.release.id)
  const [edition] = await settled(s, made.release.id)
  const mail = edition?.dispatches.find((d) => d.outlet === 'email')
  expect(mail?.counts).toMatchObject({ accepted: 0, suppressed: 1 })
  await ok(s.as('auditor')('POST', `/releases/${made.release.id}/quarantine`))
  for (let i = 0; i < 100 && (await get(`/releases/${made.release.number}/`)).status !== 410; i++)
    await new Promise((r) => setTimeout(r, 50))
  expect((await s.as('drafter')('GET', `/releases/${made.release.id}`)).status).not.toBe(200)
  expect((await get(`/releases/${made.release.number}/`)).status).toBe(410)
  const order = { outcome: 'purged', instruction: '示保〔2026〕1号' }
  await ok(s.as('confidentiality')('POST', `/releases/${made.release.id}/quarantine/settlement`, order))
  for (let i = 0; i < 200 && filesWith(s.dir, canary).length; i++) await new Promise((r) => setTimeout(r, 100))
  expect(filesWith(s.dir, canary)).toEqual([])
}, 60_000)
