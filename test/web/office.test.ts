/** Running the office over HTTP: what is set and missing, the roster, lists, chains, own words, tests of outlets, the ledger; each bad input said in words. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Registry } from '../../src/context.ts'
import type { Channel } from '../../src/delivery/channel.ts'
import { weeklyTests } from '../../src/delivery/outlet-test.ts'
import { DAY, HOUR } from '../../src/lib/clock.ts'
import { watchRoster } from '../../src/staff/watch-roster.ts'
import { openAlarms } from '../../src/store/alarm.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'

let place: Workplace
let people: Office
let app: App
const desk = new Map<string, DeskPerson>()
const LOGINS = ['league-admin', 'region-admin', 'league-signer', 'league-drafter', 'league-auditor', 'other-admin']
/** Every letter that mail was asked to send, and what it answers. */
const letters: { to: string; about: string }[] = []
let answer: { state: 'accepted' } | { state: 'never'; why: string } = { state: 'accepted' }

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
      ...(name === 'email'
        ? {
            welcome: async (m) => {
              letters.push({ to: m.to, about: m.about })
              return answer
            },
          }
        : {}),
    }),
  ),
  notReady: {},
})

beforeAll(async () => {
  place = await workplace({ canaryMail: { address: 'canary@ortoo.example', maildir: '/nowhere' } }, { registry })
  people = await office(place.ctx, { logins: LOGINS })
  app = await createApp(place.ctx)
  for (const who of LOGINS) desk.set(who, await new DeskPerson(app).signIn(who))
}, 60_000)
afterAll(() => place.close())

const who = (id: string) => desk.get(id) as DeskPerson
const raw = async (id: string, path: string) =>
  app.request(path, { headers: { cookie: who(id).cookie, host: 'press.example' } })

test('the index says what is missing, in both languages, and leads there', async () => {
  const zh = await who('league-admin').get('/desk/office?lang=zh')
  for (const said of ['今后72小时没有排签发人', '还没有备份', '系统管理员2人', '缺2027年的工作日历'])
    expect(zh.text).toContain(said)
  for (const path of ['roster', 'agency', 'starts', 'words', 'topics', 'areas', 'keys', 'rules', 'contacts'])
    expect(zh.html).toContain(`href="/desk/office/${path}"`)
  const en = await who('league-drafter').get('/desk/office?lang=en')
  expect(en.text).toContain('No signer is on the roster for the next 72 hours')
  expect(en.html).not.toContain('/desk/office/keys"')
  await who('league-drafter').get('/desk?lang=zh')
})

