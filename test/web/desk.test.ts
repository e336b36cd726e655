/** The desk through its own forms: what a person reads, fills in and presses. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { insertSubscriber } from '../../src/audience/store.ts'
import type { Registry } from '../../src/context.ts'
import type { Channel } from '../../src/delivery/channel.ts'
import { openIncident } from '../../src/incident/open.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { startWork } from '../../src/work.ts'
import { DeskPerson, formsOf, type PageSeen } from '../support/desk-person.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'

/** Outlets that take everything and send nothing. */
const registry: Registry = () => ({
  channels: (['website', 'feeds', 'email'] as const).map(
    (name): Channel => ({
      name,
      audience: name === 'email' ? 'subscribers' : 'everyone',
      ...(name === 'email' ? { serves: 'email' as const } : {}),
      ready: () => null,
      variants: () => ['all'],
      prepare: async () => null,
      send: async (_p, targets) => targets.map(() => ({ state: 'accepted' as const })),
    }),
  ),
  notReady: {},
})

const PEOPLE = ['drafter', 'drafter2', 'reviewer', 'confidentiality', 'signer', 'signer2', 'admin', 'auditor'].map(
  (p) => `league-${p}`,
)

let place: Workplace
let app: App
let people: Office
const at: Record<string, DeskPerson> = {}

beforeAll(async () => {
  place = await workplace({}, { registry })
  people = await office(place.ctx, { logins: [...PEOPLE, 'other-drafter', 'region-admin'] })
  app = await createApp(place.ctx)
  for (const id of [...PEOPLE, 'other-drafter', 'region-admin'])
    at[id.replace('league-', '')] = await new DeskPerson(app).signIn(id)
})
afterAll(() => place.close())
beforeEach(() => place.logged.splice(0))

const who = (key: string): DeskPerson => at[key] as DeskPerson
const numberOf = (page: PageSeen): string => /\d{4}-\d{6}/.exec(page.path)?.[0] ?? ''

/** A notice written in the form and saved. */
async function written(words: Record<string, string> = {}): Promise<PageSeen> {
  const drafter = who('drafter')
  const blank = await drafter.get('/desk/releases/new?kind=notice')
  return drafter.submit(
    blank,
    /releases\/new$/,
    {
      'parts.zh-CN.title': '关于道路施工的公告',
      'parts.zh-CN.body': '自12月1日起，省道204线半幅施工。\n\n请绕行。',
      'core.areas': ['159921'],
      ...words,
    },
    { name: 'do', value: 'save' },
  )
}

const CLEAR: Record<string, string> = {
  ...Object.fromEntries(
    [
      'state-secret',
      'work-secret',
      'trade-secret',
      'privacy',
      'security-stability',
      'aggregation',
      'copyright-source',
      'wording',
    ].map((c) => [`confidentiality.checks.${c}`, 'clear']),
  ),
  'confidentiality.disclosure': 'proactive',
  'confidentiality.verdict': 'publish',
  'confidentiality.carrier': 'other',
}

