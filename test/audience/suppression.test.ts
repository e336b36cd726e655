/** The list of addresses nothing is sent to: who comes onto it, what it stops, who may lift it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { outlets } from '../../channels/index.ts'
import { subscriberByAddress } from '../../src/audience/store.ts'
import { suppressSubscriber } from '../../src/audience/suppression.ts'
import { verifyLedger } from '../../src/ledger/verify.ts'
import { DAY, MINUTE } from '../../src/lib/clock.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { type Morning, morning } from '../support/morning.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'

const READER = 'reader1@mail.example'

describe('at the door', () => {
  let sink: SmtpSink
  let at: Workplace
  let app: App
  let people: Office

  beforeEach(async () => {
    sink = await startSmtpSink()
    const smtp = { url: sink.url, from: 'Press <press@press.example>', connections: 2, bounceDomain: 'bounce.example' }
    at = await workplace({ smtp }, { registry: outlets })
    people = await office(at.ctx, { logins: ['league-admin'] })
    app = await createApp(at.ctx)
  })
  afterEach(async () => {
    expect(at.logged).toEqual([])
    await at.close()
    await sink.close()
  })

  const ask = () => app.request('/subscriptions', { method: 'POST', body: new URLSearchParams({ email: READER }) })
  const row = () => subscriberByAddress(at.ctx.store.db, 'email', READER, 'live')
  async function reported(reason: 'complained' | 'bounced'): Promise<void> {
    const { id } = (await row())!
    await at.ctx.store.tx((trx) => suppressSubscriber(at.ctx, trx, id, reason))
  }
  const post = (path: string) => app.request(path, { method: 'POST' })
  const call = async (method: string, path: string, body?: object, who = 'league-admin') => {
    const answer = await app.request(`/api/v1/suppressions${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await people.token(who)}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: answer.status, body: JSON.parse((await answer.text()) || 'null') }
  }
  async function active(): Promise<string> {
    const before = sink.log.length
    at.clock.advance(3 * MINUTE)
    await ask()
    await expect.poll(() => sink.log.length, { timeout: 20_000 }).toBe(before + 1)
    const { token } = (await row())!
    expect((await post(`/subscriptions/${token}/confirm`)).status).toBe(200)
    expect((await row())?.state).toBe('active')
    return token
  }
  const noLetter = async () => {
    const before = sink.log.length
    at.clock.advance(DAY)
    expect((await ask()).status).toBe(202)
    await new Promise((wait) => setTimeout(wait, 150))
    expect(sink.log).toHaveLength(before)
  }

  test('who asked the office to be left alone gets no letter either, and the answer sounds as always', async () => {
    await active()
    const made = await call('POST', '', { address: ' Reader1@Mail.Example ', reason: 'asked' })
    expect([made.status, made.body.reason, made.body.addedBy]).toEqual([201, 'asked', 'league-admin'])
    expect((await row())?.state).toBe('left')
    await noLetter()
    expect((await call('POST', '', { address: READER })).status).toBe(409)
  })

  test('an address on the list is not confirmed by a letter that was on its way', async () => {
    await ask()
    await expect.poll(() => sink.log.length, { timeout: 20_000 }).toBe(1)
    const { token } = (await row())!
    await call('POST', '', { address: READER, reason: 'office' })
    await at.ctx.store.db.updateTable('subscriber').set({ state: 'pending' }).execute()
    expect((await app.request(`/subscriptions/${token}/confirm`)).status).toBe(410)
    expect((await post(`/subscriptions/${token}/confirm`)).status).toBe(409)
    expect((await row())?.state).toBe('pending')
  })

  test('a complaint outlives the deletion of everything else, and the list names nobody', async () => {
    const token = await active()
    await reported('complained')
    expect((await row())?.state).toBe('complained')
    await post(`/subscriptions/${token}/delete`)
    expect(await row()).toBeUndefined()
    await noLetter()
    for (const table of ['suppression', 'ledger', 'digest_call'] as const)
      expect(JSON.stringify(await at.ctx.store.db.selectFrom(table).selectAll().execute())).not.toContain('reader1')
    const { body } = await call('GET', '')
    expect(body.items).toMatchObject([{ reason: 'complained', kind: 'email', addedBy: null }])
    expect(JSON.stringify(body)).not.toMatch(/reader1|hash/)
  })

  test('a mail system that reports a dead mailbox or a complaint puts the address on the list', async () => {
    const token = await active()
    const complaint = [
      'To: abuse@press.example',
      'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
      '',
      '--b',
      'Content-Type: message/feedback-report',
      '',
      'Feedback-Type: abuse',
      '--b',
      'Content-Type: message/rfc822',
      '',
      `List-Unsubscribe: <http://press.example/subscriptions/${token}/leave>`,
      '',
      '--b--',
    ].join('\r\n')
    await app.request('/mail/bounces', {
      method: 'POST',
      body: complaint,
      headers: { authorization: `Bearer ${await people.token('league-admin')}`, 'content-type': 'message/rfc822' },
    })
    expect((await call('POST', '/look-up', { address: READER })).body.entry).toMatchObject({ reason: 'complained' })
  })

  test('a dead mailbox may ask again after a month, and its owner’s confirmation takes it off the list', async () => {
    await active()
    await reported('bounced')
    await noLetter()
    at.clock.advance(30 * DAY)
    await active()
    expect((await call('POST', '/look-up', { address: READER })).body.entry).toBeNull()
  })

  test('an administrator lifts an entry; the person comes back by their own confirmation and not before', async () => {
    await active()
    await reported('complained')
    const { entry } = (await call('POST', '/look-up', { address: READER })).body
    expect((await call('DELETE', `/${entry.id}`)).status).toBe(200)
    expect((await call('DELETE', `/${entry.id}`)).status).toBe(404)
    expect((await row())?.state).toBe('left')
    await active()
    const acts = (await at.ctx.store.db.selectFrom('ledger').selectAll().execute()).filter((e) =>
      e.act.startsWith('suppression'),
    )
    expect(acts.map((e) => [e.act, e.actor, e.subject])).toEqual([
      ['suppression.lift', 'league-admin', `suppression:${entry.id}`],
    ])
    expect((await verifyLedger(at.ctx.store.db)).faults).toEqual([])
  })

  test('nobody but an administrator sees or changes the list, and what is no address is said', async () => {
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['POST', '', { address: READER }],
      ['POST', '/look-up', { address: READER }],
      ['DELETE', '/x', undefined],
    ] as const)
      expect((await call(method, path, body, 'league-drafter')).status).toBe(403)
    const { status, body } = await call('POST', '', { address: 'no address' })
    expect([status, body.issues[0].field, body.issues[0].code]).toEqual([422, 'address', 'email-address'])
  })

  test('at the desk an administrator types an address, looks it up, adds it and lifts it', async () => {
    const admin = await new DeskPerson(app).signIn('league-admin')
    const office = await admin.get('/desk/office')
    expect(office.text).toContain('停发名单')
    const blank = await admin.get('/desk/office/suppression')
    const HERE = /office\/suppression$/
    const unknown = await admin.submit(blank, HERE, { address: READER, do: 'look-up' })
    expect(unknown.text).toContain('不在名单上')
    const wrong = await admin.submit(blank, HERE, { address: 'x', do: 'add' })
    expect([wrong.status, wrong.text.includes('不是可以收信的邮箱地址')]).toEqual([422, true])
    const added = await admin.submit(blank, HERE, { address: READER, reason: 'asked', do: 'add' })
    expect(added.text).toContain('已列入停发名单')
    const found = await admin.submit(added, HERE, { address: READER, do: 'look-up' })
    expect(found.text).toContain('在名单上：本人要求')
    const lifted = await admin.submit(added, /lift$/, {})
    expect(lifted.text).toContain('已移出停发名单')
    expect((await call('GET', '')).body.items).toEqual([])
  })
})

describe('on the way out', () => {
  let sink: SmtpSink
  let m: Morning
  let work: { stop(): Promise<void> }

  beforeEach(async () => {
    sink = await startSmtpSink()
    m = await morning({ SMTP_URL: sink.url })
    work = await m.work()
  })
  afterEach(async () => {
    await work.stop()
    await m.close()
    await sink.close()
    expect(m.errors).toEqual([])
  })

  test('an address on the list gets neither routine nor flash nor a correction, and is counted as suppressed', async () => {
    const [told, listed] = [await m.reader(1, { frequency: 'at-once' }), await m.reader(2, { frequency: 'at-once' })]
    const id = await m.publish('关于甲事的通知')
    expect(await m.over(id)).toMatchObject({ audience: 2, accepted: 2 })
    await m.ctx.store.tx((trx) => suppressSubscriber(m.ctx, trx, listed.id, 'asked'))
    await m.correct(id, '关于甲事的更正')
    expect(await m.over(id, 2)).toMatchObject({ audience: 2, accepted: 1, suppressed: 1 })
    await m.over(await m.flash())
    expect(sink.mailsTo(listed.address)).toHaveLength(1)
    expect(sink.mailsTo(told.address)).toHaveLength(3)
  }, 90_000)

  test('a row that says active is not believed where the list says otherwise', async () => {
    const [reader, waiting] = [await m.reader(1, { frequency: 'at-once' }), await m.reader(2)]
    const early = await m.publish('关于甲事的通知')
    expect(await m.over(early)).toMatchObject({ accepted: 1, in_digest: 1 })
    for (const { id } of [reader, waiting]) await m.ctx.store.tx((trx) => suppressSubscriber(m.ctx, trx, id, 'asked'))
    // As after a restored backup: the list is newer than the subscribers.
    await m.ctx.store.db.updateTable('subscriber').set({ state: 'active', left_at: null }).execute()
    await expect.poll(async () => (await m.mailRuns(early))[0]?.suppressed, { timeout: 20_000 }).toBe(1)
    for (const id of [await m.publish('关于乙事的通知'), await m.flash()])
      expect(await m.over(id)).toMatchObject({ audience: 2, accepted: 0, suppressed: 2, in_digest: 0 })
    expect(sink.log).toHaveLength(1)
  }, 90_000)
})
