/** Who may go now: so many a second over the relay, and no faster to one domain than it likes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { allowance, doorsOf } from '../../src/delivery/allowance.ts'
import type { Limits } from '../../src/queue/limit.ts'
import { memoryLimits } from '../../src/queue/limit-memory.ts'

const rates = (env: Record<string, string>) => readConfig(env).rates
const to = (...addresses: string[]) => addresses.map((address) => ({ address }))
const many = (n: number, domain: string) => Array.from({ length: n }, (_, i) => ({ address: `r${i}@${domain}` }))

function counting(): Limits & { asked: [string, number][]; go(ms: number): void } {
  let now = 0
  const limits = memoryLimits(() => now)
  const asked: [string, number][] = []
  return {
    ...limits,
    asked,
    take: (key, want, rate) => {
      asked.push([key, want])
      return limits.take(key, want, rate)
    },
    go: (ms) => {
      now += ms
    },
  }
}

test('without limits everyone may go and nobody is asked', async () => {
  const limits = counting()
  expect(await allowance(limits, many(200, 'qq.com'), doorsOf('email', rates({})))).toEqual(Array(200).fill(0))
  expect(limits.asked).toEqual([])
})

test('a slow domain holds up its own readers only, each told another moment', async () => {
  const limits = counting()
  const doors = doorsOf('email', rates({ MAIL_DOMAIN_RATES: 'qq.com=2' }))
  const targets = to('a@qq.com', 'b@163.com', 'c@QQ.com', 'd@qq.com', 'e@163.com', 'f@qq.com')
  expect(await allowance(limits, targets, doors)).toEqual([0, 0, 0, 500, 0, 1000])
  expect(limits.asked).toEqual([['mail:qq.com', 4]])
  limits.go(500)
  expect(await allowance(limits, to('d@qq.com'), doors)).toEqual([0])
})

test('the star is a limit for each other domain by itself', async () => {
  const limits = counting()
  const doors = doorsOf('email', rates({ MAIL_DOMAIN_RATES: 'qq.com=3,*=1' }))
  const targets = [...many(3, 'qq.com'), ...many(2, 'a.example'), ...many(2, 'b.example')]
  expect(await allowance(limits, targets, doors)).toEqual([0, 0, 0, 0, 1000, 0, 1000])
})

test('the relay’s limit counts only who got through their domain’s door', async () => {
  const limits = counting()
  const doors = doorsOf('email', rates({ MAIL_RATE: '3', MAIL_DOMAIN_RATES: 'qq.com=1' }))
  const waits = await allowance(limits, [...many(5, 'qq.com'), ...many(4, '163.com')], doors)
  expect(limits.asked).toEqual([
    ['mail:qq.com', 5],
    ['mail', 5],
  ])
  expect(waits).toEqual([0, 1000, 2000, 3000, 4000, 0, 0, 334, 668])
})

test('push has a limit of its own; pages have none', async () => {
  const limits = counting()
  const config = rates({ PUSH_RATE: '2', MAIL_RATE: '1' })
  expect(await allowance(limits, many(3, 'x'), doorsOf('webpush', config))).toEqual([0, 0, 500])
  expect(await allowance(limits, to('', ''), doorsOf(undefined, config))).toEqual([0, 0])
  expect(limits.asked.map(([key]) => key)).toEqual(['push'])
})

test('over any minute nobody is sent more than asked, and everybody is sent to in the end', async () => {
  const domains = fc.array(fc.constantFrom('qq.com', '163.com', 'a.example', 'constructor.example'), { maxLength: 120 })
  await fc.assert(
    fc.asyncProperty(domains, async (list) => {
      const limits = counting()
      const doors = doorsOf('email', rates({ MAIL_RATE: '20', MAIL_DOMAIN_RATES: 'qq.com=5,*=9' }))
      let left = list.map((domain, i) => ({ address: `${i}@${domain}` }))
      let [sent, at, qq] = [0, 0, 0]
      for (let round = 0; left.length > 0; round++) {
        if (round > 500) throw new Error('nobody gets through')
        const waits = await allowance(limits, left, doors)
        const gone = left.filter((_, i) => waits[i] === 0)
        sent += gone.length
        qq += gone.filter((t) => t.address.endsWith('@qq.com')).length
        expect(sent).toBeLessThanOrEqual(20 + (at * 20) / 1000 + 1e-6)
        expect(qq).toBeLessThanOrEqual(5 + (at * 5) / 1000 + 1e-6)
        left = left.filter((_, i) => waits[i] !== 0)
        const soonest = Math.min(...waits.filter((w) => w > 0))
        if (left.length) {
          limits.go(soonest)
          at += soonest
        }
      }
    }),
    { numRuns: 100 },
  )
})
