import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { simpleParser } from 'mailparser'
import { afterEach, describe, expect, test } from 'vitest'
import { confirmation, sendOne } from '../../channels/email/confirm.ts'
import { create } from '../../channels/email/index.ts'
import { dotted } from '../../channels/email/mime-text.ts'
import type { Outcome, Target } from '../../src/delivery/channel.ts'
import { deliveryOfBounce } from '../../src/lib/verp.ts'
import { type SmtpFault, type SmtpSinkOptions, startSmtpSink } from '../support/smtp-sink.ts'
import { config, deps, edition, part, target, tokenOf } from './sample-edition.ts'

const QUICK = { connect: 400, reply: 400, final: 400 }
const FROM = '青格勒盟新闻办 <news@press.example>'
const KEY = 'a key of this test'
const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function relay(options: SmtpSinkOptions = {}, connections = 3, bounceDomain?: string, login = '') {
  const sink = await startSmtpSink(options)
  const url = sink.url.replace('://', `://${login}`)
  const d = deps({ config: config({ smtp: { url, from: FROM, connections, bounceDomain, bounceKey: KEY } }) })
  const channel = create(d, QUICK)
  open.push(sink.close, async () => channel.close?.())
  const prepared = await channel.prepare(edition(), 'zh-CN', undefined as never)
  const send = (targets: Target[], signal = new AbortController().signal) => channel.send(prepared, targets, signal)
  return { sink, channel, deps: d, prepared, send }
}

const readers = (n: number, from = 1): Target[] =>
  Array.from({ length: n }, (_, i) => target(from + i, `reader${from + i}@mail.example`))
const states = (outcomes: Outcome[]): string[] => outcomes.map((o) => o.state)

describe.each([true, false])('a relay that offers pipelining: %s', (pipelining) => {
  test('every reader gets their own mail once, with their own links, over few connections', async () => {
    const { sink, send } = await relay({ pipelining }, 4, 'bounce.press.example')
    expect(states(await send(readers(60)))).toEqual(Array(60).fill('accepted'))
    expect(states(await send(readers(60, 61)))).toEqual(Array(60).fill('accepted'))
    expect(new Set(sink.log.map((m) => m.to[0])).size).toBe(120)
    expect(sink.log).toHaveLength(120)
    expect(sink.connections()).toBeLessThanOrEqual(4)
    for (const entry of sink.log) {
      const n = Number(/^reader(\d+)@/.exec(entry.to[0]!)![1])
      expect(entry.from).toMatch(/^bounce\+\d+\.[0-9a-f]{20}@bounce\.press\.example$/)
      expect(deliveryOfBounce(KEY, entry.from, 'bounce.press.example')).toBe(n)
      const mail = await simpleParser(entry.raw)
      expect(mail.to).toMatchObject({ text: entry.to[0] })
      expect(mail.text).toContain(`/subscriptions/${tokenOf(n)}/leave`)
    }
  })

  const faults: [SmtpFault, Outcome['state'], number][] = [
    ['421', 'again', 0],
    ['450', 'again', 0],
    ['550', 'gone', 0],
    ['550-policy', 'never', 0],
    ['drop-after-data', 'again', 0],
    ['drop-in-body', 'unknown', 0],
    ['drop-after-dot', 'unknown', 1],
    ['421-after-dot', 'again', 0],
    [{ stall: 1500 }, 'unknown', 1],
    [{ stallRcpt: 1500 }, 'again', 0],
  ]
  test.each(faults)('one recipient meeting %j ends %s, and no neighbour suffers', async (fault, state, arrived) => {
    const { sink, send } = await relay({ pipelining }, 2)
    sink.script('reader5@mail.example', fault)
    const outcomes = await send(readers(10))
    expect(outcomes[4]).toMatchObject({ state })
    expect(states(outcomes.filter((_, i) => i !== 4))).toEqual(Array(9).fill('accepted'))
    expect(sink.mailsTo('reader5@mail.example')).toHaveLength(arrived)
    for (const { address } of readers(10).filter((t) => t.deliveryId !== 5))
      expect(sink.mailsTo(address)).toHaveLength(1)
  })
})

test('a server slow to answer one mail within the limit still has it accepted', async () => {
  const { sink, send } = await relay()
  sink.script('reader1@mail.example', { stall: 150 })
  expect(states(await send(readers(3)))).toEqual(['accepted', 'accepted', 'accepted'])
})

