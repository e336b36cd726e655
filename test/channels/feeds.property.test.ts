/** Whatever officers write, in whatever order editions come: the feeds stay readable, and what was taken back is nowhere. */

import fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { compare, readBack } from '../../src/delivery/read-back.ts'
import { sanitise } from '../../src/lib/html.ts'
import { cleanText, el, xmlDocument } from '../../src/lib/xml.ts'
import type { Edition, EditionType, Language, Part } from '../../src/publication/edition.ts'
import { capProblems } from '../support/cap-rules.ts'
import { alertTerms, type Draft, memoryFiles } from '../support/feed-editions.ts'
import { needs } from '../support/needs.ts'
import { newsroom } from '../support/newsroom.ts'
import { capSchema, lint } from '../support/xmllint.ts'

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  isArray: (n) => n === 'entry' || n === 'item',
})
const CANARY = 'KANARIE-5d1c'

/** Text nobody should write and somebody will: markup, controls, half pairs, other scripts, bidi, very long. */
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '',
    ']]>',
    '<![CDATA[',
    '&amp;&#0;',
    '<script>x</script>',
    '\ud83d',
    '\udc00a',
    '\u0000\u001f\ufffe',
    '\u202e\u200f',
  ),
  fc.constantFrom('草'.repeat(3000), '<b>&'.repeat(500), 'ᠮᠣᠩᠭᠣᠯ', '𠮷'.repeat(150), 'a\r\nb\tc\n\nd'),
)
const partOf = fc.record({
  title: odd.map((t) => `${t}${CANARY}`),
  summary: fc.option(odd, { nil: undefined }),
  blocks: fc.record({ facts: odd.map((t) => t + CANARY), advice: odd, cause: odd }, { requiredKeys: [] }),
  body: odd.map((t) => sanitise(`<p>${t}</p><ul><li>${CANARY}</li></ul>`).html),
  changeNote: fc.option(odd, { nil: undefined }),
  addressees: fc.option(odd, { nil: undefined }),
}) as fc.Arbitrary<Part>
const partsOf = fc.tuple(
  fc.subarray<Language>(['zh-CN', 'mn-Mong-CN', 'en'], { minLength: 1 }),
  fc.tuple(partOf, partOf, partOf),
)
const parts = partsOf.map(([languages, texts]) => Object.fromEntries(languages.map((l, i) => [l, texts[i] as Part])))
const attachment = odd.map((name) => ({
  sha256: 'ab'.repeat(32),
  name: `${CANARY}${name}`,
  type: 'application/pdf',
  bytes: 10,
  title: name,
}))

const draft: fc.Arbitrary<Draft> = fc.record({
  parts,
  core: fc.record({
    kind: fc.constantFrom('warning', 'incident-notice', 'policy'),
    warningLevel: fc.constantFrom('red', 'blue', undefined),
    cap: fc.constantFrom(
      undefined,
      alertTerms(),
      alertTerms({ actNow: false }),
      alertTerms({ expires: '2026-11-23T06:14:00.000Z' }),
    ),
    topics: fc.subarray(['fire', 'snow']),
  }),
  attachments: fc.array(attachment, { maxLength: 2 }),
  after: fc.constantFrom(1, 400, 61_007, 9_000_000),
})
/** A release's life after its first edition. */
const later = fc.array(
  fc.tuple(fc.constantFrom<EditionType>('erratum', 'correction', 'addition', 'withdrawal', 'takedown'), draft),
  {
    maxLength: 4,
  },
)

const taken = (type: EditionType) => type === 'withdrawal' || type === 'takedown'
const reasons = (given: Draft['parts']): Draft['parts'] =>
  Object.fromEntries(Object.entries(given ?? {}).map(([l, p]) => [l, { ...p, withdrawalReason: '误发。' }]))

async function live(first: Draft, life: [EditionType, Draft][]) {
  const room = newsroom()
  const editions: Edition[] = [await room.publish(first)]
  for (const [type, next] of life) {
    const withdrawn = type === 'withdrawal' ? { parts: reasons(next.parts) } : {}
    editions.push(await room.publish({ ...next, ...withdrawn, release: 1, type }))
  }
  return { room, editions }
}

