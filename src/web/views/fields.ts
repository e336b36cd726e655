/** What stands in a draft form, as typed: from a content to fields and back. Nothing is judged here, so nothing is lost. */
import { BLOCKS, type Content, LANGUAGES, type Language, languagesOf, type Part } from '../../desk/content.ts'
import { withOffset } from '../../lib/clock.ts'
import { escapeHtml, plainText, textToHtml } from '../../lib/html.ts'
import { linesIn } from '../../lib/map-frame.ts'
import { fromTokens, type Offered, partTokens, placedHtml, tokenOf, withPlaced } from '../../lib/placed.ts'

/** Field path → what was typed, one entry for each control of that name. */
export type Fields = ReadonlyMap<string, readonly string[]>

export const first = (fields: Fields, name: string): string => fields.get(name)?.[0] ?? ''
export const every = (fields: Fields, name: string): readonly string[] => fields.get(name) ?? []

export const MOMENTS = ['knownAt', 'asOf', 'nextUpdateAt', 'expiresAt', 'displayUntil', 'notBefore'] as const
const LINES = [
  'kind',
  'lane',
  'mode',
  'incidentId',
  'urgency',
  'warningLevel',
  'documentNumber',
  'indexNumber',
  'formedOn',
] as const
const LISTS = ['areas', 'topics', 'outlets'] as const
const CAP_TERMS = ['category', 'eventCode', 'urgency', 'severity', 'certainty', 'responseType'] as const
/** One a line. */
const SHAPES = ['polygons', 'circles'] as const
const PART_LINES = ['title', 'summary', 'addressees', 'signature', 'changeNote', 'withdrawalReason'] as const
/** What is written of it; title and note are made. */
const FALSE_ALARM = ['wrong', 'advice'] as const
const CONTACT = ['label', 'phone', 'email', 'audience'] as const

/** A UTC time as a datetime-local control of the site's offset shows it; seconds only where there are any. */
export function localTime(iso: string | undefined, offset: string): string {
  if (!iso || Number.isNaN(Date.parse(iso))) return ''
  const wall = withOffset(iso, offset).slice(0, 19)
  return wall.endsWith(':00') ? wall.slice(0, 16) : wall
}
/** The same back, with the offset; what is no time goes through as it is and is refused where content is read. */
export const exactTime = (local: string, offset: string): string =>
  /T\d\d:\d\d$/.test(local) ? `${local}:00${offset}` : `${local}${offset}`

/**
 * A body as it is typed: paragraphs parted by blank lines where it is nothing more, else its HTML. A picture is a line that names it
 * by its place among the attachments.
 */
export function typedBody(html: string, files: readonly Offered[] = []): string {
  const tokens = withPlaced(html, (p) => {
    const line = tokenOf(p, files, '图')
    return line === null ? placedHtml(p) : `<p>${escapeHtml(line).replaceAll('&quot;', '"')}</p>`
  })
  const text = plainText(tokens)
  return textToHtml(text) === tokens ? text : tokens
}
/** The HTML of a body as it was typed, not yet sanitised. */
export const bodyFrom = (typed: string, files: readonly Offered[] = []): string =>
  fromTokens(
    /<(p|h[2-4]|ul|ol|table|blockquote|hr|figure)[\s>/]/i.test(typed)
      ? typed
      : textToHtml(partTokens(typed.replace(/\r\n?/g, '\n'), files)),
    files,
  )

/** The attachments of a form in its order, taken away or not: what a number in a token counts. */
export function offeredIn(fields: Fields, known: ReadonlyMap<string, Kept> = new Map()): Offered[] {
  return rows(fields, 'attachments', ['sha256']).map((at) => {
    const sha256 = first(fields, `${at}.sha256`)
    const { name, type } = known.get(sha256) ?? { name: '', type: 'image/png' }
    return { sha256, name, type, title: first(fields, `${at}.title`).trim() }
  })
}

