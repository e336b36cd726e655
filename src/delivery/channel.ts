/** The contract of an outlet. Leases, retries, rate, lanes and records belong to delivery; a channel only renders and speaks the wire. */
import type { GovFace } from '../lib/gov-settings.ts'
import type { SigningKey } from '../lib/xml-signature.ts'
import type {
  AgencyFace,
  AreaFace,
  Edition,
  GazetteIssue,
  IncidentFace,
  Language,
  ListKey,
  Mode,
  TopicFace,
} from '../publication/edition.ts'
import type { TurnWhy } from '../store/turn.ts'

export type { TurnWhy }

/** The slice of configuration an outlet may see. */
export type ChannelConfig = {
  /** https://press.example ; no trailing slash. */
  publicUrl: string
  /** Bilingual name of the site, its time offset (+08:00) and a mark put on every page and mail (示例), or ''. */
  site: {
    nameZh: string
    nameEn: string
    offset: string
    mark: string
    siteCode?: string
    contact?: string
    /** Pages link to their PDF, which the origin makes on demand. */
    pdf?: boolean
    /** What the footer of a government site names besides its code (国办发〔2017〕47号 annex). */
    gov?: GovFace
  }
  /** `bounceKey` signs return paths at `bounceDomain`; without both a mail comes back to its sender. */
  smtp?: { url: string; from: string; connections: number; bounceDomain?: string; bounceKey?: string }
  vapid?: { publicKey: string; privateKey: string; subject: string }
  /** What CAP files are signed with; exercise and test have another than live. */
  alertKey?: (mode: Mode) => SigningKey
  /** Address of our WebSub hub, which feeds name; absent when it is off. */
  hubUrl?: string
}

/** Public editions by list and slot, as they stood at the edition being rendered (so a rebuild gives the same bytes). */
export type Catalogue = {
  /** UTC ISO: what is shown is true as of then. The time of the edition published, or of the turn. Absent: the edition's own. */
  asOf?: string
  /** Lists this edition's release stands in, with its slot (1 = oldest) in each. */
  lists(edition: Edition): Promise<{ list: ListKey; slot: number }[]>
  /** How many slots the list has. */
  size(list: ListKey): Promise<number>
  /** Latest edition of each release in slots from..to (inclusive, 1-based), in slot order. */
  slots(list: ListKey, from: number, to: number): Promise<Edition[]>
  /** The latest edition of each of the `limit` most recently changed releases of the list, newest change first. */
  recent(list: ListKey, limit: number): Promise<Edition[]>
  /** All editions of one release, oldest first. */
  editions(releaseId: string): Promise<Edition[]>
  /** The latest edition of a release, or null when it has none. */
  latest(releaseId: string): Promise<Edition | null>
  /** The bytes of an attachment of a public edition. */
  file(sha256: string): Promise<Uint8Array>
  /** What readers can choose from and what is going on, in the mode of the edition. Without it the site falls back to recent releases. */
  directory?(): Promise<Directory>
  /** Latest editions of releases that name this one in `relatesTo`, newest first, at most `limit`: 20 unless said. */
  relating?(releaseId: string, limit?: number): Promise<Edition[]>
  /** An incident as it stood then, by its number. Without it, what its editions said of it when they were published. */
  incident?(number: string): Promise<IncidentNow | null>
  /** Issues of the gazette so far, oldest first; and those that hold a release. */
  issues?(): Promise<GazetteIssue[]>
  issuesHolding?(releaseId: string): Promise<GazetteIssue[]>
}

/** `closedAt`: UTC ISO, once it is over. */
export type IncidentNow = IncidentFace & { areas: AreaFace[]; closedAt: string | null }

/**
 * A moment at which public pages change though nothing was published: the release's latest edition, or that of the incident, is
 * rendered once more, with `catalogue.asOf` the turn's time. Numbered with the editions, and a lower number never replaces a higher.
 */
export type Turn = { sequence: number; at: string; why: TurnWhy; mode: Mode; edition: Edition }

/** A choice for readers, with how many public releases its list holds: a list of none has no page and no feed yet. */
export type Choice<Face> = Face & { releases: number }
export type Directory = {
  topics: Choice<TopicFace>[]
  /** `parent`: the code of the place that contains it. */
  areas: Choice<AreaFace & { parent?: string | null }>[]
  agencies: Choice<AgencyFace>[]
  /** Local months anything was published in, YYYY-MM, and kinds, each in its own order. */
  months?: { month: string; releases: number }[]
  kinds?: { kind: string; releases: number }[]
  /** The latest edition of the newest release of each open incident, newest first. */
  running: Edition[]
}

