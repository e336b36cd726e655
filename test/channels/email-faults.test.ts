/** A mail relay in every bad mood, against its own log: who is accepted has the mail once, who is to be tried again has none. */
import { createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { create } from '../../channels/email/index.ts'
import type { Outcome, Target } from '../../src/delivery/channel.ts'
import { freePort } from '../support/backends.ts'
import { type SmtpFault, type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'
import { config, deps, edition, target } from './sample-edition.ts'

const QUICK = { connect: 400, reply: 400, final: 400 }
const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function office(url: string, connections = 2) {
  const d = deps({ config: config({ smtp: { url, from: 'Press <press@press.example>', connections } }) })
  const channel = create(d, QUICK)
  open.push(async () => channel.close?.())
  const prepared = await channel.prepare(edition(), 'zh-CN', undefined as never)
  const send = (targets: Target[], signal = new AbortController().signal) => channel.send(prepared, targets, signal)
  return { send, logged: d.logged }
}
async function relay(options: Parameters<typeof startSmtpSink>[0] = {}): Promise<SmtpSink> {
  const sink = await startSmtpSink(options)
  open.push(sink.close)
  return sink
}
const readers = (n: number): Target[] =>
  Array.from({ length: n }, (_, i) => target(i + 1, `reader${i + 1}@mail.example`))
const states = (outcomes: Outcome[]): string[] => outcomes.map((o) => o.state)
const addressOf = (n: number): string => `reader${n}@mail.example`

/** What the far end's own log must say of each outcome. */
function agrees(sink: SmtpSink, targets: Target[], outcomes: Outcome[]): void {
  expect(outcomes).toHaveLength(targets.length)
  for (const [i, t] of targets.entries()) {
    const had = sink.mailsTo(t.address).length
    const { state } = outcomes[i]!
    if (state === 'accepted') expect([t.address, had]).toEqual([t.address, 1])
    else if (state === 'unknown') expect(had).toBeLessThanOrEqual(1)
    else expect([t.address, had]).toEqual([t.address, 0])
  }
}

/** A port that plays an SMTP server as far as it is told, and counts who called. */
async function scripted(play: (socket: Socket, line: string) => void, greeting = '220 mx ESMTP\r\n') {
  const sockets = new Set<Socket>()
  let calls = 0
  const server = createServer((socket) => {
    calls++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.write(greeting)
    socket.on('data', (data) => {
      for (const line of data.toString('latin1').split('\r\n').filter(Boolean)) play(socket, line)
    })
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  open.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return { url: `smtp://127.0.0.1:${port}`, port, calls: () => calls }
}

describe.each([true, false])('a relay that offers pipelining: %s', (pipelining) => {
  const WORST: [number, SmtpFault, Outcome['state']][] = [
    [3, '421', 'again'],
    [7, '450', 'again'],
    [11, '550', 'gone'],
    [15, '550-policy', 'never'],
    [19, 'drop-after-data', 'again'],
    [23, 'drop-after-dot', 'unknown'],
    [27, { stall: 1200 }, 'unknown'],
    [31, '421-after-dot', 'again'],
    [35, 'drop-in-body', 'unknown'],
    [36, '550', 'gone'],
  ]

  test('everything goes wrong in one window, and each of thirty neighbours has the mail once', async () => {
    const sink = await relay({ pipelining })
    for (const [n, fault] of WORST) sink.script(addressOf(n), fault)
    const { send } = await office(sink.url, 3)
    const targets = readers(40)
    const outcomes = await send(targets)
    agrees(sink, targets, outcomes)
    for (const [n, fault, state] of WORST) expect([fault, outcomes[n - 1]?.state]).toEqual([fault, state])
    const others = outcomes.filter((_, i) => !WORST.some(([n]) => n === i + 1))
    expect(states(others)).toEqual(Array(40 - WORST.length).fill('accepted'))
  })

  test('what went wrong once is right the second time, and nobody has two mails for it', async () => {
    const sink = await relay({ pipelining })
    for (const [n, fault] of [
      [2, '421'],
      [3, '450'],
      [4, 'drop-after-data'],
      [5, '421-after-dot'],
    ] as const)
      sink.script(addressOf(n), fault, 1)
    const { send } = await office(sink.url, 1)
    const targets = readers(6)
    const first = await send(targets)
    const again = targets.filter((_, i) => first[i]?.state === 'again')
    const second = await send(again.map((t) => ({ ...t, attempt: 2 })))
    expect(states(second)).toEqual(again.map(() => 'accepted'))
    for (const t of targets) expect(sink.mailsTo(t.address)).toHaveLength(1)
  })

  test('the relay goes down in the middle of a window and comes back: nobody is lost and nobody counted who was not told', async () => {
    const sink = await relay({ pipelining, delayMs: 30 })
    const { send } = await office(sink.url, 2)
    const targets = readers(60)
    const sending = send(targets)
    await sleep(200)
    const closed = sink.close()
    const outcomes = await sending
    await closed
    agrees(sink, targets, outcomes)
    expect(new Set(states(outcomes))).toContain('again')
    expect(outcomes.filter((o) => o.state === 'unknown').length).toBeLessThanOrEqual(2)
    const back = await relay({ pipelining, port: sink.port })
    const left = targets.filter((_, i) => outcomes[i]?.state === 'again')
    expect(states(await send(left))).toEqual(left.map(() => 'accepted'))
    for (const t of left) expect(back.mailsTo(t.address)).toHaveLength(1)
  })
})

test('a relay that says when to come back is believed', async () => {
  const calls = await scripted((socket, line) => {
    if (/^EHLO/.test(line)) socket.write('250 mx\r\n')
    else if (/^MAIL/.test(line)) socket.write('250 ok\r\n')
    else if (/^RCPT/.test(line)) socket.write('450 4.7.1 Greylisted, try again in 7 minutes\r\n')
    else socket.write('250 ok\r\n')
  })
  const { send } = await office(calls.url, 1)
  const why = '450 4.7.1 Greylisted, try again in 7 minutes'
  expect(await send(readers(2))).toEqual(Array(2).fill({ state: 'again', why, after: 7 * 60_000 }))
})

test.each([
  ['421 4.3.2 shutting down\r\n'],
  ['554 5.7.1 go away\r\n'],
  ['220-first\r\nnonsense\r\n'],
  ['HTTP/1.1 400 Bad Request\r\n\r\n'],
  [''],
])('a greeting of %j leaves everyone to be tried again', async (greeting) => {
  const { url } = await scripted(() => {}, greeting)
  const { send, logged } = await office(url)
  const outcomes = await send(readers(6))
  expect(states(outcomes)).toEqual(Array(6).fill('again'))
  expect(outcomes.every((o) => o.state === 'again' && o.after >= 1000)).toBe(true)
  expect(JSON.stringify(logged)).not.toContain('mail.example')
})

describe('TLS that does not come about', () => {
  const hello = (react: (socket: Socket) => void) => (socket: Socket, line: string) => {
    if (/^EHLO/.test(line)) socket.write('250-mx\r\n250 STARTTLS\r\n')
    else if (line === 'STARTTLS') react(socket)
  }
  test.each<[string, (socket: Socket) => void]>([
    ['is refused', (socket) => socket.write('454 4.7.0 TLS not available\r\n')],
    [
      'is answered with noise',
      (socket) => socket.write('220 go\r\n') && setTimeout(() => socket.write('no TLS record\r\n'.repeat(20)), 20),
    ],
    ['is cut off', (socket) => socket.write('220 go\r\n') && setTimeout(() => socket.destroy(), 20)],
    ['is met with silence', (socket) => socket.write('220 go\r\n')],
    ['is spoken over before it begins', (socket) => socket.write('220 go\r\n250 an intruder speaks\r\n')],
  ])('when STARTTLS %s, nothing is sent in the clear', async (_how, react) => {
    const heard: string[] = []
    const play = hello(react)
    const { url } = await scripted((socket, line) => {
      heard.push(line)
      play(socket, line)
    })
    const { send } = await office(url.replace('://', '://press:secret@'))
    expect(states(await send(readers(3)))).toEqual(['again', 'again', 'again'])
    expect(heard.filter((line) => /^(AUTH|MAIL|RCPT|DATA)/.test(line))).toEqual([])
  })

  test.each<[string, (socket: Socket) => void]>([
    ['speaks in the clear', () => {}],
    ['hangs up', (socket) => socket.destroy()],
  ])('a port for smtps that %s', async (_how, react) => {
    const { url } = await scripted((socket) => react(socket))
    const { send } = await office(url.replace('smtp:', 'smtps:'))
    expect(states(await send(readers(3)))).toEqual(['again', 'again', 'again'])
  })
})

test.each(['535 5.7.8 wrong', '454 4.7.0 later', '530 5.7.0 first something else', '421 4.7.0 too many tries'])(
  'a log-in answered with %s loses nobody, and the password is in no log',
  async (answer) => {
    const { url } = await scripted((socket, line) => {
      if (/^EHLO/.test(line)) socket.write('250-mx\r\n250 AUTH PLAIN\r\n')
      else if (/^AUTH/.test(line)) socket.write(`${answer}\r\n`)
      else socket.write('530 5.7.0 log in\r\n')
    })
    const { send, logged } = await office(url.replace('://', '://press:very-secret@'))
    expect(states(await send(readers(4)))).toEqual(Array(4).fill('again'))
    expect(JSON.stringify(logged)).not.toMatch(/very-secret|dmVyeS1zZWNyZXQ|mail\.example/)
  },
)

test('once the relay is put right, the same outlet sends: no fault is remembered for longer than it lasts', async () => {
  const port = await freePort()
  const { send } = await office(`smtp://127.0.0.1:${port}`)
  expect(states(await send(readers(4)))).toEqual(Array(4).fill('again'))
  const sink = await relay({ port })
  expect(states(await send(readers(4)))).toEqual(Array(4).fill('accepted'))
  expect(sink.log).toHaveLength(4)
})
