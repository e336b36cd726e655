/** 03:20, the signer cannot be reached: the backup dictates, somebody on duty who did not write records it, and it is confirmed or cried out about. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sweepClocks } from '../../src/delivery/sweep.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { openIncident } from '../../src/incident/open.ts'
import { HOUR, MINUTE, plus } from '../../src/lib/clock.ts'
import { phoneAndPublish } from '../../src/publication/sign-and-publish.ts'
import { summonsOf } from '../../src/review/ask-store.ts'
import { confirmPhoneSignOff } from '../../src/review/phone.ts'
import { currentSubmission, decisionsOf } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import type { Actor } from '../../src/staff/member.ts'
import { addDuty } from '../../src/staff/roster.ts'
import { updateAgency } from '../../src/staff/store.ts'
import { openAlarms } from '../../src/store/alarm.ts'
import { createApp } from '../../src/web/app.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, fireDraft, policyDraft } from '../support/sample.ts'

let at: Workplace
let own: Office['own']

beforeEach(async () => {
  at = await workplace()
  own = (await office(at.ctx, { logins: ['league-reviewer'] })).own
  await updateAgency(at.ctx.store.db, 'league', { phone_signoff: 1 })
  for (const [key, role, backup] of [
    ['signer', 'signer', false],
    ['signer2', 'signer', true],
    ['reviewer', 'reviewer', false],
    ['drafter', 'drafter', false],
  ] as const)
    await addDuty(at.ctx, own.admin, {
      ...{ memberId: `league-${key}`, role, backup },
      ...{ startsAt: at.clock.now(), endsAt: plus(at.clock.now(), 24 * HOUR) },
    })
})
afterEach(async () => {
  expect(at.logged).toEqual([])
  await at.close()
})

async function sent(content: ContentInput): Promise<string> {
  const { id } = await createRelease(at.ctx, own.drafter, content)
  await submit(at.ctx, own.drafter, id, null)
  return id
}
async function fire(): Promise<string> {
  const incident = await openIncident(at.ctx, own.drafter, {
    ...{ titleZh: '哈日诺尔旗草原火灾', class: 'natural', areas: ['159921'], knownAt: at.clock.now() },
  })
  return sent(fireDraft(incident.id, at.clock.now(), { topics: [] }))
}
const record = async (by: Actor, id: string, signerId = 'league-signer2') =>
  phoneAndPublish(at.ctx, by, id, {
    ...{ signerId, words: '同意，马上发。', confidentiality: CLEAR },
    revisionHash: (await currentSubmission(at.ctx.store.db, id))?.revision_hash,
  })
const causes = async () => (await openAlarms(at.ctx.store.db)).map((a) => a.cause)

test('after ten minutes the backup is called and dictates; it is out, marked until confirmed, and twelve hours later an alarm', async () => {
  const { db } = at.ctx.store
  const id = await fire()
  await sweepClocks(at.ctx)
  at.clock.advance(10 * MINUTE + 1)
  await sweepClocks(at.ctx)
  const called = await summonsOf(db, (await currentSubmission(db, id))!.id)
  expect(called.map((s) => s.member_id)).toEqual(['league-signer', 'league-signer2'])

  const { release } = await record(own.reviewer, id)
  expect(release.state).toBe('published')
  const reviewer = await new DeskPerson(await createApp(at.ctx)).signIn('league-reviewer')
  // Once in what happened, which stays as it was, and once beside the opinion while it waits.
  const marks = async () =>
    (await reviewer.get(`/desk/releases/${release.number}?lang=zh`)).text.split('电话签批（待本人确认）').length - 1
  expect(await marks()).toBe(2)
  expect(await causes()).not.toContain('phone-sign-off-unconfirmed')

  at.clock.advance(12 * HOUR)
  await sweepClocks(at.ctx)
  expect((await openAlarms(db)).some((a) => a.cause.startsWith('phone-sign-off') || a.cause === 'clock-breached')).toBe(
    true,
  )
  const before = (await decisionsOf(db, id)).find((d) => d.recorded_by)!
  await confirmPhoneSignOff(at.ctx, own.signer2, id, true)
  expect(await marks()).toBe(1)
  // What was recorded stands as it was: only that it was confirmed is added.
  const after = (await decisionsOf(db, id)).find((d) => d.recorded_by)!
  expect({ ...after, confirmed_at: null }).toEqual(before)
  await expect(confirmPhoneSignOff(at.ctx, own.signer2, id, false)).rejects.toMatchObject({
    code: 'nothing-to-confirm',
  })
})

test('whoever wrote it does not record it, nor anybody for themselves, nor one off duty; routine knows no telephone', async () => {
  const id = await fire()
  await expect(record(own.drafter, id)).rejects.toMatchObject({ code: 'own-work' })
  await expect(record(own.signer2, id)).rejects.toMatchObject({ issues: [{ field: 'signerId', code: 'not-a-signer' }] })
  await expect(record(own.reviewer2, id)).rejects.toMatchObject({ code: 'not-on-duty' })
  const routine = await sent(policyDraft({ topics: [], documentNumber: undefined }))
  await expect(record(own.reviewer, routine)).rejects.toMatchObject({ code: 'phone-sign-off-flash-only' })
  await updateAgency(at.ctx.store.db, 'league', { phone_signoff: 0 })
  await expect(record(own.reviewer, id)).rejects.toMatchObject({ code: 'phone-sign-off-is-off' })
})

test('a signer who never said so denies it, and that is an alarm at once', async () => {
  const id = await fire()
  await record(own.reviewer, id)
  await confirmPhoneSignOff(at.ctx, own.signer2, id, false)
  expect(await causes()).toContain('phone-sign-off-denied')
})
