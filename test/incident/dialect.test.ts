/** A warning carried from the national platform's form to CAP 1.2 and back by an office that must not alter it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capElement } from '../../src/incident/warning/cap.ts'
import { type Dialect, dialectXml, fileName } from '../../src/incident/warning/dialect.ts'
import type { Loss, Mapped } from '../../src/incident/warning/mapping.ts'
import { shifted } from '../../src/incident/warning/mapping.ts'
import { readWarning } from '../../src/incident/warning/read.ts'
import { toCap } from '../../src/incident/warning/to-cap.ts'
import { toDialect } from '../../src/incident/warning/to-dialect.ts'
import { xmlDocument } from '../../src/lib/xml.ts'
import { anyCap, anyDialect, blizzard, sentOf } from '../support/warnings.ts'
import { capSchema, lint } from '../support/xmllint.ts'

const know = { sentOf }
const bytes = (xml: string) => new TextEncoder().encode(xml)
function whole<T extends object>(mapped: Mapped<T>): { to: T; losses: Loss[] } {
  if ('refused' in mapped) throw new Error(JSON.stringify(mapped.refused))
  return mapped
}
const codes = (losses: Loss[]) => losses.map((l) => `${l.how} ${l.field} ${l.code}`)
const capOf = (d: Dialect, how = know) => whole(toCap(d, how))
const sortedPairs = <T extends { info: { parameter: unknown[] }[] }>(a: T): T => ({
  ...a,
  info: a.info.map((i) => ({ ...i, parameter: i.parameter.map((p) => JSON.stringify(p)).sort() })),
})

describe('there and back', () => {
  it('a file of the platform comes back unchanged wherever nothing was said to be lost', () => {
    let [clean, lossy] = [0, 0]
    fc.assert(
      fc.property(anyDialect, (d) => {
        const there = whole(toCap(d, know))
        const back = whole(toDialect(there.to, know))
        if (there.losses.length + back.losses.length > 0) return void lossy++
        clean++
        expect(back.to).toEqual(d)
      }),
      { numRuns: 1500 },
    )
    expect(clean).toBeGreaterThan(100)
    expect(lossy).toBeGreaterThan(100)
  })

  it('an alert in CAP comes back unchanged wherever nothing was said to be lost', () => {
    let [clean, lossy] = [0, 0]
    fc.assert(
      fc.property(anyCap, (a) => {
        const there = whole(toDialect(a, know))
        const back = whole(toCap(there.to, know))
        if (there.losses.length + back.losses.length > 0) return void lossy++
        clean++
        expect(sortedPairs(back.to)).toEqual(sortedPairs(a))
      }),
      { numRuns: 1500 },
    )
    expect(clean).toBeGreaterThan(100)
    expect(lossy).toBeGreaterThan(100)
  })

  it('written and read again is the same, in both forms', () => {
    fc.assert(
      fc.property(anyDialect, (d) => {
        const read = readWarning(bytes(dialectXml(d)))
        expect(read).toMatchObject({ form: '12379', alert: d })
        const { to } = capOf(d)
        const cap = readWarning(bytes(xmlDocument(capElement(to))))
        expect(cap.problems.filter((p) => p.severity === 'error' && !ODD.includes(p.code))).toEqual([])
        if (cap.problems.every((p) => p.severity !== 'error' || ODD.includes(p.code)))
          expect(cap).toMatchObject({ form: 'cap', alert: to })
      }),
      { numRuns: 300 },
    )
  })

  const schema = capSchema()
  it.runIf(schema)('every alert made of a platform file stands before the OASIS schema', () => {
    for (const d of fc.sample(anyDialect, { numRuns: 40, seed: 7 }))
      lint(xmlDocument(capElement(capOf(d).to)), schema as string)
  })
})

/** Invented times need not be in order, and an invented reference may be to itself. */
const ODD = ['cap-expires-early', 'cap-reference-later', 'cap-reference-self']

