/** Who gets the mail of exercises is asked of the database once, however many members an office has. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exerciseAudience, setExerciseAudience } from '../../src/audience/exercise-audience.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { watched } from '../support/plan.ts'

const KEYS = ['league-drafter', 'league-reviewer', 'league-signer', 'league-admin']
let at: Workplace
let people: Office
beforeAll(async () => {
  at = await workplace()
  people = await office(at.ctx, { logins: KEYS })
})
afterAll(() => at.close())

const receives = async () =>
  (await exerciseAudience(at.ctx, people.own.drafter)).filter((m) => m.receives).map((m) => m.memberId)

test('a drafter adds two colleagues, takes one out and lets them in again, and the list is one question to the database', async () => {
  expect(await receives()).toEqual([])
  await setExerciseAudience(at.ctx, people.own.drafter, { memberIds: ['league-reviewer', 'league-signer'] })
  expect((await receives()).sort()).toEqual(['league-reviewer', 'league-signer'])
  await setExerciseAudience(at.ctx, people.own.drafter, { memberIds: ['league-signer'] })
  expect(await receives()).toEqual(['league-signer'])
  await setExerciseAudience(at.ctx, people.own.drafter, { memberIds: ['league-signer', 'league-reviewer'] })
  expect((await receives()).sort()).toEqual(['league-reviewer', 'league-signer'])

  const { db, asked } = watched(at.ctx.store)
  const list = await exerciseAudience({ ...at.ctx, store: { ...at.ctx.store, db } }, people.own.drafter)
  expect(list.map((m) => m.memberId).sort()).toEqual([...KEYS].sort())
  expect(asked.filter((q) => JSON.stringify(q).includes('"subscriber"'))).toHaveLength(1)
})
