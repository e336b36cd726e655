/** Who may take the second look at what went out by the short path. */
import { afterEach, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { openIncident } from '../../src/incident/open.ts'
import { HOUR, plus } from '../../src/lib/clock.ts'
import { postReview } from '../../src/publication/post-review.ts'
import { phoneAndPublish } from '../../src/publication/sign-and-publish.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { addDuty } from '../../src/staff/roster.ts'
import { updateAgency } from '../../src/staff/store.ts'
import { office, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, fireDraft } from '../support/sample.ts'

let place: Workplace
afterEach(() => place.close())

test('whoever recorded the signature by telephone does not review the release afterwards; a colleague does', async () => {
  place = await workplace()
  const { ctx } = place
  const { own } = await office(ctx)
  const now = ctx.clock.now()
  await updateAgency(ctx.store.db, 'league', { phone_signoff: 1 })
  await addDuty(ctx, own.admin, {
    memberId: own.reviewer.memberId,
    role: 'reviewer',
    startsAt: plus(now, -HOUR),
    endsAt: plus(now, HOUR),
  })
  const incident = await openIncident(ctx, own.drafter, {
    titleZh: '哈日诺尔旗草原火灾（示例）',
    titleEn: 'Harinur grassland fire (sample)',
    class: 'natural',
    areas: ['159921'],
    knownAt: now,
  })
  const release = await createRelease(ctx, own.drafter, fireDraft(incident.id, now))
  await submit(ctx, own.drafter, release.id, null)
  const submission = await currentSubmission(ctx.store.db, release.id)
  const { editionId } = await phoneAndPublish(ctx, own.reviewer, release.id, {
    signerId: own.signer.memberId,
    revisionHash: submission?.revision_hash,
    words: '同意发布。',
    confidentiality: CLEAR,
  })
  expect(editionId).not.toBeNull()
  const look = { edition: 1, opinion: '内容属实。' }
  for (const person of [own.reviewer, own.signer])
    await expect(postReview(ctx, person, release.id, look)).rejects.toMatchObject({ code: 'own-work' })
  await postReview(ctx, own.reviewer2, release.id, look)
})
