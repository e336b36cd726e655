/** A published release on its way to readers, with a mail outlet the test holds in its hands. */
import { insertSubscriber } from '../../src/audience/store.ts'
import type { Registry } from '../../src/context.ts'
import type { Channel, Outcome, Target } from '../../src/delivery/channel.ts'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { adopt } from '../../src/delivery/sweep.ts'
import { createRelease } from '../../src/desk/create.ts'
import { saveDraft } from '../../src/desk/save.ts'
import type { ReleaseRow } from '../../src/desk/store.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { decideAndPublish } from '../../src/publication/sign-and-publish.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import type { Office, Workplace } from './office.ts'
import { CLEAR, policyDraft } from './sample.ts'

export type Mail = { send: (targets: Target[], signal: AbortSignal) => Promise<Outcome[]> }

/** Website and feeds at once, mail as the test says. */
export const mailRegistry =
  (mail: Mail): Registry =>
  () => ({
    channels: (['website', 'feeds', 'email'] as const).map(
      (name): Channel => ({
        name,
        audience: name === 'email' ? 'subscribers' : 'everyone',
        ...(name === 'email' ? { serves: name } : {}),
        ready: () => null,
        variants: () => ['all'],
        prepare: async () => null,
        send: (_prepared, targets, signal) =>
          name === 'email' ? mail.send(targets, signal) : Promise.resolve(targets.map(() => ({ state: 'accepted' }))),
      }),
    ),
    notReady: {},
  })

export async function subscribe({ ctx }: Workplace, n: number): Promise<void> {
  for (let i = 0; i < n; i++)
    await insertSubscriber(ctx.store.db, {
      kind: 'email',
      address: `reader${i}@ortoo.example`,
      keys: null,
      token: String(i).padStart(32, 't'),
      state: 'active',
      mode: 'live',
      language: 'zh-CN',
      urgency: 'normal',
      frequency: 'at-once',
      all_topics: 1,
      all_areas: 1,
      created_at: ctx.clock.now(),
      confirmed_at: ctx.clock.now(),
      left_at: null,
    })
}

const draft = () => policyDraft({ topics: ['farming'], documentNumber: undefined })

/** Agreed by everybody and published; its runs are open and nothing has been sent. */
export async function published(place: Workplace, people: Office): Promise<ReleaseRow> {
  const release = await createRelease(place.ctx, people.own.drafter, draft())
  await agree(place, people, release)
  return release
}

/** Put right, agreed by everybody and published. */
export async function corrected(place: Workplace, people: Office, release: ReleaseRow): Promise<void> {
  const { ctx } = place
  await beginCorrection(ctx, people.own.drafter, release.id, { type: 'correction' })
  const again = draft()
  const part = again.parts['zh-CN']
  if (part) Object.assign(part, { title: `${part.title}（更正）`, changeNote: '标题有误。' })
  await saveDraft(ctx, people.own.drafter, release.id, again, null)
  await agree(place, people, release)
}

async function agree({ ctx }: Workplace, { own }: Office, release: ReleaseRow): Promise<void> {
  await submit(ctx, own.drafter, release.id, null)
  const revisionHash = (await currentSubmission(ctx.store.db, release.id))?.revision_hash
  for (const by of [own.reviewer, own.confidentiality, own.signer])
    await decideAndPublish(ctx, by, release.id, {
      revisionHash,
      verdict: 'approve',
      ...(by === own.confidentiality ? { confidentiality: CLEAR } : {}),
    })
  await adopt(ctx)
}

export const mailRun = async ({ ctx }: Workplace, releaseId: string) => {
  const run = (await runsOfRelease(ctx.store.db, releaseId)).find((r) => r.outlet === 'email')
  if (!run) throw new Error('no run of the mail outlet')
  return run
}
