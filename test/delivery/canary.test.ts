/** The round trip: a real mailbox, a reporting browser, and pages read again; each tells when what arrived is not what was signed. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { retireCanary, watchCanaries } from '../../src/delivery/canary.ts'
import { readCanaryMail } from '../../src/delivery/canary-mail.ts'
import { enrolBrowser, inviteCanary, pushArrived } from '../../src/delivery/canary-push.ts'
import { canaries, sightingsOf } from '../../src/delivery/canary-store.ts'
import { patrol } from '../../src/delivery/patrol.ts'
import type { Actor } from '../../src/staff/member.ts'
import { openAlarms } from '../../src/store/alarm.ts'
import { enrolReader } from '../support/crowd.ts'
import { type PushSink, startPushSink } from '../support/push-sink.ts'
import { policyDraft } from '../support/sample.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'
import { publishNew, runUntil, type Station, station } from '../support/station.ts'

let smtp: SmtpSink
let box: string
let s: Station
let work: { stop(): Promise<void> }
let push: PushSink | undefined
let middle: Server
/** What stands between the public address and the service: changes what it is told to. */
let spoil: (body: string) => string = (body) => body
const causes = async () => (await openAlarms(s.ctx.store.db)).map((a) => a.cause)

beforeEach(async () => {
  smtp = await startSmtpSink()
  box = await mkdtemp(join(tmpdir(), 'ortoo-canary-'))
  for (const part of ['new', 'cur', 'tmp']) await mkdir(join(box, part))
  spoil = (body) => body
  middle = createServer(async (req, res) => {
    const answer = await fetch(`${s.url}${req.url}`, { headers: { 'accept-encoding': 'identity' } })
    const { 'content-length': _, 'content-encoding': __, ...headers } = Object.fromEntries(answer.headers)
    res.writeHead(answer.status, headers).end(spoil(await answer.text()))
  })
  await new Promise<void>((up) => middle.listen(0, '127.0.0.1', up))
  s = await station({
    SMTP_URL: smtp.url,
    MAIL_FROM: 'press@league.example',
    CANARY_MAIL: 'canary@office.example',
    CANARY_MAILDIR: box,
    CANARY_WAIT_ROUTINE_S: '1',
    PATROL_S: '3600',
    PUBLIC_URL: `http://127.0.0.1:${(middle.address() as AddressInfo).port}`,
  })
  // The mailbox is enrolled when it is first looked into.
  await readCanaryMail(s.ctx)
  work = await s.work()
})
afterEach(async () => {
  await work.stop()
  await s.close()
  middle.close()
  middle.closeAllConnections()
  await smtp.close()
  await push?.close()
  push = undefined
  await rm(box, { recursive: true, force: true })
})

const mailFor = async (): Promise<string> => {
  for (let i = 0; i < 100; i++, await sleep(50)) {
    const got = smtp.mailsTo('canary@office.example')[0]
    if (got) return got.raw.toString('latin1')
  }
  throw new Error('nothing was sent to the canary')
}
const deliver = (raw: string, name = '1.mail') => writeFile(join(box, 'new', name), Buffer.from(raw, 'latin1'))
const eventually = async (look: () => Promise<boolean>, ms = 5000) => {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) if (await look()) return true
  return false
}

test('the office sees that its own mailbox got the letter, when, and that it says what was signed; the mail is not kept', async () => {
  const id = await publishNew(s, policyDraft())
  const run = await runUntil(s, id, 'email', (r) => r.state === 'done')
  await deliver(await mailFor())
  const seen = async () => (await sightingsOf(s.ctx.store.db, [run.dispatch_id]))[0]
  expect(await eventually(async () => Boolean((await seen())?.seen_at))).toBe(true)
  expect(await seen()).toMatchObject({ fault: '', name: '' })
  expect(await readdir(join(box, 'new'))).toEqual([])
  // It goes once it was heeded, a moment after it was seen.
  expect(await eventually(async () => (await readdir(join(box, 'cur'))).length === 0)).toBe(true)
  expect(await causes()).toEqual([])
})

test('a mailbox that hears nothing raises an alarm, and hearing again ends it', async () => {
  const id = await publishNew(s, policyDraft())
  await runUntil(s, id, 'email', (r) => r.state === 'done')
  expect(await eventually(async () => (await causes()).includes('canary-silent'))).toBe(true)
  await deliver(await mailFor())
  expect(await eventually(async () => !(await causes()).includes('canary-silent'))).toBe(true)
  await watchCanaries(s.ctx)
  expect(await causes()).toEqual([])
})

