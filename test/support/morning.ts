/** A station whose clock can be moved on, over either database: for what happens the next morning. */
import { setTimeout as sleep } from 'node:timers/promises'
import { insertSubscriber } from '../../src/audience/store.ts'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { COUNTERS, recount } from '../../src/delivery/store.ts'
import { createRelease } from '../../src/desk/create.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { openIncident } from '../../src/incident/open.ts'
import type { Clock } from '../../src/lib/clock.ts'
import { newToken } from '../../src/lib/id.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { publishApproved } from '../../src/publication/publish.ts'
import { withdraw } from '../../src/publication/withdraw.ts'
import { decide } from '../../src/review/decide.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import type { Actor } from '../../src/staff/member.ts'
import { CLEAR, fireDraft, policyDraft } from './sample.ts'
import { type Station, station } from './station.ts'

/** Goes on by itself, from wherever it was set to. */
export function movedClock(start: string): Clock & { to(iso: string): void } {
  let ahead = Date.parse(start) - Date.now()
  return {
    now: () => new Date(Date.now() + ahead).toISOString(),
    ms: () => Date.now() + ahead,
    ticks: () => performance.now(),
    to: (iso) => {
      ahead = Date.parse(iso) - Date.now()
    },
  }
}

export type Morning = Awaited<ReturnType<typeof morning>>

/** Ten in the morning of a Tuesday, site time. */
export const TUESDAY = '2026-11-24T02:00:00.000Z'

export async function morning(env: Record<string, string>, parts: Parameters<typeof station>[1] = {}) {
  const clock = movedClock(TUESDAY)
  const s: Station = await station({ MAIL_FROM: 'Press <press@league.example>', ...env }, { clock, ...parts })
  const who = (name: string) => s.people[name] as Actor
  const { db } = s.ctx.store
  let papers = 0

  async function agree(id: string): Promise<void> {
    await submit(s.ctx, who('drafter'), id, null)
    const revisionHash = (await currentSubmission(db, id))?.revision_hash as string
    await decide(s.ctx, who('reviewer'), id, { revisionHash, verdict: 'approve' })
    await decide(s.ctx, who('confidentiality'), id, { revisionHash, verdict: 'approve', confidentiality: CLEAR })
    await decide(s.ctx, who('signer'), id, { revisionHash, verdict: 'approve' })
  }
  const out = async (id: string): Promise<void> => {
    await agree(id)
    await publishApproved(s.ctx, id, 'signer')
  }
  const mailRuns = async (id: string) => (await runsOfRelease(db, id)).filter((r) => r.outlet === 'email')

  return {
    ...s,
    clock,
    who,
    agree,
    mailRuns,
    /** A reader; `n` makes the address. */
    async reader(n: number, over: Partial<Parameters<typeof insertSubscriber>[1]> = {}) {
      const token = newToken()
      const id = await insertSubscriber(db, {
        kind: 'email',
        address: `reader${n}@mail.example`,
        keys: null,
        token,
        state: 'active',
        mode: 'live',
        language: 'zh-CN',
        urgency: 'normal',
        frequency: 'daily',
        all_topics: 1,
        all_areas: 1,
        created_at: clock.now(),
        confirmed_at: clock.now(),
        left_at: null,
        ...over,
      })
      return { id, token, address: `reader${n}@mail.example` }
    },
    /** A notice, through the whole chain to publication. */
    async publish(title: string, core: Parameters<typeof policyDraft>[0] = {}): Promise<string> {
      const draft = policyDraft({ documentNumber: `示政办字〔2026〕${100 + papers++}号`, ...core })
      const zh = { ...draft.parts['zh-CN'], title } as never
      const { id } = await createRelease(s.ctx, who('drafter'), { ...draft, parts: { 'zh-CN': zh } })
      await out(id)
      return id
    },
    async correct(id: string, title: string): Promise<void> {
      await beginCorrection(s.ctx, who('drafter'), id, { type: 'correction' })
      const text = policyDraft(
        { documentNumber: `示政办字〔2026〕${100 + papers++}号` },
        '<p>电话更正为 0000-54321。</p>',
      )
      const zh = { ...text.parts['zh-CN'], title, changeNote: '更正电话。' } as never
      await saveDraft(s.ctx, who('drafter'), id, { ...text, parts: { 'zh-CN': zh } }, null)
      await out(id)
    },
    async takeBack(id: string): Promise<void> {
      await withdraw(s.ctx, who('drafter'), id, { reasons: { 'zh-CN': '该通知有误。' } })
      const revisionHash = (await currentSubmission(db, id))?.revision_hash as string
      await decide(s.ctx, who('reviewer'), id, { revisionHash, verdict: 'approve' })
      await decide(s.ctx, who('confidentiality'), id, { revisionHash, verdict: 'approve', confidentiality: CLEAR })
      await decide(s.ctx, who('signer'), id, { revisionHash, verdict: 'approve' })
      await publishApproved(s.ctx, id, 'signer')
    },
    async flash(): Promise<string> {
      const at = new Date(clock.ms() - 60_000).toISOString()
      const incident = await openIncident(s.ctx, who('drafter'), {
        titleZh: '草原火灾',
        class: 'natural',
        areas: ['159921'],
        knownAt: at,
      })
      const { id } = await createRelease(s.ctx, who('drafter'), fireDraft(incident.id, at))
      await submit(s.ctx, who('drafter'), id, null)
      const revisionHash = (await currentSubmission(db, id))?.revision_hash as string
      await decide(s.ctx, who('signer'), id, { revisionHash, verdict: 'approve', confidentiality: CLEAR })
      await publishApproved(s.ctx, id, 'signer')
      return id
    },
    /** The newest mail run of a release, once it is over. */
    async over(id: string, runs = 1) {
      for (let i = 0; i < 600; i++) {
        const found = await mailRuns(id)
        if (found.length === runs && found.every((r) => ['done', 'stopped'].includes(r.state))) return found.at(-1)!
        await sleep(50)
      }
      throw new Error(`not over: ${JSON.stringify(await mailRuns(id))} ${JSON.stringify(s.errors)}`)
    },
    /** audience = the sum of the states, in the run's counters as in the rows. */
    async addsUp(id: string): Promise<void> {
      for (const run of await mailRuns(id)) {
        const rows = await recount(db, run.dispatch_id)
        const own = Object.fromEntries(COUNTERS.map((c) => [c, run[c]]))
        if (JSON.stringify(own) !== JSON.stringify(rows) || COUNTERS.reduce((n, c) => n + run[c], 0) !== run.audience)
          throw new Error(`does not add up: ${JSON.stringify({ own, rows, audience: run.audience })}`)
      }
    },
    digests: () => db.selectFrom('digest').selectAll().orderBy('id').execute(),
  }
}
