/** However an exercise is driven, it reaches no live reader, page, feed, follower of a feed, receiver, contact, search or duty. */
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addContact } from '../../src/audience/keep-contact.ts'
import { EVERYTHING, insertSubscriber } from '../../src/audience/store.ts'
import { addReceiver, approveReceiver } from '../../src/audience/webhook.ts'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { resumeRun, stopRun } from '../../src/delivery/stop.ts'
import type { Kind } from '../../src/desk/content.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { recordFact } from '../../src/desk/record-fact.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { startByDecision } from '../../src/incident/by-hand.ts'
import { closeIncident } from '../../src/incident/close.ts'
import { setGrade } from '../../src/incident/grade.ts'
import { openIncident } from '../../src/incident/open.ts'
import type { IncidentRow } from '../../src/incident/store.ts'
import { MINUTE, SECOND } from '../../src/lib/clock.ts'
import { Refusal } from '../../src/lib/errors.ts'
import { newToken } from '../../src/lib/id.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { takeDown } from '../../src/publication/takedown.ts'
import { withdraw } from '../../src/publication/withdraw.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import type { Actor } from '../../src/staff/member.ts'
import { insertMember } from '../../src/staff/store.ts'
import { type Callback, startCallback } from '../support/callback.ts'
import { appOf, caller } from '../support/caller.ts'
import { fireDraft, policyDraft } from '../support/sample.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'
import { agreeAndPublish, assertEquation, publishNew, runUntil, type Station, station } from '../support/station.ts'

const LIVES = 10
const ACTS = [
  'correction',
  'erratum',
  'addition',
  'withdraw',
  'takedown',
  'quarantine',
  'purge',
  'stop',
  'resume',
  'fact',
  'grade',
  'duty',
  'close',
  'under-live-incident',
] as const
const KINDS = ['incident-notice', 'policy', 'notice'] as const satisfies readonly Kind[]

let s: Station
let far: Callback
let sink: SmtpSink
let work: { stop(): Promise<void> }
let fire: IncidentRow
const who = (name: string) => s.people[name] as Actor
const SITE = ['website', 'feeds']
const outlets = ['website', 'feeds', 'email', 'webhook', 'manual']
const now = () => new Date(Date.now() - 2 * SECOND).toISOString()

beforeAll(async () => {
  ;[far, sink] = await Promise.all([startCallback(), startSmtpSink()])
  s = await station({
    ORTOO_OUTSIDERS: `127.0.0.1:${far.port}`,
    SMTP_URL: sink.url,
    MAIL_FROM: 'Press <press@league.example>',
  })
  work = await s.work()
  for (const mode of ['live', 'exercise']) {
    await insertSubscriber(s.ctx.store.db, {
      ...EVERYTHING,
      ...{ kind: 'email', address: `${mode}@mail.example`, keys: null, token: newToken(), state: 'active', mode },
      ...{ created_at: now(), confirmed_at: now(), left_at: null },
    })
    await addContact(s.ctx, who('drafter'), { name: mode, phone: '0479-0000000', areas: ['159921'], mode })
  }
  await receive()
  fire = await open('live')
  await publishNew(s, fireDraft(fire.id, now(), { outlets }), 'flash')
  const last = await publishNew(s, policyDraft({ outlets }))
  for (const outlet of ['website', 'feeds', 'email', 'webhook', 'websub'])
    await runUntil(s, last, outlet, (r) => r.state === 'done')
}, 60_000)
afterAll(async () => {
  await work.stop()
  await assertEquation(s)
  await s.close()
  await Promise.all([far.close(), sink.close()])
  expect(s.errors).toEqual([])
})

/** A receiver of each mode, agreed by two, and somebody who follows the live feed. */
async function receive(): Promise<void> {
  const admin = who('admin')
  const second = { ...admin, memberId: 'admin2', name: 'admin2' }
  await insertMember(s.ctx.store.db, {
    ...{ id: 'admin2', user_id: null, agency_id: 'league', name: 'admin2', email: 'admin2@league.example', phone: '' },
    ...{ languages: '[]', roles: '["admin"]', active: 1, created_at: now() },
  })
  for (const mode of ['live', 'exercise'] as const) {
    const made = await addReceiver(s.ctx, admin, { name: mode, url: `${far.url}/${mode}`, mode })
    if (made.state === 'proposed') await approveReceiver(s.ctx, second, made.id)
  }
  await publishNew(s, policyDraft({ documentNumber: undefined }))
  const call = caller(await appOf(s.ctx))
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const topic of ['/feeds/all.atom', '/']) {
    const form = { 'hub.mode': 'subscribe', 'hub.callback': `${far.url}/hub${topic}`, 'hub.topic': s.url + topic }
    for (let i = 0; i < 100; i++) {
      const said = await call('POST', '/hub', { body: new URLSearchParams(form).toString(), headers })
      if (said.status === 202) break
      await sleep(50)
    }
  }
  await far.until(() => far.asked.length >= 2)
}

