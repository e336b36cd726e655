/** An edition: the frozen public form of a release, and what of it an outlet is given. */
import type {
  Attachment,
  BlockName,
  CapTerms,
  Contact,
  Content,
  Core,
  Kind,
  Lane,
  Language,
  Mode,
  Over,
  Part,
  RepostOf,
  Urgency,
  WarningLevel,
} from '../desk/content.ts'

export type {
  Attachment,
  BlockName,
  CapTerms,
  Contact,
  Content,
  Core,
  Kind,
  Lane,
  Language,
  Mode,
  Part,
  RepostOf,
  Urgency,
  WarningLevel,
}

export const EDITION_TYPES = ['first', 'erratum', 'correction', 'addition', 'withdrawal', 'takedown'] as const
export type EditionType = (typeof EDITION_TYPES)[number]

/** What is told in the way of a correction, and is none: said instead of 更正 wherever an edition is named. */
export type ActOfCorrection = 'false-alarm' | Over['as']

/** Bilingual name. */
export type Named = { zh: string; en: string }

export type AgencyFace = { id: string; slug: string; name: Named }
export type TopicFace = { slug: string; name: Named }
export type AreaFace = { code: string; name: Named }
export type IncidentFace = { id: string; number: string; title: Named; closed: boolean }

/** Everything an outlet may know of an edition. No member's name, no opinion, no draft. */
export type Edition = {
  id: string
  /** Global order of publication, 1, 2, 3 …; a lower one never replaces a higher. */
  sequence: number
  releaseId: string
  /** Permanent release number: 2026-000042. */
  releaseNumber: string
  /** Path of the release on the site, with both slashes: /releases/2026-000042/ . Given at first publication, never changes. */
  address: string
  /** 第n版 */
  number: number
  type: EditionType
  mode: Mode
  kind: Kind
  lane: Lane
  agency: AgencyFace
  topics: TopicFace[]
  areas: AreaFace[]
  incident?: IncidentFace
  /** null: taken down or purged; nothing but number and times may be shown. For a withdrawal: parts hold title-free reasons only (see `withdrawn`). */
  content: Content | null
  /** Purged, it was an alert, and would have held until then: its message is to be found and taken away. */
  warnedUntil?: string
  /**
   * 公示期已满: set only on an edition rendered for a time after its display ended; `content` is null then. `files` names what it
   * offered, so that it can be taken away.
   */
  ended?: { until: string; titles: Partial<Record<Language, string>>; files: Pick<Attachment, 'sha256' | 'name'>[] }
  /** Time of the release's first edition, and of this one. Server's clock, UTC ISO. */
  firstPublishedAt: string
  publishedAt: string
  /** Every edition up to and including this one, oldest first. */
  history: { id: string; number: number; type: EditionType; publishedAt: string; as?: ActOfCorrection }[]
  /** SHA-256 of the revision's canonical JSON, hex. */
  hash: string
  /** Detached JWS (EdDSA) over the edition's canonical JSON. */
  seal: string
}

/** An issue of the gazette (政报): releases by id, in its order. Their words come from the catalogue. */
export type GazetteIssue = {
  number: string
  sequence: number
  startsAt: string
  /** The first instant after the period. */
  endsAt: string
  /** 标准文本 */
  standard: boolean
  madeAt: string
  releaseIds: string[]
}

/** Public lists a release stands in. A slot in a list never moves. */
export type ListKey =
  | 'all'
  | `topic/${string}`
  | `area/${string}`
  | `agency/${string}`
  | `incident/${string}`
  | `kind/${string}`
  /** Local month of first publication: month/2026-11 */
  | `month/${string}`
  | `language/${Language}`

export const isGone = (e: Edition): boolean => e.type === 'withdrawal' || e.type === 'takedown' || e.content === null
