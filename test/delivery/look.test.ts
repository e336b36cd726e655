/** Truth is in rows: what another process changed is found without its bell. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { adoptDispatches, runsOfRelease, updateRun } from '../../src/delivery/run-store.ts'
import { createRelease } from '../../src/desk/create.ts'
import { publishApproved } from '../../src/publication/publish.ts'
import { decide } from '../../src/review/decide.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import type { Actor } from '../../src/staff/member.ts'
import { CLEAR, policyDraft } from '../support/sample.ts'
import { station } from '../support/station.ts'

test('a run somebody let go on at another machine goes on here, though no bell was heard', async () => {
  const s = await station()
  const who = (name: string) => s.people[name] as Actor
  const { db } = s.ctx.store
  const release = await createRelease(s.ctx, who('drafter'), policyDraft({ outlets: ['website', 'feeds'] }))
  await submit(s.ctx, who('drafter'), release.id, null)
  const revisionHash = (await currentSubmission(db, release.id))?.revision_hash as string
  await decide(s.ctx, who('reviewer'), release.id, { revisionHash, verdict: 'approve' })
  await decide(s.ctx, who('confidentiality'), release.id, { revisionHash, verdict: 'approve', confidentiality: CLEAR })
  await decide(s.ctx, who('signer'), release.id, { revisionHash, verdict: 'approve' })
  await publishApproved(s.ctx, release.id, 'signer')
  await s.ctx.store.tx((trx) => adoptDispatches(trx, s.ctx.clock.now()))
  for (const run of await runsOfRelease(db, release.id)) await updateRun(db, run.dispatch_id, { state: 'stopped' })
  const work = await s.work()
  try {
    await sleep(600)
    expect((await runsOfRelease(db, release.id)).map((r) => r.state)).toEqual(['stopped', 'stopped'])
    for (const run of await runsOfRelease(db, release.id))
      await updateRun(db, run.dispatch_id, { state: 'waiting', next_at: s.ctx.clock.now() })
    const states = async () => (await runsOfRelease(db, release.id)).map((r) => r.state)
    for (let i = 0; i < 200 && (await states()).join() !== 'done,done'; i++) await sleep(50)
    expect(await states()).toEqual(['done', 'done'])
  } finally {
    await work.stop()
    await s.close()
  }
  expect(s.errors).toEqual([])
}, 30_000)
