/** The whole circle with a real Postfix: a mail leaves, is taken, comes back, and its reader is let go. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readReport } from '../../src/audience/report.ts'
import { subscriberById } from '../../src/audience/store.ts'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { deliveryOfBounce } from '../../src/lib/verp.ts'
import { enrolReader } from '../support/crowd.ts'
import { needs } from '../support/needs.ts'
import { type Postfix, startPostfix } from '../support/postfix.ts'
import { policyDraft } from '../support/sample.ts'
import { publishNew, type Station, station } from '../support/station.ts'

const able = needs('postfix') && process.getuid?.() === 0
let relay: Postfix
let s: Station
const usual = getCACertificates('default')

beforeAll(async () => {
  if (!able) return
  relay = await startPostfix()
  setDefaultCACertificates([...usual, relay.cert])
  s = await station({
    SMTP_URL: relay.url,
    MAIL_FROM: 'Press <press@league.test>',
    BOUNCE_DOMAIN: 'bounces.test',
    BOUNCE_MAILDIR: relay.bounces,
  })
})
afterAll(async () => {
  if (!able) return
  setDefaultCACertificates(usual)
  await s.close()
  await relay.stop()
})

const subscribe = (address: string): Promise<number> => enrolReader(s.ctx, address)

const publish = (): Promise<string> => publishNew(s, policyDraft({ outlets: ['website', 'feeds', 'email'] }))

async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const found = await look()
    if (found) return found
    await sleep(50)
  }
  throw new Error(`${what} did not come about\n${relay.log()}`)
}
const inBox = async (box: string): Promise<string[]> =>
  (await Promise.all(['new', 'cur'].map((part) => readdir(join(box, part)).catch((): string[] => [])))).flat()

test.skipIf(!able)(
  'a reader whose mailbox is not there is let go by the bounce itself; the neighbour has the mail and stays',
  async () => {
    const [there, missing] = [await subscribe('reader@readers.test'), await subscribe('nobody@readers.test')]
    const id = await publish()
    const work = await s.work()
    try {
      // The relay takes both: nothing is known of the missing mailbox yet.
      const run = await until('the run', async () =>
        (await runsOfRelease(s.ctx.store.db, id)).find((r) => r.outlet === 'email' && r.state === 'done'),
      )
      expect(run).toMatchObject({ audience: 2, accepted: 2 })
      await until(
        'the end of the subscription',
        async () => (await subscriberById(s.ctx.store.db, missing))?.state === 'gone',
      )
      await until('the mail', async () => (await inBox(relay.reader)).length > 0)
    } finally {
      await work.stop()
    }
    expect((await subscriberById(s.ctx.store.db, there))?.state).toBe('active')
    const [run] = (await runsOfRelease(s.ctx.store.db, id)).filter((r) => r.outlet === 'email')
    expect(run).toMatchObject({ accepted: 2, gone: 0, bounced: 1 })

    const [returned] = await readdir(join(relay.bounces, 'cur'))
    expect(returned).toMatch(/:2,S$/)
    const report = readReport(await readFile(join(relay.bounces, 'cur', returned as string)))
    expect(report.about).toEqual({ what: 'delivery', action: 'failed', status: '5.1.1' })

    const [arrived] = await inBox(relay.reader)
    const raw = await readFile(join(relay.reader, 'new', arrived as string))
    const mail = await simpleParser(raw)
    expect(mail.subject).toContain('关于做好牧区饲草储备工作的通知')
    const from = /^Return-Path: <(.+)>/m.exec(raw.toString('latin1'))?.[1] ?? ''
    expect(deliveryOfBounce(s.ctx.keys.bounce, from, 'bounces.test')).toBeGreaterThan(0)
    expect(raw.toString('latin1')).toMatch(/with ESMTPS id/)
    expect(s.errors).toEqual([])
  },
  60_000,
)
