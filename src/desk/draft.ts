/** Reads what a person sent as the content of a draft: strict shape, clean text, sanitised HTML. */
import { z } from 'zod'
import { CATEGORY, CERTAINTY, RESPONSE, SEVERITY, URGENCY } from '../incident/warning/alert.ts'
import { type Issue, invalid, issue } from '../lib/errors.ts'
import { sanitise } from '../lib/html.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import {
  BLOCKS,
  type Content,
  KINDS,
  LANES,
  LANGUAGES,
  type Language,
  languagesOf,
  MODES,
  OVER,
  type Part,
  RELATIONS,
  URGENCIES,
  VALIDITIES,
  WARNING_LEVELS,
} from './content.ts'
import { textFields } from './fields.ts'
import { secrecyMarks } from './secrecy.ts'

const line = (max: number) => z.string().max(max)
const time = z.iso.datetime({ offset: true }).transform((s) => new Date(s).toISOString())
const day = z.iso.date()
const code = z.string().regex(/^(\d{6}|\d{9}|\d{12})$/, 'area-code')
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'slug')

/** Coordinates, their blanks made one; what they are is judged by the checks. */
const shape = (max: number) =>
  z
    .string()
    .max(max)
    .transform((s) => s.trim().replace(/\s+/g, ' '))

const cap = z.strictObject({
  actNow: z.boolean(),
  category: z.enum(CATEGORY),
  eventCode: z
    .string()
    .regex(/^1[1-49][0-9A-Z]\d{2}$/, 'event-code')
    .optional(),
  urgency: z.enum(URGENCY),
  severity: z.enum(SEVERITY),
  certainty: z.enum(CERTAINTY),
  responseType: z.enum(RESPONSE).optional(),
  onset: time.optional(),
  expires: time.optional(),
  polygons: z.array(shape(20_000)).max(20).optional(),
  circles: z.array(shape(100)).max(20).optional(),
})

const contact = z.strictObject({
  label: line(80),
  phone: line(40).optional(),
  email: z.email().optional(),
  audience: z.enum(['public', 'press']),
})

const conference = z.strictObject({
  startsAt: time,
  endsAt: time.optional(),
  place: line(200).optional(),
  capacity: z.number().int().min(1).max(5000).optional(),
  cancelled: z.boolean().optional(),
})

/** Core as people send it: the agency is the writer's own, never sent. */
export const coreInput = z.strictObject({
  kind: z.enum(KINDS),
  lane: z.enum(LANES).default('routine'),
  mode: z.enum(MODES).default('live'),
  incidentId: z.string().max(40).optional(),
  areas: z.array(code).max(200).default([]),
  topics: z.array(slug).max(20).default([]),
  outlets: z.array(slug).max(20).default(['website', 'feeds', 'email', 'webpush']),
  urgency: z.enum(URGENCIES).default('normal'),
  warningLevel: z.enum(WARNING_LEVELS).optional(),
  documentNumber: line(60).optional(),
  indexNumber: line(60).optional(),
  formedOn: day.optional(),
  knownAt: time.optional(),
  asOf: time.optional(),
  nextUpdateAt: time.optional(),
  expiresAt: time.optional(),
  notBefore: time.optional(),
  embargo: z.boolean().optional(),
  displayUntil: time.optional(),
  validity: z.strictObject({ state: z.enum(VALIDITIES), since: day }).optional(),
  cap: cap.optional(),
  conference: conference.optional(),
  contacts: z.array(contact).max(20).default([]),
  relatesTo: z
    .array(z.strictObject({ releaseId: z.string().max(40), as: z.enum(RELATIONS) }))
    .max(20)
    .optional(),
  /** Read so that what was given out can be sent back; only reposting gives it, and saving holds it to what it was. */
  repostOf: z
    .strictObject({
      releaseId: z.string().max(40),
      releaseNumber: z.string().max(20),
      edition: z.number().int().positive(),
      hash: z.string().regex(/^[0-9a-f]{64}$/, 'sha256'),
      agencyName: z.strictObject({ zh: line(200), en: line(200) }),
      address: line(200),
      publishedAt: time,
    })
    .optional(),
  /** In the same way; only relaying gives it. */
  relayOf: z
    .strictObject({
      identifier: line(200),
      station: line(200),
      sent: line(40),
      msgType: z.enum(['Alert', 'Update', 'Cancel']),
      form: z.enum(['cap', '12379']),
      sha256: z.string().regex(/^[0-9a-f]{64}$/, 'sha256'),
      public: z.boolean(),
      quoted: z.strictObject({ language: z.enum(LANGUAGES), sha256: z.string().regex(/^[0-9a-f]{64}$/, 'sha256') }),
    })
    .optional(),
  /** In the same way; only releasing the false-alarm text gives it. */
  falseAlarmOf: z.number().int().positive().optional(),
  /** In the same way; only the act of ending gives it. */
  over: z.strictObject({ as: z.enum(OVER) }).optional(),
})

