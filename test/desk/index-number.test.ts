/** 索引号: made from the agency's code when a draft begins, kept through every save, typed over where somebody knows better. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { revisionOf } from '../../src/desk/store.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { policyDraft } from '../support/sample.ts'

let at: Workplace
let people: Office
const index = { pattern: '{code}/{year}{month}-{serial}', codes: { league: '11152500MB1234567X' } }

beforeEach(async () => {
  at = await workplace({ gov: { index, faultDays: 3, faultKeepDays: 30, mongolianHours: 0 } })
  people = await office(at.ctx)
})
afterEach(() => at.close())

const draft = (over = {}) => policyDraft({ topics: ['farming'], documentNumber: undefined, ...over })
const numberOf = async (id: string, ordinal: number) =>
  (await revisionOf(at.ctx.store.db, id, ordinal))?.content.core.indexNumber

test('each draft of an agency with a code takes the next number of the month', async () => {
  const first = await createRelease(at.ctx, people.own.drafter, draft())
  const second = await createRelease(at.ctx, people.own.drafter, draft())
  at.clock.set('2026-11-30T16:30:00.000Z') // 1 December in Hohhot
  const third = await createRelease(at.ctx, people.own.drafter, draft())
  expect(await Promise.all([first, second, third].map((r) => numberOf(r.id, 1)))).toEqual([
    '11152500MB1234567X/202611-00001',
    '11152500MB1234567X/202611-00002',
    '11152500MB1234567X/202612-00001',
  ])
})

test('a form that leaves it out does not lose it, and one that types another keeps that', async () => {
  const release = await createRelease(at.ctx, people.own.drafter, draft())
  const body = '<p>改过的正文。</p>'
  await saveDraft(
    at.ctx,
    people.own.drafter,
    release.id,
    policyDraft({ topics: ['farming'], documentNumber: undefined }, body),
    null,
  )
  expect(await numberOf(release.id, 2)).toBe('11152500MB1234567X/202611-00001')
  await saveDraft(at.ctx, people.own.drafter, release.id, draft({ indexNumber: '000014349/2017-00110' }), null)
  expect(await numberOf(release.id, 3)).toBe('000014349/2017-00110')
})

test('an agency without a code, an exercise, and a number that was typed get none made', async () => {
  const banner = people.actors.banner.drafter
  const without = await createRelease(
    at.ctx,
    banner,
    policyDraft({ topics: ['farming'], areas: ['159921'], documentNumber: undefined }),
  )
  const drill = await createRelease(at.ctx, people.own.drafter, draft({ mode: 'exercise' }))
  const typed = await createRelease(at.ctx, people.own.drafter, draft({ indexNumber: '000014349/2017-00110' }))
  const next = await createRelease(at.ctx, people.own.drafter, draft())
  expect(await Promise.all([without, drill, typed, next].map((r) => numberOf(r.id, 1)))).toEqual([
    undefined,
    undefined,
    '000014349/2017-00110',
    '11152500MB1234567X/202611-00001',
  ])
})
