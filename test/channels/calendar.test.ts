/** Press conferences in the calendar page and in readers' own calendars, read by a parser that is not ours. */
import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { fold, icalendar } from '../../channels/website/ical.ts'
import type { Core, Edition } from '../../src/publication/edition.ts'
import { siteOf } from '../../templates/page/assets.ts'
import { publishAll, sampleConfig } from '../support/demo-site.ts'
import {
  type EditionOverrides,
  nextEdition,
  sampleEdition,
  samplePart,
  takenDown,
  textOf,
  withdrawn,
} from '../support/editions.ts'

type Conference = NonNullable<Core['conference']>
const site = siteOf(sampleConfig(), 'live')
const held = (sequence: number, conference: Conference, more: EditionOverrides = {}): Edition =>
  sampleEdition({
    sequence,
    kind: 'press-conference',
    ...more,
    core: { conference, ...more.core },
    parts: more.parts ?? { 'zh-CN': samplePart({ title: `第${sequence}场发布会`, summary: '主题：供暖。' }) },
  })
const soon: Conference = {
  startsAt: '2026-12-01T08:00:00.000Z',
  endsAt: '2026-12-01T09:30:00.000Z',
  place: '盟行署新闻发布厅',
}
const past: Conference = { startsAt: '2026-11-20T01:00:00.000Z' }

const events = (file: string) =>
  new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent').map((c) => new ICAL.Event(c))

describe('the calendar', () => {
  test('a reader sees what is to come before what has been, by month, with the time in the left column', async () => {
    const published = await publishAll([
      held(1, past),
      held(2, soon),
      held(3, { startsAt: '2027-01-05T02:00:00.000Z' }),
    ])
    const html = textOf(published.at('/calendar/'))
    const order = [
      '截至 2026-11-23 10:03 尚未举行',
      '2026年12月',
      '第2场发布会',
      '2027年1月',
      '第3场发布会',
      '此前举行',
      '2026年11月',
      '第1场发布会',
    ]
    const places = order.map((words) => html.indexOf(words))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(html).toContain(
      '<time datetime="2026-12-01T16:00:00+08:00"><span>12月1日 星期二</span> <b>16:00–17:30</b></time>',
    )
    expect(textOf(published.at('/en/calendar/'))).toContain('Tuesday 1 December')
  })

  test('any later release moves what is over to what has been', async () => {
    const first = held(1, { startsAt: '2026-11-23T02:02:30.000Z' })
    const before = textOf((await publishAll([first])).at('/calendar/'))
    expect(before.indexOf('第1场')).toBeGreaterThan(before.indexOf('尚未举行'))
    expect(before).not.toContain('此前举行')
    const after = textOf((await publishAll([first, sampleEdition({ sequence: 5 })])).at('/calendar/'))
    expect(after.indexOf('第1场')).toBeGreaterThan(after.indexOf('此前举行'))
  })

  test('a calendar program takes the event, moves it with a correction and drops it when it is cancelled or withdrawn', async () => {
    const first = held(1, soon)
    const moved = nextEdition(first, 'correction', 2, {
      core: { conference: { ...soon, startsAt: '2026-12-01T08:30:00.000Z' } },
    })
    const off = nextEdition(moved, 'correction', 3, { core: { conference: { ...soon, cancelled: true } } })
    const gone = withdrawn(off, 4, '另行通知。')
    const uid = '2026-000001@press.example'
    const steps: [Edition[], object][] = [
      [[first], { sequence: 1, start: '2026-12-01T08:00:00Z', status: 'CONFIRMED', summary: '第1场发布会' }],
      [[first, moved], { sequence: 2, start: '2026-12-01T08:30:00Z', status: 'CONFIRMED' }],
      [[first, moved, off], { sequence: 3, status: 'CANCELLED', summary: '第1场发布会' }],
      [[first, moved, off, gone], { sequence: 4, status: 'CANCELLED', summary: '2026-000001 · 本稿已撤稿' }],
    ]
    for (const [editions, wanted] of steps) {
      const published = await publishAll(editions)
      for (const path of ['/calendar.ics', '/releases/2026-000001/conference.ics']) {
        expect(published.at(path)?.type).toBe('text/calendar; charset=utf-8')
        const [event] = events(textOf(published.at(path)))
        expect(event?.uid).toBe(uid)
        const found = { sequence: event?.sequence, start: event?.startDate.toString(), summary: event?.summary }
        expect({ ...found, status: event?.component.getFirstPropertyValue('status') }).toMatchObject(wanted)
      }
    }
    const published = await publishAll([first, gone])
    expect(textOf(published.at('/calendar.ics')) + textOf(published.at('/calendar/'))).not.toMatch(/第1场|供暖|发布厅/)
  })

  test('after a takedown, or where a correction drops the time, the entry is gone from the calendar and from its address', async () => {
    const first = held(1, soon)
    const { conference: _, ...core } = (first.content as NonNullable<Edition['content']>).core
    const without = { ...nextEdition(first, 'correction', 2), content: { ...first.content!, core } }
    for (const last of [takenDown(first, 2), without]) {
      const published = await publishAll([first, last])
      expect(events(textOf(published.at('/calendar.ics')))).toEqual([])
      expect(textOf(published.at('/calendar.ics'))).toContain('BEGIN:VTIMEZONE')
      expect(published.at('/releases/2026-000001/conference.ics')?.status).toBe(410)
      expect(textOf(published.at('/calendar/'))).not.toContain('第1场')
    }
  })

  test('an exercise has a calendar of its own and stands in no other', async () => {
    const drill = held(2, soon, { mode: 'exercise', core: { mode: 'exercise', conference: soon } })
    const published = await publishAll([held(1, past), drill])
    expect(textOf(published.at('/calendar.ics'))).not.toContain('2026-000002')
    expect(events(textOf(published.at('/exercise/calendar.ics')))[0]?.summary).toContain('【演练】')
    expect(published.at('/exercise/calendar.ics')?.headers?.['x-robots-tag']).toBe('noindex, nofollow')
  })

  test('the page of the release says when and where, and search engines get the same as an event', async () => {
    const first = held(1, soon)
    const html = textOf((await publishAll([first])).at(first.address))
    for (const words of ['2026年12月1日 星期二', '16:00–17:30', '盟行署新闻发布厅', 'conference.ics'])
      expect(html).toContain(words)
    const data = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map((m) =>
      JSON.parse(m[1] as string),
    )
    expect(data.find((d) => d['@type'] === 'Event')).toMatchObject({
      ...{ '@type': 'Event', name: '第1场发布会', startDate: '2026-12-01T16:00:00+08:00' },
      ...{ eventStatus: 'https://schema.org/EventScheduled', location: { name: '盟行署新闻发布厅' } },
    })
  })
})

