/** First administrator and invitations: links that work once, for a while, and for nobody else. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { areas, putArea } from '../../src/audience/store.ts'
import { DAY, HOUR } from '../../src/lib/clock.ts'
import { sha256 } from '../../src/lib/id.ts'
import { createLogin, signIn } from '../../src/staff/auth.ts'
import { firstAdminLink } from '../../src/staff/first-admin.ts'
import { invite, inviteAgain } from '../../src/staff/invite.ts'
import { memberByEmail, memberCount } from '../../src/staff/store.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'

const PASSWORD = 'yi-zhan-chuan-ji-2027'
const OWN = { origin: 'http://press.example' }
let at: Workplace
let app: App
beforeEach(async () => {
  at = await workplace()
  app = await createApp(at.ctx)
})
afterEach(async () => {
  expect(at.logged).toEqual([])
  await at.close()
})

const post = (path: string, fields: Record<string, string>) =>
  app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers: OWN })
const signsIn = (email: string, password = PASSWORD) =>
  signIn(at.ctx, email, password, { ip: '127.0.0.1', userAgent: 'x' }).then(
    ({ cookies }) => cookies.length > 0,
    () => false,
  )
const pathOf = (url: string | null) => (url ?? '').replace('http://press.example', '')
const tokenOf = (url: string | null) => new URL(url ?? '').searchParams.get('token') ?? ''

describe('the first administrator', () => {
  const fields = (token: string, more: Record<string, string> = {}) => ({
    token,
    nameZh: '青格勒盟行政公署（示例）',
    nameEn: 'Qinggele League (sample)',
    slug: 'qinggele',
    areaCodes: '150000、150100',
    name: '系统管理员甲',
    email: 'Admin@Qinggele.example',
    password: PASSWORD,
    ...more,
  })

  test('opens the printed link, names the agency, and can sign in', async () => {
    const url = await firstAdminLink(at.ctx)
    expect((await app.request(pathOf(url))).status).toBe(200)
    const answer = await post('/setup?lang=en', fields(tokenOf(url)))
    expect([answer.status, await answer.text()]).toEqual([201, expect.stringContaining('All set')])
    expect(await memberByEmail(at.ctx.store.db, 'admin@qinggele.example')).toMatchObject({
      roles: '["admin"]',
      active: 1,
    })
    expect(await signsIn('admin@qinggele.example')).toBe(true)
    expect((await areas(at.ctx.store.db)).length).toBeGreaterThan(100)
    expect(await firstAdminLink(at.ctx)).toBeNull()
  })

  test('keeps only the hash of the link', async () => {
    const token = tokenOf(await firstAdminLink(at.ctx))
    const links = await at.ctx.store.db.selectFrom('one_time_link').selectAll().execute()
    expect(links.map((l) => l.hash)).toEqual([sha256(token)])
    expect(JSON.stringify(links)).not.toContain(token)
  })

  test('is made once: the link is used up, and a wrong, older or late one was never good', async () => {
    const old = await firstAdminLink(at.ctx)
    const url = await firstAdminLink(at.ctx)
    for (const bad of [tokenOf(old), 'A'.repeat(32), '', sha256(tokenOf(url))]) {
      expect((await app.request(`/setup?token=${bad}`)).status).toBe(409)
      expect((await post('/setup', fields(bad))).status).toBe(409)
    }
    at.clock.advance(DAY)
    expect((await post('/setup', fields(tokenOf(url)))).status).toBe(409)
    expect(await memberCount(at.ctx.store.db)).toBe(0)
    const good = tokenOf(await firstAdminLink(at.ctx))
    expect((await post('/setup', fields(good))).status).toBe(201)
    expect((await post('/setup', fields(good, { email: 'b@qinggele.example', slug: 'b' }))).status).toBe(409)
    expect(await memberCount(at.ctx.store.db)).toBe(1)
  })

  test('two at the same moment make one administrator', async () => {
    const token = tokenOf(await firstAdminLink(at.ctx))
    const both = ['a', 'b'].map((who) => post('/setup', fields(token, { email: `${who}@qinggele.example`, slug: who })))
    const statuses = (await Promise.all(both)).map((r) => r.status)
    expect(statuses.sort()).toEqual([201, 409])
    expect(await memberCount(at.ctx.store.db)).toBe(1)
  })

  test('is told what is wrong, with what was typed and never the password, and the link stays good', async () => {
    const token = tokenOf(await firstAdminLink(at.ctx))
    const faults: Record<string, string>[] = [
      { password: 'short' },
      { slug: 'Not A Slug' },
      { areaCodes: '12' },
      { email: 'nobody' },
    ]
    for (const wrong of faults) {
      const answer = await post('/setup', fields(token, wrong))
      expect(answer.status).toBe(422)
      const html = await answer.text()
      expect(html).toContain('系统管理员甲')
      expect(html).not.toContain(PASSWORD)
    }
    expect((await post('/setup', fields(token))).status).toBe(201)
  })

  test('who types a code that is in no list is told which, what to do instead, and finds it in its field', async () => {
    const token = tokenOf(await firstAdminLink(at.ctx))
    const answer = await post('/setup?lang=zh', fields(token, { areaCodes: '150000、159977' }))
    const html = await answer.text()
    expect(answer.status).toBe(422)
    expect(html).toContain('地区列表里没有 159977')
    expect(html).toContain('在下面写出地名')
    expect(html).toContain('159977 是哪里')
    expect(html).not.toContain('地区列表里没有 150000')
    expect(html).toMatch(/<(input|textarea)[^>]*name="areaCodes"[^>]*(value="150000、159977"|>150000、159977<)/)
    expect(await memberCount(at.ctx.store.db)).toBe(0)
    // Named, it is a place like any other; another that was typed meanwhile is asked for in turn, and the name is still there.
    const both = { areaCodes: '159977 159978', 'areaName.159977': ' 某市（示例） ' }
    const again = await (await post('/setup?lang=zh', fields(token, both))).text()
    expect(again).not.toContain('地区列表里没有 159977')
    expect(again).toContain('地区列表里没有 159978')
    expect(again).toMatch(/name="areaName\.159977"[^>]*某市（示例）/)
    expect(await areas(at.ctx.store.db)).toEqual([])
    // Where the site has a list of its own, that is the one.
    await putArea(at.ctx.store.db, { code: '159977', name_zh: '某市（示例）', name_en: '', parent: null })
    expect((await post('/setup', fields(token, { areaCodes: '150000' }))).status).toBe(422)
    expect((await post('/setup', fields(token, { areaCodes: '159977' }))).status).toBe(201)
  })

  test('an office of a place in no list sets up with its name, and is not given the places of another region', async () => {
    const token = tokenOf(await firstAdminLink(at.ctx))
    const place = { areaCodes: '159977', 'areaName.159977': '某市（示例）', 'areaName.159978': '没有填的代码' }
    expect((await post('/setup', fields(token, place))).status).toBe(201)
    expect(await areas(at.ctx.store.db)).toMatchObject([{ code: '159977', name_zh: '某市（示例）' }])
  })

  test('a set-up that broke off after the login was made can be done again', async () => {
    await createLogin(at.ctx, { name: 'x', email: 'admin@qinggele.example', password: 'another-password-1' })
    const token = tokenOf(await firstAdminLink(at.ctx))
    expect((await post('/setup', fields(token))).status).toBe(201)
    expect([
      await signsIn('admin@qinggele.example'),
      await signsIn('admin@qinggele.example', 'another-password-1'),
    ]).toEqual([true, false])
  })

  test('cannot be made from a page of another site', async () => {
    const token = tokenOf(await firstAdminLink(at.ctx))
    const body = new URLSearchParams(fields(token))
    const answer = await app.request('/setup', { method: 'POST', body, headers: { origin: 'https://evil.example' } })
    expect(answer.status).toBe(403)
    expect(await memberCount(at.ctx.store.db)).toBe(0)
  })
})

describe('an invited member', () => {
  let people: Office
  beforeEach(async () => {
    people = await office(at.ctx)
    await people.token('league-admin')
  })
  const member = { name: '拟稿人丙（示例）', email: 'Third@Ortoo.example', roles: ['drafter'] }

  test('sets a password by the link, once, and can sign in', async () => {
    const { link } = await invite(at.ctx, people.own.admin, member)
    const page = await (await app.request(`${pathOf(link)}?lang=en`)).text()
    expect(page).toContain('third@ortoo.example')
    expect((await post(pathOf(link), { password: 'short' })).status).toBe(422)
    expect((await post(pathOf(link), { password: PASSWORD })).status).toBe(200)
    expect(await signsIn('third@ortoo.example')).toBe(true)
    expect((await post(pathOf(link), { password: 'somebody-elses-2027' })).status).toBe(409)
    expect((await app.request(pathOf(link))).status).toBe(409)
    expect(await signsIn('third@ortoo.example')).toBe(true)
  })

  test('has 72 hours; a new link ends the old one', async () => {
    const { link, memberId } = await invite(at.ctx, people.own.admin, member)
    at.clock.advance(72 * HOUR)
    expect((await app.request(pathOf(link))).status).toBe(409)
    const again = await inviteAgain(at.ctx, people.own.admin, memberId)
    const newest = await inviteAgain(at.ctx, people.own.admin, memberId)
    expect((await app.request(pathOf(again.link))).status).toBe(409)
    expect((await app.request(pathOf(newest.link))).status).toBe(200)
  })

  test('who was switched off before coming in stays out', async () => {
    const { link, memberId } = await invite(at.ctx, people.own.admin, member)
    await at.ctx.store.db.updateTable('member').set({ active: 0 }).where('id', '=', memberId).execute()
    expect((await post(pathOf(link), { password: PASSWORD })).status).toBe(409)
  })

  test('an invitation is no first set-up, and the other way round', async () => {
    const { link } = await invite(at.ctx, people.own.admin, member)
    const token = link.split('/').at(-1)
    expect((await app.request(`/setup?token=${token}`)).status).toBe(409)
  })

  test('an address that belongs to a member is not invited again', async () => {
    await invite(at.ctx, people.own.admin, member)
    await expect(invite(at.ctx, people.own.admin, member)).rejects.toMatchObject({
      issues: [{ code: 'member-exists' }],
    })
  })
})
