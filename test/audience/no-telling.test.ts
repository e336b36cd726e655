/** What asking for a subscription gives away about an address: nothing, neither in words nor in time; and how often one may ask. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { subscriberByAddress, updateSubscriber } from '../../src/audience/store.ts'
import { subscribe } from '../../src/audience/subscribe.ts'
import { HOUR } from '../../src/lib/clock.ts'
import { createApp } from '../../src/web/app.ts'
import { office, type Workplace, workplace } from '../support/office.ts'

let at: Workplace
beforeEach(async () => {
  // Outlets that send nothing: the letter goes after the answer.
  at = await workplace()
  await office(at.ctx)
})
afterEach(() => at.close())

const activate = async (email: string) => {
  const row = await subscriberByAddress(at.ctx.store.db, 'email', email, 'live')
  await updateSubscriber(at.ctx.store.db, row?.id as number, { state: 'active' })
}

test('about one address everybody together may ask twenty times an hour, whether it is subscribed or not', async () => {
  const app = await createApp(at.ctx)
  const ask = (email: string, i: number) =>
    app.request('/subscriptions?lang=en', {
      method: 'POST',
      body: new URLSearchParams({ email }),
      headers: { 'x-forwarded-for': `198.51.100.${i}` },
    })
  const heard: string[][] = []
  for (const email of ['known@reader.example', 'stranger@reader.example']) {
    await ask(email, 0)
    if (email.startsWith('known')) await activate(email)
    const answers: string[] = []
    for (let i = 1; i < 22; i++) {
      const answer = await ask(email, i)
      answers.push(`${answer.status} ${answer.headers.get('retry-after')} ${(await answer.text()).length}`)
    }
    heard.push(answers)
  }
  expect(heard[0]).toEqual(heard[1])
  expect(heard[0]?.map((x) => x.slice(0, 3))).toEqual([...Array(19).fill('202'), '429', '429'])
  expect(Number(heard[0]?.at(-1)?.split(' ')[1])).toBeGreaterThan(0)
  at.clock.advance(HOUR + 1)
  expect((await ask('known@reader.example', 99)).status).toBe(202)
}, 30_000)

test('how long the answer takes is no telling either: the medians lie together', async () => {
  const N = 20
  const times: Record<string, number[]> = { known: [], stranger: [], complained: [] }
  for (let i = 0; i < N; i++) {
    for (const who of ['known', 'complained']) {
      await subscribe(at.ctx, `192.0.2.${i}`, { email: `${who}${i}@reader.example` })
      await activate(`${who}${i}@reader.example`)
    }
    const row = await subscriberByAddress(at.ctx.store.db, 'email', `complained${i}@reader.example`, 'live')
    await updateSubscriber(at.ctx.store.db, row?.id as number, { state: 'complained' })
  }
  await at.ctx.store.db.deleteFrom('rate').execute()
  for (let i = 0; i < N; i++) {
    for (const who of Object.keys(times)) {
      const began = performance.now()
      await subscribe(at.ctx, `203.0.113.${i}`, { email: `${who}${i}@reader.example`, topics: ['fire'] })
      times[who]?.push(performance.now() - began)
    }
  }
  const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] as number
  const [known, stranger, complained] = ['known', 'stranger', 'complained'].map((who) => median(times[who] as number[]))
  expect(stranger).toBeGreaterThanOrEqual(59)
  expect(Math.abs((known as number) - (stranger as number))).toBeLessThan(5)
  expect(Math.abs((complained as number) - (stranger as number))).toBeLessThan(5)
}, 60_000)
