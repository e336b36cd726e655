import { afterEach, beforeEach, expect, test } from 'vitest'
import { recordFact } from '../../src/desk/record-fact.ts'
import { startByDecision } from '../../src/incident/by-hand.ts'
import { clockOf } from '../../src/incident/clock-store.ts'
import { closeIncident } from '../../src/incident/close.ts'
import { decideKnownAt, proposeKnownAt } from '../../src/incident/known-at.ts'
import { openIncident } from '../../src/incident/open.ts'
import { factsOf } from '../../src/incident/store.ts'
import { DAY, HOUR, plus } from '../../src/lib/clock.ts'
import { destroyPersonal, personalOf } from '../../src/purge/retention.ts'
import { createApp } from '../../src/web/app.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { filesWith } from '../support/on-disk.ts'

let place: Workplace
let people: Office
beforeEach(async () => {
  place = await workplace()
  people = await office(place.ctx)
})
afterEach(async () => {
  expect(place.logged).toEqual([])
  await place.close()
})

const NAMES = ['巴图苏和', '敖登格日勒', '呼和那仁', '乌云其木格', '特木尔巴干']
const KEPT = '斯琴高娃'
const now = () => place.clock.now()

const files = (word: string) => filesWith(place.ctx.config.dataDir, word)

async function fire(): Promise<string> {
  const { ctx } = place
  const { own } = people
  const incident = await openIncident(ctx, own.drafter, {
    titleZh: '草原火灾',
    class: 'natural',
    grade: 'major',
    areas: ['159921'],
    knownAt: now(),
  })
  const app = await createApp(ctx)
  const figure = (value: string, source: string, explanation = '') => ({
    what: 'injured',
    value,
    asOf: now(),
    source,
    explanation,
  })
  await recordFact(ctx, own.drafter, incident.id, figure('3', `旗医院${KEPT}`))
  place.clock.advance(HOUR)
  // By a program, which asks again with the same key: the answer that is kept for it repeats the name.
  const sent = await app.request(`/api/v1/incidents/${incident.id}/facts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await people.token('league-drafter')}`,
      'content-type': 'application/json',
      'idempotency-key': 'key-of-a-program',
    },
    body: JSON.stringify(figure('2', `旗医院${NAMES[0]}`, `${NAMES[1]}转为轻伤`)),
  })
  expect(sent.status).toBe(201)
  await startByDecision(ctx, own.signer, incident.id, { rule: 'opinion-response', why: `${NAMES[2]}家属询问` })
  const correction = await proposeKnownAt(ctx, own.signer, incident.id, {
    knownAt: plus(now(), -2 * HOUR),
    why: `接警员${NAMES[3]}的记录为准`,
  })
  await decideKnownAt(ctx, own.signer2, incident.id, correction, { verdict: 'apply' })
  await startByDecision(ctx, own.signer, incident.id, { rule: 'upward-state', why: `${NAMES[4]}来电要求` })
  return incident.id
}

test('a signer looks through the list, keeps one item for the archive and destroys the rest to the last byte', async () => {
  const { ctx } = place
  const { own, actors } = people
  const incident = await fire()
  await expect(personalOf(ctx, own.signer, incident)).rejects.toMatchObject({ code: 'incident-is-open' })
  await expect(
    ctx.store.db.updateTable('incident_fact').set({ source: '' }).where('incident_id', '=', incident).execute(),
  ).rejects.toThrow(/incident-fact-is-permanent/)
  for (const name of NAMES) expect(files(name), name).not.toEqual([])
  await closeIncident(ctx, own.signer, incident)
  const due = await clockOf(ctx.store.db, `incident:${incident}`, 'personal-data')
  expect(due?.due_at).toBe(plus(now(), 30 * DAY))
  const { items } = await personalOf(ctx, own.signer, incident)
  expect(items.map((i) => i.what).sort()).toEqual([
    'clock',
    'clock',
    'fact-explanation',
    'fact-source',
    'fact-source',
    'known',
  ])
  const keep = items.find((i) => i.text.includes(KEPT))?.ref as string
  for (const by of [own.drafter, own.admin, actors.other.signer])
    await expect(destroyPersonal(ctx, by, incident, {})).rejects.toMatchObject({ kind: 'not-allowed' })
  await expect(
    destroyPersonal(ctx, own.signer, incident, { keep: [{ ref: 'fact-source:999', basis: 'archive' }] }),
  ).rejects.toMatchObject({ issues: [{ field: 'keep.0', code: 'personal-unknown' }] })
  place.clock.advance(DAY)
  expect(await destroyPersonal(ctx, own.signer, incident, { keep: [{ ref: keep, basis: 'archive' }] })).toEqual({
    destroyed: 5,
    kept: 1,
  })
  for (const name of NAMES) expect(files(name), name).toEqual([])
  expect(files(KEPT)).not.toEqual([])
  expect((await factsOf(ctx.store.db, incident)).map((f) => [f.value, f.source, f.explanation])).toEqual([
    ['3', `旗医院${KEPT}`, ''],
    ['2', '', ''],
  ])
  expect((await clockOf(ctx.store.db, `incident:${incident}`, 'personal-data'))?.met_at).toBe(now())
  const said = (await ctx.store.db.selectFrom('ledger').selectAll().orderBy('seq').execute()).at(-1)
  expect([said?.act, said?.fact]).toEqual(['incident.destroy-personal', '{"destroyed":5,"kept":1}'])
  const after = await personalOf(ctx, own.signer, incident)
  expect(after.items.map((i) => [i.ref, i.kept])).toEqual([[keep, 'archive']])
  // Its ground is over too: the last one goes.
  await destroyPersonal(ctx, own.signer2, incident, {})
  expect(files(KEPT)).toEqual([])
  expect((await personalOf(ctx, own.signer, incident)).done.map((d) => [Number(d.destroyed), Number(d.kept)])).toEqual([
    [5, 1],
    [1, 0],
  ])
  await expect(
    ctx.store.db.updateTable('incident_fact').set({ value: '1' }).where('incident_id', '=', incident).execute(),
  ).rejects.toThrow(/incident-fact-is-permanent/)
})
