/** Files that come from outside as warnings: whole ones, broken ones, forged ones, late ones. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CapAlert } from '../../src/incident/warning/alert.ts'
import { capElement } from '../../src/incident/warning/cap.ts'
import { dialectXml } from '../../src/incident/warning/dialect.ts'
import { type Known, placeOf, stateOf } from '../../src/incident/warning/place.ts'
import { readWarning } from '../../src/incident/warning/read.ts'
import { toCap } from '../../src/incident/warning/to-cap.ts'
import { ROOT } from '../../src/lib/root.ts'
import { xmlDocument } from '../../src/lib/xml.ts'
import { signedDocument } from '../../src/lib/xml-signature.ts'
import { alertKeys } from '../support/alert-keys.ts'
import { blizzard } from '../support/warnings.ts'
import { capSchema, lint } from '../support/xmllint.ts'

const bytes = (xml: string) => new TextEncoder().encode(xml)
const read = (xml: string, held: string[] = []) => readWarning(bytes(xml), held)
const codes = (xml: string) => read(xml).problems.map((p) => `${p.field} ${p.code}`)
const made = toCap(blizzard()).to as CapAlert
const xmlOf = (over: Partial<CapAlert> = {}) => xmlDocument(capElement({ ...made, ...over }))
const withInfo = (over: Partial<CapAlert['info'][number]>) => xmlOf({ info: made.info.map((i) => ({ ...i, ...over })) })
const withArea = (over: object) => withInfo({ area: made.info[0]?.area.map((a) => ({ ...a, ...over })) ?? [] })

const sample = (name: string) => join(ROOT, '../shared/samples', name)
describe.runIf(existsSync(sample('relay-alert.cap.xml')))('alerts of another country', () => {
  it('are read whole, with what they lack remarked on', () => {
    const reading = readWarning(readFileSync(sample('relay-alert.cap.xml')))
    if (reading.form !== 'cap' || !reading.alert) throw new Error('not read')
    const [info] = reading.alert.info
    expect(reading.alert).toMatchObject({
      sender: 'www.gov.uk/environment-agency',
      msgType: 'Alert',
      source: 'Flood warning service',
    })
    expect(info).toMatchObject({ severity: 'Severe', expires: '2020-02-26T23:01:14-00:00', contact: '0345 988 1188' })
    expect(info?.area[0]?.geocode).toEqual([{ valueName: 'TargetAreaCode', value: '053FWFSTEEP4' }])
    expect(info?.area[0]?.polygon[0]?.split(' ')).toHaveLength(29)
    expect(reading.signature).toEqual({ state: 'absent' })
    expect(reading.problems.filter((p) => p.severity === 'error')).toEqual([])
  })

  it('are refused with every fault named: stray text, an empty element, a cancel of nothing', () => {
    const reading = readWarning(readFileSync(sample('relay-cancel.cap.xml')))
    expect(reading).toMatchObject({ form: 'cap', alert: null })
    expect(reading.problems.map((p) => `${p.severity} ${p.field} ${p.code}`)).toEqual([
      'error alert cap-stray-text',
      'warning alert.code[0] cap-empty',
      'warning alert.info[0].description cap-empty',
    ])
    const mended = readFileSync(sample('relay-cancel.cap.xml'), 'utf8').replace('{}', '')
    expect(codes(mended)).toContain('alert.references cap-references-missing')
  })
})

describe('a file meant to do harm', () => {
  it.each([
    ['expands entities', '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;&x;">]><alert>&z;</alert>', 'xml-doctype'],
    ['fetches a file', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><alert>&x;</alert>', 'xml-doctype'],
    ['names an entity of HTML', '<alert>&nbsp;</alert>', 'xml-entity'],
    ['names a character there is not', '<alert>&#x110000;</alert>', 'xml-entity'],
    ['is nested for ever', `${'<a>'.repeat(9000)}${'</a>'.repeat(9000)}`, 'xml-deep'],
    ['has too many elements', `<alert>${'<a/>'.repeat(30_000)}</alert>`, 'xml-deep'],
    ['is larger than any warning', `<alert>${'x'.repeat(1 << 20)}</alert>`, 'xml-size'],
    ['breaks off', '<alert><identifier>x', 'xml-form'],
    ['has two roots', '<alert/><alert/>', 'xml-form'],
    ['is no XML', '{"alert": 1}', 'xml-form'],
    ['is empty', '', 'xml-form'],
    ['is another document', '<html/>', 'cap-root'],
  ])('%s', (_what, xml, code) => {
    expect(read(xml).problems.map((p) => p.code)).toEqual([code])
  })

  it('says it is in one encoding and is in another', () => {
    expect(codes('<?xml version="1.0" encoding="GBK"?><alert/>')).toEqual(['file xml-encoding'])
    expect(readWarning(new Uint8Array([0xff, 0xfe, 0x3c, 0])).problems[0]?.code).toBe('xml-encoding')
  })

  it('hides characters in the words', () => {
    expect(codes(withInfo({ description: '请\u202e离开' }))).toContain('alert.info[0].description cap-hidden')
  })
})

describe('a file that keeps to the schema and not to the standard', () => {
  const ring = (polygon: string) => codes(withArea({ polygon: [polygon] })).map((c) => c.split(' ')[1])
  it.each([
    ['crossing', '40,110 41,111 40,111 41,110 40,110'],
    ['open', '40,110 41,111 40,111 41,110'],
    ['points', '40,110 41,111 40,110'],
    ['range', '110,40 111,40 111,41 110,40'],
    ['twice', '40,110 41,111 40,110 41,110 40,110'],
  ])('has a polygon that is wrong: %s', (fault, polygon) => {
    expect(ring(polygon)).toEqual([`cap-ring-${fault}`])
  })

  it.each([
    ['an update of nothing', xmlOf({ msgType: 'Update' }), 'alert.references cap-references-missing'],
    ['a reference to itself', xmlOf({ msgType: 'Update', references: [made] }), 'alert.references cap-reference-self'],
    [
      'a reference to the future',
      xmlOf({ msgType: 'Update', references: [{ ...made, identifier: 'x', sent: '2027-01-01T00:00:00+08:00' }] }),
      'alert.references cap-reference-later',
    ],
    [
      'half a reference',
      xmlOf({ msgType: 'Update', references: [{ sender: 'a', identifier: 'b', sent: '' }] }),
      'alert.references cap-reference-form',
    ],
    ['an alert for a few', xmlOf({ scope: 'Private', addresses: 'a' }), 'alert.scope cap-not-public'],
    ['an end before its beginning', withInfo({ expires: made.sent }), 'alert.info[0].expires cap-expires-early'],
    ['a circle of no size', withArea({ circle: ['40,110 0'] }), 'alert.info[0].area[0].circle[0] cap-circle'],
    ['a ceiling in the air', withArea({ ceiling: '500' }), 'alert.info[0].area[0].ceiling cap-ceiling'],
    ['a name with a comma', xmlOf({ identifier: 'a,b' }), 'alert.identifier cap-form'],
    ['a time with Z', xmlOf({ sent: '2026-11-23T06:10:00Z' }), 'alert.sent cap-form'],
  ])('has %s', (_what, xml, problem) => {
    expect(codes(xml)).toContain(problem)
  })

  const schema = capSchema()
  it.runIf(schema)(
    'and the schema is never stricter than we are: elements taken out, doubled, moved, renamed, emptied',
    () => {
      const whole = xmlOf({
        note: '说明',
        msgType: 'Update',
        references: [{ ...made, identifier: 'x', sent: '2026-01-01T00:00:00+08:00' }],
      })
      expect(codes(whole)).toEqual([])
      const leaves = [...whole.matchAll(/<(\w+)>[^<]*<\/\1>/g)]
      let refusedByBoth = 0
      for (const [i, leaf] of leaves.entries()) {
        const ways = [
          whole.replace(leaf[0], ''),
          whole.replace(leaf[0], leaf[0] + leaf[0]),
          whole.replace(leaf[0], leaf[0].replaceAll(leaf[1] as string, 'odd')),
          whole.replace(leaf[0], `<${leaf[1]}>Odd word</${leaf[1]}>`),
          whole.replace(leaf[0], '').replace('</info>', `${leaf[0]}</info>`),
        ]
        const xml = ways[i % ways.length] as string
        if (passes(xml, schema as string)) continue
        refusedByBoth++
        expect(
          read(xml).problems.filter((p) => p.severity === 'error'),
          xml,
        ).not.toEqual([])
      }
      expect(refusedByBoth).toBeGreaterThan(12)
    },
  )
})

const passes = (xml: string, schema: string): boolean => {
  try {
    lint(xml, schema)
    return true
  } catch {
    return false
  }
}

describe('a signature', () => {
  const [ours, theirs] = alertKeys(2)
  const signed = signedDocument(capElement(made), ours)
  const state = (xml: string, held: string[]) => read(xml, held).signature.state

  it('counts when the office holds the certificate, and only then', () => {
    expect(state(signed, [ours.certificate])).toBe('trusted')
    expect(state(signed, [theirs.certificate])).toBe('unknown')
    expect(state(signed, [])).toBe('unknown')
    expect(read(signed, [ours.certificate])).toMatchObject({ form: 'cap', alert: made, problems: [] })
    expect(
      state(signedDocument(capElement({ ...made, sent: '2019-01-01T00:00:00+08:00' }), ours), [ours.certificate]),
    ).toBe('out-of-date')
  })

  it.each([
    ['a word changed', signed.replace('10毫米', '90毫米'), 'digest'],
    ['an element put in', signed.replace('<scope>', '<source>x</source><scope>'), 'digest'],
    ['the mark cut', signed.replace(/<SignatureValue>..../, '<SignatureValue>AAAA'), 'value'],
    ['sloppy base64', signed.replace('</SignatureValue>', '!</SignatureValue>'), 'value'],
    [
      'another certificate',
      signed.replace(
        /<X509Certificate>.*<\/X509Certificate>/,
        `<X509Certificate>${theirs.certificate.replace(/-----[^-]+-----|\s/g, '')}</X509Certificate>`,
      ),
      'value',
    ],
    ['no certificate', signed.replace(/<KeyInfo>.*<\/KeyInfo>/, ''), 'certificate'],
    ['a weak method', signed.replace('xmldsig-more#rsa-sha256', '../2000/09/xmldsig#hmac-sha1'), 'method'],
    ['a part only', signed.replace('URI=""', 'URI="#part"'), 'covers'],
    ['two of them', signed.replace(/(<Signature .*<\/Signature>)/s, '$1$1'), 'place'],
  ])('is worth nothing with %s', (_what, xml, why) => {
    const reading = read(xml, [ours.certificate, theirs.certificate])
    expect(reading.signature).toEqual({ state: 'invalid', why })
    expect(reading.problems.map((p) => p.code)).toContain('cap-signature')
  })

  it('covers what is read: a signed alert carried inside a forged one is no alert', () => {
    const inner = signed.slice(signed.indexOf('<alert'))
    const forged = xmlOf({ note: '伪造' }).replace('</alert>', `${inner}</alert>`)
    expect(read(forged, [ours.certificate])).toMatchObject({
      signature: { state: 'invalid', why: 'place' },
      alert: null,
    })
  })

  it('does not mind a comment, which is no part of what was signed, nor reads it', () => {
    const reading = read(signed.replace('10毫米', '10<!-- 90 -->毫米'), [ours.certificate])
    expect(reading).toMatchObject({ alert: made, signature: { state: 'trusted' } })
  })
})

describe('where a message belongs', () => {
  const at = (minute: number) => `2026-11-23T14:${String(minute).padStart(2, '0')}:00+08:00`
  const message = (identifier: string, minute: number, over: Partial<CapAlert> = {}): CapAlert => ({
    ...made,
    identifier,
    sent: at(minute),
    ...over,
  })
  const known = (a: CapAlert): Known => ({ ...a, sha256: a.identifier, expires: '2026-11-24T14:00:00+08:00' })
  const [first, second] = [message('a', 0), message('b', 10, { msgType: 'Update', references: [message('a', 0)] })]
  const cancel = message('c', 20, { msgType: 'Cancel', references: [first] })
  const place = (a: CapAlert, here: CapAlert[], sha256 = a.identifier) => placeOf(a, sha256, here.map(known)).is

  it('comes twice, or under one name with other bytes', () => {
    expect(place(first, [first])).toBe('duplicate')
    expect(place(first, [first], 'other bytes')).toBe('conflict')
  })

  it('goes on from the newest of its thread, though it names the first alone', () => {
    const third = message('d', 15, { msgType: 'Update', references: [first] })
    expect(placeOf(third, 'd', [first, second].map(known))).toMatchObject({ is: 'update', from: { identifier: 'b' } })
    expect(place(cancel, [first, second])).toBe('cancel')
  })

  it('comes after a newer one, or after the end, and changes nothing', () => {
    expect(place(message('d', 5, { msgType: 'Update', references: [first] }), [first, second])).toBe('late')
    expect(place(second, [first, cancel])).toBe('late')
    expect(place(first, [second])).toBe('late')
  })

  it('ends what never came here, or begins in the middle', () => {
    expect(place(cancel, [])).toBe('unknown-cancel')
    expect(placeOf(second, 'b', [])).toEqual({ is: 'new', missed: true })
    expect(placeOf(first, 'a', [known(message('z', 0, { sender: 'x@y' }))])).toEqual({ is: 'new', missed: false })
  })

  it('the same set of messages, however they arrive, leaves the same one standing', () => {
    const all = [first, second, cancel]
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]
    for (const order of orders) {
      const here: CapAlert[] = []
      let standing: CapAlert | undefined
      for (const a of order.map((n) => all[n] as CapAlert)) {
        if (['new', 'update', 'cancel', 'unknown-cancel'].includes(place(a, here))) standing = a
        here.push(a)
      }
      expect(standing?.identifier, String(order)).toBe('c')
    }
  })

  it('running out of time is not the all-clear', () => {
    expect(stateOf(known(first), '2026-11-23T07:00:00.000Z')).toBe('in-force')
    expect(stateOf(known(first), '2026-11-25T07:00:00.000Z')).toBe('expired')
    expect(stateOf(known(cancel), '2026-11-25T07:00:00.000Z')).toBe('cancelled')
  })
})

describe('a file of the national platform', () => {
  it('is known by its own fields and read, its headline held against the rule', () => {
    const reading = read(dialectXml(blizzard({ headline: '暴雪要来了' })))
    expect(reading.form).toBe('12379')
    expect(reading.problems).toMatchObject([
      {
        field: 'alert.info.headline',
        code: 'cn-headline',
        params: { right: '青格勒盟气象局（示例）发布暴雪橙色预警' },
      },
    ])
  })

  it('is told where it goes wrong', () => {
    const xml = dialectXml(
      blizzard({ msgType: 'Cancel', severity: 'Purple' as never, sendTime: '2026-11-23T14:10:00+08:00' }),
    )
    expect(codes(xml)).toEqual(['alert.sendTime cap-form', 'alert.info.severity cap-word'])
    expect(codes(dialectXml(blizzard({ msgType: 'Cancel' })))).toContain('alert.references cn-references-missing')
    expect(codes(dialectXml(blizzard({ secClassification: 'Inner' })))).toContain('alert.secClassification cn-inner')
  })
})
