/** The power goes while somebody is being called, or while outlets are tried: nobody is called twice, nobody is passed over, no test is lost. Over each database. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Registry } from '../../src/context.ts'
import { enrolMailbox } from '../../src/delivery/canary.ts'
import type { Channel } from '../../src/delivery/channel.ts'
import { weeklyTests } from '../../src/delivery/outlet-test.ts'
import { createRelease } from '../../src/desk/create.ts'
import { openIncident } from '../../src/incident/open.ts'
import { DAY, HOUR, MINUTE, plus } from '../../src/lib/clock.ts'
import { summonsOf } from '../../src/review/ask-store.ts'
import { callNext } from '../../src/review/call-next.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { addDuty } from '../../src/staff/roster.ts'
import { openAlarms } from '../../src/store/alarm.ts'
import { openStore } from '../../src/store/open.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { throughCuts } from '../support/power-cut.ts'
import { fireDraft } from '../support/sample.ts'

const backends: ('sqlite' | 'postgres')[] = needs('postgres') ? ['sqlite', 'postgres'] : ['sqlite']

describe.each(backends)('the power goes over %s', (backend) => {
  let cluster: PostgresBackend | null = null
  let at: Workplace
  let own: Office['own']
  let letters = 0
  let answer: { state: 'accepted' } | { state: 'never'; why: string } = { state: 'accepted' }
  const registry: Registry = () => ({
    channels: [
      {
        name: 'email',
        audience: 'subscribers',
        serves: 'email',
        ready: () => null,
        variants: () => [],
        prepare: async () => null,
        send: async () => [],
        welcome: async () => {
          letters++
          return answer
        },
      } satisfies Channel,
    ],
    notReady: {},
  })
  beforeAll(async () => {
    if (backend === 'postgres') cluster = await startPostgres()
  })
  afterAll(() => cluster?.stop())
  beforeEach(async () => {
    letters = 0
    answer = { state: 'accepted' }
    const store = cluster ? await openStore({ databaseUrl: await cluster.fresh() }) : undefined
    const mailbox = { canaryMail: { address: 'canary@ortoo.example', maildir: '/nowhere' } }
    at = await workplace(mailbox, { registry, ...(store ? { store } : {}) })
    own = (await office(at.ctx)).own
  })
  afterEach(async () => {
    expect(at.logged).toEqual([])
    await at.close()
  })

  const db = () => at.ctx.store.db
  const told = async (id: string) =>
    (await summonsOf(db(), (await currentSubmission(db(), id))!.id)).map((s) => s.member_id)
  const calls = async () =>
    (await db().selectFrom('ledger').select('act').where('act', '=', 'step.call').execute()).length
  const alarms = async (cause: string) => (await openAlarms(db())).filter((a) => a.cause === cause)

  async function flash(): Promise<string> {
    for (const [key, backup] of [
      ['signer', false],
      ['signer2', true],
    ] as const)
      await addDuty(at.ctx, own.admin, {
        memberId: `league-${key}`,
        role: 'signer',
        backup,
        startsAt: at.clock.now(),
        endsAt: plus(at.clock.now(), 12 * HOUR),
      })
    const incident = await openIncident(at.ctx, own.drafter, {
      titleZh: '草原火灾',
      class: 'natural',
      areas: ['159921'],
      knownAt: at.clock.now(),
    })
    const { id } = await createRelease(at.ctx, own.drafter, fireDraft(incident.id, at.clock.now()))
    await submit(at.ctx, own.drafter, id, null)
    return id
  }

  test('while the next person is called: at whatever statement, everybody is called once, in order, with the alarm', async () => {
    const id = await flash()
    const ladder = ['league-signer', 'league-signer2']
    for (const [turn] of ladder.entries()) {
      const cuts = await throughCuts(at.ctx, callNext, async (cut) => {
        // Either nothing of it stands or all of it: who is told, the entry in the ledger, and whose the alarm is.
        const now = await told(id)
        expect([turn, turn + 1], `cut at ${cut}`).toContain(now.length)
        expect(await calls(), `cut at ${cut}`).toBe(now.length)
        const [alarm] = await alarms('step-waits')
        expect(alarm?.owner ?? undefined, `cut at ${cut}`).toBe(now.at(-1))
      })
      expect(cuts).toBeGreaterThan(5)
      expect(await told(id)).toEqual(ladder.slice(0, turn + 1))
      at.clock.advance(10 * MINUTE + 1)
    }
    await callNext(at.ctx)
    expect((await told(id)).slice(0, 2)).toEqual(ladder)
    expect(new Set(await told(id)).size).toBe((await told(id)).length)
  })

  test('when the machine was off for longer than a turn, nobody whose turn has passed is left out', async () => {
    const id = await flash()
    await callNext(at.ctx)
    at.clock.advance(21 * MINUTE)
    await callNext(at.ctx)
    const three = await told(id)
    expect(three.slice(0, 2)).toEqual(['league-signer', 'league-signer2'])
    expect(three).toHaveLength(3)
    await callNext(at.ctx)
    expect([await told(id), await calls()]).toEqual([three, 3])
  })

  test('two workers at the same moment call each person once', async () => {
    const id = await flash()
    for (const n of [1, 2]) {
      await Promise.all([callNext(at.ctx), callNext(at.ctx), callNext(at.ctx)])
      expect([(await told(id)).length, await calls()]).toEqual([n, n])
      at.clock.advance(10 * MINUTE + 1)
    }
  })

  test('while an outlet is tried: the test is asked again until its answer is kept, and a failure never stands without its alarm', async () => {
    await enrolMailbox(at.ctx)
    const rows = () => db().selectFrom('outlet_test').select('outcome').orderBy('id').execute()
    const entries = async () =>
      (await db().selectFrom('ledger').select('act').where('act', '=', 'outlet.test').execute()).length
    for (const [week, outcome] of (['never', 'accepted', 'never'] as const).entries()) {
      at.clock.advance(8 * DAY)
      letters = 0
      answer = outcome === 'accepted' ? { state: 'accepted' } : { state: 'never', why: '550' }
      await throughCuts(at.ctx, weeklyTests, async (cut) => {
        const kept = (await rows()).length
        expect([week, week + 1], `cut at ${cut}`).toContain(kept)
        expect(await entries(), `cut at ${cut}`).toBe(kept)
        const failed = (await rows()).at(-1)?.outcome === 'never'
        expect((await alarms('outlet-test-failed')).length, `cut at ${cut}`).toBe(failed ? 1 : 0)
      })
      expect((await rows()).map((r) => r.outcome)).toHaveLength(week + 1)
      expect(letters).toBeGreaterThan(0)
      letters = 0
      await weeklyTests(at.ctx)
      expect(letters).toBe(0)
    }
  })
})
