/** Figures that do not agree: title against text, language against language, attachment titles and phones against both. */
import { type Content, type Language, languagesOf, type Part } from '../desk/content.ts'
import { type PartName, partFields, type TextField, textFields } from '../desk/fields.ts'
import { asciiDigits, datesIn, type Figure, numbersIn, phonesIn, spelledIn, timesIn } from '../lib/figures.ts'

/** One disagreement: where the odd figures stand (the first of them by its range) and what they were held against. */
export type Disagreement = {
  rule:
    | 'title-figures-differ'
    | 'numbers-differ'
    | 'dates-differ'
    | 'times-differ'
    | 'phones-differ'
    | 'attachment-figures-differ'
    | 'phone-near-contact'
  part: PartName
  field: string
  text: string
  start: number
  end: number
  values: string[]
  /** The other language's tag, the contact's number, or ''. */
  other: string
}

const READERS = [
  { rule: 'numbers-differ', read: numbersIn },
  { rule: 'dates-differ', read: datesIn },
  { rule: 'times-differ', read: timesIn },
  { rule: 'phones-differ', read: phonesIn },
] as const
const NOT_COMPARED = [
  'changeNote',
  'withdrawalReason',
  'addressees',
  'signature',
  'falseAlarmWrong',
  'falseAlarmAdvice',
]

/** Every disagreement in the content. None is an error by itself: 3 in one language may be "several" in another. */
export function disagreements(content: Content): Disagreement[] {
  return [
    ...languagesOf(content).flatMap((l) => titleAgainstText(told(content, l))),
    ...languagesOf(content).flatMap((a) =>
      languagesOf(content).flatMap((b) => (a === b ? [] : languageAgainst(told(content, a), told(content, b), b, a))),
    ),
    ...attachmentTitles(content),
    ...phonesNearContacts(content),
  ]
}

const told = (content: Content, language: Language): TextField[] =>
  partFields(language, content.parts[language] as Part).filter((f) => !NOT_COMPARED.includes(f.name))

function titleAgainstText(fields: TextField[]): Disagreement[] {
  const heads = fields.filter((f) => f.name === 'title' || f.name === 'summary')
  const rest = fields.filter((f) => !heads.includes(f))
  if (rest.length === 0) return []
  const known = knownIn(rest)
  return heads.flatMap((f) =>
    one(
      'title-figures-differ',
      f,
      allFigures(f.text).filter((x) => !known.has(x.value)),
      '',
    ),
  )
}

function languageAgainst(fields: TextField[], others: TextField[], other: Language, own: Language): Disagreement[] {
  // Mongolian writes dates with bare numbers: hold only the digits against each other.
  if (own === 'mn-Mong-CN' || other === 'mn-Mong-CN') {
    const known = new Set(others.flatMap((f) => [...digitRuns(f.text).map((x) => x.value), ...spelledIn(f.text)]))
    return gather('numbers-differ', fields, (f) => digitRuns(f.text).filter((x) => !known.has(x.value)), other)
  }
  return READERS.flatMap(({ rule, read }) => {
    const known = new Set(others.flatMap((f) => read(f.text).map((x) => x.value)))
    if (rule === 'numbers-differ') for (const f of others) for (const value of spelledIn(f.text)) known.add(value)
    return gather(rule, fields, (f) => read(f.text).filter((x) => !known.has(x.value)), other)
  })
}

/** One finding for a rule and a language, at the first field that has an odd figure, naming all of them. */
function gather(
  rule: Disagreement['rule'],
  fields: TextField[],
  odd: (f: TextField) => Figure[],
  other: string,
): Disagreement[] {
  const found = fields.flatMap((f) => one(rule, f, odd(f), other))
  const values = [...new Set(found.flatMap((f) => f.values))]
  return found.slice(0, 1).map((first) => ({ ...first, values }))
}

function attachmentTitles(content: Content): Disagreement[] {
  const known = knownIn(languagesOf(content).flatMap((l) => told(content, l)))
  return textFields(content)
    .filter((f) => f.part === 'attachments' && f.name === 'title')
    .flatMap((f) => {
      const label = /^\s*(?:附件|附表|annex|attachment)\s*\d+/i.exec(f.text)?.[0].length ?? 0
      const odd = allFigures(f.text).filter((x) => x.start >= label && !known.has(x.value))
      return one('attachment-figures-differ', f, odd, '')
    })
}

/** A number one or two digits away from a declared contact is a slip more often than another phone. */
function phonesNearContacts(content: Content): Disagreement[] {
  const declared = declaredPhones(content)
  return languagesOf(content)
    .flatMap((l) => told(content, l))
    .flatMap((f) =>
      phonesIn(f.text).flatMap((figure) => {
        const near = declared.includes(figure.value)
          ? undefined
          : declared.find((d) => d.length >= 7 && oneOrTwoOff(d, figure.value))
        return near ? one('phone-near-contact', f, [figure], near) : []
      }),
    )
}

/** Phone numbers of the contacts, digits only, without the country code. */
export const declaredPhones = (content: Content): string[] =>
  content.core.contacts.flatMap((c) =>
    c.phone
      ? [
          asciiDigits(c.phone)
            .replace(/\D/g, '')
            .replace(/^86(?=\d{10,})/, ''),
        ]
      : [],
  )

const oneOrTwoOff = (a: string, b: string): boolean => {
  if (a.length !== b.length) return false
  const off = [...a].filter((digit, i) => digit !== b[i]).length
  return off === 1 || off === 2
}

const allFigures = (text: string): Figure[] =>
  READERS.flatMap(({ read }) => read(text)).sort((a, b) => a.start - b.start)
const knownIn = (fields: TextField[]): Set<string> =>
  new Set(fields.flatMap((f) => [...allFigures(f.text).map((x) => x.value), ...spelledIn(f.text)]))
const digitRuns = (text: string): Figure[] =>
  [...asciiDigits(text).matchAll(/\d+/g)].map((m) => ({
    value: String(Number(m[0])),
    start: m.index,
    end: m.index + m[0].length,
  }))

function one(rule: Disagreement['rule'], f: TextField, odd: Figure[], other: string): Disagreement[] {
  const first = odd[0]
  if (!first) return []
  const values = [...new Set(odd.map((x) => x.value))]
  return [{ rule, part: f.part, field: f.field, text: f.text, start: first.start, end: first.end, values, other }]
}
