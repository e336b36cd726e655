/** What a revision says: core, one part per language, attachments. Types only; draft.ts checks what people send. */
import type { CATEGORY, CERTAINTY, RESPONSE, SEVERITY, URGENCY } from '../incident/warning/alert.ts'

export const LANGUAGES = ['zh-CN', 'mn-Mong-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export const KINDS = [
  'incident-notice',
  'incident-update',
  'incident-final',
  'warning',
  'response',
  'all-clear',
  'policy',
  'interpretation',
  'press-conference',
  'clarification',
  'notice',
] as const
export type Kind = (typeof KINDS)[number]

export const LANES = ['flash', 'routine'] as const
export type Lane = (typeof LANES)[number]

export const MODES = ['live', 'exercise', 'test'] as const
export type Mode = (typeof MODES)[number]

/** 提醒级别 紧急 / 重要 / 一般. Not the incident grade, warning level or response level. */
export const URGENCIES = ['critical', 'important', 'normal'] as const
export type Urgency = (typeof URGENCIES)[number]

export const WARNING_LEVELS = ['red', 'orange', 'yellow', 'blue'] as const
export type WarningLevel = (typeof WARNING_LEVELS)[number]

/** 已修改 / 废止 / 失效 */
export const VALIDITIES = ['amended', 'repealed', 'expired'] as const
/** `paper-of` and `transcript-of` name a press conference: what is handed out at it, and what was said there. */
export const RELATIONS = [
  'interprets',
  'clarifies',
  'follows',
  'amends',
  'repeals',
  'paper-of',
  'transcript-of',
] as const

/** Structured blocks, in the order they are read. Plain text, paragraphs parted by a blank line. */
export const BLOCKS = ['claim', 'whenWhere', 'facts', 'actions', 'cause', 'advice'] as const
export type BlockName = (typeof BLOCKS)[number]

/** What the public must do now, in CAP 1.2 terms. CAP is published only where actNow is true (or the kind is warning). */
export type CapTerms = {
  actNow: boolean
  category: (typeof CATEGORY)[number]
  /** GB/T 35561 code, e.g. 11G05 grassland fire. */
  eventCode?: string
  urgency: (typeof URGENCY)[number]
  severity: (typeof SEVERITY)[number]
  certainty: (typeof CERTAINTY)[number]
  responseType?: (typeof RESPONSE)[number]
  onset?: string
  expires?: string
  /** Rings of "lat,lon lat,lon …", the last point the first again; WGS-84 (CAP 1.2 §3.2.4). */
  polygons?: string[]
  /** "lat,lon radius", the radius in kilometres. */
  circles?: string[]
}

export type Contact = { label: string; phone?: string; email?: string; audience: 'public' | 'press' }

/** 转载: the published edition of another agency that this release carries unchanged. Given by the act of reposting, never typed. */
export type RepostOf = {
  releaseId: string
  releaseNumber: string
  /** Number of the edition it stands on. */
  edition: number
  /** That edition's hash. */
  hash: string
  agencyName: { zh: string; en: string }
  /** Path of the source on the site. */
  address: string
  /** When the edition it stands on was published, UTC ISO. */
  publishedAt: string
}
/** 转发预警: the warning of another station this release carries. Given by the act of relaying, never typed. Times as in the file. */
export type RelayOf = {
  identifier: string
  /** Who issued it, as it names itself. */
  station: string
  sent: string
  msgType: 'Alert' | 'Update' | 'Cancel'
  form: 'cap' | '12379'
  /** Of the original's bytes. */
  sha256: string
  /** false: the file names an officer, and stays inside. */
  public: boolean
  /** Hash of the origin's words, which stand as the facts in that language. */
  quoted: { language: Language; sha256: string }
}
/** Times are UTC ISO. `capacity`: how many journalists find a place. */
export type Conference = { startsAt: string; endsAt?: string; place?: string; capacity?: number; cancelled?: boolean }
/**
 * 误发更正: what is said if this text should not have gone out. `wrong` and `advice` are written; `title` and `note` are made
 * from the release's own title and number at each save, so that all four are agreed to as they will stand.
 */