describe('a routine release', () => {
  test('goes from a drafter’s form to the public through four people and their forms', async () => {
    await insertSubscriber(place.ctx.store.db, {
      kind: 'email',
      address: 'reader@ortoo.example',
      keys: null,
      token: 'r'.repeat(32),
      state: 'active',
      mode: 'live',
      language: 'zh-CN',
      urgency: 'normal',
      frequency: 'at-once',
      all_topics: 1,
      all_areas: 1,
      created_at: place.clock.now(),
      confirmed_at: place.clock.now(),
      left_at: null,
    })
    const saved = await written()
    const number = numberOf(saved)
    expect(saved.text).toContain('已保存')
    expect(saved.text).toContain('第1稿')
    expect(saved.text).toContain('还能签发：')
    const sent = await who('drafter').submit(saved, /edit$/, {}, { name: 'do', value: 'submit' })
    expect(sent.text).toContain('已送审')

    expect((await who('reviewer').get('/desk')).text).toContain('关于道路施工的公告')
    const review = await who('reviewer').get(`/desk/releases/${number}/review`)
    expect(review.text).toContain('自12月1日起，省道204线半幅施工。')
    const agreed = await who('reviewer').submit(review, /decision$/, {}, { name: 'verdict', value: 'approve' })
    expect(agreed.text).toContain('进入下一步')

    const list = await who('confidentiality').get(`/desk/releases/${number}/review`)
    expect(
      [
        ...(formsOf(list)
          .find((f) => /decision$/.test(f.action))
          ?.fields.keys() ?? []),
      ].filter((n) => /checks\.[a-z-]+$/.test(n)),
    ).toEqual([])
    const unanswered = await who('confidentiality').submit(
      list,
      /decision$/,
      { opinion: '看过了' },
      { name: 'verdict', value: 'approve' },
    )
    expect(unanswered.status).toBe(422)
    expect(unanswered.text).toContain('看过了')
    const cleared = await who('confidentiality').submit(unanswered, /decision$/, CLEAR, {
      name: 'verdict',
      value: 'approve',
    })
    expect(cleared.text).toContain('进入下一步')

    const sign = await who('signer').get(`/desk/releases/${number}/sign`)
    expect(sign.text).toContain('立即以“正式”名义发布到3个渠道，通知1人')
    const signed = await who('signer').submit(sign, /decision$/, {}, { name: 'verdict', value: 'approve' })
    expect(signed.text).toContain('已签发，正在发布')

    const work = await startWork(place.ctx)
    try {
      await expect
        .poll(
          async () => {
            place.clock.advance(1000)
            return (await who('signer').get(`/desk/releases/${number}`)).text
          },
          { timeout: 10_000 },
        )
        .toContain('1 / 1')
    } finally {
      await work.stop()
    }
    const told = JSON.parse((await who('auditor').get(`/desk/releases/${number}/progress.json`)).html) as {
      html: string
    }
    expect(told.html).toContain('data-outlet="email"')
    expect((await who('auditor').get('/desk/ledger?verify=1')).text).toContain('没有改动')
    const sheet = await who('auditor').get(`/desk/releases/${number}/confidentiality-review`)
    expect(sheet.text).toContain('league confidentiality')
    expect(sheet.text).toContain('同意公开')
    expect(place.logged).toEqual([])
  })

  test('comes back to its drafter with the reviewer’s words', async () => {
    const saved = await written({ 'parts.zh-CN.title': '关于停水的公告' })
    const number = numberOf(saved)
    await who('drafter').submit(saved, /edit$/, {}, { name: 'do', value: 'submit' })
    const review = await who('reviewer').get(`/desk/releases/${number}/review`)
    const wordless = await who('reviewer').submit(review, /decision$/, {}, { name: 'verdict', value: 'return' })
    expect(wordless.status).toBe(422)
    await who('reviewer').submit(
      wordless,
      /decision$/,
      { opinion: '请写明停水时间' },
      { name: 'verdict', value: 'return' },
    )
    expect((await who('drafter').get('/desk')).text).toContain('退回修改')
    const edit = await who('drafter').get(`/desk/releases/${number}/edit`)
    expect(edit.text).toContain('请写明停水时间')
    await who('drafter').submit(
      edit,
      /edit$/,
      { 'parts.zh-CN.body': '自12月1日8时起停水。' },
      { name: 'do', value: 'submit' },
    )
    const again = await who('reviewer').get(`/desk/releases/${number}/review`)
    expect(again.text).toContain('与您上次看过的第1稿相比')
    expect(again.html).toMatch(/<ins>[\s\S]*停水/)
  })
})

