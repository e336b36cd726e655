/** Warnings of an invented place in both forms, and generators of more. */
import fc from 'fast-check'
import type { CapAlert } from '../../src/incident/warning/alert.ts'
import type { Dialect } from '../../src/incident/warning/dialect.ts'
import { eventCategory, eventName } from '../../src/lib/event-codes.ts'

export const blizzard = (over: Partial<Dialect> = {}): Dialect => ({
  identifier: '15990041600000_20261123141203',
  sender: '青格勒盟气象局（示例）',
  senderCode: '15990041600000',
  sendTime: '2026-11-23 14:10:00+08:00',
  status: 'Actual',
  msgType: 'Alert',
  method: [{ methodName: 'WEB', audienceGrp: [], audenceprt: [] }],
  secClassification: 'None',
  language: 'zh-CN',
  eventType: '11B04',
  urgency: 'Unknown',
  severity: 'Orange',
  certainty: 'Unknown',
  effective: '2026-11-23 14:12:03+08:00',
  expires: '2026-11-24 14:12:03+08:00',
  senderName: '青格勒盟气象局（示例）',
  headline: '青格勒盟气象局（示例）发布暴雪橙色预警[II级/严重]',
  description: '预计未来6小时，哈日诺尔旗降雪量将达10毫米以上。',
  resource: [],
  area: [{ areaDesc: '哈日诺尔旗（示例）', geocode: ['159921000000'] }],
  ...over,
})