describe('RFC 5545', () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }).map((s) => s.toWellFormed())

  test('whatever a title, a place or a summary holds comes back as it was, in lines no longer than 75 octets', () => {
    fc.assert(
      fc.property(words, words, words, fc.constantFrom('zh', 'en'), (title, place, summary, lang) => {
        const edition = held(1, { ...soon, place }, { parts: { 'zh-CN': samplePart({ title, summary }) } })
        const file = icalendar(site, lang as 'zh', [{ edition, conference: { ...soon, place } }])
        expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
        for (const line of file.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
          expect(line.isWellFormed()).toBe(true)
        }
        const [event] = events(file)
        const plain = (s: string) => s.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
        expect(event?.summary).toBe(plain(title))
        expect(event?.location).toBe(plain(place))
        expect(event?.description.startsWith(plain(summary))).toBe(true)
        expect(event?.endDate.toString()).toBe('2026-12-01T09:30:00Z')
        expect(String(event?.component.getFirstPropertyValue('dtstamp'))).toBe('2026-11-23T02:01:00Z')
      }),
      { numRuns: 300 },
    )
  })

  test('a fold never parts a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (line) => {
        const folded = fold(line.replace(/[\r\n]/g, '')).split('\r\n')
        expect(folded.map((piece, i) => (i ? piece.slice(1) : piece)).join('')).toBe(line.replace(/[\r\n]/g, ''))
        for (const piece of folded) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(75)
      }),
    )
  })

  test('an empty calendar still holds something, as a calendar must', async () => {
    const parsed = new ICAL.Component(ICAL.parse(icalendar(site, 'zh', [])))
    expect(parsed.getAllSubcomponents()).toHaveLength(1)
    expect(parsed.getFirstSubcomponent('vtimezone')?.getFirstPropertyValue('tzid')).toBe('UTC+08:00')
  })
})