describe('whatever officers write', () => {
  it('every reader gets well-formed documents with one item and the id it always had', async () => {
    await fc.assert(
      fc.asyncProperty(draft, later, async (first, life) => {
        const { room, editions } = await live(first, life)
        for (const [path, file] of room.files) {
          if (file.status === 410) continue
          const text = room.text(path)
          if (path.endsWith('.csv')) continue
          if (path.endsWith('.json')) JSON.parse(text)
          else expect(XMLValidator.validate(text), path).toBe(true)
          expect(text.isWellFormed(), path).toBe(true)
        }
        const { items } = JSON.parse(room.text('/feeds/all.json')) as { items: { id: string; date_modified: string }[] }
        expect(items.map((i) => [i.id, i.date_modified])).toEqual([
          ['tag:press.example,2026:release/2026-000001', editions.at(-1)?.publishedAt],
        ])
      }),
      { numRuns: 60 },
    )
  })

  it('what is published reads back as what was signed, in every format', async () => {
    await fc.assert(
      fc.asyncProperty(draft, later, async (first, life) => {
        const { room, editions } = await live(first, life)
        const last = editions.at(-1) as Edition
        for (const proof of (await room.channel.proof?.(last)) ?? []) {
          const found = readBack(
            proof.format,
            new TextEncoder().encode(room.text(proof.path)),
            room.files.get(proof.path)?.type ?? '',
          )
          const where = { address: `https://press.example${proof.path}`, status: 200 }
          expect(compare(last, found, where), proof.path).toEqual([])
        }
      }),
      { numRuns: 60 },
    )
  })

  it('alerts keep every rule and name each earlier message in force', async () => {
    await fc.assert(
      fc.asyncProperty(draft, later, async (first, life) => {
        const { room } = await live(first, life)
        const standing = new Map<string, string>()
        for (const [path, file] of room.files) {
          if (!path.endsWith('.xml') || file.status === 410) continue
          const known = capProblems(room.text(path), true)
          expect(known, path).toEqual([])
          const { alert } = parser.parse(room.text(path)) as { alert: Record<string, string> }
          standing.set(alert.identifier ?? '', `${alert.sender},${alert.identifier},${alert.sent}`)
          for (const triple of (alert.references ?? '').split(' ').filter(Boolean)) {
            const identifier = triple.split(',')[1] ?? ''
            const gone = room.files.get(`/cap/${identifier}.xml`)?.status === 410
            expect(gone || standing.get(identifier) === triple, triple).toBe(true)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('nothing of a release taken back is left in any file, even among fifty others', async () => {
    await fc.assert(
      fc.asyncProperty(
        draft,
        later,
        fc.constantFrom<EditionType>('withdrawal', 'takedown'),
        async (first, life, end) => {
          const room = newsroom()
          const clean = { parts: { 'zh-CN': { title: '别的', blocks: {}, body: '' } } }
          for (let i = 0; i < 5; i++) await room.publish(clean)
          await room.publish(first)
          for (const [type, next] of life.filter(([t]) => !taken(t))) await room.publish({ ...next, release: 6, type })
          for (let i = 0; i < 18; i++) await room.publish(clean)
          expect(room.everything()).toContain(CANARY)
          await room.publish({ ...first, parts: reasons(first.parts), release: 6, type: end })
          expect(room.everything()).not.toContain(CANARY)
        },
      ),
      { numRuns: 15 },
    )
  }, 60_000)

  const schema = capSchema()
  it.runIf(schema && needs('xmllint'))(
    'an outside parser and the OASIS schema take what comes out',
    async () => {
      await fc.assert(
        fc.asyncProperty(draft, later, async (first, life) => {
          const { room } = await live(first, life)
          for (const path of ['/feeds/all.atom', '/feeds/all.rss', '/feeds/en/all.atom', '/cap/index.atom'])
            lint(room.text(path))
          for (const [path, file] of room.files)
            if (path.endsWith('.xml') && file.status !== 410) lint(room.text(path), schema ?? '')
        }),
        { numRuns: 12 },
      )
    },
    60_000,
  )
})

describe('the XML builder', () => {
  it('gives back any text it was given, less what XML cannot carry', () => {
    const read = new XMLParser({ ignoreAttributes: false, parseTagValue: false, trimValues: false, htmlEntities: true })
    fc.assert(
      fc.property(odd, (text) => {
        const xml = xmlDocument(el('a', { b: text }, el('c', {}, text)))
        expect(XMLValidator.validate(xml)).toBe(true)
        const { a } = read.parse(xml) as { a: { '@_b': string; c: string } }
        expect(a.c).toBe(cleanText(text))
      }),
    )
  })

  it('refuses a name that is no name', () => {
    for (const name of ['', 'a b', '<a', 'a:b:c', '1a']) expect(() => el(name)).toThrow('not an element name')
    expect(() => el('a', { 'x y': 1 })).toThrow('not an attribute name')
  })
})

it('an office whose public address is none is told so before anything is published', async () => {
  const { create } = await import('../../channels/feeds/index.ts')
  const { deps } = memoryFiles()
  const channel = create(deps)
  expect(channel.ready(deps.config)).toBeNull()
  expect(channel.ready({ ...deps.config, publicUrl: 'press.example' })).toContain('http(s) address')
})