describe('what stays behind', () => {
  it('is the name of the officer and whom it is sent to, and the office is told', () => {
    const d = blizzard({
      senderName: '某某某',
      method: [{ methodName: 'SMS', message: '短信正文', audienceGrp: ['g-17'], audenceprt: ['13900000000'] }],
    })
    const { to, losses } = capOf(d)
    const xml = xmlDocument(capElement(to))
    for (const hidden of ['某某某', 'g-17', '13900000000', '短信正文']) expect(xml).not.toContain(hidden)
    expect(codes(losses)).toEqual([
      'lost alert.info.senderName officer',
      'lost alert.code.method[0].message method-message',
      'lost alert.code.method[0].audienceGrp audience',
      'lost alert.code.method[0].audenceprt audience',
    ])
  })

  it('is the whole file when it is for internal use', () => {
    expect(toCap(blizzard({ secClassification: 'Inner' }))).toMatchObject({
      to: null,
      refused: [{ field: 'alert.secClassification', code: 'cn-inner' }],
    })
  })

  it('is every language but the Chinese one, and what the form has no field for', () => {
    const { to } = capOf(blizzard())
    const [info] = to.info
    if (!info) throw new Error('no info')
    const rich = {
      ...to,
      incidents: '2026-17',
      info: [
        { ...info, contact: '0000' },
        { ...info, language: 'en', event: 'Blizzard' },
      ],
    }
    expect(codes(whole(toDialect(rich, know)).losses)).toEqual([
      'lost alert.incidents no-place',
      'lost alert.info[1] language',
      'lost alert.info[0].contact no-place',
    ])
  })
})

describe('what is put right on the way', () => {
  it('keeps the colour beside the severity, which alone would say less', () => {
    for (const [severity, cap] of Object.entries({
      Red: 'Extreme',
      Orange: 'Severe',
      Yellow: 'Moderate',
      Blue: 'Minor',
    })) {
      const [info] = capOf(blizzard({ severity: severity as 'Red' })).to.info
      expect(info?.severity).toBe(cap)
      expect(info?.parameter).toContainEqual({ valueName: 'ColorCode', value: severity })
    }
  })

  it('says longitude came first, and turns it round', () => {
    const polygon = '116.1,43.2 116.3,43.2 116.2,43.4 116.1,43.2'
    const d = blizzard({ area: [{ areaDesc: '示例', polygon, circle: '116.1,43.2 1500', geocode: ['159921000000'] }] })
    const { to, losses } = capOf(d)
    expect(to.info[0]?.area[0]?.polygon).toEqual(['43.2,116.1 43.2,116.3 43.4,116.2 43.2,116.1'])
    expect(to.info[0]?.area[0]?.circle).toEqual(['43.2,116.1 1.5'])
    expect(codes(losses)).toEqual([
      'changed alert.info.area[0].polygon swapped',
      'changed alert.info.area[0].circle swapped',
    ])
  })

  it('names the first message of the event, and says which others it cannot name', () => {
    const { to } = capOf(blizzard())
    const sender = to.sender
    const update = {
      ...to,
      msgType: 'Update' as const,
      references: [
        { sender, identifier: '15990041600000_20261123160000', sent: '2026-11-23T16:00:00+08:00' },
        { sender, identifier: '15990041600000_20261123141203', sent: '2026-11-23T14:10:00+08:00' },
      ],
    }
    const back = whole(toDialect(update, { sentOf: () => '2026-11-23T14:10:00+08:00' }))
    expect(back.to.references).toBe('15990041600000_20261123141203')
    expect(codes(back.losses)).toEqual(['lost alert.references reference-rest'])
  })

  it('forms the headline of issuer, verb, event and colour, also of one that says so otherwise', () => {
    const { to } = capOf(blizzard({ headline: '暴雪要来了' }))
    const cancel = whole(
      toDialect({
        ...to,
        msgType: 'Cancel',
        references: [{ sender: to.sender, identifier: to.identifier, sent: to.sent }],
      }),
    )
    expect(cancel.to.headline).toBe('青格勒盟气象局（示例）解除暴雪橙色预警')
    expect(codes(cancel.losses)).toContain('changed alert.info[0].headline headline')
  })

  it('asks for what it cannot make up: the code of the issuer, of the event, of the place', () => {
    const { to } = capOf(blizzard())
    const [info] = to.info
    if (!info) throw new Error('no info')
    const bare = { ...to, sender: 'meteo@press.example', info: [{ ...info, eventCode: [], area: [] }] }
    const asked = toDialect(bare)
    expect(asked.to === null && asked.refused.map((r) => r.code)).toEqual([
      'cn-sender-code',
      'cn-event-code',
      'cn-geocode',
    ])
  })
})

describe('names of files', () => {
  it('are the platform’s', () => {
    expect(fileName(blizzard())).toBe('15990041600000_20261123141203_11B04_ORANGE_ALERT.XML')
    expect(fileName(blizzard({ identifier: '15990041600000_20261123141203_4', msgType: 'Cancel' }))).toBe(
      '15990041600000_20261123141203_11B04_ORANGE_CANCEL.XML',
    )
  })

  it('metres and kilometres are one another exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 0, max: 4 }), (n, places) => {
        const canonical = shifted(`${n}${'0'.repeat(places)}`, -3)
        expect(Number(canonical)).toBeCloseTo((n * 10 ** places) / 1000, 6)
        expect(shifted(shifted(canonical, 3), -3)).toBe(canonical)
      }),
    )
  })
})
