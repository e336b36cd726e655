/** An outside judge of ninjs: the JSON Schema of version 3.1 (iptc.org/std/ninjs/ninjs-schema_3.1.json, May 2024), written down again key by key. */
import { z } from 'zod'

/** JSON Schema's `uri`: absolute, in ASCII, with a scheme. */
const uri = z.string().regex(/^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/, 'is no absolute URI')
/** RFC 3339 date-time. */
const when = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/, 'is no RFC 3339 date-time')
  .refine((text) => !Number.isNaN(Date.parse(text)), 'is no date')
const text = z.string().refine((s) => s.isWellFormed(), 'has half a character')
const mime = z.string().regex(/^[\w.+-]+\/[\w.+-]+$/, 'is no media type')
const whole = z.number().int()

const nature = z.enum(['text', 'audio', 'video', 'picture', 'graphic', 'composite', 'component', 'event', 'planning'])
const block = z.strictObject({ role: text.optional(), contentType: mime.optional(), value: text })
const address = z
  .strictObject({ lines: z.array(text), locality: text, area: text, postalCode: text, country: text })
  .partial()
const contact = z
  .strictObject({ type: text.optional(), role: text.optional(), lang: text.optional(), name: text.optional() })
  .extend({ value: text.optional(), address: address.optional() })
  .strict()
  .refine((c) => (c.value === undefined) !== (c.address === undefined), 'needs either value or address')
const concept = z.strictObject({ name: text, rel: text, uri, literal: text }).partial()
const withContact = concept.extend({ contactInfo: z.array(contact).optional() }).strict()
const rendition = z.strictObject({
  name: text,
  href: uri.optional(),
  contentType: mime.optional(),
  title: text.optional(),
  width: whole.optional(),
  height: whole.optional(),
  sizeInBytes: whole.optional(),
  duration: z.number().optional(),
  format: text.optional(),
})
const standard = z.strictObject({ name: text, version: text, schema: uri }).partial()
const source = z.strictObject({ name: text, role: text, uri, literal: text, contactInfo: z.array(contact) }).partial()
const subject = concept
  .extend({ creator: text.optional(), relevance: whole.min(0).max(100).optional() })
  .extend({ confidence: whole.min(0).max(100).optional() })
  .strict()

const keys = {
  uri,
  type: nature.optional(),
  representationType: z.enum(['full', 'partial']).optional(),
  profile: text.optional(),
  version: text.optional(),
  firstCreated: when.optional(),
  versionCreated: when.optional(),
  contentCreated: when.optional(),
  embargoedUntil: when.optional(),
  pubStatus: z.enum(['usable', 'withheld', 'canceled']).optional(),
  urgency: whole.min(1).max(9).optional(),
  copyrightHolder: text.optional(),
  copyrightNotice: text.optional(),
  usageTerms: text.optional(),
  edNote: text.optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$|^mn-Mong-CN$/, 'is no BCP 47 tag')
    .optional(),
  descriptions: z.array(block).optional(),
  bodies: z.array(block.extend({ charCount: whole.optional(), wordCount: whole.optional() }).strict()).optional(),
  headlines: z.array(block).optional(),
  people: z.array(withContact).optional(),
  organisations: z.array(withContact).optional(),
  places: z.array(withContact).optional(),
  subjects: z.array(subject).optional(),
  events: z.array(concept.extend({ id: text.optional() }).strict()).optional(),
  objects: z.array(concept).optional(),
  infoSources: z.array(source).optional(),
  title: text.optional(),
  by: text.optional(),
  slugline: text.optional(),
  located: text.optional(),
  renditions: z.array(rendition).optional(),
  altIds: z.array(z.strictObject({ role: text, value: text }).partial()).optional(),
  standard: standard.optional(),
  genres: z.array(z.strictObject({ name: text, uri, literal: text }).partial()).optional(),
  expires: when.optional(),
}

/** An associated object has every key of an item, must have a name, and may say how it is related. */
const association: z.ZodType = z.lazy(() =>
  z.strictObject({ ...keys, associations: z.array(association).optional(), name: text, rel: text.optional() }),
)
const item = z.strictObject({ ...keys, associations: z.array(association).optional() })

/** What is wrong with a ninjs document, one sentence each; empty when nothing is. */
export function ninjsProblems(json: string): string[] {
  const read = item.safeParse(JSON.parse(json))
  return read.success ? [] : read.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`)
}