describe('a form that is refused', () => {
  test('comes back to the drafter with every word and the issue beside its field', async () => {
    const drafter = who('drafter')
    const blank = await drafter.get('/desk/releases/new?kind=notice')
    const typed = {
      'parts.zh-CN.title': '关于供暖的公告',
      'parts.zh-CN.body': '第一段\n\n<b>第二段</b> & 更多',
      'core.contacts.0.label': '值班室',
      'core.contacts.0.email': '不是邮箱',
      'core.expiresAt': '2026-12-01T08:30',
      'core.areas': ['159900', '159921'],
    }
    const refused = await drafter.submit(blank, /releases\/new$/, typed, { name: 'do', value: 'save' })
    expect(refused.status).toBe(422)
    const form = formsOf(refused).find((f) => /releases\/new$/.test(f.action))
    for (const [name, value] of Object.entries(typed))
      expect(form?.fields.get(name), name).toEqual(Array.isArray(value) ? value : [value])
    expect(refused.html).toMatch(/id="f-core\.contacts\.0\.email"[^>]*aria-invalid="true"/)
    expect(refused.html).toContain('href="#f-core.contacts.0.email"')
    const fixed = await drafter.submit(
      refused,
      /releases\/new$/,
      { 'core.contacts.0.email': 'duty@ortoo.example' },
      { name: 'do', value: 'save' },
    )
    expect(fixed.text).toContain('已保存')
    expect(
      formsOf(fixed)
        .find((f) => /edit$/.test(f.action))
        ?.fields.get('core.expiresAt'),
    ).toEqual(['2026-12-01T08:30'])
  })

  test('is not submitted while something stands against it, and keeps what was typed', async () => {
    const drafter = who('drafter')
    const blank = await drafter.get('/desk/releases/new?kind=notice')
    const saved = await drafter.submit(
      blank,
      /releases\/new$/,
      { 'parts.zh-CN.title': '关于【事项】的公告' },
      { name: 'do', value: 'save' },
    )
    const refused = await drafter.submit(
      saved,
      /edit$/,
      { 'parts.zh-CN.summary': '新写的摘要' },
      { name: 'do', value: 'submit' },
    )
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('还没有填写')
    expect(
      formsOf(refused)
        .find((f) => /edit$/.test(f.action))
        ?.fields.get('parts.zh-CN.summary'),
    ).toEqual(['新写的摘要'])
  })

  test('keeps the file’s refusal apart from the words, which are saved', async () => {
    const saved = await written({ 'parts.zh-CN.title': '附件公告' })
    const file = new File([new Uint8Array([1, 2, 3, 0, 255])], '表.exe')
    const refused = await who('drafter').submit(
      saved,
      /edit$/,
      { 'parts.zh-CN.title': '附件公告（改）', file },
      { name: 'do', value: 'save' },
    )
    expect(refused.status).toBe(422)
    expect(
      formsOf(refused)
        .find((f) => /edit$/.test(f.action))
        ?.fields.get('parts.zh-CN.title'),
    ).toEqual(['附件公告（改）'])
    const list = new File(['a,b\n1,2\n'], '名单.csv')
    const taken = await who('drafter').submit(
      refused,
      /edit$/,
      { file: list, fileTitle: '名单' },
      { name: 'do', value: 'save' },
    )
    expect(taken.text).toContain('名单.csv')
  })
})

test('two drafters who save the same draft lose nothing: the second sees both', async () => {
  const saved = await written({ 'parts.zh-CN.title': '关于限行的公告' })
  const number = numberOf(saved)
  const second = await who('drafter2').get(`/desk/releases/${number}/edit`)
  await who('drafter').submit(saved, /edit$/, { 'parts.zh-CN.body': '甲写的正文。' }, { name: 'do', value: 'save' })
  const stale = await who('drafter2').submit(
    second,
    /edit$/,
    { 'parts.zh-CN.body': '乙写的正文。' },
    { name: 'do', value: 'save' },
  )
  expect(stale.status).toBe(409)
  expect(stale.text).toContain('league drafter已保存第2稿')
  expect(stale.html).toMatch(/<del>[\s\S]*甲[\s\S]*<ins>[\s\S]*乙/)
  expect(
    formsOf(stale)
      .find((f) => /edit$/.test(f.action))
      ?.fields.get('parts.zh-CN.body'),
  ).toEqual(['乙写的正文。'])
  const kept = await who('drafter2').submit(stale, /edit$/, {}, { name: 'do', value: 'save' })
  expect(kept.text).toContain('第3稿')
})