/** `numbers` names related releases by their number instead of their id. */
export function fieldsOf(
  content: Content,
  offset: string,
  numbers: Map<string, string> = new Map(),
): Map<string, string[]> {
  const fields = new Map<string, string[]>()
  const put = (name: string, value: string | undefined) =>
    value !== undefined && value !== '' && fields.set(name, [value])
  const { core } = content
  for (const name of LINES) put(`core.${name}`, core[name])
  for (const name of LISTS) fields.set(`core.${name}`, [...core[name]])
  for (const name of MOMENTS) put(`core.${name}`, localTime(core[name], offset))
  for (const [i, contact] of core.contacts.entries())
    for (const name of CONTACT) put(`core.contacts.${i}.${name}`, contact[name])
  for (const [i, r] of (core.relatesTo ?? []).entries()) {
    put(`core.relatesTo.${i}.releaseId`, numbers.get(r.releaseId) ?? r.releaseId)
    put(`core.relatesTo.${i}.as`, r.as)
  }
  put('core.over', core.over?.as)
  if (core.embargo) fields.set('core.embargo', ['1'])
  put('core.validity.state', core.validity?.state)
  put('core.validity.since', core.validity?.since)
  if (core.cap) {
    if (core.cap.actNow) fields.set('core.cap.actNow', ['1'])
    for (const name of CAP_TERMS) put(`core.cap.${name}`, core.cap[name])
    for (const name of ['onset', 'expires'] as const) put(`core.cap.${name}`, localTime(core.cap[name], offset))
    for (const name of SHAPES) put(`core.cap.${name}`, core.cap[name]?.join('\n'))
  }
  if (core.conference) {
    const { startsAt, endsAt, place, capacity, cancelled } = core.conference
    put('core.conference.startsAt', localTime(startsAt, offset))
    put('core.conference.endsAt', localTime(endsAt, offset))
    put('core.conference.place', place)
    put('core.conference.capacity', capacity?.toString())
    if (cancelled) fields.set('core.conference.cancelled', ['1'])
  }
  for (const language of languagesOf(content))
    putPart(put, language, content.parts[language] as Part, content.attachments)
  for (const [i, a] of content.attachments.entries()) {
    put(`attachments.${i}.sha256`, a.sha256)
    put(`attachments.${i}.title`, a.title)
  }
  return fields
}

function putPart(
  put: (name: string, value: string | undefined) => void,
  language: Language,
  part: Part,
  files: readonly Offered[],
): void {
  const at = `parts.${language}`
  for (const name of PART_LINES) put(`${at}.${name}`, part[name])
  for (const name of BLOCKS) put(`${at}.blocks.${name}`, part.blocks[name])
  put(`${at}.body`, typedBody(part.body, files))
  for (const name of FALSE_ALARM) put(`${at}.falseAlarm.${name}`, part.falseAlarm?.[name])
}

export type Kept = { name: string; type: string; bytes: number }

/**
 * What the fields say, in the shape `readContent` reads. `files` are the release's attachments by hash; `related` turns a
 * release number into its id, or leaves it.
 */
