/** A server that says when to come back is taken at its word. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outcomeOf } from '../../channels/email/outcome.ts'
import { patienceOf } from '../../channels/email/patience.ts'
import { HOUR, MINUTE, SECOND } from '../../src/lib/clock.ts'

test.each([
  ['450 4.7.1 Greylisted, try again in 5 minutes', 5 * MINUTE],
  [
    '450 4.2.0 <a@b.example>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/b.example.html; retry in 300 seconds',
    300 * SECOND,
  ],
  ['451 4.7.1 Please try again in 00:04:59', 4 * MINUTE + 59 * SECOND],
  ['450 请在10分钟后重试', 10 * MINUTE],
  ['450 系统繁忙，请 30 秒后再试', 30 * SECOND],
  ['451 请1小时后重试', HOUR],
  ['451 4.7.0 rate limited, 60s', 60 * SECOND],
  ['421 4.7.0 Too many connections, wait 2 min', 2 * MINUTE],
  ['451 deferred; retry=299', 299 * SECOND],
  ['451 Retry-After: 120', 120 * SECOND],
  ['451 4.7.1 temporarily blocked for 1 hour and 30 minutes', 90 * MINUTE],
  ['450 4.7.1 try again in 1-hour', HOUR],
  ['451 4.7.500 Server busy. Please try again later from [203.0.113.5]. (S77719)', undefined],
  ['450 4.2.1 The user you are trying to contact is receiving mail at a rate; please resend later', undefined],
  ['452 4.2.2 mailbox full, 200m used', undefined],
  ['450 4.7.1 more than 20 messages per 60 seconds is too many', undefined],
  ['421 4.7.28 our system has detected an unusual rate, see https://support.example/answer/81126 to retry', undefined],
  ['450 4.1.8 domain of sender not found', undefined],
  ['451 try again in 0 seconds', SECOND],
  ['451 try again in 90000 minutes', 6 * HOUR],
  ['', undefined],
])('%s', (text, wait) => {
  expect(patienceOf(text)).toBe(wait)
})

test('no answer a server could think of makes us wait less than a second, more than six hours, or fail', () => {
  const words = fc.array(
    fc.oneof(
      fc.constantFrom(
        'retry',
        'in',
        '重试',
        '4.7.1',
        '450',
        'minutes',
        '分钟',
        '秒',
        '-',
        ' ',
        ':',
        '=',
        'limit',
        'after',
        '. ',
      ),
      fc.nat(1e9).map(String),
      fc.string(),
    ),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(words, (parts) => {
      const wait = patienceOf(parts.join(''))
      if (wait !== undefined) {
        expect(wait).toBeGreaterThanOrEqual(SECOND)
        expect(wait).toBeLessThanOrEqual(6 * HOUR)
      }
    }),
    { numRuns: 3000 },
  )
})

const refused = (text: string, attempt: number, lines: string[] = []) => {
  const reply = { code: 450, status: '4.7.1', lines, text }
  const outcome = outcomeOf({ state: 'refused', at: 'recipient', reply }, { attempt })
  return outcome.state === 'again' ? outcome.after : outcome.state
}

test('the wish of the server goes before our own habit, but a server that always says "at once" does not use up all tries at once', () => {
  expect(refused('450 4.7.1 Greylisted, try again in 5 minutes', 1)).toBe(5 * MINUTE)
  expect(refused('450 4.7.1 Greylisted, try again in 5 minutes', 4)).toBe(5 * MINUTE)
  expect(refused('450 4.7.1 try again in 1 second', 1)).toBe(5 * SECOND)
  expect(refused('450 4.7.1 try again in 1 second', 8)).toBe(640 * SECOND)
  expect(refused('450 4.7.1 busy', 2)).toBe(2 * MINUTE)
  const wish = Buffer.from('请在3分钟后重试').toString('latin1')
  expect(refused('450 4.7.1 see our pages', 1, [wish, 'see our pages'])).toBe(3 * MINUTE)
})
