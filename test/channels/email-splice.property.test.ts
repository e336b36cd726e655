/** Whatever is written in a release, each reader gets it whole, as one mail, with their own links: as a mail program reads it off the wire. */
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { template } from '../../channels/email/compile.ts'
import { create } from '../../channels/email/index.ts'
import { letterOf, subjectOf } from '../../channels/email/letter.ts'
import { htmlPart, textPart } from '../../channels/email/parts.ts'
import type { Target } from '../../src/delivery/channel.ts'
import { deliveryOfBounce } from '../../src/lib/verp.ts'
import type { Edition, EditionType, Language, Part } from '../../src/publication/edition.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'
import { config, deps, edition, part, target } from './sample-edition.ts'

const LANGUAGES: Language[] = ['zh-CN', 'en', 'mn-Mong-CN']
const TYPES: EditionType[] = ['first', 'correction', 'addition', 'withdrawal']
const KEY = 'a key of this test'

let sink: SmtpSink
let channel: ReturnType<typeof create>
let setup: ReturnType<typeof config>
beforeAll(async () => {
  sink = await startSmtpSink()
  const smtp = { url: sink.url, from: '青格勒盟新闻办 <news@press.example>', connections: 2 }
  setup = config({ smtp: { ...smtp, bounceDomain: 'bounces.example', bounceKey: KEY } })
  channel = create(deps({ config: setup }))
})
afterAll(async () => {
  await channel.close?.()
  await sink.close()
})

// ── what people, and those who mean ill, may have written

const anyUnits = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((u) => String.fromCharCode(...u))
const nasty = fc.constantFrom(
  '\r\nBcc: victim@mail.example\r\n\r\n',
  '\n.\n',
  '\r\n.\r\nMAIL FROM:<x@y>\r\n',
  '.',
  '..a',
  '\ud83d',
  '\udc00',
  '\u0000\u0007\u001b[31m',
  '\u202e\u2028\u2029\ufeff',
  '=?UTF-8?B?5Y+R?= =?UTF-8?Q?=41?=',
  '=\r\n=3D=',
  'a'.repeat(998),
  '汉'.repeat(340),
  `${'x '.repeat(500)}`,
  '   \t  ',
  'From the press office',
  '--01jd00000000000000000000e1-zh-CN',
  '<b>&amp;"\'</b>',
  '<script>alert(1)</script>',
  '𠮷😀ᠮᠣᠩᠭᠣᠯ',
  '{{title}} {link} %s <%= x %>',
)
const text = fc
  .array(fc.oneof(nasty, anyUnits, fc.string({ unit: 'grapheme' })), { maxLength: 5 })
  .map((a) => a.join(''))
const body = fc.oneof(
  { weight: 8, arbitrary: text.map((t) => `<p>${t}</p>`) },
  { weight: 1, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.nat(3000).map((n) => `<p>草原火灾情况通报。</p>\n`.repeat(n)) },
)
const someText = fc.option(text, { nil: undefined })
const parts: fc.Arbitrary<Part> = fc
  .record({ title: text, summary: someText, advice: someText, facts: someText, body, signature: someText, note: text })
  .map(({ advice, facts, note, ...rest }) => ({
    ...part(rest as Partial<Part>),
    blocks: { ...(advice === undefined ? {} : { advice }), ...(facts === undefined ? {} : { facts }) },
    changeNote: note,
    withdrawalReason: note,
  }))

