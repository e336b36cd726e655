/** One CAP 1.2 message (OASIS CAP-v1.2-os). Elements stand in the order of the schema. */
import type { ChannelConfig } from '../../src/delivery/channel.ts'
import { plainText } from '../../src/lib/html.ts'
import { withPlaced } from '../../src/lib/placed.ts'
import { cleanText, el, type Xml, xmlDocument } from '../../src/lib/xml.ts'
import { signedDocument } from '../../src/lib/xml-signature.ts'
import type { Attachment, CapTerms, Edition, Language, Mode } from '../../src/publication/edition.ts'
import { filePath } from '../../templates/page/article.tsx'
import { capExpiry } from '../../templates/page/cap-alert.ts'
import { t } from '../../templates/words/index.ts'
import { pagePath } from './addresses.ts'
import { type CapMessage, capTerms, capTime } from './cap-chain.ts'
import { colourCode, eventNames } from './event-names.ts'
import { changeNote, languagesIn, nameIn, prefixed, type Spoken, spoken, wordsFor } from './wording.ts'

const STATUS: Record<Mode, string> = { live: 'Actual', exercise: 'Exercise', test: 'Test' }
/** Phones cut a headline at 140 characters. */
const HEADLINE = 139

/** SHA-1 (hex) of attachments by their SHA-256, as CAP's digest asks for; those not in it go without. */
export type Digests = ReadonlyMap<string, string>

export function capXml(config: ChannelConfig, message: CapMessage, digests: Digests = new Map()): string {
  const { edition } = message
  const incident = edition.type === 'takedown' ? undefined : edition.incident?.number.replace(/\s+/g, '-')
  const alert = el(
    'alert',
    { xmlns: 'urn:oasis:names:tc:emergency:cap:1.2' },
    el('identifier', {}, message.identifier),
    el('sender', {}, message.sender),
    el('sent', {}, message.sent),
    el('status', {}, STATUS[edition.mode]),
    el('msgType', {}, message.msgType),
    el('scope', {}, 'Public'),
    optional('note', noteOf(message)),
    optional('references', message.references.map((m) => `${m.sender},${m.identifier},${m.sent}`).join(' ')),
    optional('incidents', incident),
    message.msgType !== 'Cancel' && languagesIn(edition).map((l) => info(config, edition, l, digests)),
  )
  return config.alertKey ? signedDocument(alert, config.alertKey(edition.mode)) : xmlDocument(alert)
}

const optional = (name: string, text: string | undefined): Xml | undefined => {
  const clean = cleanText(text ?? '').trim()
  return clean === '' ? undefined : el(name, {}, clean)
}

/** A Cancel says number and approved reason, an exercise that it is one, an update what changed. */
function noteOf({ edition, msgType }: CapMessage): string {
  const voice = spoken(edition)
  const words = wordsFor(voice?.language ?? 'zh-CN')
  const mode = edition.mode === 'live' ? '' : t(words, `feeds.note.${edition.mode}`)
  const number = edition.releaseNumber
  const withdrawn = edition.type === 'withdrawal'
  const ended = edition.content?.core.falseAlarmOf !== undefined || edition.content?.core.over !== undefined
  if (msgType === 'Cancel' && ended && voice) return mode + endedNote(edition, voice)
  if (msgType === 'Cancel' && !withdrawn) {
    const key = edition.type === 'takedown' ? 'feeds.takedown.title' : 'feeds.cap.cancelled'
    return mode + t(words, key, { number })
  }
  if (withdrawn)
    return `${mode}${t(words, 'feeds.withdrawal.title', { number })}。${voice?.part.withdrawalReason ?? ''}`
  return mode + ((voice && changeNote(edition, voice.part)) ?? '')
}

/** Why it is cancelled and what to do: readers of a Cancel see no more than its note. */
const endedNote = (edition: Edition, { part }: Spoken): string =>
  [part.title, changeNote(edition, part), part.blocks.facts, part.blocks.advice]
    .map((text) => cleanText(text ?? '').trim())
    .filter((text) => text !== '')
    .join('\n\n')

