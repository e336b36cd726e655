/** What a relayed warning is as a draft: the origin's words as they stand, its station and time, and room for one's own advice. Pure. */
import { t } from '../../templates/words/index.ts'
import type { CapAlert, CapInfo } from '../incident/warning/alert.ts'
import { AREA_STANDARD, COLOUR, EVENT_STANDARD, SEVERITY_OF } from '../incident/warning/mapping.ts'
import { areaCovers } from '../lib/area-code.ts'
import { sha256 } from '../lib/id.ts'
import { cleanText } from '../lib/text.ts'
import type { Content, Core, Language, Part, RelayOf, WarningLevel } from './content.ts'

/** Of the release the warning goes on from, where there is one. */
export type Before = { releaseId: string; core: Core }

/** `areas`: places the agency speaks for. `file`: the original as it is attached; null where it may not be in public. */
export type Beside = { areas: string[]; before?: Before; sha256: string; form: RelayOf['form']; public: boolean }

const MODES = { Actual: 'live', Exercise: 'exercise', Test: 'test' } as const

export function relayDraft(alert: CapAlert, beside: Beside): { draft: unknown; relayOf: RelayOf } {
  const info = chosen(alert)
  const language: Language = info && !info.language.toLowerCase().startsWith('zh') ? 'en' : 'zh-CN'
  const facts = cleanText(said(alert, info)).text
  const relayOf: RelayOf = {
    identifier: alert.identifier,
    station: info?.senderName ?? alert.sender,
    sent: alert.sent,
    msgType: alert.msgType as RelayOf['msgType'],
    form: beside.form,
    sha256: beside.sha256,
    public: beside.public,
    quoted: { language, sha256: sha256(facts) },
  }
  const part: Part = {
    title: t(language === 'en' ? 'en' : 'zh', 'relay.title', { headline: headlineOf(alert, info) }),
    blocks: { whenWhere: whenWhere(relayOf, info, language), facts },
    body: '',
  }
  const chinese = language === 'zh-CN' ? part : { title: t('zh', 'relay.title.translate'), blocks: {}, body: '' }
  return { draft: { core: coreOf(alert, info, beside), parts: { 'zh-CN': chinese, [language]: part } }, relayOf }
}

const chosen = (alert: CapAlert): CapInfo | undefined =>
  alert.info.find((i) => i.language.toLowerCase().startsWith('zh')) ?? alert.info[0]

const headlineOf = (alert: CapAlert, info: CapInfo | undefined): string =>
  (info?.headline ?? info?.event ?? alert.note ?? alert.identifier).replace(/\s+/g, ' ')

/** Description and instruction are the origin's; a cancel may have a note alone. */
const said = (alert: CapAlert, info: CapInfo | undefined): string =>
  [info?.description ?? alert.note, info?.instruction].filter(Boolean).join('\n\n') || headlineOf(alert, info)

const wall = (time: string): string => time.slice(0, 16).replace('T', ' ')

function whenWhere(of: RelayOf, info: CapInfo | undefined, language: Language): string {
  const lang = language === 'en' ? 'en' : 'zh'
  const until = info?.expires && of.msgType !== 'Cancel' ? t(lang, 'relay.until', { time: wall(info.expires) }) : ''
  const places = info?.area.map((a) => a.areaDesc).join(lang === 'zh' ? '、' : '; ') ?? ''
  const how = of.msgType === 'Cancel' ? 'cancelled' : 'issued'
  return [t(lang, `relay.${how}`, { station: of.station, time: wall(of.sent) }) + until, places]
    .filter(Boolean)
    .join('\n')
}

function coreOf(alert: CapAlert, info: CapInfo | undefined, { areas, before }: Beside): Partial<Core> {
  const codes = info?.area.flatMap((a) => a.geocode.filter((g) => g.valueName === AREA_STANDARD)) ?? []
  const within = [...new Set(codes.map((g) => g.value))].filter((code) => areas.some((own) => areaCovers(own, code)))
  const level = levelOf(info) ?? before?.core.warningLevel
  const ends = alert.msgType === 'Cancel' ? undefined : info?.expires
  const iso = (time: string | undefined) => (time ? new Date(time).toISOString() : undefined)
  const eventCode = info?.eventCode.find((c) => c.valueName === EVENT_STANDARD)?.value
  return JSON.parse(
    JSON.stringify({
      kind: 'warning',
      lane: 'routine',
      mode: MODES[alert.status as keyof typeof MODES] ?? 'test',
      areas: within.length ? within : (before?.core.areas ?? areas),
      topics: before?.core.topics ?? [],
      urgency: level === 'red' || level === 'orange' ? 'critical' : 'important',
      warningLevel: level,
      incidentId: before?.core.incidentId,
      expiresAt: iso(ends) ?? before?.core.expiresAt,
      asOf: iso(alert.sent),
      cap: info && {
        actNow: false,
        category: info.category[0],
        eventCode,
        urgency: info.urgency,
        severity: info.severity,
        certainty: info.certainty,
        onset: iso(info.onset ?? info.effective ?? alert.sent),
        expires: iso(ends),
      },
      relatesTo: before && [{ releaseId: before.releaseId, as: 'follows' }],
    }),
  ) as Partial<Core>
}

/** The colour the origin says, else that of its severity. */
function levelOf(info: CapInfo | undefined): WarningLevel | undefined {
  const said = info?.parameter.find((p) => p.valueName === COLOUR)?.value
  const by = Object.entries(SEVERITY_OF).find(([, severity]) => severity === info?.severity)?.[0]
  const colour = (said && said in SEVERITY_OF ? said : by)?.toLowerCase()
  return colour === undefined || colour === 'unknown' ? undefined : (colour as WarningLevel)
}

/** What the original is called among the release's files. */
export const originalTitle = (of: RelayOf): string =>
  t('zh', 'relay.original', { station: of.station, time: wall(of.sent) })

export type { Content }
