/** Areas somebody drew, in the alert as a receiver reads it, and on their way there through the desk's form. */
import { expect, test } from 'vitest'
import { readContent } from '../../src/desk/draft.ts'
import { contentFrom, fieldsOf } from '../../src/web/views/fields.ts'
import { capProblems } from '../support/cap-rules.ts'
import { alertTerms, english } from '../support/feed-editions.ts'
import { needs } from '../support/needs.ts'
import { newsroom } from '../support/newsroom.ts'
import { capSchema, lint } from '../support/xmllint.ts'

const RING = '43.9,116.0 43.9,116.4 44.2,116.2 43.9,116.0'
const DISC = '43.9,116.0 20'

async function alert(shapes: { polygons?: string[]; circles?: string[] }): Promise<string> {
  const at = newsroom()
  const cap = { ...alertTerms(), ...shapes }
  await at.publish({ core: { kind: 'warning', warningLevel: 'orange', cap }, parts: { en: english() } })
  return at.text('/cap/ortoo-2026-000001-1.xml')
}
const areasIn = (xml: string) => xml.match(/<area>.*?<\/area>/gs) ?? []

test('what was drawn is one area with the names of all places, in the order of the schema', async () => {
  const xml = await alert({ polygons: [RING], circles: [DISC] })
  const found = areasIn(xml)
  expect(found.length).toBe(xml.match(/<info>/g)?.length)
  expect(found[0]).toMatch(
    new RegExp(
      `^<area>\\s*<areaDesc>[^<]+</areaDesc>\\s*<polygon>${RING}</polygon>\\s*<circle>${DISC}</circle>\\s*<geocode>`,
    ),
  )
  expect(capProblems(xml)).toEqual([])
  const schema = needs('xmllint') ? capSchema() : null
  if (schema) lint(xml, schema)
})

test('an alert without a drawing is what it was before there were any: an area for each place', async () => {
  const xml = await alert({})
  expect(xml).not.toMatch(/<polygon>|<circle>/)
  expect(areasIn(xml).every((a) => /^<area>\s*<areaDesc>[^<]+<\/areaDesc>\s*<geocode>/.test(a))).toBe(true)
  expect(areasIn(await alert({ polygons: [], circles: [] }))).toEqual(areasIn(xml))
})

test('lines typed in the form are the shapes, blanks made one, and come back as they were', () => {
  const fields = new Map([
    ['core.kind', ['warning']],
    ['core.cap.category', ['Met']],
    ['core.cap.polygons', [`  ${RING.replaceAll(' ', '   ')} \n\n${RING}`]],
    ['core.cap.circles', [DISC]],
    ['parts.zh-CN.title', ['x']],
  ])
  const content = readContent(contentFrom(fields, '+08:00'), 'league')
  expect(content.core.cap).toMatchObject({ polygons: [RING, RING], circles: [DISC] })
  const shown = fieldsOf(content, '+08:00')
  expect(shown.get('core.cap.polygons')).toEqual([`${RING}\n${RING}`])
  const without = new Map([...fields].filter(([name]) => !/polygons|circles/.test(name)))
  expect(readContent(contentFrom(without, '+08:00'), 'league').core.cap).not.toHaveProperty('polygons')
})