/** One public file. `path` begins with a slash; a path ending in a slash is an index page. */
export type SiteFile = {
  path: string
  type: string
  body: string | Uint8Array
  /** 200, or 410 for a tombstone. */
  status?: 200 | 410
  /** Extra response headers, lower case (content-disposition, link …). */
  headers?: Record<string, string>
}

/** Writes public files and swaps the pointer last. Files of a lower sequence than the pointer's are refused. */
export type SiteWriter = {
  commit(tree: 'website' | 'feeds', mode: Mode, sequence: number, files: SiteFile[]): Promise<{ root: string }>
}

/** Whom a subscriber outlet writes to. `token` is 32 letters of base64url and opens the preference page and one-click leave. */
export type Target = {
  deliveryId: number
  subscriberId: number
  /** E-mail address or push endpoint URL; '' for outlets whose audience is everyone. */
  address: string
  token: string
  language: Language
  /** 1 for the first try. A repeat after an unknown outcome is higher. */
  attempt: number
  /** Key material of a push subscription. */
  keys?: { p256dh: string; auth: string }
  /** What a callback or receiver is signed for. */
  signing?: Signing
}

/** Secrets as they lie in the database, the newest first (`ChannelDeps.unlock` opens them); each, and all of it, until its time. */
export type Signing = { secrets: { locked: string; until?: string }[]; until?: string }

/** What became of one target. `gone` removes the subscriber; a 401 or 403 of a push service must never be gone. */
export type Outcome =
  | { state: 'accepted'; remoteId?: string }
  /** Try again, not before `after` milliseconds. `ours`: the far end refuses us and not this recipient, so a person must mend it. */
  | { state: 'again'; why: string; after: number; ours?: boolean }
  | { state: 'never'; why: string }
  | { state: 'gone'; why: string }
  /** A stand-in took it: nothing left the building. */
  | { state: 'suppressed'; why: string }
  /** Handed over, but the answer never came. */
  | { state: 'unknown'; why: string }

/** `at`: which of the targets. */
export type Told = (at: number, outcome: Outcome) => void

/**
 * One document of a preview, as it would leave the building. `shape` says how the desk shows it: a page or a mail as HTML, a sheet as it
 * comes from the printer, a notification as JSON of title and body, text as it stands, source as text nobody is meant to read aloud.
 */
export type PreviewDocument = {
  /** Its own in its outlet: page, mail, mail-text, atom … ; small letters and hyphens. */
  name: string
  shape: 'page' | 'sheet' | 'mail' | 'notification' | 'text' | 'source'
  body: string
  /** What stands above it in a mailbox. */
  subject?: string
  /** Short messages it takes. */
  segments?: number
}

export type Channel<Prepared = unknown> = {
  name: string
  audience: 'everyone' | 'subscribers'
  /** Subscriber kind it serves, when its audience is subscribers. */
  serves?: 'email' | 'webpush' | 'websub' | 'webhook' | 'contact'
  /**
   * Anybody may put a callback on its list and follows one public file: whoever follows a file the edition wrote is sent it as it
   * stands. It goes wherever the feeds go. Far ends that fail are strangers', and raise no alarm.
   */
  hub?: true
  /** Not offered, and ordered nothing, while nobody is on its list. */
  byInvitation?: true
  /** A repeat does no harm, the far end knows it for one: what a crash left in doubt is sent again. */
  repeatable?: true
  /** null when ready, else one sentence an operator can act on. */
  ready(config: ChannelConfig): string | null
  /** Variants this edition is rendered in: languages for mail and push; ['all'] for site and feeds. */
  variants(edition: Edition): string[]
  /** Heavy; once per edition and variant. `previous` is the edition corrected, where there is one. */
  prepare(edition: Edition, variant: string, catalogue: Catalogue): Promise<Prepared>
  /**
   * What an edition that is not published yet would be, in one language, from the renderers `prepare` uses. Pure: it writes, sends and
   * signs nothing. None where the outlet would carry nothing in that language.
   */
  preview?(edition: Edition, language: Language, catalogue: Catalogue): Promise<PreviewDocument[]>
  /** An issue of the gazette, for outlets that show it; the result goes through `send` like any other. */
  prepareIssue?(issue: GazetteIssue, catalogue: Catalogue): Promise<Prepared>
  /**
   * One outcome per target, in order. Never throws for one target's sake. May be called again before the last call ended.
   * `told`, where the outlet can, is called with each outcome as soon as it is known, so that nobody's record waits for the slowest.
   */
  send(prepared: Prepared, targets: Target[], signal: AbortSignal, told?: Told): Promise<Outcome[]>
  /**
   * Several editions as one message, heavy; the result goes through `send` like any other. Each is shown in `language`, or else
   * in the language a reader of it falls back to. An outlet without it has no digests.
   */
  digest?(items: Edition[], language: Language, period: DigestPeriod): Promise<Prepared>
  /** The one letter that is sent before or beside a subscription, at its owner's request. Kept, and `suppressed`, where no outlet is set up. */
  welcome?(message: Welcome): Promise<Outcome>
  /** The test message a reader asked for to their own device, or an administrator to a receiver. */
  test?(to: Pick<Target, 'address' | 'language' | 'keys' | 'signing'>): Promise<Outcome>
  /**
   * Renders what a turn changes, pure like `prepare`; the result goes through `send`. null: none of its files change. An outlet
   * without it has nothing that time alone can change.
   */
  turn?(turn: Turn, catalogue: Catalogue): Promise<Prepared | null>
  /** Public paths to fetch back after sending, with what a parser that shares no code with the renderer must find in each. */
  proof?(edition: Edition): Promise<Proof[]>
  /**
   * How many outcomes are written together at most; 100 unless said. Fewer where the outlet speaks in the worker's own thread:
   * while a transaction runs nobody feeds its wire.
   */
  recordTogether?: number
  /** Loads what the first message would otherwise wait for. Called once, when the worker has started. */
  warm?(): Promise<void>
  close?(): Promise<void>
}

