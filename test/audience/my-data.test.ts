/** Taking one's data along and having it deleted: complete on the way out, and nothing of the address left behind in any table. */
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deleteMyData, exportMyData, myDataShape } from '../../src/audience/my-data.ts'
import { subscribePush } from '../../src/audience/push.ts'
import { confirmStandby } from '../../src/audience/standby.ts'
import { standbysAt } from '../../src/audience/standby-store.ts'
import { subscriberByAddress, updateSubscriber } from '../../src/audience/store.ts'
import { subscribe } from '../../src/audience/subscribe.ts'
import { addressHash } from '../../src/audience/suppression.ts'
import { type PushSink, startPushSink } from '../support/push-sink.ts'
import { policyDraft } from '../support/sample.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'
import { publishNew, runUntil, type Station, station } from '../support/station.ts'

/** No word of it stands anywhere else. */
const NAME = 'zanabazar-canary'
const READER = `${NAME}@mail.example`
let s: Station
let mail: SmtpSink
let push: PushSink

beforeEach(async () => {
  mail = await startSmtpSink()
  push = await startPushSink()
  s = await station({
    SMTP_URL: mail.url,
    MAIL_FROM: 'Press <press@league.example>',
    ORTOO_OUTSIDERS: `127.0.0.1:${push.port}`,
  })
})
afterEach(async () => {
  expect(s.errors).toEqual([])
  await s.close()
  await mail.close()
  await push.close()
})

/** Every table in which the name stands. */
async function tablesNaming(name: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_master where type = 'table' and name not like 'sqlite%'`.execute(s.ctx.store.db)
  const found: string[] = []
  for (const table of rows) {
    const all = await sql`select * from ${sql.table(table.name)}`.execute(s.ctx.store.db).catch(() => ({ rows: [] }))
    const text = JSON.stringify(all.rows, (_key, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    )
    if (text.includes(name)) found.push(table.name)
  }
  return found
}

/** A reader who has had mail, whose mail came back once, and whose address stands by for a browser. */
async function wellKnown(): Promise<string> {
  await (await subscribe(s.ctx, '192.0.2.1', { email: READER, topics: ['policy'], areas: ['159900'] })).letter
  const row = (await subscriberByAddress(s.ctx.store.db, 'email', READER, 'live'))!
  await updateSubscriber(s.ctx.store.db, row.id, { state: 'active', confirmed_at: s.ctx.clock.now() })
  await s.ctx.store.db.deleteFrom('rate').execute()
  const { endpoint, keys } = push.subscribe()
  await subscribePush(s.ctx, '192.0.2.2', { endpoint, keys, standby: READER, urgency: 'critical' })
  const work = await s.work()
  const id = await publishNew(s, policyDraft({ topics: ['policy'] }))
  const run = await runUntil(s, id, 'email', (r) => r.state === 'done')
  await work.stop()
  await confirmStandby(s.ctx, (await standbysAt(s.ctx.store.db, READER))[0]?.token as string)
  const { db } = s.ctx.store
  const sent = await db
    .selectFrom('delivery')
    .select('id')
    .where('dispatch_id', '=', run.dispatch_id)
    .executeTakeFirstOrThrow()
  await db
    .updateTable('delivery')
    .set({ why: `550 5.2.2 <${READER}> mailbox full` })
    .where('id', '=', sent.id)
    .execute()
  await db
    .insertInto('soft_bounce')
    .values({ subscriber_id: row.id, delivery_id: sent.id, at: s.ctx.clock.now() })
    .execute()
  return row.token
}

test('what a reader takes along is what is documented, and all of it', async () => {
  const token = await wellKnown()
  const mine = myDataShape.parse(await exportMyData(s.ctx, token))
  expect(mine.subscriber).toMatchObject({ address: READER, state: 'active', topics: ['policy'], areas: ['159900'] })
  expect(mine.deliveries).toMatchObject([{ outlet: 'email', state: 'accepted' }])
  expect(mine.failures).toHaveLength(1)
  expect(mine.standby).toMatchObject([{ address: READER, forThisBrowser: false }])
}, 30_000)

test('deleted, the address stands in no row of any table; who complained leaves a keyed hash and nothing else', async () => {
  const token = await wellKnown()
  expect(await tablesNaming(NAME)).toEqual(expect.arrayContaining(['subscriber', 'standby', 'delivery']))
  const row = (await subscriberByAddress(s.ctx.store.db, 'email', READER, 'live'))!
  await updateSubscriber(s.ctx.store.db, row.id, { state: 'complained' })
  const hash = addressHash(s.ctx, 'email', READER)
  for (let twice = 0; twice < 2; twice++) await deleteMyData(s.ctx, token)
  expect(await tablesNaming(NAME)).toEqual([])
  expect(await tablesNaming(hash)).toEqual(['suppression'])
  // How often was asked about it is counted by a key of its own that names nobody who has not the secret.
  const { sha256 } = await import('../../src/lib/id.ts')
  expect(await tablesNaming(sha256(`letter-0\n${READER}`))).toEqual([])
}, 30_000)