const open = (mode: 'live' | 'exercise') =>
  openIncident(s.ctx, who('drafter'), {
    ...{ titleZh: `${mode === 'live' ? '' : '【演练】'}草原火灾（示例）`, class: 'natural', areas: ['159921'] },
    ...{ grade: 'major', knownAt: new Date(Date.now() - MINUTE).toISOString(), mode },
  })

function drill(kind: (typeof KINDS)[number], incidentId: string, english = false): ContentInput {
  const draft =
    kind === 'incident-notice'
      ? fireDraft(incidentId, now(), { mode: 'exercise', outlets })
      : policyDraft({
          ...{ kind, mode: 'exercise', documentNumber: undefined, outlets },
          // 公示: it ends by itself while the others go on.
          ...(kind === 'notice' ? { displayUntil: new Date(Date.now() + 1.5 * SECOND).toISOString() } : {}),
        })
  const zh = draft.parts['zh-CN']!
  const word = { changeNote: '演练更正。' }
  return {
    ...draft,
    parts: {
      'zh-CN': { ...zh, ...word, title: `【演练】${zh.title}` },
      ...(english ? { en: { ...zh, ...word, title: '[EXERCISE] Grassland fire', body: '<p>Exercise.</p>' } } : {}),
    },
  }
}

/** Everything live that an exercise could touch. */
async function liveSide() {
  const { db } = s.ctx.store
  const trees: string[] = []
  for (const tree of ['website', 'feeds'] as const)
    for await (const file of s.ctx.site.walk(tree)) trees.push(`${file.path} ${file.hash}`)
  const [slots, changes, searched, clocks, turns] = await Promise.all([
    db.selectFrom('slot').selectAll().where('list', 'like', 'live:%').orderBy('list').orderBy('slot').execute(),
    db.selectFrom('list_change').selectAll().where('list', 'like', 'live:%').orderBy('sequence').execute(),
    db.selectFrom('search_doc').select('release_id').orderBy('id').execute(),
    db.selectFrom('clock').select(['subject', 'rule', 'due_at', 'met_at', 'ended_at']).orderBy('id').execute(),
    db.selectFrom('turn').select('sequence').where('mode', '=', 'live').where('release_id', 'is not', null).execute(),
  ])
  return {
    ...{ trees: trees.sort(), slots, changes, searched, turns },
    // A suspected secret is one wherever it was written, and its 24 hours run.
    clocks: clocks.filter((c) => c.rule !== 'leak-report'),
    hooks: far.posted.filter((p) => p.path === '/live' || p.path.startsWith('/hub')).length,
    mails: sink.log.filter((m) => m.to.includes('live@mail.example')).length,
  }
}

async function act(id: string, what: (typeof ACTS)[number], kind: (typeof KINDS)[number], incident: IncidentRow) {
  const order = { instruction: '示保〔2026〕1号' }
  switch (what) {
    case 'correction':
    case 'erratum':
    case 'addition':
      await beginCorrection(s.ctx, who('drafter'), id, { type: what })
      await saveDraft(s.ctx, who('drafter'), id, drill(kind, incident.id, what === 'addition'), null)
      return agreeAndPublish(s, id, kind === 'incident-notice' ? 'flash' : 'routine')
    case 'withdraw':
      await withdraw(s.ctx, who('drafter'), id, { reasons: { 'zh-CN': '演练撤稿。' } })
      return agreeAndPublish(s, id, kind === 'incident-notice' ? 'flash' : 'routine')
    case 'takedown':
      return void (await takeDown(s.ctx, who('signer'), id, { ground: 'privacy' }))
    case 'quarantine':
      return quarantine(s.ctx, who('reviewer'), id)
    case 'purge':
      return settleQuarantine(s.ctx, who('signer2'), id, { outcome: 'purged', ...order })
    case 'stop':
    case 'resume':
      for (const run of await runsOfRelease(s.ctx.store.db, id)) {
        if (what === 'stop') await stopRun(s.ctx, who('signer'), run.dispatch_id).catch(refused)
        else await resumeRun(s.ctx, who('signer'), run.dispatch_id, { answer: 'go-on' }).catch(refused)
      }
      return
    case 'fact':
      return void (await recordFact(s.ctx, who('drafter'), incident.id, {
        ...{ what: 'deaths', value: '31', asOf: now(), source: '演练' },
      }))
    case 'grade':
      return void (await setGrade(s.ctx, who('signer'), incident.id, { grade: 'extraordinary' }))
    case 'duty':
      return startByDecision(s.ctx, who('signer'), incident.id, { rule: 'opinion-response', why: '演练' })
    case 'close':
      return void (await closeIncident(s.ctx, who('signer'), incident.id))
    case 'under-live-incident':
      return void (await saveDraft(s.ctx, who('drafter'), id, under(drill(kind, fire.id), fire.id), null))
    default:
      return what satisfies never
  }
}
/** Also a document, which is about no incident of itself. */
const under = (draft: ContentInput, incidentId: string) =>
  ({ ...draft, core: { ...draft.core, incidentId } }) as ContentInput
