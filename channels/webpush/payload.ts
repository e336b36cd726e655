/** What a browser notification says, as the JSON our service worker reads. Pure. */
import type { ChannelConfig } from '../../src/delivery/channel.ts'
import { wallMinute } from '../../src/lib/clock.ts'
import { sha256 } from '../../src/lib/id.ts'
import type { Edition, Language, Mode, Part } from '../../src/publication/edition.ts'
import { saysCorrection } from '../../templates/page/change-word.ts'
import { linkOnly } from '../../templates/page/display.ts'
import { type Lang, t } from '../../templates/words/index.ts'
import { MOST_PLAINTEXT } from './seal.ts'

/** RFC 8030 §5.3 */
export type PushUrgency = 'low' | 'normal' | 'high'

export type PushPayload = {
  title: string
  body: string
  url: string
  /** By release: a correction takes the place of what it corrects on the screen. */
  tag: string
  lang: Language
  urgency: PushUrgency
  /** Sounds again although it replaces an earlier one: flash, corrections and withdrawals. */
  renotify: boolean
  edition: string
  mode: Mode
}

const MOST_TITLE = 120
const MOST_BODY = 300

export function payloadOf(edition: Edition, language: Language, config: ChannelConfig): PushPayload {
  const part = edition.content?.parts[language]
  if (!part) throw new Error(`edition ${edition.id} has no part in ${language}`)
  const lang: Lang = language === 'en' ? 'en' : 'zh'
  const [title, body] = linkOnly(edition)
    ? display(edition, part, lang, config)
    : [titleOf(edition, part, lang), bodyOf(edition, part, lang)]
  return fitted({
    title: cut(modeTitle(edition, title, lang), MOST_TITLE),
    body: cut(warn(edition, lang) + body, MOST_BODY),
    url: `${config.publicUrl}${edition.address}`,
    tag: `release-${edition.releaseNumber}`,
    lang: language,
    urgency: urgencyOf(edition),
    renotify: edition.lane === 'flash' || edition.type === 'correction' || edition.type === 'withdrawal',
    edition: edition.id,
    mode: edition.mode,
  })
}

/** A 公示 lies on devices after its time: the notification says who shows it until when, and leads there (story 5). */
function display(edition: Edition, part: Part, lang: Lang, config: ChannelConfig): [title: string, body: string] {
  const { agency, releaseNumber: number } = edition
  const neutral = t(lang, 'mail.display.subject', { agency: lang === 'zh' ? agency.name.zh : agency.name.en, number })
  const until = wallMinute(edition.content?.core.displayUntil as string, config.site.offset)
  const title = config.site.gov?.endedTitle === 'keep' ? titleOf(edition, part, lang) : neutral
  return [title, t(lang, 'mail.display.lead', { until })]
}

/** The page that asked for the test knows it by the tag `test`. */
export function testPayload(language: Language, config: ChannelConfig): PushPayload {
  const lang: Lang = language === 'en' ? 'en' : 'zh'
  const url = `${config.publicUrl}/`
  const shown = { title: t(lang, 'push.test.title'), body: t(lang, 'push.test.body'), url, tag: 'test', lang: language }
  return { ...shown, urgency: 'high', renotify: true, edition: '', mode: 'live' }
}

export function urgencyOf({ lane, content }: Edition): PushUrgency {
  if (lane === 'flash' || content?.core.urgency === 'critical') return 'high'
  return content?.core.urgency === 'important' ? 'normal' : 'low'
}

/** At most 32 letters of base64url that name the release (RFC 8030 §5.4); hex, because Apple has refused an underscore. */
export const topicOf = (edition: Edition): string => sha256(edition.releaseId).slice(0, 32)

function titleOf(edition: Edition, part: Part, lang: Lang): string {
  if (edition.type === 'withdrawal') return t(lang, 'push.title.withdrawal', { number: edition.releaseNumber })
  if (saysCorrection(edition)) return t(lang, 'push.title.correction', { title: part.title })
  return part.title
}

const modeTitle = ({ mode }: Edition, title: string, lang: Lang): string =>
  mode === 'live' ? title : t(lang, `push.title.${mode}`, { title })

const warn = ({ mode }: Edition, lang: Lang): string => (mode === 'live' ? '' : t(lang, `push.body.${mode}`))

/** What changed, else what to do, else what happened. */
function bodyOf({ type }: Edition, part: Part, lang: Lang): string {
  if (type === 'withdrawal') return [part.withdrawalReason, t(lang, 'push.body.withdrawal')].filter(Boolean).join(' ')
  const note = type === 'correction' ? part.changeNote : undefined
  return note || part.blocks.advice || part.summary || part.blocks.facts || ''
}

/** One line of at most so many code points. */
function cut(text: string, most: number): string {
  const letters = [...text.replace(/\s+/g, ' ').trim().toWellFormed()]
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`
}

export const bytesOf = (payload: PushPayload): Buffer => Buffer.from(JSON.stringify(payload), 'utf8')

/** A long address or many-byte letters may still be too much: the body gives way. */
function fitted(payload: PushPayload): PushPayload {
  let body = payload.body
  while (bytesOf({ ...payload, body }).length > MOST_PLAINTEXT && body) {
    body = cut(body, Math.floor([...body].length * 0.8))
  }
  return { ...payload, body }
}
