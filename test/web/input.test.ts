/** What may be sent to the API, and what each refusal says: field, rule, remedy, and nothing of the inside. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { DAY } from '../../src/lib/clock.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { type App, appOf, type Call, caller } from '../support/caller.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, policyDraft } from '../support/sample.ts'

let at: Workplace
let people: Office
let app: App
let drafter: Call
let colleague: Call
beforeAll(async () => {
  at = await workplace()
  people = await office(at.ctx)
  app = await appOf(at.ctx)
  drafter = caller(app, await people.token('league-drafter'))
  colleague = caller(app, await people.token('league-drafter2'))
})
afterAll(async () => {
  await at.close()
  expect(at.logged).toEqual([])
})

const draft = (body?: string) => policyDraft({ topics: ['farming'], documentNumber: undefined }, body)
const begin = async () =>
  (await drafter('POST', 'releases', { json: draft() })).body.release as { id: string; number: string; version: number }
type Draft = ReturnType<typeof draft>
const withTitle = (title: unknown): unknown => {
  const d = draft()
  return { ...d, parts: { 'zh-CN': { ...(d.parts['zh-CN'] as object), title } } }
}
const codes = (body: { issues?: { field: string; code: string }[] }) =>
  (body.issues ?? []).map((i) => `${i.field} ${i.code}`)

test('a drafter begins a release, reads back what was written, and saves it changed', async () => {
  const made = await drafter('POST', 'releases', { json: draft() })
  expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/releases/${made.body.release.id}`])
  const read = await drafter('GET', `releases/${made.body.release.number}`)
  expect(read.headers.get('etag')).toBe(`"${made.body.release.version}"`)
  const content = read.body.revision.content
  content.parts['zh-CN'].title = '关于做好饲草储备工作的通知'
  const saved = await drafter('PUT', `releases/${made.body.release.id}/draft`, {
    json: content,
    headers: { 'if-match': read.headers.get('etag') as string },
  })
  expect([saved.status, saved.body.release.revision]).toEqual([200, 2])
  const listed = await drafter('GET', `releases?number=${made.body.release.number}`)
  expect(listed.body.items).toMatchObject([{ title: '关于做好饲草储备工作的通知', state: 'draft' }])
  const revisions = await drafter('GET', `releases/${made.body.release.id}/revisions`)
  expect(revisions.body.items.map((r: { ordinal: number }) => r.ordinal)).toEqual([1, 2])
  expect((await drafter('GET', `releases/${made.body.release.id}/revisions/1`)).body.content.parts['zh-CN'].title).toBe(
    '关于做好牧区饲草储备工作的通知',
  )
})

test('every fault in what was sent is named by its field', async () => {
  const cases: [sent: unknown, ...expected: string[]][] = [
    [{ ...draft(), colour: 'red' }, 'colour unknown-field'],
    [{ ...draft(), core: { ...draft().core, agencyId: 'region' } }, 'core.agencyId unknown-field'],
    [
      JSON.parse('{"core":{"kind":"notice"},"parts":{"zh-CN":{"title":"甲"}},"__proto__":{"x":1}}'),
      '__proto__ unknown-field',
    ],
    [{ ...draft(), core: { ...draft().core, kind: 'rumour' } }, 'core.kind not-one-of'],
    [{ ...draft(), core: { ...draft().core, areas: '159900' } }, 'core.areas wrong-type'],
    [{ ...draft(), core: { ...draft().core, areas: ['15990'] } }, 'core.areas.0 wrong-shape'],
    [{ ...draft(), core: { ...draft().core, knownAt: 'yesterday' } }, 'core.knownAt wrong-time'],
    [{ ...draft(), core: { ...draft().core, formedOn: '112026-02-10' } }, 'core.formedOn wrong-date'],
    [{ ...draft(), core: { ...draft().core, topics: ['nothing-such'] } }, 'core.topics.0 unknown-topic'],
    [{ ...draft(), core: { ...draft().core, incidentId: 'nothing-such' } }, 'core.incidentId unknown-incident'],
    [withTitle(7), 'parts.zh-CN.title wrong-type'],
    [withTitle('长'.repeat(301)), 'parts.zh-CN.title too-long'],
    [withTitle('通知\u202e知通'), 'parts.zh-CN.title text-bidi'],
    [withTitle('通\u200b知'), 'parts.zh-CN.title text-invisible'],
    [withTitle('通\u0000知'), 'parts.zh-CN.title text-control'],
    [withTitle('通\ud800知'), 'parts.zh-CN.title text-surrogate'],
    [{ core: draft().core, parts: {} }, 'parts no-language'],
    [{}, 'core wrong-type', 'parts wrong-type'],
    [[], 'body wrong-type'],
    [null, 'body wrong-type'],
  ]
  for (const [sent, ...expected] of cases) {
    const said = await drafter('POST', 'releases', { json: sent })
    expect([JSON.stringify(sent)?.slice(0, 80), said.status, codes(said.body)]).toEqual([
      JSON.stringify(sent)?.slice(0, 80),
      422,
      expect.arrayContaining(expected),
    ])
  }
})

test('bytes that are not UTF-8, not JSON, not announced as JSON or too many are refused before anything is read', async () => {
  const send = (body: BodyInit, type = 'application/json') =>
    drafter('POST', 'releases', { body, headers: { 'content-type': type } })
  const broken = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')])
  const refusals = [
    await send(broken),
    await send('{"a":'),
    await send('core=1', 'application/x-www-form-urlencoded'),
    await send(`{"a":"${'x'.repeat(1024 * 1024)}"}`),
  ]
  expect(refusals.map((r) => [r.status, r.body.code])).toEqual([
    [400, 'not-utf-8'],
    [400, 'not-json'],
    [415, 'media-type'],
    [413, 'too-large'],
  ])
})

test('deep, wide and odd JSON ends in a refusal, never in a fault', async () => {
  for (const body of [
    '['.repeat(50_000) + ']'.repeat(50_000),
    '{"core":{"core":{"core":{}}}}',
    '"text"',
    '1e999',
    '{"core":1,"core":2}',
  ]) {
    const said = await drafter('POST', 'releases', { body, headers: { 'content-type': 'application/json' } })
    expect([400, 422]).toContain(said.status)
  }
})

test('a query nobody knows is refused; a page of a list leads to the next', async () => {
  expect(codes((await drafter('GET', 'releases?colour=red')).body)).toEqual(['colour unknown-field'])
  expect((await drafter('GET', 'releases?limit=1000')).status).toBe(422)
  expect((await drafter('GET', 'releases?after=not-a-cursor')).status).toBe(422)
  for (let i = 0; i < 5; i++) await begin()
  const seen = new Set<string>()
  let after = ''
  for (let page = 0; page < 20; page++) {
    const said = await drafter('GET', `releases?limit=2${after}`)
    for (const r of said.body.items) {
      expect(seen.has(r.id)).toBe(false)
      seen.add(r.id)
    }
    if (!said.body.next) break
    after = `&after=${encodeURIComponent(said.body.next)}`
  }
  const { n } = await at.ctx.store.db
    .selectFrom('release')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('agency_id', '=', 'league')
    .executeTakeFirstOrThrow()
  expect(seen.size).toBe(Number(n))
})

test('whoever saves says which version they saw: of two drafters at once one is asked to look again', async () => {
  const release = await begin()
  const save = (who: Call, headers: Record<string, string>, body: string) =>
    who('PUT', `releases/${release.id}/draft`, { json: draft(body), headers })
  const blind = await save(drafter, {}, '<p>甲</p>')
  expect([blind.status, blind.body.code]).toEqual([428, 'if-match-missing'])
  const etag = `"${release.version}"`
  const both = await Promise.all([
    save(drafter, { 'if-match': etag }, '<p>甲改</p>'),
    save(colleague, { 'if-match': etag }, '<p>乙改</p>'),
  ])
  expect(both.map((b) => b.status).sort()).toEqual([200, 412])
  expect(both.find((b) => b.status === 412)?.body.code).toBe('stale')
  expect((await save(drafter, { 'if-match': 'W/"1"' }, '<p>丙</p>')).status).toBe(412)
  expect((await save(drafter, { 'if-match': '*' }, '<p>丙</p>')).status).toBe(200)
})

test('a call sent twice under one key is done once and answered twice', async () => {
  const headers = { 'idempotency-key': 'create-0001' }
  const first = await drafter('POST', 'releases', { json: draft(), headers })
  const again = await drafter('POST', 'releases', { json: draft(), headers })
  expect([again.status, again.text, again.headers.get('location')]).toEqual([
    201,
    first.text,
    first.headers.get('location'),
  ])
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  const other = await drafter('POST', 'releases', { json: draft('<p>别的</p>'), headers })
  expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused'])
  // Keys are each member's own.
  const theirs = await colleague('POST', 'releases', { json: draft(), headers })
  expect(theirs.body.release.id).not.toBe(first.body.release.id)
  expect((await drafter('POST', 'releases', { json: draft(), headers: { 'idempotency-key': 'x' } })).body.code).toBe(
    'idempotency-key-shape',
  )
  at.clock.advance(DAY + 1)
  const nextDay = await drafter('POST', 'releases', { json: draft(), headers })
  expect(nextDay.body.release.id).not.toBe(first.body.release.id)
})

test('of ten calls at once under one key one is done, and the others are told it is under way or given its answer', async () => {
  const headers = { 'idempotency-key': 'create-at-once' }
  const said = await Promise.all(
    Array.from({ length: 10 }, () => drafter('POST', 'releases', { json: draft(), headers })),
  )
  const made = new Set(said.filter((s) => s.status === 201).map((s) => s.body.release.id))
  expect(made.size).toBe(1)
  expect(said.every((s) => s.status === 201 || s.body.code === 'idempotency-in-progress')).toBe(true)
})

test('a refusal is not kept under its key: mended and sent again it is taken', async () => {
  const headers = { 'idempotency-key': 'create-mended' }
  expect((await drafter('POST', 'releases', { json: {}, headers })).status).toBe(422)
  expect((await drafter('POST', 'releases', { json: draft(), headers })).status).toBe(201)
})

test('an answer about a release sealed since is not told again', async () => {
  const headers = { 'idempotency-key': 'create-sealed' }
  const made = await drafter('POST', 'releases', { json: draft(), headers })
  await quarantine(at.ctx, people.own.drafter, made.body.release.id)
  const again = await drafter('POST', 'releases', { json: draft(), headers })
  expect(again.status).toBeGreaterThanOrEqual(400)
  expect(again.text).not.toContain(made.body.release.number)
})

test('another agency’s draft answers exactly like one that does not exist', async () => {
  const release = await begin()
  const stranger = caller(app, await people.token('other-drafter'))
  const below = caller(app, await people.token('banner-signer'))
  const above = caller(app, await people.token('region-signer'))
  const bare = (said: { body: Record<string, unknown>; headers: Headers }) => {
    const { instance: _i, requestId: _r, ...rest } = said.body
    return { rest, headers: [...said.headers.keys()].sort() }
  }
  for (const who of [stranger, below, above]) {
    for (const path of ['', '/revisions', '/timeline', '/judgement', '/signers', '/editions']) {
      const [hidden, missing] = [
        await who('GET', `releases/${release.id}${path}`),
        await who('GET', `releases/nothing-such${path}`),
      ]
      expect(hidden.status).toBe(404)
      expect(bare(hidden)).toEqual(bare(missing))
    }
  }
  const [saves, missing] = await Promise.all(
    [release.id, 'nothing-such'].map((id) =>
      stranger('PUT', `releases/${id}/draft`, { json: draft(), headers: { 'if-match': '*' } }),
    ),
  )
  expect(saves?.status).toBe(404)
  expect(bare(saves as never)).toEqual(bare(missing as never))
})

test('a colleague without the role and an act out of turn are told what is missing', async () => {
  const release = await begin()
  const reviewer = caller(app, await people.token('league-reviewer'))
  const role = await reviewer('POST', 'releases', { json: draft() })
  expect([role.status, role.body.code, role.body.detail]).toEqual([403, 'no-role', expect.stringContaining('拟稿')])
  const turn = await reviewer('POST', `releases/${release.id}/decisions`, {
    json: { revisionHash: '0'.repeat(64), verdict: 'approve' },
  })
  expect([turn.status, turn.body.code]).toEqual([409, 'wrong-state'])
  const back = await drafter('DELETE', `releases/${release.id}/submission`)
  expect([back.status, back.body.code]).toEqual([409, 'wrong-state'])
})

test('who wrote it may not sign it; whoever signs it publishes it at once', async () => {
  const release = await begin()
  expect((await drafter('POST', `releases/${release.id}/submission`)).status).toBe(201)
  const read = await drafter('GET', `releases/${release.id}`)
  const revisionHash = read.body.revision.hash
  const signers = await drafter('GET', `releases/${release.id}/signers`)
  expect(signers.body.stillAbleToSign).toBeGreaterThan(0)
  const decide = async (person: string, more: object = {}) =>
    caller(app, await people.token(person))('POST', `releases/${release.id}/decisions`, {
      json: { revisionHash, verdict: 'approve', ...more },
    })
  expect((await decide('league-reviewer', { revisionHash: '1'.repeat(64) })).body.code).toBe('stale')
  expect((await decide('league-reviewer')).status).toBe(201)
  expect((await decide('league-signer', { confidentiality: CLEAR })).status).toBe(403)
  expect(codes((await decide('league-confidentiality')).body)).toContain('confidentiality confidentiality-missing')
  expect((await decide('league-confidentiality', { confidentiality: CLEAR })).status).toBe(201)
  const signed = await decide('league-signer')
  expect([signed.status, signed.body.release.state]).toEqual([201, 'published'])
  expect(signed.body.editionId).toBeTruthy()
  // What went out is seen by all; how it came about stays inside.
  const stranger = caller(app, await people.token('other-reviewer'))
  const outside = await stranger('GET', `releases/${release.id}`)
  expect([outside.status, outside.body.revision, outside.body.address]).toEqual([
    200,
    null,
    `http://press.example/releases/${release.number}/`,
  ])
  expect((await stranger('GET', `releases/${release.id}/timeline`)).body.code).toBe('other-agency')
  const editions = await drafter('GET', `releases/${release.id}/editions`)
  expect(editions.body.items).toMatchObject([{ number: 1, type: 'first' }])
})

test('a notice comes in as text, as a file and as a press release in JSON; what was not recognised is said', async () => {
  const text =
    '青格勒盟行政公署办公室\n关于冬季供暖的通知\n\n各旗人民政府：\n\n现将有关事项通知如下。\n\n一、按时供暖\n\n青格勒盟行政公署办公室\n2026年11月20日'
  const plain = await drafter('POST', 'imports?areas=159900', { body: text, headers: { 'content-type': 'text/plain' } })
  expect([plain.status, plain.body.release.kind]).toEqual([201, 'policy'])
  expect(plain.body.notes.map((n: { code: string }) => n.code)).toContain('document-number-not-found')
  const form = new FormData()
  form.set('file', new File([text], 'notice.txt'))
  expect((await drafter('POST', 'imports?kind=notice', { body: form })).body.release.kind).toBe('notice')
  const json = { title: 'New rules', details: { body: '<p>Rules.</p><script>x()</script>' }, locale: 'en' }
  const govuk = await drafter('POST', 'imports', { json })
  expect(govuk.status).toBe(201)
  expect((await drafter('GET', `releases/${govuk.body.release.id}`)).text).not.toContain('script')
  const picture = new FormData()
  picture.set('file', new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2])], 'a.png'))
  expect(codes((await drafter('POST', 'imports', { body: picture })).body)).toEqual(['file import-not-text'])
})

test('a file is attached by what it is, not by what it is called', async () => {
  const release = await begin()
  const send = async (name: string, bytes: string | Uint8Array<ArrayBuffer>) => {
    const form = new FormData()
    form.set('file', new File([bytes], name))
    form.set('title', '附件')
    return drafter('POST', `releases/${release.id}/attachments`, { body: form })
  }
  expect((await send('list.txt', '名单')).status).toBe(201)
  expect(codes((await send('list.pdf', '名单')).body)).toEqual(['file file-type'])
  expect(codes((await send('run.html', '<script>x()</script>')).body)).toEqual(['file file-type'])
  expect(codes((await send('empty.txt', '')).body)).toEqual(['file file-empty'])
  const none = await drafter('POST', `releases/${release.id}/attachments`, { body: new FormData() })
  expect(codes(none.body)).toEqual(['file file-missing'])
  const notForm = await drafter('POST', `releases/${release.id}/attachments`, {
    body: 'x',
    headers: { 'content-type': 'text/plain' },
  })
  expect([notForm.status, notForm.body.code]).toEqual([400, 'not-multipart'])
})

test('a text or a file that carries a mark of secrecy is not taken in: no byte of it is kept', async () => {
  const release = await begin()
  const marked = '机密★10年\n\n关于某事项的情况报告莫尔格勒九七'
  const sent = {
    ...draft(),
    parts: { 'zh-CN': { ...(draft().parts['zh-CN'] as object), body: `<p>机密★10年</p><p>莫尔格勒九七</p>` } },
  }
  const create = await drafter('POST', 'releases', { json: sent })
  expect([create.status, codes(create.body)]).toEqual([422, ['parts.zh-CN.body secrecy-mark']])
  const save = await drafter('PUT', `releases/${release.id}/draft`, { json: sent, headers: { 'if-match': '*' } })
  expect(codes(save.body)).toEqual(['parts.zh-CN.body secrecy-mark'])
  const imported = await drafter('POST', 'imports', { body: marked, headers: { 'content-type': 'text/plain' } })
  expect(imported.status).toBe(422)
  const form = new FormData()
  form.set('file', new File([marked], 'report.txt'))
  expect(codes((await drafter('POST', `releases/${release.id}/attachments`, { body: form })).body)).toEqual([
    'file secrecy-mark',
  ])
  const { dataDir } = at.ctx.config
  const held = await Promise.all(
    (await readdir(dataDir, { recursive: true, withFileTypes: true }))
      .filter((f) => f.isFile())
      .map(async (f) => (await readFile(join(f.parentPath, f.name))).includes('莫尔格勒九七')),
  )
  expect(held).not.toContain(true)
  // The word in ordinary use is a hit for a person, not a mark.
  expect((await drafter('POST', 'releases', { json: draft('<p>依法保护商业秘密。</p>') })).status).toBe(201)
})

test('a language asked for is the language of the refusal', async () => {
  const ask = async (path: string, headers = {}) => (await caller(app)('GET', path, { headers })).body.title
  expect(await ask('me')).toBe('请先登录')
  expect(await ask('me?lang=en')).toBe('Please sign in')
  expect(await ask('me', { 'accept-language': 'en-GB,en;q=0.9,zh;q=0.5' })).toBe('Please sign in')
  expect(await ask('me', { 'accept-language': 'fr' })).toBe('请先登录')
  expect(await ask('me', { cookie: 'lang=en', 'accept-language': 'zh' })).toBe('Please sign in')
})

test('a method an address does not take is answered with those it takes', async () => {
  const said = await drafter('DELETE', 'releases')
  expect([said.status, said.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
  expect((await drafter('GET', 'nothing/such')).status).toBe(404)
  expect((await app.request('/healthz')).status).toBe(200)
  expect((await app.request('/readyz')).status).toBe(200)
  const keys = await caller(app)('GET', '/.well-known/jwks.json')
  expect(keys.body.keys.map((k: { kty: string; d?: string }) => [k.kty, k.d])).toEqual([
    ['OKP', undefined],
    ['OKP', undefined],
  ])
})

test('an incident that is major starts the five-hour clock from when it became known', async () => {
  const signer = caller(app, await people.token('league-signer'))
  const knownAt = new Date(Date.parse(at.ctx.clock.now()) - 3_600_000).toISOString()
  const incident = {
    titleZh: '哈日诺尔旗草原火灾（示例）',
    class: 'natural',
    grade: 'major',
    areas: ['159921'],
    knownAt,
  }
  const made = await drafter('POST', 'incidents', { json: incident })
  expect([made.status, made.body.number]).toEqual([201, 'I2026-0001'])
  const clock = await at.ctx.store.db
    .selectFrom('clock')
    .selectAll()
    .where('subject', '=', `incident:${made.body.id}`)
    .orderBy('due_at')
    .execute()
  expect(clock).toMatchObject([
    {
      rule: 'first-information',
      started_at: knownAt,
      due_at: new Date(Date.parse(knownAt) + 5 * 3_600_000).toISOString(),
    },
    {
      rule: 'press-conference',
      started_at: knownAt,
      due_at: new Date(Date.parse(knownAt) + 24 * 3_600_000).toISOString(),
    },
  ])
  const future = { ...incident, knownAt: '2099-01-01T00:00:00Z', areas: ['999999'] }
  expect(codes((await drafter('POST', 'incidents', { json: future })).body)).toEqual([
    'knownAt known-in-future',
    'areas.0 unknown-area',
  ])
  expect((await drafter('POST', `incidents/${made.body.id}/closure`)).body.code).toBe('no-role')
  const other = caller(app, await people.token('other-signer'))
  expect((await other('POST', `incidents/${made.body.id}/closure`)).body.code).toBe('other-agency')
  expect((await signer('POST', `incidents/${made.body.id}/cause-confirmation`)).body.causeConfirmed).toBe(true)
  expect((await signer('POST', `incidents/${made.body.id}/cause-confirmation`)).status).toBe(409)
  expect((await signer('POST', `incidents/${made.body.id}/closure`)).status).toBe(200)
  expect((await signer('POST', `incidents/${made.body.id}/closure`)).body.code).toBe('incident-is-closed')
})

test('an auditor reads the ledger, the figures and the alarms of the house, and changes nothing', async () => {
  const auditor = caller(app, await people.token('region-auditor'))
  const ledger = await auditor('GET', 'ledger?limit=5')
  expect(ledger.body.items.map((e: { seq: number }) => e.seq)).toEqual([1, 2, 3, 4, 5])
  expect((await auditor('GET', 'figures')).body.items).toMatchObject([{ agencyId: 'league', editions: 1, flash: 0 }])
  expect((await auditor('GET', 'outlets')).status).toBe(200)
  const alarms = (await auditor('GET', 'alarms')).body.items
  expect(alarms.map((a: { cause: string }) => a.cause)).toContain('suspected-secret')
  expect((await auditor('POST', `alarms/${alarms[0].id}/acknowledgement`)).body.code).toBe('no-role')
  const stranger = caller(app, await people.token('other-admin'))
  expect((await stranger('GET', 'alarms')).body.items).toEqual([])
  expect((await stranger('POST', `alarms/${alarms[0].id}/acknowledgement`)).status).toBe(404)
  expect((await stranger('GET', 'figures')).body.items).toEqual([])
  expect((await drafter('POST', `alarms/${alarms[0].id}/acknowledgement`)).status).toBe(204)
  expect((await colleague('POST', `alarms/${alarms[0].id}/acknowledgement`)).body.code).toBe('already-acknowledged')
  expect((await drafter('GET', 'audience-count?urgency=critical&areas=159921')).body.counts).toBeTypeOf('object')
  expect((await drafter('GET', 'quarantines')).body.items).toHaveLength(1)
  expect((await stranger('GET', 'quarantines')).body.items).toEqual([])
})

test('what nobody foresaw is a number to ask about, and says nothing of the inside', async () => {
  const release = await createRelease(at.ctx, people.own.drafter, draft() as Draft)
  const broken = { ...at.ctx, store: { ...at.ctx.store, db: undefined as never } }
  const sick = await appOf(broken)
  const res = await sick.request(`/api/v1/releases/${release.id}`, {
    headers: { authorization: `Bearer ortoo_${'x'.repeat(32)}` },
  })
  const text = await res.text()
  expect(res.status).toBe(500)
  expect(JSON.parse(text)).toMatchObject({ code: 'unexpected', status: 500 })
  expect(text).not.toMatch(/undefined|TypeError|at .*\.ts/)
  expect(at.logged).toHaveLength(1)
  at.logged.length = 0
})