test('each try waits longer than the one before', async () => {
  const { sink, send } = await relay()
  sink.script('reader1@mail.example', '450')
  const waits: number[] = []
  for (const attempt of [1, 2, 3, 20]) {
    const [outcome] = await send([target(1, 'reader1@mail.example', { attempt })])
    waits.push(outcome?.state === 'again' ? outcome.after : -1)
  }
  expect(waits).toEqual([60_000, 120_000, 240_000, 3_600_000])
})

test.each(['refuse', 'nonsense', 'silent'] as const)(
  'a relay whose greeting is wrong (%s) leaves everyone to be tried again',
  async (greeting) => {
    const { send, deps } = await relay({ greeting })
    const outcomes = await send(readers(8))
    expect(states(outcomes)).toEqual(Array(8).fill('again'))
    for (const outcome of outcomes) expect(outcome.state === 'again' && outcome.after).toBeGreaterThan(1000)
    expect(deps.logged.length).toBeGreaterThan(0)
    expect(JSON.stringify(deps.logged)).not.toContain('mail.example')
  },
)

test('a relay that is not there leaves everyone to be tried again', async () => {
  const { sink, send } = await relay()
  await sink.close()
  expect(states(await send(readers(5)))).toEqual(Array(5).fill('again'))
})

test('a relay that restarted between two windows costs nobody a mail and nobody a repeat', async () => {
  const { sink, send } = await relay({}, 2)
  await send(readers(10))
  sink.cutAll()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(states(await send(readers(10, 11)))).toEqual(Array(10).fill('accepted'))
  expect(sink.log).toHaveLength(20)
})

test('a stop leaves what has not begun for later, and what is on the wire is finished', async () => {
  const { sink, send } = await relay({ delayMs: 40 }, 2)
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 100)
  const outcomes = await send(readers(50), stop.signal)
  const accepted = outcomes.filter((o) => o.state === 'accepted').length
  expect(accepted).toBeGreaterThan(0)
  expect(accepted).toBeLessThan(20)
  expect(outcomes.filter((o) => o.state !== 'accepted')).toEqual(
    Array(50 - accepted).fill({ state: 'again', why: 'stopped before it began', after: 0 }),
  )
  expect(sink.log).toHaveLength(accepted)
})

test('flash finds a connection while routine holds all it may', async () => {
  const { sink, channel, send } = await relay({ delayMs: 60 }, 3)
  const routine = await channel.prepare(
    edition({ lane: 'routine', id: '01jd00000000000000000000e9' }),
    'zh-CN',
    undefined as never,
  )
  const slow = channel.send(routine, readers(20, 100), new AbortController().signal)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(states(await send(readers(2)))).toEqual(['accepted', 'accepted'])
  expect(sink.log.length).toBeLessThan(12)
  expect(states(await slow)).toEqual(Array(20).fill('accepted'))
})

test('a log-in is used, and a wrong one loses nobody', async () => {
  const login = { user: 'press', password: 'p@ss word' }
  const good = await relay({ login }, 1, undefined, 'press:p%40ss%20word@')
  expect(states(await good.send(readers(2)))).toEqual(['accepted', 'accepted'])
  const bad = await relay({ login }, 1, undefined, 'press:wrong@')
  expect(states(await bad.send(readers(2)))).toEqual(['again', 'again'])
  expect(JSON.stringify(bad.deps.logged)).not.toContain('wrong@')
})

describe('over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'smtp-tls-'))
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const request = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=relay -addext'
  execFileSync(
    'openssl',
    [...`req ${request}`.split(' '), 'subjectAltName=IP:127.0.0.1', '-keyout', keyFile, '-out', certFile],
    { stdio: 'pipe' },
  )
  const [key, cert] = [readFileSync(keyFile, 'utf8'), readFileSync(certFile, 'utf8')]
  const login = { user: 'press', password: 'secret' }
  const usual = getCACertificates('default')

  test.each(['at-once', 'starttls'] as const)(
    'a relay with a certificate we trust (%s) is given log-in and mail',
    async (how) => {
      setDefaultCACertificates([...usual, cert])
      const { sink, send } = await relay({ tls: { how, key, cert }, login }, 2, undefined, 'press:secret@')
      expect(states(await send(readers(6)))).toEqual(Array(6).fill('accepted'))
      expect(sink.log).toHaveLength(6)
    },
  )

  test.each(['at-once', 'starttls'] as const)(
    'a relay that cannot prove who it is (%s) is given nothing',
    async (how) => {
      setDefaultCACertificates(usual)
      const { sink, send } = await relay({ tls: { how, key, cert }, login }, 1, undefined, 'press:secret@')
      expect(states(await send(readers(2)))).toEqual(['again', 'again'])
      expect(sink.log).toEqual([])
    },
  )

  test('an operator who insists on TLS has no mail sent without', async () => {
    const sink = await startSmtpSink()
    open.push(sink.close)
    const d = deps({ config: config({ smtp: { url: `${sink.url}?tls=required`, from: FROM, connections: 1 } }) })
    const channel = create(d, QUICK)
    open.push(async () => channel.close?.())
    const prepared = await channel.prepare(edition(), 'zh-CN', undefined as never)
    expect(states(await channel.send(prepared, readers(1), new AbortController().signal))).toEqual(['again'])
    expect(sink.log).toEqual([])
  })
})