test('one word changed on the way is an alarm; a letter somebody else wrote is nothing', async () => {
  const id = await publishNew(s, policyDraft())
  const run = await runUntil(s, id, 'email', (r) => r.state === 'done')
  const raw = await mailFor()
  const forged = raw.replace(/\/subscriptions\/[^/]{10,}?\//g, '/subscriptions/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/')
  await deliver(forged, '0.forged')
  await deliver('From: x@y.example\r\nSubject: hello\r\n\r\nnothing of ours\r\n', '0.other')
  expect(await eventually(async () => (await readdir(join(box, 'new'))).length === 0)).toBe(true)
  expect((await sightingsOf(s.ctx.store.db, [run.dispatch_id]))[0]?.seen_at ?? null).toBeNull()
  // 饲 in quoted-printable UTF-8, wherever the letter says it.
  const changed = raw.replaceAll('=E9=A5=B2', '=E9=A5=B1')
  expect(changed).not.toBe(raw)
  await deliver(changed, '2.mail')
  expect(await eventually(async () => (await causes()).includes('canary-differs'))).toBe(true)
  expect((await sightingsOf(s.ctx.store.db, [run.dispatch_id]))[0]).toMatchObject({ fault: 'text' })
})

test('a device becomes a canary by a link that is good once, reports, and can be retired', async () => {
  push = await startPushSink({ vapidPublicKey: s.ctx.keys.vapid.publicKey })
  const { endpoint, keys } = push.subscribe()
  await enrolReader(s.ctx, endpoint, { kind: 'webpush', keys: JSON.stringify(keys) })
  const admin = s.people['admin'] as Actor
  await expect(inviteCanary(s.ctx, s.people['drafter'] as Actor)).rejects.toMatchObject({ kind: 'not-allowed' })
  const { url } = await inviteCanary(s.ctx, admin)
  const code = new URL(url).searchParams.get('canary') as string
  const from = '192.0.2.7'
  await expect(enrolBrowser(s.ctx, from, { endpoint, code: 'guess' })).rejects.toMatchObject({ code: 'link-not-good' })
  const { secret } = await enrolBrowser(s.ctx, from, { endpoint, code, name: '值班手机' })
  await expect(enrolBrowser(s.ctx, from, { endpoint, code })).rejects.toMatchObject({ code: 'link-not-good' })

  const id = await publishNew(s, policyDraft({ outlets: ['website', 'feeds', 'webpush'] }))
  const run = await runUntil(s, id, 'webpush', (r) => r.state === 'done')
  const shown = {
    secret,
    edition: run.edition_id,
    language: 'zh-CN',
    title: '关于做好牧区饲草储备工作的通知',
    body: '补助对象、标准与办理地点。',
  }
  await expect(pushArrived(s.ctx, from, { ...shown, secret: 'x' })).rejects.toMatchObject({ kind: 'not-found' })
  await pushArrived(s.ctx, from, { ...shown, edition: 'no-such-edition' })
  await pushArrived(s.ctx, from, { ...shown, body: '转账到这个账户' })
  expect(await causes()).toContain('canary-differs')
  expect((await sightingsOf(s.ctx.store.db, [run.dispatch_id]))[0]).toMatchObject({ name: '值班手机', fault: 'text' })
  const own = (await canaries(s.ctx.store.db)).find((c) => c.kind === 'webpush')
  await retireCanary(s.ctx, admin, own?.subscriber_id as number)
  await expect(pushArrived(s.ctx, from, shown)).rejects.toMatchObject({ kind: 'not-found' })
})

test('one character of the text served is changed and not the hash beside it: publication is not verified, and says so', async () => {
  spoil = (body) => body.replace('饲草储备工作，现就', '饲草储备工作，现京')
  const id = await publishNew(s, policyDraft())
  await runUntil(s, id, 'website', (r) => r.attempts >= 2)
  expect(await eventually(async () => (await causes()).includes('not-verified'))).toBe(true)
  spoil = (body) => body
  await runUntil(s, id, 'website', (r) => r.verified_at !== null)
  expect(await eventually(async () => !(await causes()).includes('not-verified'))).toBe(true)
})

test('a page changed long after it was verified is noticed by the patrol, and so is its mending', async () => {
  const id = await publishNew(s, policyDraft())
  await runUntil(s, id, 'website', (r) => r.verified_at !== null)
  await runUntil(s, id, 'feeds', (r) => r.verified_at !== null)
  expect(await patrol(s.ctx)).toBe(0)
  spoil = (body) => body.replaceAll('159900', '159901')
  expect(await patrol(s.ctx)).toBe(1)
  expect(await causes()).toContain('public-differs')
  spoil = (body) => body
  expect(await patrol(s.ctx)).toBe(0)
  expect(await causes()).not.toContain('public-differs')
  s.errors.length = 0
})