type Case = { edition: Edition; language: Language; targets: Target[] }
const cases: fc.Arbitrary<Case> = fc
  .record({
    part: parts,
    language: fc.constantFrom(...LANGUAGES),
    type: fc.constantFrom(...TYPES),
    mode: fc.constantFrom('live' as const, 'exercise' as const, 'test' as const),
    lane: fc.constantFrom('flash' as const, 'routine' as const),
    agency: text,
    contact: text,
    file: text,
    document: text,
    deliveries: fc.uniqueArray(
      fc.oneof(
        fc.integer({ min: 1, max: 300 }),
        fc.maxSafeNat().filter((n) => n > 0),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    tokens: fc.array(fc.uint8Array({ minLength: 24, maxLength: 24 }), { minLength: 3, maxLength: 3 }),
  })
  .map((c) => {
    const made = edition(
      { type: c.type, mode: c.mode, lane: c.lane, number: c.type === 'first' ? 1 : 2 },
      { [c.language]: c.part },
    )
    made.agency.name = { zh: c.agency, en: c.agency }
    made.content!.core.contacts = [{ label: c.contact, phone: '000', audience: 'public' }]
    made.content!.core.documentNumber = c.document
    made.content!.attachments[0]!.title = c.file
    const targets = c.deliveries.map((id, i) =>
      target(id, `r.${id}+x@mail.example`, { token: Buffer.from(c.tokens[i]!).toString('base64url') }),
    )
    return { edition: made, language: c.language, targets }
  })

// ── reading it as the far end does

/** Fields of the top header, unfolded, in the order they stand. */
const fieldsOf = (raw: string): [name: string, value: string][] =>
  raw
    .slice(0, raw.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()])

const FIELDS = [
  ...['To', 'From', 'Subject', 'Message-ID', 'References', 'Date', 'MIME-Version', 'Content-Type', 'List-Id'],
  ...['List-Unsubscribe', 'List-Unsubscribe-Post', 'Auto-Submitted', 'Content-Language', 'Feedback-ID'],
  ...['X-Ortoo-Release', 'X-Ortoo-Edition'],
]
const whole = (s: string | false | undefined): string => (s || '').toWellFormed().replace(/\r\n?/g, '\n').trimEnd()
const oneSpace = (s: string | undefined): string => (s ?? '').toWellFormed().replace(/\s+/g, ' ').trim()

async function read(c: Case, t: Target): Promise<string> {
  const sent = sink.mailsTo(t.address)
  expect(sent).toHaveLength(1)
  const { raw: bytes, from } = sent[0]!
  const raw = bytes.toString('latin1')
  const links = {
    leave: `https://press.example/subscriptions/${t.token}/leave`,
    preferences: `https://press.example/subscriptions/${t.token}/`,
  }
  expect(deliveryOfBounce(KEY, from, 'bounces.example')).toBe(t.deliveryId)

  const lines = raw.split('\r\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998)
  expect(lines.filter((line) => /[\r\n]/.test(line))).toEqual([])
  expect(raw.endsWith('\r\n')).toBe(true)

  const fields = fieldsOf(raw)
  const names = fields.map(([name]) => name.toLowerCase())
  expect(names.sort()).toEqual(
    [...FIELDS, ...(c.edition.type === 'first' ? [] : ['In-Reply-To'])].map((n) => n.toLowerCase()).sort(),
  )
  expect(Object.fromEntries(fields)).toMatchObject({
    To: t.address,
    'List-ID': '<releases.press.example>',
    'List-Unsubscribe': `<${links.leave}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'Auto-Submitted': 'auto-generated',
    'Message-ID': `<d${String(t.deliveryId).padStart(16, '0')}.${c.edition.id}@press.example>`,
    'Content-Language': c.language,
  })

  const mail = await simpleParser(bytes)
  const letter = letterOf(c.edition, c.language, setup)
  expect(oneSpace(mail.subject)).toBe(oneSpace(subjectOf(c.edition, c.language)))
  expect(whole(mail.text)).toBe(whole(textPart(letter, links)))
  expect(whole(mail.html)).toBe(whole(htmlPart(await template(letter.template), letter, links)))
  expect(mail.attachments).toEqual([])
  expect((mail.to as { text: string }).text).toBe(t.address)
  return raw
}

async function sendAll({ edition, language, targets }: Case): Promise<void> {
  sink.log.length = 0
  const prepared = await channel.prepare(edition, language, undefined as never)
  const outcomes = await channel.send(prepared, targets, new AbortController().signal)
  expect(outcomes.map((o) => o.state)).toEqual(targets.map(() => 'accepted'))
}

test('every reader has the whole letter and their own links, and a mail sent again is the same mail', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (c) => {
      await sendAll(c)
      const first = []
      for (const t of c.targets) first.push(await read(c, t))
      await sendAll(c)
      expect(c.targets.map((t) => sink.mailsTo(t.address)[0]!.raw.toString('latin1'))).toEqual(first)
    }),
    { numRuns: 300 },
  )
}, 60_000)