const refused = (err: unknown) => {
  if (!(err instanceof Refusal)) throw err
}

async function settled(id: string): Promise<void> {
  for (let i = 0; i < 400; i++) {
    const runs = await runsOfRelease(s.ctx.store.db, id)
    // Mail of a page that was stopped before it was read back waits its minute for it, and is held then.
    const stopped = new Set(
      runs.filter((r) => r.state === 'stopped' && !r.verified_at && SITE.includes(r.outlet)).map((r) => r.edition_id),
    )
    const waits = (r: (typeof runs)[number]) => r.state === 'waiting' && stopped.has(r.edition_id)
    if (runs.every((r) => ['done', 'stopped', 'held'].includes(r.state) || waits(r))) return
    await sleep(25)
  }
  throw new Error(`not settled: ${JSON.stringify(await runsOfRelease(s.ctx.store.db, id))}`)
}

test('whatever people do in an exercise, the live side stands as it was, and exercise readers alone are told', async () => {
  const before = await liveSide()
  const done: Record<string, number> = {}
  const ids: string[] = []
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...KINDS),
      fc.array(fc.constantFrom(...ACTS), { minLength: 2, maxLength: 6 }),
      async (kind, acts) => {
        const incident = await open('exercise')
        expect(incident.number).toMatch(/^E/)
        const { id } = await createRelease(s.ctx, who('drafter'), drill(kind, incident.id))
        ids.push(id)
        await agreeAndPublish(s, id, kind === 'incident-notice' ? 'flash' : 'routine')
        for (const what of acts) {
          try {
            await act(id, what, kind, incident)
            done[what] = (done[what] ?? 0) + 1
          } catch (err) {
            refused(err)
          }
        }
        await settled(id)
        expect(await liveSide()).toEqual(before)
      },
    ),
    { numRuns: LIVES },
  )
  // The 公示 that end by themselves have ended by now.
  await sleep(2 * SECOND)
  expect(await liveSide()).toEqual(before)
  const { db } = s.ctx.store
  const told = await db
    .selectFrom('delivery')
    .innerJoin('dispatch_run', 'dispatch_run.dispatch_id', 'delivery.dispatch_id')
    .innerJoin('subscriber', 'subscriber.id', 'delivery.subscriber_id')
    .select('subscriber.mode')
    .where('dispatch_run.release_id', 'in', ids)
    .execute()
  // A model that tells nobody and does nothing proves nothing.
  expect(new Set(told.map((d) => d.mode))).toEqual(new Set(['exercise']))
  const mails = sink.log.filter((m) => m.to.includes('exercise@mail.example'))
  expect(mails.length).toBeGreaterThan(0)
  expect(far.posted.filter((p) => p.path === '/exercise').length).toBeGreaterThan(0)
  expect(done['under-live-incident']).toBeUndefined()
  expect(done['duty']).toBeUndefined()
  expect(Object.keys(done).length).toBeGreaterThan(5)
  console.log(`${LIVES} exercises, ${mails.length} mails: ${JSON.stringify(done)}`)
}, 90_000)

test('what an exercise shows says so: page not to be found by searching, CAP status, title, key', async () => {
  const incident = await open('exercise')
  const id = await publishNew(s, drill('incident-notice', incident.id), 'flash')
  for (const outlet of ['website', 'feeds']) await runUntil(s, id, outlet, (r) => r.state === 'done')
  const { number } = (await s.ctx.store.db
    .selectFrom('release')
    .select('number')
    .where('id', '=', id)
    .executeTakeFirst())!
  const page = await fetch(`${s.url}/exercise/releases/${number}/`)
  expect([page.status, page.headers.get('x-robots-tag')]).toEqual([200, 'noindex, nofollow'])
  expect(await page.text()).toContain('【演练】')
  expect((await fetch(`${s.url}/releases/${number}/`)).status).toBe(404)
  expect((await fetch(`${s.url}/incidents/${incident.number}/`)).status).toBe(404)
  expect((await fetch(`${s.url}/exercise/incidents/${incident.number}/`)).status).toBe(200)
  const alerts: string[] = []
  for await (const file of s.ctx.site.walk('exercise-feeds'))
    if (/\/cap\/.*\.xml$/.test(file.path) && file.status === 200)
      alerts.push(await (await fetch(s.url + file.path)).text())
  expect(alerts.length).toBeGreaterThan(0)
  for (const alert of alerts) expect(alert).toMatch(/<status>Exercise<\/status>/)
})
