/** Content negotiation and conditional requests. */
import { expect, test } from 'vitest'
import { chooseEncoding, noneMatchHits } from '../../src/lib/negotiate.ts'

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['BR', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0, gzip;q=0', 'identity'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['gzip; q=0.8 , br ; q=0.8', 'br'],
  ['identity;q=1, br;q=0.5', 'identity'],
  ['identity;q=0.5, br', 'br'],
  ['*', 'br'],
  ['*;q=0', 'identity'],
  ['br;q=0, *', 'gzip'],
  ['identity;q=0, gzip;q=0.1', 'gzip'],
  ['deflate', 'identity'],
  ['br;q=nonsense', 'identity'],
  ['br;q=2', 'identity'],
  [',,;;', 'identity'],
])('Accept-Encoding %j is answered in %s', (header, expected) => {
  expect(chooseEncoding(header, ['br', 'gzip'])).toBe(expected)
})

test('only what is there is chosen', () => {
  expect(chooseEncoding('br, gzip', [])).toBe('identity')
  expect(chooseEncoding('br, gzip', ['gzip'])).toBe('gzip')
})

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b",W/"a"', true],
  ['*', true],
  ['"b"', false],
  ['a', false],
  ['"a-br"', false],
  ['"x, "a', false],
  [undefined, false],
  ['', false],
])('If-None-Match %j against "a" is %s', (header, expected) => {
  expect(noneMatchHits(header, '"a"')).toBe(expected)
})