const words = fc
  .array(fc.constantFrom('雪', '大风', 'a&b', '<', '"', '。', '\n', ' ', '𠮷', ']]>', '5级'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((x) => x.join('').trim() || '雪')
const maybe = <T>(of: fc.Arbitrary<T>, name: string) => fc.option(of).map((x) => (x === null ? {} : { [name]: x }))
const seldom = <T>(of: fc.Arbitrary<T>) => fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, of)
const second = fc.integer({ min: Date.UTC(2026, 0, 1) / 1000, max: Date.UTC(2027, 0, 1) / 1000 })
const wall = second.map((s) => new Date(s * 1000).toISOString().slice(0, 19))
const dTime = fc.tuple(wall, fc.constantFrom('+08:00', '+08:00', '-03:30')).map(([t, o]) => t.replace('T', ' ') + o)
const code14 = fc.constantFrom('15990041600000', '15992141600000', '41000041600000')
const degree = (lo: number, hi: number) => fc.integer({ min: lo * 100, max: hi * 100 }).map((n) => n / 100)
const corner = fc.tuple(degree(38, 53), degree(98, 126), fc.integer({ min: 1, max: 90 }))
/** A triangle, sometimes with longitude first, sometimes left open. */
const ring = fc.tuple(corner, fc.constantFrom('lat', 'lat', 'lat', 'lon', 'open')).map(([[lat, lon, w], how]) => {
  const points = [[lat, lon], [lat + w / 100, lon], [lat, lon + w / 100], ...(how === 'open' ? [] : [[lat, lon]])].map(
    (p) => p.map((x) => Number(x?.toFixed(2))),
  )
  return points.map((p) => (how === 'lon' ? p.toReversed() : p).join()).join(' ')
})
const metres = fc.oneof(fc.integer({ min: 1, max: 90_000 }).map(String), fc.constantFrom('0', '1500.5', '0.25'))
const circle = fc.tuple(degree(38, 53), degree(98, 126), metres).map(([lat, lon, m]) => `${lat},${lon} ${m}`)

const method = fc
  .tuple(
    fc.constantFrom('SMS', 'LED', 'SPEAKER', 'TV', 'WEB'),
    seldom(words),
    fc.constantFrom([], [], [], [], ['g1', 'g2']),
    fc.constantFrom([], [], [], [], ['13900000000']),
  )
  .map(([methodName, message, audienceGrp, audenceprt]) => ({
    methodName,
    ...(message ? { message } : {}),
    audienceGrp: [...audienceGrp],
    audenceprt: [...audenceprt],
  }))

/** Files of the Chinese form, mostly such as lose nothing. */
export const anyDialect: fc.Arbitrary<Dialect> = fc
  .record({
    code: code14,
    wall,
    nth: fc.constantFrom('', '', '_3'),
    msgType: fc.constantFrom('Alert' as const, 'Alert' as const, 'Update' as const, 'Cancel' as const),
    status: fc.constantFrom('Actual' as const, 'Test' as const, 'Exercise' as const, 'Draft' as const),
    sendTime: dTime,
    first: wall,
    method: fc.array(method, { minLength: 1, maxLength: 3 }),
    eventType: fc.constantFrom('11B04', '11B06', '11G05', '12H01', '13A99', '14A00', '19000'),
    urgency: fc.constantFrom('Unknown' as const, 'Immediate' as const),
    severity: fc.constantFrom(
      'Red' as const,
      'Orange' as const,
      'Yellow' as const,
      'Blue' as const,
      'Unknown' as const,
    ),
    certainty: fc.constantFrom('Unknown' as const, 'VeryLikely' as const, 'Likely' as const, 'Observed' as const),
    effective: dTime,
    some: fc.tuple(maybe(dTime, 'onset'), maybe(dTime, 'expires'), maybe(words, 'instruction'), maybe(words, 'note')),
    web: maybe(fc.constant('https://weather.example/warnings?a=1&b=2'), 'web'),
    officer: fc.constantFrom('', '', '', '某某'),
    suffix: fc.constantFrom('', '[II级/严重]'),
    plain: fc.constantFrom(true, true, true, false),
    description: words,
    resource: fc.array(
      fc.record({
        resourceDesc: fc.constantFrom('批文.pdf', '图.png', 'x.bin'),
        size: fc.constantFrom('1', '20480'),
        digest: fc.constant('a'.repeat(40)),
      }),
      { maxLength: 2 },
    ),
    area: fc.array(
      fc
        .tuple(
          words,
          fc.uniqueArray(fc.constantFrom('159921000000', '159921101000', '159921101201', '150000000000'), {
            minLength: 1,
          }),
          seldom(ring),
          seldom(circle),
        )
        .map(([areaDesc, geocode, polygon, disc]) => ({
          areaDesc,
          ...(polygon ? { polygon } : {}),
          ...(disc ? { circle: disc } : {}),
          geocode,
        })),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map(({ code, wall: t, nth, first, some, web, officer, suffix, plain, ...x }) => {
    const sender = '青格勒盟气象局（示例）'
    const colour = { Red: '红色', Orange: '橙色', Yellow: '黄色', Blue: '蓝色', Unknown: '' }[x.severity]
    const verb = x.msgType === 'Cancel' ? '解除' : '发布'
    return {
      ...x,
      ...Object.assign({}, ...some, web),
      identifier: `${code}_${t.replace(/\D/g, '')}${nth}`,
      sender,
      senderCode: code,
      secClassification: 'None',
      ...(x.msgType === 'Alert' ? {} : { references: `${code}_${first.replace(/\D/g, '')}` }),
      language: 'zh-CN',
      senderName: officer || sender,
      headline: plain ? `${sender}${verb}${eventName(x.eventType).zh}${colour}预警${suffix}` : '大风来了',
    } as Dialect
  })

/** CAP alerts, about half of them such as the Chinese form can carry whole. */
export const anyCap: fc.Arbitrary<CapAlert> = fc
  .tuple(
    anyDialect,
    fc.record({
      strange: fc.constantFrom(true, false),
      source: maybe(words, 'source'),
      incidents: maybe(fc.constant('2026-17'), 'incidents'),
      contact: maybe(fc.constant('0000-0000000'), 'contact'),
      certainty: fc.constantFrom('Possible' as const, 'Unlikely' as const),
      parameter: fc.constantFrom([], [{ valueName: 'awareness_level', value: '3; orange' }]),
      english: fc.boolean(),
      uri: fc.boolean(),
      altitude: fc.boolean(),
      identifier: fc.constantFrom('KWF-2026-1', ''),
      code: fc.constantFrom([], ['IPAWSv1.0']),
      rest: fc.boolean(),
    }),
  )
  .map(([d, s]) => {
    const sent = d.sendTime.replace(' ', 'T')
    const references = d.references
      ? [{ sender: `${d.senderCode}@12379.cn`, identifier: d.references, sent: sentOf() }]
      : []
    const info: CapAlert['info'][number] = {
      language: 'zh-CN',
      category: [eventCategory(d.eventType) as 'Met'],
      event: eventName(d.eventType).zh,
      responseType: [],
      urgency: d.urgency,
      severity: ({ Red: 'Extreme', Orange: 'Severe', Yellow: 'Moderate', Blue: 'Minor', Unknown: 'Unknown' } as const)[
        d.severity
      ],
      certainty: d.certainty === 'VeryLikely' ? 'Likely' : d.certainty,
      eventCode: [{ valueName: 'GB/T 35561', value: d.eventType }],
      effective: d.effective.replace(' ', 'T'),
      ...(d.expires ? { expires: d.expires.replace(' ', 'T') } : {}),
      senderName: d.sender,
      headline: d.headline,
      description: d.description,
      ...(d.instruction ? { instruction: d.instruction } : {}),
      parameter: [
        ...(d.severity === 'Unknown' ? [] : [{ valueName: 'ColorCode', value: d.severity }]),
        ...d.method.map((m) => ({ valueName: '12379:method', value: m.methodName })),
      ],
      resource: [],
      area: d.area.map((a) => ({
        areaDesc: a.areaDesc,
        polygon: [],
        circle: [],
        geocode: a.geocode.map((c) => ({
          valueName: 'GB/T 2260',
          value: c.replace(/^(\d{6})0{6}$/, '$1').replace(/^(\d{9})0{3}$/, '$1'),
        })),
      })),
    }
    const whole: CapAlert = {
      identifier: d.identifier,
      sender: `${d.senderCode}@12379.cn`,
      sent,
      status: d.status,
      msgType: d.msgType,
      scope: 'Public',
      code: [],
      ...(d.note ? { note: d.note } : {}),
      references,
      info: [info],
    }
    if (!s.strange) return whole
    return {
      ...whole,
      ...s.source,
      ...s.incidents,
      identifier: s.identifier || whole.identifier,
      code: [...s.code],
      info: [
        {
          ...info,
          ...s.contact,
          certainty: s.certainty,
          parameter: [...info.parameter, ...s.parameter],
          area: info.area.map((a) => ({ ...a, ...(s.altitude ? { altitude: '120' } : {}) })),
          resource: s.uri ? [{ resourceDesc: '图.png', mimeType: 'image/png', uri: 'https://a.example/x.png' }] : [],
        },
        ...(s.english ? [{ ...info, language: 'en', event: 'Blizzard' }] : []),
      ],
    } as CapAlert
  })

/** When the first message of every invented event was sent. */
export const sentOf = (): string => '2025-12-31T08:00:00+08:00'