test('a drafter who imports a notice sees what was recognised before anything is saved', async () => {
  const text =
    '示政办字〔2026〕41号\n\n关于做好饲草储备的通知\n\n各旗人民政府：\n\n现就有关事项通知如下。\n\n青格勒盟办公室\n2026年11月20日'
  const drafter = who('drafter')
  const start = await drafter.get('/desk/releases/new')
  const read = await drafter.submit(start, /import$/, { text })
  expect(read.text).toContain('已识别')
  const form = formsOf(read).find((f) => /releases\/new$/.test(f.action))
  expect(form?.fields.get('core.documentNumber')).toEqual(['示政办字〔2026〕41号'])
  expect(form?.fields.get('parts.zh-CN.title')).toEqual(['关于做好饲草储备的通知'])
  const saved = await drafter.submit(read, /releases\/new$/, {}, { name: 'do', value: 'save' })
  expect(saved.text).toContain('已保存')
})

test('a word the scanners found is answered in the form and stays answered', async () => {
  const saved = await written({ 'parts.zh-CN.body': '本通告涉及商业秘密的处理办法。' })
  expect(saved.text).toContain('1处待确认')
  const name = [
    ...(formsOf(saved)
      .find((f) => /edit$/.test(f.action))
      ?.fields.keys() ?? []),
  ].find((n) => /^hit\..*\.action$/.test(n)) as string
  const answered = await who('drafter').submit(
    saved,
    /edit$/,
    { [name]: 'false-hit', [name.replace('action', 'note')]: '法规名称' },
    { name: 'do', value: 'save' },
  )
  expect(answered.text).toContain('0处待确认')
})

describe('a flash release', () => {
  test('is written on one screen, signed with a typed word, and then waits for its second look', async () => {
    const drafter = who('drafter')
    const blank = await drafter.get('/desk/flash')
    const boxes = {
      'parts.zh-CN.title': '哈日诺尔旗草原火灾',
      'parts.zh-CN.blocks.whenWhere': '今日13时，北部草场',
      'parts.zh-CN.blocks.facts': '发生草原火灾，正在核实面积。',
      'parts.zh-CN.blocks.actions': '扑火队伍已赶到现场。',
      'core.areas': '159921',
      'core.contacts.0.phone': '12119',
    }
    const short = await drafter.submit(blank, /flash$/, boxes, { name: 'do', value: 'submit' })
    expect(short.status).toBe(422)
    expect(
      formsOf(short)
        .find((f) => /flash$/.test(f.action))
        ?.fields.get('parts.zh-CN.blocks.facts'),
    ).toEqual([boxes['parts.zh-CN.blocks.facts']])
    const sent = await drafter.submit(
      short,
      /flash$/,
      { 'parts.zh-CN.blocks.advice': '下风向居民听从转移安排。' },
      { name: 'do', value: 'submit' },
    )
    expect(sent.text).toContain('已送审')
    const number = numberOf(sent)
    expect((await drafter.get('/desk/incidents')).text.match(/哈日诺尔旗草原火灾/g)?.length).toBe(2)

    const sign = await who('signer').get(`/desk/releases/${number}/sign`)
    const wordless = await who('signer').submit(sign, /decision$/, CLEAR, { name: 'verdict', value: 'approve' })
    expect(wordless.status).toBe(422)
    const signed = await who('signer').submit(
      wordless,
      /decision$/,
      { word: '签发' },
      { name: 'verdict', value: 'approve' },
    )
    expect(signed.text).toContain('已签发')
    expect((await who('signer').get('/desk')).text).not.toContain('等事后补审')
    expect((await who('signer2').get('/desk')).text).toContain('等事后补审')
    const look = await who('signer2').get(`/desk/releases/${number}/post-review`)
    expect((await who('signer2').submit(look, /post-review$/, { opinion: '内容准确' })).text).toContain('补审已记录')
  })
})