export type FalseAlarm = { title: string; note: string; wrong: string; advice: string }
/** 解除预警 / 终止响应: what this kind of release began is over, as somebody signed. Expired is not over. */
export const OVER = ['lifted', 'response-ended'] as const
export type Over = { as: (typeof OVER)[number] }

/** Facts of the release that no language owns. Times are UTC ISO; areas are GB/T 2260 codes (6, 9 or 12 digits). */
export type Core = {
  kind: Kind
  lane: Lane
  mode: Mode
  agencyId: string
  incidentId?: string
  areas: string[]
  topics: string[]
  outlets: string[]
  urgency: Urgency
  warningLevel?: WarningLevel
  /** 发文字号: typed, checked, never generated. */
  documentNumber?: string
  /** 索引号 */
  indexNumber?: string
  /** 成文日期 YYYY-MM-DD */
  formedOn?: string
  /** 知悉时间 */
  knownAt?: string
  /** 截至: the facts are true as of. */
  asOf?: string
  /** 下次发布 */
  nextUpdateAt?: string
  /** Warning or notice is valid until. */
  expiresAt?: string
  /** 公示: on display until then, and gone from every public place afterwards. */
  displayUntil?: string
  /** 已修改 / 废止 / 失效, said by a later edition of the document itself; absent: in force. */
  validity?: { state: (typeof VALIDITIES)[number] /** YYYY-MM-DD */; since: string }
  cap?: CapTerms
  /** 新闻发布会: when and where; `cancelled` while the release itself stands. */
  conference?: Conference
  contacts: Contact[]
  /** Not before this time; absent means at once when signed. */
  notBefore?: string
  /** 限时发布: once approved, accredited journalists may read it until `notBefore`, when it is public. */
  embargo?: boolean
  /** Another release this one interprets, clarifies, follows …: release id. */
  relatesTo?: { releaseId: string; as: (typeof RELATIONS)[number] }[]
  repostOf?: RepostOf
  relayOf?: RelayOf
  /** Its alert was sent in error, and the text put in its place says so: number of the edition that was wrong. Never typed. */
  falseAlarmOf?: number
  /** Given by the act of ending it, never typed. */
  over?: Over
}

/** One language of the release. */
export type Part = {
  title: string
  summary?: string
  blocks: Partial<Record<BlockName, string>>
  /** Sanitised HTML of the body; '' where blocks say all. A picture in it names an attached file and carries its description. */
  body: string
  /** 主送机关 */
  addressees?: string
  /** 署名 */
  signature?: string
  /** What changed since the last edition; required for erratum, correction and addition. */
  changeNote?: string
  /** Reason shown on the tombstone of a withdrawal. */
  withdrawalReason?: string
  /** Agreed with the alert and shown to nobody outside unless it is used. */
  falseAlarm?: FalseAlarm
}

/** `width` and `height`: of a picture, in pixels the right way up; read from the file when it was attached, never typed. */
export type Attachment = {
  sha256: string
  name: string
  type: string
  bytes: number
  title: string
  width?: number
  height?: number
}

export type Content = { core: Core; parts: Partial<Record<Language, Part>>; attachments: Attachment[] }

/** Languages present, in the order they are shown: Chinese first. */
export const languagesOf = (content: Content): Language[] => LANGUAGES.filter((l) => content.parts[l] !== undefined)

/** The part a reader of `wanted` gets: theirs, else Chinese, else the first there is. */
export function partFor(content: Content, wanted: Language): { language: Language; part: Part } {
  const language = content.parts[wanted] ? wanted : (languagesOf(content)[0] as Language)
  return { language, part: content.parts[language] as Part }
}