export function contentFrom(
  fields: Fields,
  offset: string,
  files: Map<string, Kept> = new Map(),
  related: Map<string, string> = new Map(),
): Record<string, unknown> {
  const get = (name: string) => first(fields, name).replace(/\r\n?/g, '\n')
  const given = (names: readonly string[], at: string) =>
    Object.fromEntries(names.map((n) => [n, get(`${at}.${n}`).trim()]).filter(([, v]) => v !== ''))
  const times = (names: readonly string[], at: string) =>
    Object.fromEntries(Object.entries(given(names, at)).map(([n, v]) => [n, exactTime(v as string, offset)]))
  const relates = rows(fields, 'core.relatesTo').map((at) => ({
    releaseId: related.get(get(`${at}.releaseId`).trim()) ?? get(`${at}.releaseId`).trim(),
    as: get(`${at}.as`) || 'follows',
  }))
  const offered = offeredIn(fields, files)
  return {
    core: {
      ...given(LINES, 'core'),
      ...Object.fromEntries(LISTS.map((n) => [n, every(fields, `core.${n}`).filter(Boolean)])),
      ...times(MOMENTS, 'core'),
      contacts: rows(fields, 'core.contacts').map((at) => ({ audience: 'public', label: '', ...given(CONTACT, at) })),
      ...(relates.some((r) => r.releaseId) ? { relatesTo: relates.filter((r) => r.releaseId) } : {}),
      ...(first(fields, 'core.embargo') !== '' ? { embargo: true } : {}),
      ...validityFrom(given(['state', 'since'], 'core.validity')),
      ...conferenceFrom(fields, {
        ...given(['place', 'capacity'], 'core.conference'),
        ...times(['startsAt', 'endsAt'], 'core.conference'),
      }),
      ...capFrom(fields, { ...given(CAP_TERMS, 'core.cap'), ...times(['onset', 'expires'], 'core.cap') }),
    },
    parts: Object.fromEntries(
      LANGUAGES.filter((l) => first(fields, `drop.${l}`) === '')
        .map((l) => [l, partFrom(l, get, given, offered)] as const)
        .filter(([, part]) => part !== null),
    ),
    attachments: rows(fields, 'attachments', ['sha256'])
      .filter((at) => get(`${at}.remove`) === '')
      .flatMap((at) => {
        const file = files.get(get(`${at}.sha256`))
        return file ? [{ sha256: get(`${at}.sha256`), ...file, title: get(`${at}.title`).trim() || file.name }] : []
      }),
  }
}

/** Whole or not at all: a day without a state is a control nobody chose. */
const validityFrom = (validity: Record<string, string>): object =>
  validity['state'] ? { validity: { since: '', ...validity } } : {}

/** Terms of CAP only where somebody chose one; what is left open is Unknown, which the checks name. */
function capFrom(fields: Fields, given: Record<string, string>): object {
  const actNow = first(fields, 'core.cap.actNow') !== ''
  const shapes = SHAPES.map((name) => [name, linesIn(first(fields, `core.cap.${name}`))] as const)
  const terms = { ...given, ...Object.fromEntries(shapes.filter(([, lines]) => lines.length)) }
  if (!actNow && Object.keys(terms).length === 0) return {}
  return { cap: { actNow, urgency: 'Unknown', severity: 'Unknown', certainty: 'Unknown', ...terms } }
}

/** A conference without its beginning goes through as it is and is refused where content is read. */
function conferenceFrom(fields: Fields, given: Record<string, string>): object {
  const cancelled = first(fields, 'core.conference.cancelled') !== ''
  if (!cancelled && Object.keys(given).length === 0) return {}
  const { capacity, ...rest } = given as Record<string, string>
  // What is no number goes through as it was typed.
  const places = capacity && /^\d+$/.test(capacity) ? Number(capacity) : capacity
  return { conference: { ...rest, ...(places ? { capacity: places } : {}), ...(cancelled ? { cancelled } : {}) } }
}

function partFrom(
  language: Language,
  get: (name: string) => string,
  given: (names: readonly string[], at: string) => Record<string, string>,
  offered: readonly Offered[],
): object | null {
  const at = `parts.${language}`
  const lines = given(PART_LINES, at)
  const blocks = given(BLOCKS, `${at}.blocks`)
  const body = bodyFrom(get(`${at}.body`), offered)
  if (Object.keys(lines).length + Object.keys(blocks).length === 0 && body === '') return null
  const falseAlarm = given(FALSE_ALARM, `${at}.falseAlarm`)
  return { title: '', ...lines, blocks, body, ...(Object.keys(falseAlarm).length ? { falseAlarm } : {}) }
}

/** Paths of the rows of a repeated group that have anything in them, in order. */
function rows(
  fields: Fields,
  at: string,
  names: readonly string[] = ['label', 'phone', 'email', 'releaseId'],
): string[] {
  const pattern = new RegExp(`^${at.replace('.', '\\.')}\\.(\\d+)\\.(\\w+)$`)
  const found = new Set<number>()
  for (const [name, values] of fields) {
    const m = pattern.exec(name)
    if (m && names.includes(m[2] as string) && values[0]?.trim()) found.add(Number(m[1]))
  }
  return [...found].sort((a, b) => a - b).map((i) => `${at}.${i}`)
}