describe('the roster', () => {
  const HERE = '/desk/office/roster'

  test('an administrator fills nights, sees what is open, copies the week and hands over', async () => {
    const admin = who('league-admin')
    const page = await admin.get(`${HERE}?lang=zh`)
    expect(page.text).toContain('14:00–周四 14:00 没有签发人')
    const wrong = await admin.submit(page, /roster$/, {
      memberId: 'league-drafter',
      role: 'signer',
      startsAt: '2026-11-23T20:00',
      endsAt: '2026-11-23T08:00',
      nights: '40',
    })
    expect([wrong.status, wrong.html.includes('value="2026-11-23T20:00"')]).toEqual([422, true])
    const role = await admin.submit(page, /roster$/, {
      memberId: 'league-drafter',
      role: 'signer',
      startsAt: '2026-11-23T20:00',
      endsAt: '2026-11-24T08:00',
    })
    expect(role.text).toContain('这位工作人员没有这个角色')
    const done = await admin.submit(page, /roster$/, {
      memberId: 'league-signer',
      role: 'signer',
      startsAt: '2026-11-23T12:00',
      endsAt: '2026-11-24T08:00',
      nights: '3',
    })
    expect(done.text).toContain('值班已登记')
    expect(done.text).toContain('08:00–12:00 没有签发人')
    expect(done.html).toContain('href="tel:0000000000"')
    const next = await admin.get(`${HERE}?week=2026-11-30`)
    const copied = await admin.submit(next, /copy$/)
    expect(copied.text).toContain('上周的值班已照排')
    const again = await admin.submit(await admin.get(`${HERE}?week=2026-11-30`), /copy$/)
    expect(again.text).toContain('没有可照排')
  })

  test('whoever is on hands the rest of their duty to a colleague, and nobody else’s', async () => {
    const mine = await who('league-signer').get(HERE)
    const id = /roster\/([^/"]+)\/hand-over/.exec(mine.html)?.[1]
    const stranger = await who('league-drafter').post(`${HERE}/${id}/hand-over`, { memberId: 'league-signer2' })
    expect([stranger.status, stranger.text.includes('只能交自己的班')]).toEqual([403, true])
    const none = await who('league-signer').post(`${HERE}/${id}/hand-over`, { memberId: 'league-drafter' })
    expect([none.status, none.text.includes('没有这个角色')]).toEqual([422, true])
    const far = await who('other-admin').post(`${HERE}/${id}/hand-over`, { memberId: 'league-signer2' })
    expect(far.status).toBe(403)
    place.clock.advance(HOUR)
    const done = await who('league-signer').submit(mine, /hand-over$/, { memberId: 'league-signer2' })
    expect(done.text).toContain('已交班')
    const rows = await place.ctx.store.db
      .selectFrom('roster')
      .select(['member_id', 'starts_at', 'ends_at'])
      .where('starts_at', '<', '2026-11-24')
      .orderBy('starts_at')
      .execute()
    expect(rows).toEqual([
      { member_id: 'league-signer', starts_at: '2026-11-23T04:00:00.000Z', ends_at: place.clock.now() },
      { member_id: 'league-signer2', starts_at: place.clock.now(), ends_at: '2026-11-24T00:00:00.000Z' },
    ])
  })

  test('a table goes out as it comes in; a bad line is named, and nothing is written', async () => {
    const admin = who('league-admin')
    const table = await (await raw('league-admin', `${HERE}.csv?week=2026-11-23&lang=zh`)).text()
    expect(table).toContain('league-signer@ortoo.example,league signer,签发人,主班,2026-11-24 12:00,2026-11-25 08:00')
    const page = await admin.get(`${HERE}?week=2026-12-07`)
    const bad = await admin.submit(page, /import$/, {
      csv: `${table}x@y.example,,签发人,主班,2026-12-08 20:00,2026-12-09 08:00\n,league signer,舵手,主班,2026-13-08 20:00,x`,
    })
    expect(bad.status).toBe(422)
    for (const said of ['没有x@y.example', '没有“舵手”这个角色', '“2026-13-08 20:00”看不懂'])
      expect(bad.text).toContain(said)
    const csv = ',league signer2,Signer,Backup,2026-12-08 20:00,2026-12-09 08:00'
    const seen = await admin.submit(page, /import$/, { csv }, { name: 'do', value: 'check' })
    expect(seen.text).toContain('将新增1条')
    const done = await admin.submit(seen, /import$/, {}, { name: 'do', value: 'write' })
    expect(done.text).toContain('20:00–24:00 league signer2 备班')
    const twice = await admin.submit(done, /import$/, { csv }, { name: 'do', value: 'check' })
    expect(twice.text).toContain('已有1条不变')
  })

  test('a calendar takes it, line by line', async () => {
    const ics = await (await raw('league-auditor', `${HERE}.ics?lang=zh`)).text()
    expect(ics).toMatch(/^BEGIN:VCALENDAR\r\n/)
    expect(ics.match(/BEGIN:VEVENT/g)?.length).toBeGreaterThanOrEqual(7)
    expect(ics).toContain(
      'DTSTART:20261208T120000Z\r\nDTEND:20261209T000000Z\r\nSUMMARY:签发人 · 备班 · league signer2',
    )
    expect(ics.split('\r\n').every((l) => Buffer.byteLength(l) <= 75)).toBe(true)
  })

  test('an open night of an office that keeps a roster is an alarm until somebody is on', async () => {
    await watchRoster(place.ctx)
    const gaps = async () => (await openAlarms(place.ctx.store.db)).filter((a) => a.cause === 'roster-gap')
    expect((await gaps()).map((a) => a.subject)).toEqual(['agency:league'])
    expect((await who('league-admin').get('/desk/alarms?lang=zh')).text).toContain('没有签发人值班')
    await who('league-admin').submit(await who('league-admin').get(HERE), /roster$/, {
      memberId: 'league-signer',
      role: 'signer',
      startsAt: '2026-11-23T00:00',
      endsAt: '2026-11-24T00:00',
      nights: '6',
    })
    await watchRoster(place.ctx)
    expect(await gaps()).toEqual([])
  })
})

describe('lists of the whole site', () => {
  test('a topic is added, renamed and retired by the topmost agency; new drafts cannot choose it any more', async () => {
    const top = who('region-admin')
    const page = await top.get('/desk/office/topics?lang=zh')
    const bad = await top.submit(page, /topics$/, { slug: 'Ab c', nameZh: '', nameEn: 'x' })
    expect([bad.status, bad.html.includes('value="Ab c"')]).toEqual([422, true])
    const taken = await top.submit(page, /topics$/, { slug: 'fire', nameZh: '火', nameEn: 'f' })
    expect(taken.text).toContain('代号fire已有')
    const made = await top.submit(page, /topics$/, { slug: 'roads', nameZh: '道路', nameEn: 'Roads', position: '0' })
    expect(made.text.indexOf('道路')).toBeLessThan(made.text.indexOf('主题weather'))
    const named = await top.submit(made, /topics\/roads$/, { 'nameZh.roads': '公路' }, { name: 'do', value: 'save' })
    expect(named.text).toContain('公路')
    const lost = await top.submit(named, /topics\/roads$/, { 'nameZh.roads': ' ' }, { name: 'do', value: 'save' })
    expect([lost.status, lost.text.includes('此项必填')]).toEqual([422, true])
    const form = () => who('league-drafter').get('/desk/releases/new?kind=notice&lang=zh')
    expect((await form()).html).toContain('value="roads"')
    await top.submit(named, /topics\/roads$/, {}, { name: 'do', value: 'retire' })
    expect((await form()).html).not.toContain('value="roads"')
    const below = await who('league-admin').get('/desk/office/topics?lang=zh')
    expect(below.text).toContain('由最上级单位')
    expect(
      (await who('league-admin').post('/desk/office/topics', { slug: 'x', nameZh: 'x', nameEn: 'x' })).status,
    ).toBe(403)
  })

  test('areas come by table: seen first, bad lines named, twins shown with where they lie', async () => {
    const top = who('region-admin')
    const page = await top.get('/desk/office/areas?lang=zh')
    const bad = await top.submit(page, /areas$/, {
      csv: '代码,中文名,英文名,蒙古文名,上级代码\n15992,短,,,\n159921101,,,,\n159921102,甲,,,159800\n159921102,乙,,,\n159921103,丙,,,999999',
    })
    expect(bad.status).toBe(422)
    for (const said of [
      '第2行：“15992”不是区划代码',
      '第3行没有中文名',
      '代码不在上级159800之内',
      '在第4行已有',
      '没有上级999999',
    ])
      expect(bad.text).toContain(said)
    const csv =
      '159921101,巴彦苏木,Bayan Sumu,ᠪᠠᠶᠠᠨ,\n159921101201,前进嘎查,,,\n159921102,新苏木,,,159921\n159921102201,前进嘎查,,,\n159921,哈日诺尔旗,Harinuur Banner,,159900'
    const seen = await top.submit(page, /areas$/, { csv }, { name: 'do', value: 'check' })
    expect(seen.text).toContain('新增4个，更改1个，0个不变。还没有写入')
    expect(seen.text).toContain('前进嘎查: 巴彦苏木（159921101201）、新苏木（159921102201）')
    expect((await top.get('/desk/office/areas?q=巴彦')).text).toContain('没有符合的地区')
    const done = await top.submit(seen, /areas$/, {}, { name: 'do', value: 'write' })
    expect(done.text).toContain('地区已写入')
    const row = await place.ctx.store.db
      .selectFrom('area')
      .selectAll()
      .where('code', '=', '159921101201')
      .executeTakeFirst()
    expect(row).toMatchObject({ parent: '159921101', name_zh: '前进嘎查' })
    const draft = await who('league-drafter').get('/desk/releases/new?kind=notice&lang=zh')
    expect(draft.html).toContain('value="159921101201"')
    const file = new File(['159921101,巴彦乡,,,'], 'a.csv')
    expect((await top.submit(done, /areas$/, { file })).text).toContain('更改1个')
  })
})

describe('chains and agencies', () => {
  const HERE = '/desk/office/agency'

  test('a chain is said in a sentence before it is proposed, and waits for the other administrator', async () => {
    const admin = who('league-admin')
    const page = await admin.get(`${HERE}?lang=zh`)
    expect(page.text).toContain(
      '常规发布：先由审核人审核，再由保密审查员保密审查，最后由签发人签发。每一步都是不同的人，连同拟稿人至少4人',
    )
    const idle = { 'routine.1.role': '', 'routine.1.duties': null }
    const bad = await admin.submit(page, /chains$/, idle, { name: 'do', value: 'propose' })
    expect([bad.status, bad.text.includes('流程中没有保密审查')]).toEqual([422, true])
    const change = {
      'routine.1.role': 'reviewer',
      'routine.1.duties': 'review',
      'routine.2.role': 'confidentiality',
      'routine.2.duties': 'confidentiality',
      'routine.3.role': 'signer',
      'routine.3.duties': 'sign',
    }
    const seen = await admin.submit(page, /chains$/, change, { name: 'do', value: 'preview' })
    expect(seen.text).toContain(
      '这样更改后： 常规发布：先由审核人审核，再由审核人审核，再由保密审查员'.replace(' ', ''),
    )
    const sent = await admin.submit(seen, /chains$/, {}, { name: 'do', value: 'propose' })
    expect(sent.text).toContain('league admin提出的更改，等待第二人同意')
    const other = await who('region-admin').get('/desk/office?agency=league&lang=zh')
    expect(other.text).toContain('再由审核人审核')
    await who('region-admin').submit(other, /changes\//, {}, { name: 'verdict', value: 'apply' })
    const after = await admin.get(HERE)
    expect(after.text).toContain('连同拟稿人至少5人')
    const chains = JSON.parse(
      (
        await place.ctx.store.db
          .selectFrom('agency')
          .select('chains')
          .where('id', '=', 'league')
          .executeTakeFirstOrThrow()
      ).chains,
    )
    expect(chains.routine.map((s: { name: string }) => s.name)).toEqual([
      'review',
      'review-2',
      'confidentiality',
      'sign',
    ])
  })

  test('an agency is renamed and one made below it, within the places of the one above', async () => {
    const admin = who('league-admin')
    const page = await admin.get(`${HERE}?lang=zh`)
    const named = await admin.submit(page, /agency\/league$/, { nameZh: '青格勒盟行署（示例）' })
    expect(named.text).toContain('青格勒盟行署')
    const none = await admin.submit(page, /agency$/, {
      'new.nameZh': '宝日胡硕旗（示例）',
      'new.nameEn': 'Bor (sample)',
      'new.slug': 'bor',
    })
    expect([none.status, none.html.includes('value="bor"')]).toEqual([422, true])
    const made = await admin.submit(page, /agency$/, {
      'new.nameZh': '宝日胡硕旗（示例）',
      'new.nameEn': 'Bor (sample)',
      'new.slug': 'bor',
      'new.areaCodes': '159921',
    })
    expect(made.text).toContain('下级单位已建立')
    expect((await who('other-admin').get(`${HERE}?agency=league`)).status).toBe(403)
  })
})

describe('own words', () => {
  test('a new draft begins with the agency’s words, until they are dropped', async () => {
    const admin = who('league-admin')
    const page = await admin.get('/desk/office/starts?kind=policy&lang=zh')
    const bad = await admin.submit(page, /starts$/, { title: '倒\u202e写' })
    expect([bad.status, bad.text.includes('U+202E')]).toEqual([422, true])
    await admin.submit(
      page,
      /starts$/,
      { title: '行署关于【事项】的通知', body: '各旗县：' },
      { name: 'do', value: 'save' },
    )
    await admin.post('/desk/office/starts', {
      agencyId: 'league',
      kind: 'policy',
      language: 'en',
      title: 'Notice on 【matter】',
    })
    const draft = () => who('league-drafter').get('/desk/releases/new?kind=policy')
    expect((await draft()).html).toContain('行署关于【事项】的通知')
    expect((await draft()).html).toContain('Notice on 【matter】')
    const kept = await admin.get('/desk/office/starts?kind=policy')
    await admin.submit(kept, /starts$/, {}, { name: 'do', value: 'drop' })
    expect((await draft()).html).toContain('【单位】关于【事项】的通知')
    expect(
      (await who('league-drafter').post('/desk/office/starts', { kind: 'policy', language: 'zh-CN', title: 'x' }))
        .status,
    ).toBe(403)
  })

  test('a sentence is tried on a list before it is kept; a bad list keeps what was typed', async () => {
    const admin = who('league-admin')
    const page = await admin.get('/desk/office/words?lang=zh')
    const set = { wordList: '词,建议,级别\n蒙古大夫,医生,阻断', sentence: '请找蒙古大夫，呼市。' }
    const tried = await admin.submit(page, /words$/, set, { name: 'do', value: 'try' })
    expect(tried.text).toContain('蒙古大夫 → 医生 阻断 · 本单位词表')
    expect(tried.text).toContain('呼市 → 呼和浩特市')
    expect((await admin.get('/desk/office/words')).text).toContain('本单位词表（0条）')
    const bad = await admin.submit(tried, /words$/, { wordList: '一个词' }, { name: 'do', value: 'save' })
    expect([bad.status, bad.html.includes('一个词')]).toEqual([422, true])
    const kept = await admin.submit(tried, /words$/, {}, { name: 'do', value: 'save' })
    expect(kept.text).toContain('本单位词表（1条）')
    expect((await who('league-drafter').post('/desk/office/words', { wordList: '', do: 'save' })).status).toBe(403)
  })
})

describe('outlets, keys and rules', () => {
  test('a test of mail goes to the administrator’s own address and nowhere else; what fails is said', async () => {
    const admin = who('league-admin')
    const page = await admin.get('/desk/outlets?lang=zh')
    const sent = await admin.submit(page, /email\/test$/)
    expect(sent.text).toContain('测试已被对方接收')
    expect(letters).toEqual([{ to: 'league-admin@ortoo.example', about: 'outlet-test' }])
    place.clock.advance(1000)
    answer = { state: 'never', why: '550 no' }
    const failed = await admin.submit(page, /email\/test$/)
    expect(failed.text).toContain('被拒绝 · 550 no')
    expect((await who('league-drafter').post('/desk/outlets/email/test', {})).status).toBe(403)
    expect((await admin.post('/desk/outlets/webhook/test', {})).status).toBe(404)
    const site = await admin.submit(page, /website\/test$/)
    expect(site.text).toContain('没有成功')
  })

  test('each week mail is tried on our own mailbox, with an alarm where it is not taken, gone once it is', async () => {
    const { ctx, clock } = place
    const { enrolMailbox } = await import('../../src/delivery/canary.ts')
    await enrolMailbox(ctx)
    letters.length = 0
    await weeklyTests(ctx)
    expect(letters).toEqual([])
    clock.advance(8 * DAY)
    await weeklyTests(ctx)
    await weeklyTests(ctx)
    expect(letters).toEqual([{ to: 'canary@ortoo.example', about: 'outlet-test' }])
    const failed = async () => (await openAlarms(ctx.store.db)).filter((a) => a.cause === 'outlet-test-failed')
    expect((await failed()).map((a) => a.subject)).toEqual(['outlet:email'])
    answer = { state: 'accepted' }
    clock.advance(8 * DAY)
    await weeklyTests(ctx)
    expect(await failed()).toEqual([])
  })

  test('keys show fingerprints and no secret, to administrators and auditors alone', async () => {
    const page = await who('league-auditor').get('/desk/office/keys?lang=zh')
    const { keys } = place.ctx
    expect(page.html).toContain(keys.live.kid)
    for (const secret of [keys.secret, keys.bounce, keys.vapid.privateKey, 'PRIVATE KEY'])
      expect(page.html).not.toContain(secret)
    expect((await who('league-drafter').get('/desk/office/keys')).status).toBe(403)
  })

  test('rules say what is kept how long and from which day a deadline holds', async () => {
    const page = await who('league-drafter').get('/desk/office/rules?lang=zh')
    for (const said of ['400天', 'RETENTION_DELIVERY_DAYS', '自2019-05-15起', '20个工作日', '缺2027年的工作日历'])
      expect(page.text).toContain(said)
  })
})

test('an auditor finds entries by act, person and release, and takes them away', async () => {
  const auditor = who('league-auditor')
  const made = await auditor.get('/desk/ledger?act=duty.hand-over&lang=zh')
  expect(made.html.match(/duty\.hand-over/g)?.length).toBeGreaterThan(1)
  expect(made.html).not.toContain('<code>topic.put</code>')
  expect((await auditor.get('/desk/ledger?release=2026-999999')).text).toContain('没有符合的记录')
  const lines = (await (await raw('league-auditor', '/desk/ledger.jsonl?actor=league-signer')).text())
    .trim()
    .split('\n')
  expect(lines.map((l) => (JSON.parse(l) as { act: string }).act)).toContain('duty.hand-over')
  const csv = await (await raw('league-auditor', '/desk/ledger.csv?act=topic.retire')).text()
  expect(csv.trim().split('\r\n')).toHaveLength(2)
  expect((await raw('league-admin', '/desk/ledger.csv')).status).toBe(403)
  expect(place.logged).toEqual([])
})
