/** The list of places is read only for who can use a hint, once for each version of it, and a place added since is known at once. */
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepAreas } from '../../src/audience/topics-areas.ts'
import { createRelease } from '../../src/desk/create.ts'
import { type ReleaseRow, type Revision, releaseById, revisionOf } from '../../src/desk/store.ts'
import { judge } from '../../src/review/judge.ts'
import type { Tables } from '../../src/store/tables.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { policyDraft } from '../support/sample.ts'

let at: Workplace
let people: Office
let release: ReleaseRow
let revision: Revision
/** How often all places were read. */
let read = 0
let db: Kysely<Tables>

beforeAll(async () => {
  at = await workplace()
  people = await office(at.ctx)
  const draft = policyDraft({ topics: ['farming'], documentNumber: undefined }, '<p>乌兰嘎查和红石嘎查停水。</p>')
  release = await createRelease(at.ctx, people.own.drafter, { ...draft, core: { ...draft.core, areas: ['159921'] } })
  release = (await releaseById(at.ctx.store.db, release.id)) as ReleaseRow
  revision = (await revisionOf(at.ctx.store.db, release.id, 1)) as Revision
  db = at.ctx.store.db.withPlugin({
    transformQuery: ({ node }) => {
      if (/"name":"area"/.test(JSON.stringify(node))) read++
      return node
    },
    transformResult: async ({ result }) => result,
  })
})
afterAll(async () => {
  expect(at.logged).toEqual([])
  await at.close()
})

const named = async (hints: boolean) =>
  (await judge(at.ctx, db, release, revision, { hints })).issues
    .filter((i) => i.code === 'place-not-chosen')
    .map((i) => i.params?.['name'])
const area = (code: string, nameZh: string) => ({ code, nameZh, nameEn: '', parent: '159800' })

test('whoever only asks whether an error stands reads no place, and hints read them once for each list', async () => {
  await keepAreas(at.ctx, people.actors.region.admin, [area('159801', '乌兰嘎查')])
  expect([await named(false), read]).toEqual([[], 0])
  expect([await named(true), read]).toEqual([['乌兰嘎查'], 1])
  expect([await named(true), read]).toEqual([['乌兰嘎查'], 1])
  await keepAreas(at.ctx, people.actors.region.admin, [area('159802', '红石嘎查')])
  expect([await named(true), read]).toEqual([['乌兰嘎查', '红石嘎查'], 2])
  await keepAreas(at.ctx, people.actors.region.admin, [area('159801', '青石嘎查')])
  expect([await named(true), read]).toEqual([['红石嘎查'], 3])
})
