/** Whose eight o'clock it is: offsets, named zones, summer time. */
import { expect, test } from 'vitest'
import { isZone, lastTime } from '../../src/lib/zone.ts'

const eight = (now: string, zone: string, weekday?: number) => {
  const { at, date } = lastTime(Date.parse(now), zone, 8, weekday)
  return [new Date(at).toISOString().slice(0, 16), date]
}

test.each([
  ['a reader in Hohhot', '2026-11-25T00:00:00Z', '+08:00', '2026-11-25T00:00', '2026-11-25'],
  ['a moment before', '2026-11-24T23:59:59Z', '+08:00', '2026-11-24T00:00', '2026-11-24'],
  ['in Ürümqi', '2026-11-25T01:59:00Z', 'Asia/Urumqi', '2026-11-24T02:00', '2026-11-24'],
  ['in Nepal', '2026-11-25T02:15:00Z', '+05:45', '2026-11-25T02:15', '2026-11-25'],
  ['west of the date line', '2026-11-25T19:30:00Z', '-11:00', '2026-11-25T19:00', '2026-11-25'],
  ['on Kiritimati', '2026-11-24T18:00:00Z', '+14:00', '2026-11-24T18:00', '2026-11-25'],
  ['in London before summer time ends', '2026-10-24T12:00:00Z', 'Europe/London', '2026-10-24T07:00', '2026-10-24'],
  ['and after', '2026-10-25T12:00:00Z', 'Europe/London', '2026-10-25T08:00', '2026-10-25'],
  [
    'in New York the day summer time begins',
    '2026-03-08T12:30:00Z',
    'America/New_York',
    '2026-03-08T12:00',
    '2026-03-08',
  ],
])('eight in the morning of %s', (_who, now, zone, at, date) => expect(eight(now, zone)).toEqual([at, date]))

test('Monday at eight is a week ago until it is eight on Monday', () => {
  expect(eight('2026-11-29T23:59:00Z', '+08:00', 1)).toEqual(['2026-11-23T00:00', '2026-11-23'])
  expect(eight('2026-11-30T00:00:00Z', '+08:00', 1)).toEqual(['2026-11-30T00:00', '2026-11-30'])
  expect(eight('2026-11-29T12:00:00Z', '+08:00', 7)).toEqual(['2026-11-29T00:00', '2026-11-29'])
})

test('an hour that summer time skips comes once, and one it repeats comes once', () => {
  const times = (from: string, zone: string, hour: number) => {
    const seen = new Set<string>()
    for (let at = Date.parse(from); at < Date.parse(from) + 3 * 86_400_000; at += 600_000)
      seen.add(lastTime(at, zone, hour).date)
    return seen.size
  }
  expect(times('2026-03-07T12:00:00Z', 'America/New_York', 2)).toBe(4)
  expect(times('2026-10-31T12:00:00Z', 'America/New_York', 1)).toBe(4)
})

test.each(['+08:00', '-03:30', '+00:00', 'Asia/Shanghai', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])(
  '%s is a time zone',
  (zone) => expect(isZone(zone)).toBe(true),
)
test.each(['', '+8', '+24:00', '+08:60', 'Asia/Nowhere', 'UTC', '../etc/passwd', 'Asia/Shanghai\n'])(
  '%j is none',
  (zone) => expect(isZone(zone)).toBe(false),
)