describe('what may not be seen', () => {
  test('answers a stranger exactly like what does not exist', async () => {
    const number = numberOf(await written({ 'parts.zh-CN.title': '内部讨论中的公告' }))
    const stranger = who('other-drafter')
    for (const path of ['', '/edit', '/review', '/sign', '/confidentiality-review', '/quarantine']) {
      const [hidden, missing] = [
        await stranger.get(`/desk/releases/${number}${path}`),
        await stranger.get(`/desk/releases/2020-000001${path}`),
      ]
      expect(hidden.status, path).toBe(404)
      const same = (p: PageSeen) => p.html.replace(/[0-9a-z]{26}/g, '')
      expect(same(hidden)).toBe(same(missing))
    }
  })

  test('a drafter who had a hand in it is told why they may not decide', async () => {
    const saved = await written({ 'parts.zh-CN.title': '关于收费的公告' })
    const sent = await who('drafter').submit(saved, /edit$/, {}, { name: 'do', value: 'submit' })
    const page = await who('drafter').get(`/desk/releases/${numberOf(sent)}/review`)
    expect(formsOf(page).some((f) => /decision$/.test(f.action))).toBe(false)
  })

  test('a suspected secret is sealed for everyone, and a second person settles it by number alone', async () => {
    const saved = await written({ 'parts.zh-CN.title': '不该在这里的内容' })
    const number = numberOf(saved)
    const ask = await who('reviewer').get(`/desk/releases/${number}/quarantine`)
    const after = await who('reviewer').submit(ask, /quarantine$/)
    expect(after.text).toContain('已封存')
    for (const key of ['drafter', 'reviewer', 'admin', 'auditor']) {
      const page = await who(key).get(`/desk/releases/${number}`)
      expect(page.html).not.toContain('不该在这里')
      expect((await who(key).get('/desk')).html).not.toContain('不该在这里')
    }
    const settle = await who('admin').get(`/desk/releases/${number}/settle`)
    expect(settle.html).not.toContain('不该在这里')
    const done = await who('admin').submit(settle, /settle$/, { outcome: 'purged', instruction: '示保〔2026〕3号' })
    expect(done.text).toContain('已处理')
  })

  test('nobody who is not signed in sees a screen', async () => {
    const nobody = new DeskPerson(app)
    for (const path of ['/desk', '/desk/releases', '/desk/flash', '/desk/office', '/desk/ledger'])
      expect((await nobody.get(path)).html).toContain('action="/desk/sign-in"')
  })
})

test('an administrator’s change of roles waits on the other administrator’s desk', async () => {
  const page = await who('admin').get('/desk/office')
  const asked = await who('admin').submit(
    page,
    /members\/league-reviewer2$/,
    { roles: ['reviewer', 'confidentiality'] },
    { name: 'do', value: 'roles' },
  )
  expect(asked.text).toContain('等待另一位系统管理员')
  const other = await who('region-admin').get('/desk')
  expect(other.text).toContain('变更等第二人同意')
  const office = await who('region-admin').get('/desk/office?agency=league')
  const done = await who('region-admin').submit(office, /changes\//, {}, { name: 'verdict', value: 'apply' })
  expect(done.text).toContain('变更已生效')
})

test('an incident is opened, its cause confirmed by a signer, and closed', async () => {
  const row = await openIncident(place.ctx, people.own.drafter, {
    titleZh: '沙尘暴封路',
    class: 'natural',
    grade: 'major',
    areas: ['159921'],
    knownAt: place.clock.now(),
  })
  const page = await who('signer').get('/desk/incidents')
  expect(page.text).toContain('首次权威信息')
  const confirmed = await who('signer').submit(page, new RegExp(`${row.id}/cause$`))
  expect(confirmed.text).toContain('已确认，稿件可以写明')
  const closed = await who('signer').submit(confirmed, new RegExp(`${row.id}/close$`))
  expect(closed.text).toContain('已结束')
})

test('every screen speaks English when asked, and goes on doing so', async () => {
  const reader = await new DeskPerson(app).signIn('league-signer')
  expect((await reader.get('/desk?lang=en')).text).toContain('Waiting for me')
  expect((await reader.get('/desk/releases')).html).toContain('<html lang="en">')
})
