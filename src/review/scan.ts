/** Hits: words and data in a content that a person has to look at, each with a key that stands while the text stands. Pure. */
import type { Content } from '../desk/content.ts'
import { type PartName, type TextField, textFields } from '../desk/fields.ts'
import type { Place } from '../desk/looked.ts'
import { secrecyMarks, secrecyWords } from '../desk/secrecy.ts'
import { sha256 } from '../lib/id.ts'
import { declaredPhones, disagreements } from './consistency.ts'
import { BLOCKING } from './file-text.ts'
import { type Official, officialHits } from './officials.ts'
import { masked, type PersonalRule, personalData } from './personal.ts'
import { type WordEntry, wordsIn } from './word-list.ts'

export { parseWordList, startingWords } from './word-list.ts'

export type Hit = {
  /** SHA-256 of rule, part, field, matched text and which occurrence of it this is: the same while the text stands. */
  key: string
  scanner: 'secrecy' | 'personal' | 'word' | 'consistency' | 'file' | 'official' | 'alerts'
  /** Words for it stand under `scan.<rule>`. */
  rule: string
  /** block: has to be changed or masked, unless it is a false hit. */
  severity: 'notice' | 'block'
  part: PartName
  field: string
  /** Range in what is read: for a body in its plain text, not its HTML. */
  start: number
  end: number
  /** What was matched, and the same with a little around it. Screens only: neither is stored or logged. */
  text: string
  excerpt: string
  suggestion?: string
  /** Of a hit inside an attached file: which, where in it, and how many of it. */
  file?: { sha256: string; name: string; place: Place; count: number }
}

type Raw = Pick<Hit, 'scanner' | 'rule' | 'start' | 'end'> & Partial<Pick<Hit, 'severity' | 'suggestion'>>

/** Who is what in this agency, and the local day that counts. */
export type Officials = { list: readonly Official[]; day: string }

/** All hits of a content in reading order. Declared contacts' phones are no hits. */
export function scan(content: Content, wordList: WordEntry[], officials: Officials = { list: [], day: '' }): Hit[] {
  const phones = declaredPhones(content)
  const odd = disagreements(content)
  return textFields(content).flatMap((field) => {
    const isContact = field.part === 'core' && (field.name === 'phone' || field.name === 'email')
    const raw: Raw[] = isContact
      ? []
      : [
          ...secrecy(field),
          ...personalData(field.text, phones).map((f) => ({ scanner: 'personal' as const, ...f })),
          ...wordsIn(field.text, wordList).map(({ entry, start, end }) => wordHit(entry, start, end)),
          ...officialHits(field.text, officials.list, officials.day).map((f) => ({
            scanner: 'official' as const,
            ...f,
          })),
        ]
    const consistency = odd
      .filter((d) => d.field === field.field)
      .map(({ rule, start, end }) => ({ scanner: 'consistency' as const, rule, start, end }))
    return named(field, [...raw, ...consistency])
  })
}

function secrecy(field: TextField): Raw[] {
  const marks = secrecyMarks(field)
  const words = secrecyWords(field).filter((w) => !marks.some((m) => w.start < m.end && w.end > m.start))
  return [...marks, ...words].map((f) => ({ scanner: 'secrecy', ...f }))
}

const wordHit = ({ suggestion, severity }: WordEntry, start: number, end: number): Raw => ({
  scanner: 'word',
  rule: 'word',
  start,
  end,
  severity,
  ...(suggestion ? { suggestion } : {}),
})

const AROUND = 16

function named({ part, field, text }: TextField, raw: Raw[]): Hit[] {
  const count = new Map<string, number>()
  return raw
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map((hit) => {
      const matched = text.slice(hit.start, hit.end)
      const what = [hit.rule, part, field, matched].join('\u0000')
      const nth = (count.get(what) ?? 0) + 1
      count.set(what, nth)
      return {
        severity: BLOCKING.includes(hit.rule) ? 'block' : 'notice',
        ...hit,
        key: sha256(`${what}\u0000${nth}`),
        part,
        field,
        text: matched,
        excerpt: text.slice(Math.max(0, hit.start - AROUND), hit.end + AROUND).replace(/\s+/g, ' '),
      }
    })
}

/**
 * The text, plain or HTML, with every occurrence of a personal hit masked, also in addresses of links and across tags.
 * Masking makes a new revision: what was approved is void.
 * @throws Error where the hit is not personal data or no longer stands in the text: nothing is left unmasked in silence.
 */
export function maskPersonal(text: string, hit: Pick<Hit, 'scanner' | 'rule' | 'text'>): string {
  if (hit.scanner !== 'personal') throw new Error(`${hit.rule} is not personal data`)
  const instead = masked(hit.rule as PersonalRule, hit.text)
  const chars = [...hit.text].map((c) => (/\s/.test(c) ? '\\s+' : c.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  const pattern = new RegExp(chars.join('((?:<[^<>]*>)*)'), 'gu')
  let found = 0
  const result = text.replace(pattern, (...groups) => {
    found++
    // Tags that stood between the characters stay, after the masked words.
    return instead + groups.slice(1, chars.length).join('')
  })
  if (found === 0) throw new Error(`the ${hit.rule} hit no longer stands in the text`)
  return result
}
