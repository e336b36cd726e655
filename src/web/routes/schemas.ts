/** Schemas of what the API answers, for the OpenAPI document. */
import { z } from 'zod'
import { CAUSES } from '../../delivery/cause.ts'
import { confidentialityInput } from '../../review/confidentiality.ts'

const text = z.string()
const maybe = z.string().nullable()
export const list = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item), next: maybe.optional() })

export const releaseSchema = z.object({
  id: text,
  number: text,
  agencyId: text,
  kind: text,
  lane: text,
  mode: text,
  incidentId: maybe,
  state: text,
  face: text,
  editionType: text,
  editions: z.number(),
  revision: z.number(),
  version: z.number(),
  documentNumber: maybe,
  plannedAt: maybe,
  createdAt: text,
  updatedAt: text,
})
export const listedSchema = releaseSchema.extend({ title: text })
export const revisionSchema = z.object({
  ordinal: z.number(),
  hash: text,
  parts: z.record(text, text),
  savedAt: text,
  content: z.object({
    core: z.record(text, z.unknown()),
    parts: z.record(text, z.unknown()),
    attachments: z.array(z.unknown()),
  }),
})
export const issueSchema = z.object({
  field: text,
  code: text,
  rule: text,
  remedy: text,
  severity: z.enum(['error', 'warning', 'hint']),
})
export const hitSchema = z.object({
  key: text,
  scanner: text,
  rule: text,
  severity: text,
  part: text,
  field: text,
  start: z.number(),
  end: z.number(),
  excerpt: text,
  suggestion: maybe,
  /** Of a hit inside an attached file. */
  file: z.object({ sha256: text, name: text, place: z.object({ kind: text, at: text }), count: z.number() }).nullable(),
  resolution: z.object({ action: text, note: text }).nullable(),
})
const runCounters = z.object({
  id: text,
  outlet: text,
  state: text,
  why: text,
  audience: z.number(),
  counts: z.record(text, z.number()),
  repeats: z.number(),
  bounced: z.number(),
  times: z.record(text, maybe),
})
/** `causesCounted` is how many of the deliveries in trouble the causes speak of so far. */
export const runSchema = runCounters.extend({
  notReady: maybe,
  causes: z.array(z.object({ state: text, cause: z.enum(CAUSES), n: z.number(), why: text })),
  causesCounted: z.number(),
  /** What reached readers of our own. */
  sightings: z.array(
    z.object({ canary: text, expectedBy: text, seenAt: maybe, fault: z.enum(['', 'text', 'language']) }),
  ),
})
/** The data of one event `progress`. */
export const glanceSchema = z.object({
  at: text,
  releaseId: text,
  going: z.boolean(),
  dispatches: z.array(
    runCounters.extend({ editionId: text, perSecond: z.number().nullable(), secondsLeft: z.number().nullable() }),
  ),
})
export const editionSchema = z.object({
  id: text,
  number: z.number(),
  type: text,
  mode: text,
  sequence: z.number(),
  hash: text,
  seal: text,
  templateDigest: text,
  publishedAt: text,
  firstPublishedAt: text,
  postReviewDue: maybe,
  postReviewedAt: maybe,
  address: text,
  told: z
    .object({ all: z.number(), done: z.number(), unknown: z.number(), left: z.number(), failed: z.number() })
    .nullable(),
  /** Its error is known: since when, and when what puts it right was out. */
  error: z.object({ knownAt: text, correctedAt: maybe }).nullable(),
  dispatches: z.array(runSchema),
})
export const incidentSchema = z.object({
  id: text,
  number: text,
  agencyId: text,
  titleZh: text,
  titleEn: text,
  class: text,
  grade: maybe,
  areas: z.array(text),
  knownAt: text,
  causeConfirmed: z.boolean(),
  closedAt: maybe,
  createdAt: text,
})
export const alarmSchema = z.object({
  id: text,
  cause: text,
  subject: text,
  since: text,
  owner: maybe,
  acknowledgedAt: maybe,
  clearedAt: maybe,
  toldAt: maybe,
  toldCount: z.number(),
})
export const timelineSchema = z.object({
  at: text,
  act: text,
  memberId: maybe,
  revision: z.number().nullable(),
  edition: z.number().nullable(),
  note: text,
})
export const signersSchema = z.object({
  steps: z.array(
    z.object({
      step: text,
      role: text,
      able: z.array(z.object({ memberId: text, name: text, phone: text, onDuty: z.boolean() })),
    }),
  ),
  stillAbleToSign: z.number(),
})
export const sheetSchema = z.object({
  number: text,
  agency: z.object({ zh: text, en: text }),
  title: text,
  revision: z.number(),
  hash: text,
  attachments: z.array(z.object({ sha256: text, name: text })),
  outlets: z.array(text),
  plannedAt: maybe,
  submittedAt: text,
  record: confidentialityInput.nullable(),
  steps: z.array(
    z.object({
      step: text,
      memberId: text,
      name: text,
      verdict: z.enum(['approve', 'return']),
      opinion: text,
      at: text,
      byPhone: z.boolean(),
    }),
  ),
})