function info(config: ChannelConfig, edition: Edition, language: Language, digests: Digests): Xml {
  const terms = capTerms(edition) as CapTerms
  const voice = spoken(edition, language) as Spoken
  const core = edition.content?.core
  const first = languagesIn(edition)[0] as Language
  return el(
    'info',
    {},
    el('language', {}, language),
    el('category', {}, terms.category),
    el('event', {}, eventNames(edition, terms).get(language) as string),
    optional('responseType', terms.responseType),
    el('urgency', {}, terms.urgency),
    el('severity', {}, terms.severity),
    el('certainty', {}, terms.certainty),
    terms.eventCode && el('eventCode', {}, named('GB/T 35561', terms.eventCode)),
    times(edition, terms),
    el('senderName', {}, nameIn(edition.agency.name, language)),
    el('headline', {}, headline(edition, voice)),
    el('description', {}, description(edition, voice)),
    optional('instruction', voice.part.blocks.advice),
    el('web', {}, config.publicUrl + pagePath(edition, language, first)),
    optional('contact', phones(edition)),
    core?.warningLevel && el('parameter', {}, named('ColorCode', colourCode(core.warningLevel))),
    el('parameter', {}, named('urn:ortoo:edition', String(edition.number))),
    el('parameter', {}, named('urn:ortoo:hash', edition.hash)),
    (edition.content?.attachments ?? []).map((f) => resource(config, edition.mode, f, digests)),
    areas(edition, terms, language),
  )
}

/** Each place by itself; where somebody drew where it is, one area of that, since places beside it would widen it (CAP 1.2 §3.2.4). */
function areas(edition: Edition, terms: CapTerms, language: Language): Xml[] {
  const { polygons = [], circles = [] } = terms
  const codes = (of: Edition['areas']) => of.map((a) => el('geocode', {}, named('GB/T 2260', a.code)))
  const name = (of: Edition['areas']) => of.map((a) => nameIn(a.name, language)).join(language === 'en' ? ', ' : '、')
  if (polygons.length + circles.length === 0)
    return edition.areas.map((a) => el('area', {}, el('areaDesc', {}, name([a])), codes([a])))
  return [
    el(
      'area',
      {},
      el('areaDesc', {}, name(edition.areas) || headline(edition, spoken(edition, language) as Spoken)),
      polygons.map((p) => el('polygon', {}, p)),
      circles.map((c) => el('circle', {}, c)),
      codes(edition.areas),
    ),
  ]
}

const named = (name: string, value: string): Xml[] => [el('valueName', {}, name), el('value', {}, value)]

function times(edition: Edition, terms: CapTerms): (Xml | undefined)[] {
  const end = capTime(capExpiry(edition))
  const onset = terms.onset && capTime(terms.onset)
  return [
    el('effective', {}, capTime(edition.publishedAt)),
    onset && onset < end ? el('onset', {}, onset) : undefined,
    el('expires', {}, end),
  ]
}

/** Title, said to be an exercise where it is one, cut between characters. */
export function headline(edition: Edition, { language, part }: Spoken): string {
  const whole = prefixed(edition.mode, language, cleanText(part.title)).replace(/\s+/g, ' ').trim()
  if (whole.length <= HEADLINE) return whole
  let cut = ''
  for (const point of whole) {
    if (cut.length + point.length > HEADLINE - 1) break
    cut += point
  }
  return `${cut}…`
}

/** Pictures are resources of the message; of them the text has what is written under them. */
const captionsOnly = (body: string): string => withPlaced(body, (p) => (p.caption ? `<p>${p.caption}</p>` : ''))

function description(edition: Edition, { part }: Spoken): string {
  const { whenWhere, facts, actions, cause } = part.blocks
  // Characters XML cannot carry go first: some of them are space in HTML, and would part words here and nowhere else.
  const said = [
    changeNote(edition, part),
    whenWhere,
    facts,
    actions,
    cause,
    plainText(captionsOnly(cleanText(part.body))),
  ]
  const text = said
    .map((x) => cleanText(x ?? '').trim())
    .filter((x) => x !== '')
    .join('\n\n')
  return text || cleanText(part.summary || part.title)
}

const phones = (edition: Edition): string =>
  (edition.content?.core.contacts ?? [])
    .filter((c) => c.audience === 'public' && (c.phone || c.email))
    .map((c) => [c.label, c.phone, c.email].filter(Boolean).join(' '))
    .join('; ')

const resource = (config: ChannelConfig, mode: Mode, file: Attachment, digests: Digests): Xml =>
  el(
    'resource',
    {},
    el('resourceDesc', {}, cleanText(file.title).trim() || file.name),
    el('mimeType', {}, file.type),
    el('size', {}, file.bytes),
    el('uri', {}, config.publicUrl + filePath({ mode }, file)),
    optional('digest', digests.get(file.sha256)),
  )
