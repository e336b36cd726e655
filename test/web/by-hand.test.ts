/** What goes by hand, over HTTP alone: an office publishes, sends people out, corrects, and its league sees who has not signed. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { byHandRegistry, goOut, notice, publishAs } from '../support/by-hand-scene.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'

let place: Workplace
let people: Office
let app: App
let drafter: DeskPerson
let league: DeskPerson
let stranger: DeskPerson
const tokens = new Map<string, string>()

beforeAll(async () => {
  place = await workplace({}, { registry: byHandRegistry })
  people = await office(place.ctx, { logins: ['banner-drafter', 'league-signer', 'other-drafter'] })
  app = await createApp(place.ctx)
  drafter = await new DeskPerson(app).signIn('banner-drafter')
  league = await new DeskPerson(app).signIn('league-signer')
  stranger = await new DeskPerson(app).signIn('other-drafter')
}, 60_000)
afterAll(() => place.close())
beforeEach(() => place.logged.splice(0))

async function api(who: string, method: string, path: string, body?: unknown) {
  const token = tokens.get(who) ?? (await people.token(who))
  tokens.set(who, token)
  const answer = await app.request(path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
  return { status: answer.status, body: (await answer.json()) as any }
}
const press = (path: string, lang = 'zh') =>
  app.request(`${path}?lang=${lang}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

describe('a banner sends people out', () => {
  let number = ''
  const at = () => `/api/v1/releases/${number}`

  test('keeps contacts and channels through its forms, told in both languages what is wrong', async () => {
    const page = await drafter.get('/desk/office/contacts?lang=zh')
    const bad = await drafter.submit(page, /contacts$/, { name: '', phone: '12', email: 'x', areas: [] })
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('2处需要改正')
    expect(bad.text).toContain('此项必填')
    const again = await drafter.submit(page, /contacts$/, {
      name: '其其格',
      phone: '12',
      email: 'x',
      areas: ['159900'],
    })
    for (const words of ['电话号码格式不对', '这不是可以收信的邮箱地址', '159900不在本单位的发布范围内'])
      expect(again.text).toContain(words)
    expect(bad.html).toContain('value="12"')
    const english = await drafter.get('/desk/office/contacts?lang=en')
    const refused = await drafter.submit(english, /contacts$/, { name: 'A', phone: '12', areas: ['159921'] })
    expect(refused.text).toContain('Not a phone number')
    await drafter.get('/desk/office/contacts?lang=zh')
    for (const [name, phone] of [
      ['其其格', '13900000001'],
      ['巴特尔', '13900000002'],
    ] as const) {
      const done = await drafter.submit(page, /contacts$/, { name, phone, areas: ['159921'] })
      expect(done.text).toContain('已添加联系人')
    }
    const sheet = new File(['姓名,电话,区划代码\n乌云,1,159921\n'], 'a.csv', { type: 'text/csv' })
    const turned = await drafter.submit(page, /import$/, { file: sheet })
    expect(turned.status).toBe(422)
    expect(turned.text).toContain('行 · 2 · 电话')
    const channels = await drafter.get('/desk/office/channels')
    expect((await drafter.submit(channels, /channels$/, { name: '旗电视台' })).text).toContain('旗电视台')
    expect((await drafter.submit(channels, /channels$/, { name: '旗电视台' })).text).toContain('已有名为')
    expect((await drafter.submit(channels, /channels$/, { name: ' ' })).status).toBe(422)
  })

  test('publishes, copies the kit, and ticks its channel off', async () => {
    const { ctx } = place
    const made = await createRelease(
      ctx,
      people.actors.banner.drafter,
      notice('草原火灾避险提示（示例）', '18户居民撤离。'),
    )
    number = made.number
    expect((await api('banner-drafter', 'GET', `${at()}/kit`)).body.code).toBe('nothing-published')
    await publishAs(ctx, people, 'banner', made.id)
    await goOut(place)
    const kit = await api('banner-drafter', 'GET', `${at()}/kit`)
    expect(kit.body.items[0]).toMatchObject({
      language: 'zh-CN',
      poster: `http://press.example/releases/${number}/poster/`,
      sms: { alphabet: 'UCS-2', left: 0 },
    })
    expect(kit.body.items[0].loudspeaker).toContain('十八户居民撤离')
    const page = await drafter.get(`/desk/releases/${number}/kit`)
    expect(page.text).toContain('0 / 1')
    const late = await drafter.submit(page, /kit\/record$/, { [fieldOf(page.html, 'carriedAt')]: '2099-01-01T10:00' })
    expect(late.status).toBe(422)
    expect(late.text).toContain('发出时间在将来')
    const link = { [fieldOf(page.html, 'link')]: 'https://tv.example/1', [fieldOf(page.html, 'note')]: '滚动字幕' }
    const done = await drafter.submit(page, /kit\/record$/, link)
    expect(done.text).toContain('1 / 1')
    expect(done.text).toContain('人工登记 · banner drafter登记')
    const run = await api('banner-drafter', 'GET', `${at()}/editions`)
    const manual = JSON.stringify(run.body)
    expect(manual).toContain('"outlet":"manual"')
    expect(manual).not.toMatch(/"outlet":"manual"[^}]*"accepted":[1-9]/)
  })
  const fieldOf = (html: string, name: string): string => new RegExp(`name="(\\w+\\.${name})"`).exec(html)?.[1] ?? ''

  test('one contact signs by their link; the league sees who has not, and writes down who signed by telephone', async () => {
    const before = await api('league-signer', 'GET', `${at()}/acknowledgements`)
    expect(before.body).toMatchObject({ edition: 1, asked: 2, acknowledged: 0 })
    const path = new URL(before.body.items[0].link).pathname
    const shown = await app.request(`${path}?lang=en`)
    expect(shown.headers.get('cache-control')).toBe('no-store')
    expect(shown.headers.get('referrer-policy')).toBe('no-referrer')
    expect(await shown.text()).toContain('Please sign for this')
    await app.request(path, { method: 'HEAD' })
    expect((await api('league-signer', 'GET', `${at()}/acknowledgements`)).body.acknowledged).toBe(0)
    expect(await (await press(path)).text()).toContain('您已签收')
    // A link signs in its owner's name: who may only look is not shown one.
    for (const who of ['league-auditor', 'banner-admin']) {
      const seen = await api(who, 'GET', `${at()}/acknowledgements`)
      expect([who, seen.body.items.map((i: { link: unknown }) => i.link)]).toEqual([who, [null, null]])
    }
    const unsigned = await api('league-signer', 'GET', `${at()}/acknowledgements?unsigned=1`)
    expect(unsigned.body.items).toHaveLength(1)
    expect(unsigned.body.items[0].phone).toMatch(/^139/)
    expect((await api('league-signer', 'GET', `${at()}/acknowledgements?unsigned=yes`)).status).toBe(422)
    const roll = await league.get(`/desk/releases/${number}/acknowledgements?lang=zh`)
    expect(roll.text).toContain('1 / 2')
    expect(roll.text).toContain('未签收（1人）')
    const done = await league.submit(roll, /acknowledgements\/\d+$/)
    expect(done.text).toContain('人工登记：league signer')
  })

  test('nobody outside sees a telephone, a list or a channel, and a wrong link leads nowhere', async () => {
    expect((await stranger.get(`/desk/releases/${number}/acknowledgements`)).status).toBe(403)
    expect((await stranger.get(`/desk/releases/${number}/kit`)).status).toBe(403)
    expect((await api('other-drafter', 'GET', '/api/v1/contacts?agency=banner')).status).toBe(403)
    expect((await api('other-drafter', 'DELETE', '/api/v1/contacts/1')).status).toBe(404)
    expect((await api('other-drafter', 'DELETE', '/api/v1/contacts/no')).status).toBe(404)
    expect((await api('league-auditor', 'GET', '/api/v1/contacts')).status).toBe(403)
    for (const bad of ['x', `1-${'a'.repeat(24)}`, '%00', '..%2f']) {
      expect((await app.request(`/acknowledge/${bad}`)).status, bad).toBe(404)
      expect((await press(`/acknowledge/${bad}`)).status, bad).toBe(404)
    }
    expect(
      (await app.request(`/desk/releases/${number}/kit/passwd.txt`, { headers: { cookie: drafter.cookie } })).status,
    ).toBe(404)
  })

  test('a correction asks for the tick and for every signature again', async () => {
    const { ctx } = place
    const by = people.actors.banner.drafter
    const release = (await api('banner-drafter', 'GET', at())).body
    const id = (release.release ?? release).id as string
    const old = (await api('league-signer', 'GET', `${at()}/acknowledgements`)).body.items[0].id
    await beginCorrection(ctx, by, id, { type: 'correction' })
    const next = notice('草原火灾避险提示（示例）', '28户居民撤离。')
    for (const part of Object.values(next.parts)) if (part) part.changeNote = '户数应为28户。'
    await saveDraft(ctx, by, id, next, null)
    await publishAs(ctx, people, 'banner', id)
    await goOut(place)
    expect((await api('league-signer', 'GET', `${at()}/acknowledgements`)).body).toMatchObject({
      edition: 2,
      asked: 2,
      acknowledged: 0,
    })
    expect((await api('banner-drafter', 'GET', `${at()}/manual-records`)).body).toMatchObject({
      owedEdition: 2,
      items: [{ name: '旗电视台', standing: 'wrong' }],
    })
    const page = await drafter.get(`/desk/releases/${number}/kit?lang=zh`)
    expect(page.text).toContain('有1个渠道发的还是旧内容，尚未发第2版')
    expect((await drafter.get('/desk/alarms')).text).toContain('有人工渠道发的还是旧内容')
    const { acknowledgePath } = await import('../../src/delivery/acknowledge-link.ts')
    const moved = await app.request(acknowledgePath(ctx.keys.secret, old))
    expect(moved.status).toBe(303)
    expect((await app.request(moved.headers.get('location') as string)).status).toBe(200)
    await drafter.submit(page, /kit\/record$/)
    expect((await drafter.get('/desk/alarms?lang=zh')).text).not.toContain('打开转发包')
    expect(place.logged).toEqual([])
  })

  test('another agency carries it through its own desk, and hears of what becomes of it', async () => {
    const page = await stranger.get(`/desk/releases/${number}?lang=zh`)
    expect(page.html).toContain(`/desk/releases/${number}/repost`)
    const asks = await stranger.get(`/desk/releases/${number}/repost`)
    const draft = await stranger.submit(asks, /repost$/)
    expect(draft.text).toContain('已建稿')
    expect(draft.path).toMatch(/\/desk\/releases\/2026-\d{6}\/edit/)
    const mine = /\d{4}-\d{6}/.exec(draft.path)?.[0] as string
    const saved = await stranger.submit(
      draft,
      /edit$/,
      { 'parts.zh-CN.title': '改过的题目' },
      { name: 'do', value: 'submit' },
    )
    expect(saved.text).toContain('与转载的原文不一致')
    expect((await api('banner-drafter', 'POST', `${at()}/repost`)).body.code).toBe('repost-own')
    expect((await api('other-drafter', 'POST', `/api/v1/releases/${mine}/source`)).status).toBe(200)
    expect((await stranger.get(`/desk/releases/${mine}/edit`)).text).not.toContain('与转载的原文不一致')
  })
})
