/**
 * The Chinese alert file (12379; GB/T 35965.1-2018 family) as values, read and written. Fields by the code and the files of running
 * systems; the text of the standard was not seen whole. Times as they stand there: 2026-11-23 14:12:03+08:00.
 */
import { el, type Xml, xmlDocument } from '../../lib/xml.ts'
import type { Tree } from '../../lib/xml-tree.ts'
import type { URGENCY } from './alert.ts'
import { allOf, textOf } from './shape.ts'

export const D_STATUS = ['Actual', 'Exercise', 'Test', 'Draft'] as const
export const D_MESSAGE = ['Alert', 'Update', 'Cancel'] as const
export const COLOURS = ['Red', 'Orange', 'Yellow', 'Blue', 'Unknown'] as const
export const D_CERTAINTY = ['Observed', 'VeryLikely', 'Likely', 'Unlikely', 'Unknown'] as const
export const SECRECY = ['None', 'Inner'] as const

export type Method = { methodName: string; message?: string; audienceGrp: string[]; audenceprt: string[] }

export type Dialect = {
  identifier: string
  /** Full name of the agency. */
  sender: string
  senderCode: string
  sendTime: string
  status: (typeof D_STATUS)[number]
  msgType: (typeof D_MESSAGE)[number]
  method: Method[]
  secClassification: (typeof SECRECY)[number]
  note?: string
  /** Identifier of the first message of the event. */
  references?: string
  language: string
  eventType: string
  urgency: (typeof URGENCY)[number]
  severity: (typeof COLOURS)[number]
  certainty: (typeof D_CERTAINTY)[number]
  effective: string
  onset?: string
  expires?: string
  /** The officer who signed: personal, never in public. Agencies that will not say write their own name. */
  senderName: string
  headline: string
  description: string
  instruction?: string
  web?: string
  resource: { resourceDesc: string; size?: string; digest?: string }[]
  area: { areaDesc: string; polygon?: string; circle?: string /** Twelve digits each. */; geocode: string[] }[]
}

const some = <K extends string>(tree: Tree, names: readonly K[]): Partial<Record<K, string>> =>
  Object.fromEntries(names.flatMap((n) => (textOf(tree, n) === undefined ? [] : [[n, textOf(tree, n)]]))) as never
const must = (tree: Tree, name: string): never => (textOf(tree, name) ?? '') as never
const list = (text: string | undefined): string[] => (text ?? '').split(/[,，]/).flatMap((x) => x.trim() || [])
/** Six and nine digits name the same places as their twelve. */
export const twelve = (code: string): string => code.padEnd(12, '0')

/** Expects a tree of the right shape. */
export function dialectFrom(tree: Tree): Dialect {
  const [code] = allOf(tree, 'code')
  const [info] = allOf(tree, 'info') as [Tree]
  return {
    identifier: must(tree, 'identifier'),
    sender: must(tree, 'sender'),
    senderCode: must(tree, 'senderCode'),
    sendTime: must(tree, 'sendTime'),
    status: must(tree, 'status'),
    msgType: must(tree, 'msgType'),
    method: (code ? allOf(code, 'method') : []).map((m) => ({
      methodName: must(m, 'methodName'),
      ...some(m, ['message']),
      audienceGrp: list(textOf(m, 'audienceGrp')),
      audenceprt: list(textOf(m, 'audenceprt')),
    })),
    secClassification: (textOf(tree, 'secClassification') ?? 'None') as Dialect['secClassification'],
    ...some(tree, ['note', 'references']),
    language: textOf(info, 'language') ?? 'zh-CN',
    eventType: must(info, 'eventType'),
    urgency: must(info, 'urgency'),
    severity: must(info, 'severity'),
    certainty: must(info, 'certainty'),
    effective: must(info, 'effective'),
    senderName: must(info, 'senderName'),
    headline: must(info, 'headline'),
    description: must(info, 'description'),
    ...some(info, ['onset', 'expires', 'instruction', 'web']),
    resource: allOf(info, 'resource').map((r) => ({
      resourceDesc: must(r, 'resourceDesc'),
      ...some(r, ['size', 'digest']),
    })),
    area: allOf(info, 'area').map((a) => ({
      areaDesc: must(a, 'areaDesc'),
      ...some(a, ['polygon', 'circle']),
      geocode: [...new Set(list(textOf(a, 'geocode')).map(twelve))],
    })),
  }
}

/** The national platform writes what is empty rather than leaving it out, and so do we. */
const field = (name: string, text: string | undefined): Xml => el(name, {}, text ?? '')

/** The file as it would be handed over. */
export const dialectXml = (d: Dialect): string =>
  xmlDocument(
    el(
      'alert',
      {},
      (['identifier', 'sender', 'senderCode', 'sendTime', 'status', 'msgType'] as const).map((n) => field(n, d[n])),
      field('scope', 'Public'),
      el('code', {}, d.method.map(methodElement)),
      (['secClassification', 'note', 'references'] as const).map((n) => field(n, d[n])),
      el(
        'info',
        {},
        (
          [
            'language',
            'eventType',
            'urgency',
            'severity',
            'certainty',
            'effective',
            'onset',
            'expires',
            'senderName',
            'headline',
            'description',
            'instruction',
            'web',
          ] as const
        ).map((n) => field(n, d[n])),
        d.resource.map((r) =>
          el('resource', {}, field('resourceDesc', r.resourceDesc), field('size', r.size), field('digest', r.digest)),
        ),
        d.area.map((a) =>
          el(
            'area',
            {},
            field('areaDesc', a.areaDesc),
            field('polygon', a.polygon),
            field('circle', a.circle),
            field('geocode', a.geocode.join()),
          ),
        ),
      ),
    ),
  )

const methodElement = (m: Method): Xml =>
  el(
    'method',
    {},
    field('methodName', m.methodName),
    field('message', m.message),
    field('audienceGrp', m.audienceGrp.join()),
    field('audenceprt', m.audenceprt.join()),
  )

const MESSAGE_WORD = { Alert: 'ALERT', Update: 'UPDATE', Cancel: 'CANCEL' }

/** senderCode_YYYYMMDDhhmmss_eventType_COLOUR_STATE.XML */
export const fileName = (d: Dialect): string =>
  `${d.identifier.split('_').slice(0, 2).join('_')}_${d.eventType}_${d.severity.toUpperCase()}_${MESSAGE_WORD[d.msgType]}.XML`
