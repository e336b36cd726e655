/** Searching and checking over HTTP, as a reader, a newsroom and somebody with ill will do it. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caller } from '../support/caller.ts'
import { type FindingScene, findingScene } from '../support/finding-scene.ts'

let scene: FindingScene
beforeAll(async () => {
  scene = await findingScene()
}, 60_000)
afterAll(async () => {
  await scene.close()
  expect(scene.station.errors).toEqual([])
})

let network = 0
/** Each asking from a network of its own, or the limit would answer. */
const get = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(scene.url + path, {
    headers: { 'x-forwarded-for': `10.${network >> 8}.${network++ & 255}.1`, ...headers },
  })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}
const post = async (fields: Record<string, string>) => {
  const answer = await fetch(`${scene.url}/verify/check?lang=zh`, {
    ...{ method: 'POST', body: new URLSearchParams(fields) },
    headers: { 'x-forwarded-for': `10.${network >> 8}.${network++ & 255}.2` },
  })
  return { status: answer.status, text: await answer.text() }
}

test('a reader without script finds a release, narrows, and is told what to do where there is none', async () => {
  const found = await get('/search?q=%E7%81%AB%E7%81%BE&lang=zh')
  expect(found.status).toBe(200)
  expect(found.text).toContain('哈日诺尔旗草原<mark>火灾</mark>防火期公告')
  expect(found.text).toContain('找到 3 份')
  expect(found.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(found.text).not.toMatch(/<script(?! (type="application\/ld|src="\/assets\/))|\sstyle=/)
  const narrow = await get(`/search?q=${encodeURIComponent('火灾')}&area=159921&lang=zh`)
  expect(narrow.text).toContain('找到 1 份')
  expect(narrow.text).toContain('<option value="159921" selected="">')
  const none = await get(`/search?q=${encodeURIComponent('苜蓿')}&kind=policy&lang=zh`)
  expect(none.text).toContain('没有找到')
  expect(none.text).toContain('去掉筛选条件')
  expect((await get('/search?lang=en')).text).toContain('<h1>Search</h1>')
})

test('a newsroom gets the same as data, with addresses and times', async () => {
  const call = caller(scene.app)
  const answer = await call('GET', `/search.json?q=${encodeURIComponent('示政办字[2026]41号')}`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.body).toMatchObject({
    total: 1,
    more: false,
    pages: 1,
    items: [{ release: scene.numbers.policy, edition: 1 }],
  })
  expect(answer.body.items[0].url).toBe(`${scene.station.url}/releases/${scene.numbers.policy}/`)
  for (const path of ['q=%E8%8B%9C%E8%93%BF', `q=${scene.numbers.gone}`])
    expect((await call('GET', `/search.json?${path}`)).body.total).toBe(0)
  const wrong = await call('GET', '/search.json?from=yesterday')
  expect(wrong.status).toBe(400)
  expect(wrong.body.code).toBe('search-day')
})

test('nothing that is typed is a fault or comes back as markup', async () => {
  const odd = [
    '"',
    '%00',
    '%ff%fe',
    '*',
    "'%20or%201=1--",
    '(((',
    '%3Cscript%3Ealert(1)%3C/script%3E',
    'a'.repeat(10_000),
    '%F0%9F%94%A5',
    'NEAR(%22a%22)',
    '%ED%A0%80',
  ]
  for (const q of odd)
    for (const path of [
      `/search?q=${q}`,
      `/search.json?q=${q}`,
      `/search?kind=${q}&q=a`,
      `/search?page=${q}`,
      `/verify/check?number=${q}`,
    ]) {
      const { status, text, headers } = await get(path)
      expect([path.slice(0, 60), [200, 400].includes(status)]).toEqual([path.slice(0, 60), true])
      if (headers.get('content-type')?.startsWith('text/html')) expect(text).not.toContain('<script>alert')
    }
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (q) => {
      const typed = encodeURIComponent(q.toWellFormed())
      expect([200, 400]).toContain((await get(`/search?q=${typed}&area=${typed}`)).status)
    }),
    { numRuns: 60 },
  )
})

test('who asks too often is asked to wait, and others are not', async () => {
  const from = { 'x-forwarded-for': '192.0.2.7' }
  const answers = await Promise.all(Array.from({ length: 90 }, () => get('/search.json?q=a', from)))
  const refused = answers.filter((a) => a.status === 429)
  expect(refused.length).toBeGreaterThan(10)
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await get('/search.json?q=a')).status).toBe(200)
})

test('somebody with a number or a text is told what it is worth', async () => {
  const { policy, corrected, gone } = scene.numbers
  const check = (claim: string) => get(`/verify/check?lang=zh&number=${encodeURIComponent(claim)}`)
  expect((await check(policy)).text).toContain('确为本站发布，是最新版本')
  const taken = (await check(gone)).text
  expect(taken).toContain('现已下线')
  expect(taken).not.toContain('苜蓿')
  expect((await check('2026-999999')).text).toContain('没有查到')
  expect((await check('a.b.c')).text).toContain('签章不是本站的')
  expect((await post({ text: '各苏木便民服务中心办理饲草储备补助，严防草原火灾。' })).text).toContain(
    '文字与最新版本相符',
  )
  const wrong = (await post({ text: '各苏木便民服务中心办理饲草储备补助，严防草原水灾。', number: policy })).text
  expect(wrong).toContain('文字与本站发布的不一致')
  expect(wrong).toMatch(/<mark>水灾。<\/mark>[\s\S]*<mark>火灾。/)
  const old = (await post({ text: '供暖投诉电话 0479-0000001。', number: corrected })).text
  expect(old).toContain('文字与旧版本相符')
  expect(old).toContain('更正供暖投诉电话。')
  expect((await post({ text: '<script>alert(1)</script>', number: policy })).text).not.toContain('<script>alert')
  expect((await post({ text: 'a'.repeat(200_000) })).status).toBe(413)
})

test('what stands for ever is served as a file: the page of checking, the calendar, the archive, the contact', async () => {
  for (const path of [
    '/verify/',
    '/en/verify/',
    '/calendar/',
    '/archive/',
    '/topics/',
    '/areas/',
    '/agencies/',
    '/kinds/',
    '/about/',
    '/feeds.opml',
    '/calendar.ics',
    '/.well-known/security.txt',
    '/.well-known/jwks.json',
  ])
    expect([path, (await get(path)).status]).toEqual([path, 200])
  const ics = await get(`/releases/${scene.numbers.conference}/conference.ics`)
  expect(ics.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  expect(ics.text).toContain(`UID:${scene.numbers.conference}@127.0.0.1`)
  const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7)
  expect((await get('/archive/')).text).toContain(`/months/${month}/`)
  expect((await get(`/months/${month}/`)).text).toContain('防火期公告')
})