/** Title and note are read so that what was given out can be sent back; they are made anew at each save. */
const falseAlarm = z.strictObject({
  title: line(400).default(''),
  note: line(1000).default(''),
  wrong: line(2000).default(''),
  advice: line(2000).default(''),
})
const blocks = z.strictObject(
  Object.fromEntries(BLOCKS.map((b) => [b, line(5000).optional()])) as Record<
    (typeof BLOCKS)[number],
    z.ZodOptional<z.ZodString>
  >,
)
export const partInput = z.strictObject({
  title: line(300).default(''),
  summary: line(600).optional(),
  blocks: blocks.default({}),
  body: z.string().max(400_000).default(''),
  addressees: line(2000).optional(),
  signature: line(300).optional(),
  changeNote: line(2000).optional(),
  withdrawalReason: line(2000).optional(),
  falseAlarm: falseAlarm.optional(),
})
const attachmentInput = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'sha256'),
  name: line(200),
  type: line(120),
  bytes: z.number().int().nonnegative(),
  title: line(200),
  /** Read so that what was given out can be sent back; saving holds them to what the file is. */
  width: z.number().int().positive().optional(),
  height: z.number().int().positive().optional(),
})

export const contentInput = z.strictObject({
  core: coreInput,
  parts: z.strictObject({
    'zh-CN': partInput.optional(),
    'mn-Mong-CN': partInput.optional(),
    en: partInput.optional(),
  }),
  attachments: z.array(attachmentInput).max(50).default([]),
})
export type ContentInput = z.input<typeof contentInput>

/**
 * Content from what was sent. Unknown fields, wrong types and over-long text are refused with the path of each;
 * HTML is sanitised here, once on the way in.
 * @throws Refusal `invalid` with one issue per fault; the caller still holds what was typed.
 */
export function readContent(sent: unknown, agencyId: string): Content {
  const data = readableZod(contentInput, sent)
  const issues: Issue[] = []
  const parts: Content['parts'] = {}
  for (const language of languagesOf(data as Content)) {
    parts[language] = cleanPart(data.parts[language] as Part, language, issues)
  }
  if (languagesOf({ ...data, parts } as Content).length === 0) issues.push(issue('parts', 'no-language'))
  const core = cleanDeep({ ...data.core, agencyId }, 'core', issues)
  const attachments = cleanDeep(data.attachments, 'attachments', issues)
  const content = { core, parts, attachments }
  issues.push(...markIssues(content))
  if (issues.length) throw invalid(issues)
  return content
}

/** A mark in form and place stops intake: what carries one is never stored (保守国家秘密法 2024, art. 31). */
const markIssues = (content: Content): Issue[] =>
  textFields(content)
    .filter((field) => secrecyMarks(field).length > 0)
    .map(({ field }) => issue(field, 'secrecy-mark'))

function cleanPart(part: Part, language: Language, issues: Issue[]): Part {
  const clean = cleanDeep(part, `parts.${language}`, issues, language)
  return { ...clean, body: sanitise(clean.body).html }
}

/** Strings that are always there, also when nothing was written: the checks say so beside the field. */
const REQUIRED = ['title', 'body', 'label', 'name']

/** Every string inside a value cleaned; what may not stand is named with its path. Empty optional strings are dropped. */
function cleanDeep<T>(value: T, field: string, issues: Issue[], language?: Language): T {
  if (typeof value === 'string') {
    issues.push(...textIssues(field, value, language))
    return cleanText(value).text as T
  }
  if (Array.isArray(value)) return value.map((v, i) => cleanDeep(v, `${field}.${i}`, issues, language)) as T
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([k, v]) => v !== undefined && (v !== '' || REQUIRED.includes(k)))
        .map(([k, v]) => [k, cleanDeep(v, `${field}.${k}`, issues, language)]),
    ) as T
  }
  return value
}