/**
 * What a digest covers. `date` is the local day it is for, YYYY-MM-DD; `until` the instant the period ended. `at-once`: what
 * was waiting when a reader switched to being told at once.
 */
export type DigestPeriod = { every: 'daily' | 'weekly' | 'at-once'; date: string; until: string }

/**
 * `confirm`: somebody asked for mail to this address, please confirm within 48 hours; `known`: it has it already, here are
 * its choices. The links hold the subscriber's token. `answered`: what somebody wrote about a fault has an answer, and where it
 * is read; the answer itself is in no mail. `standby`: may this address stand by for a browser, confirm within 48 hours; `taken-over`:
 * the browser cannot be reached any more, from now on it is mail. `media-…`: an accredited journalist's way in, good once; it names
 * no release.
 */
export type Welcome = { to: string; language: Language } & (
  | { about: 'confirm'; confirmUrl: string }
  | { about: 'known'; preferencesUrl: string; leaveUrl: string }
  | { about: 'standby'; confirmUrl: string }
  /** A member tries the outlet, to their own address; the link is the desk's page of outlets. */
  | { about: 'outlet-test'; deskUrl: string }
  | { about: 'taken-over'; preferencesUrl: string; leaveUrl: string }
  | { about: 'answered'; number: string; answerUrl: string }
  | { about: 'media-invited' | 'media-sign-in'; enterUrl: string }
)

/** One public address to read back: the format its parser is chosen by. */
export type Proof = { path: string; format: 'html' | 'atom' | 'rss' | 'jsonfeed' | 'cap' }

export type HttpRequest = {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
  signal?: AbortSignal
  /** Whole deadline over DNS, connect and answer; default 15,000. */
  timeoutMs?: number
  /** Answer bytes kept; default 64 KiB. */
  maxBytes?: number
}
export type HttpAnswer = { status: number; headers: Record<string, string>; body: Uint8Array }
/** toOutsider of lib/http: guarded against private and odd addresses, no redirects. */
export type Outsider = (url: string, request?: HttpRequest) => Promise<HttpAnswer>

export type PublicFile = { type: string; status: 200 | 410; body: Uint8Array }

/** What a channel is made with. */
export type ChannelDeps = {
  config: ChannelConfig
  site: SiteWriter
  outsider: Outsider
  /** Client for our own public address, which may lie inside our network; absent where nothing is tried by it. */
  own?: Outsider
  /** The public file at a path of the live site as it stands now; null where there is none. */
  published: (path: string) => Promise<PublicFile | null>
  /** Opens a secret of a far end. Throws where it was locked by another installation. */
  unlock: (locked: string) => string
  /** Keeps a message that could not leave, for reading at the desk: data/outbox/<name>. */
  /** `also`: further releases it speaks of. */
  outbox: (name: string, bytes: Uint8Array, releaseId: string, also?: string[]) => Promise<void>
  now: () => string
  log: { info(o: object, m?: string): void; warn(o: object, m?: string): void; error(o: object, m?: string): void }
}