test('an address that cannot be written is refused by itself', async () => {
  const { send } = await relay()
  expect(states(await send([target(1, 'x@y.example\r\nRCPT TO:<z@z>'), target(2, 'a@b.example')]))).toEqual([
    'never',
    'accepted',
  ])
})

test('a mail that cannot be written harms nobody but itself', async () => {
  const { sink, send } = await relay({}, 2)
  const targets = readers(12).map((t) => ([1, 4, 12].includes(t.deliveryId) ? { ...t, token: 'short' } : t))
  const outcomes = await send(targets)
  expect(states(outcomes)).toEqual(readers(12).map((t) => ([1, 4, 12].includes(t.deliveryId) ? 'never' : 'accepted')))
  expect(sink.log).toHaveLength(9)
  expect(states(await send(readers(3, 20)))).toEqual(Array(3).fill('accepted'))
})

test('a line that begins with a dot arrives as written', async () => {
  const { sink, channel } = await relay()
  const text = '.\r\n..\r\n.开头\r\n正文'
  const prepared = await channel.prepare(
    edition({}, { 'zh-CN': part({ blocks: { facts: text } }) }),
    'zh-CN',
    undefined as never,
  )
  await channel.send(prepared, readers(1), new AbortController().signal)
  expect((await simpleParser(sink.log[0]!.raw)).text).toContain('.\n..\n.开头\n正文')
  expect(dotted('.a\r\n.\r\nb.c\r\n')).toBe('..a\r\n..\r\nb.c\r\n')
})

test('with no relay the mail is kept to be read and nobody is told it was sent', async () => {
  const d = deps()
  const channel = create(d)
  expect(channel.ready(d.config)).toMatch(/SMTP/)
  const prepared = await channel.prepare(edition(), 'zh-CN', undefined as never)
  const outcomes = await channel.send(prepared, readers(2), new AbortController().signal)
  expect(outcomes).toEqual(Array(2).fill({ state: 'suppressed', why: 'no outlet' }))
  expect([...d.kept.keys()]).toEqual(['1.eml', '2.eml'])
  expect((await simpleParser(Buffer.from(d.kept.get('2.eml')!))).subject).toContain('草原火灾')
})

test('nobody is mailed a takedown or an erratum', () => {
  const channel = create(deps())
  expect(channel.variants(edition())).toEqual(['zh-CN', 'en'])
  expect(channel.variants(edition({ type: 'withdrawal' }, { 'zh-CN': part() }))).toEqual(['zh-CN'])
  expect(channel.variants(edition({ type: 'erratum' }))).toEqual([])
  expect(channel.variants(edition({ type: 'takedown', content: null }))).toEqual([])
})

test('a person who asks to subscribe gets the confirmation at once, also while a run goes on', async () => {
  const { sink, deps, send } = await relay({ delayMs: 30 }, 1)
  const run = send(readers(30))
  const asked = { language: 'zh-CN' as const, email: 'new@mail.example', confirmUrl: 'https://press.example/c/x' }
  const words = await confirmation(deps.config, asked)
  expect(await sendOne(deps, { ...words, to: asked.email, language: 'zh-CN' })).toMatchObject({ state: 'accepted' })
  expect(sink.log.length).toBeLessThan(20)
  const mail = await simpleParser(sink.mailsTo('new@mail.example')[0]!.raw)
  expect(mail.text).toContain('https://press.example/c/x')
  expect(mail.headers.get('list')).toBeUndefined()
  await run
})
