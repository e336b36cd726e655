/** The service under the bench: the real process, filled with subscribers, told to publish, timed by its own record. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ctx } from '../../src/context.ts'
import { enrolMany } from '../support/crowd.ts'
import { fireDraft, policyDraft } from '../support/sample.ts'
import { carry, ok, type Service, type ShownRun, service } from '../support/service.ts'

/** A service with production's own periods, its mail going to the given port. */
export async function scene(o: {
  readers: number
  prefix?: string
  smtpPort: number
  connections?: number
  env?: Record<string, string>
  prepare?: (ctx: Ctx) => Promise<void>
}): Promise<Service> {
  const s = await service({
    env: {
      SMTP_URL: `smtp://127.0.0.1:${o.smtpPort}`,
      SMTP_CONNECTIONS: String(o.connections ?? 20),
      SWEEP_FLASH_S: '1',
      SWEEP_ROUTINE_S: '10',
      LEASE_S: '30',
      LOG_LEVEL: 'warn',
      ...o.env,
    },
    prepare: async (ctx) => {
      await enrolMany(ctx, o.readers, o.prefix ?? 'reader')
      await o.prepare?.(ctx)
    },
  })
  // A service that has been up for a while: its thread is open, and it has published a page before.
  await sleep(2000)
  if (o.env?.['ROLE'] === 'web') return s
  const first = notice('901')
  const page = await carry(s, { ...first, core: { ...first.core, outlets: ['website', 'feeds'] } })
  await waitFor(s, page.id, 'website')
  return s
}

/** A short notice. Its mail, HTML and text, is as near to 18 kB as a whole letter comes: the bench prints how many bytes it was. */
export const notice = (number: string) =>
  policyDraft(
    { topics: ['farming'], documentNumber: `示政办字〔2026〕${number}号` },
    `<p>${'为做好牧区饲草储备工作，各地要提前摸清底数，落实储备任务。'.repeat(BODY)}</p>`,
  )
const BODY = 2

export async function alert(s: Service, title = '草原火灾（示例）') {
  const incident = await ok(
    s.as('drafter')<{ id: string }>('POST', '/incidents', {
      titleZh: title,
      class: 'natural',
      areas: ['159921'],
      knownAt: new Date(Date.now() - 60_000).toISOString(),
    }),
  )
  return fireDraft(incident.id, new Date(Date.now() - 5000).toISOString())
}

export type Outcome = { run: ShownRun; publishedAt: number; seconds: number; perSecond: number }

/** Publishes and waits for one outlet's run to end. Seconds are from publication to the last record. */
export async function publishAndWait(
  s: Service,
  draft: unknown,
  outlet: string,
  lane: 'routine' | 'flash' = 'routine',
) {
  const release = await carry(s, draft, lane)
  return waitFor(s, release.id, outlet)
}

export async function waitFor(s: Service, releaseId: string, outlet: string, ms = 1_800_000): Promise<Outcome> {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(100)) {
    const { items } = await ok(
      s.as('signer')<{ items: { publishedAt: string; dispatches: ShownRun[] }[] }>(
        'GET',
        `/releases/${releaseId}/editions`,
      ),
    )
    const run = items[0]?.dispatches.find((d) => d.outlet === outlet)
    if (!items[0] || !run || !['done', 'held', 'stopped'].includes(run.state)) continue
    const publishedAt = Date.parse(items[0].publishedAt)
    const seconds = (Date.parse(run.times['done'] ?? run.times['lastAccepted'] ?? '') - publishedAt) / 1000
    return { run, publishedAt, seconds, perSecond: (run.counts['accepted'] ?? 0) / seconds }
  }
  throw new Error(`${outlet} of ${releaseId} did not end: ${s.errors().join('\n')}`)
}

/** Every person is counted once, nothing is missing and nobody got it twice; a bench that counts wrong has failed. */
export function assertExact(run: ShownRun, expected: number, heard: { people: number; repeats: number }): void {
  const sum = Object.values(run.counts).reduce((n, c) => n + c, 0)
  const wrong = [
    ...(sum === run.audience ? [] : [`audience ${run.audience} is not the sum ${sum}`]),
    ...(run.audience === expected ? [] : [`audience ${run.audience}, expected ${expected}`]),
    ...(run.counts['accepted'] === expected ? [] : [`accepted ${run.counts['accepted']}, expected ${expected}`]),
    ...(heard.people === expected ? [] : [`the far end heard of ${heard.people}, expected ${expected}`]),
    ...(heard.repeats === 0 ? [] : [`${heard.repeats} repeats at the far end`]),
  ]
  if (wrong.length) throw new Error(wrong.join('; '))
}
