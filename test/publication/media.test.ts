/** Access before the hour: who is shown what, that it is recorded, that they are out at once, and that nobody else sees a byte. */
import { setTimeout as sleep } from 'node:timers/promises'
import { HtmlValidate } from 'html-validate/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adoptDispatches } from '../../src/delivery/run-store.ts'
import { createRelease } from '../../src/desk/create.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { type Revision, releaseById, revisionOf } from '../../src/desk/store.ts'
import { DAY, fixedClock, HOUR, MINUTE, plus } from '../../src/lib/clock.ts'
import { copyNumberIn } from '../../src/publication/copy-number.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { publishDue } from '../../src/publication/due.ts'
import { publish } from '../../src/publication/publish.ts'
import { schedule } from '../../src/publication/schedule.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import { sweepPurged } from '../../src/purge/sweep.ts'
import { submit, takeBack } from '../../src/review/submit.ts'
import type { Actor } from '../../src/staff/member.ts'
import { routesOf } from '../../src/web/guards/route.ts'
import { needs, startPostgres } from '../support/backends.ts'
import { caller } from '../support/caller.ts'
import { startEdge } from '../support/edge.ts'
import { CANARY, lettersIn, type MediaScene, mediaScene } from '../support/media-scene.ts'
import { giveToken } from '../support/office.ts'
import { filesWith } from '../support/on-disk.ts'
import { policyDraft } from '../support/sample.ts'

const START = '2026-11-24T02:00:00.000Z'
const clock = fixedClock(START)
let scene: MediaScene
const who = (name: string) => scene.station.people[name] as Actor
const db = () => scene.station.ctx.store.db

beforeAll(async () => {
  scene = await mediaScene(clock)
}, 60_000)
afterAll(async () => {
  await scene?.close()
  expect(scene.station.errors).toEqual([])
})

const found = (text: string): string[] => CANARY.filter((word) => text.includes(word))
/** An answer without what was asked, and without the number each request has. */
const bare = (text: string, asked: string): string => text.replaceAll(asked, '').replace(/01[0-9a-z]{24}/g, '')
const person = (email: string, by = 'hand') => ({
  ...{ name: '巴特尔（示例）', outlet: '草原晚报（示例）', email, by, language: 'zh-CN' },
  validUntil: plus(clock.now(), 30 * DAY).slice(0, 10),
})
const linkIn = (text: string): string => /\/media\/enter\/[\w-]{32}/.exec(text)?.[0] as string

describe('coming in', () => {
  test('an administrator hands over a link that is shown once and good once; a drafter may not accredit anybody', async () => {
    expect((await scene.desk('drafter', '/desk/media', person('a@news.example'))).status).toBe(403)
    const made = await scene.desk('admin', '/desk/media', person('a@news.example'))
    expect(made.status).toBe(201)
    const link = linkIn(made.text)
    expect((await scene.desk('admin', '/desk/media')).text).not.toContain('/media/enter/')
    const visitor = scene.browser()
    // Opening it, as a scanner of mail does, spends nothing.
    expect((await visitor.get(link)).text).toContain('巴特尔（示例）')
    expect((await visitor.get(link)).status).toBe(200)
    const entered = await visitor.post(link, {}, {})
    expect([entered.status, entered.location]).toEqual([303, '/media/?lang=zh'])
    expect(entered.headers.getSetCookie().join()).toMatch(/Path=\/media.*HttpOnly.*SameSite=Lax/)
    expect((await visitor.post(link)).status).toBe(409)
    const again = await scene.desk('admin', '/desk/media', person('A@news.example'))
    expect([again.status, again.text.includes('这个邮箱已经备案')]).toEqual([422, true])
  })

  test('an address nobody knows is answered like one that is accredited, and only the accredited gets a letter', async () => {
    const before = lettersIn(scene.station.dir).length
    const ask = (email: string) => scene.browser().post('/media/sign-in', { email })
    const [known, unknown] = [await ask('a@news.example'), await ask('nobody@news.example')]
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text])
    for (let i = 0; i < 100 && lettersIn(scene.station.dir).length === before; i++) await sleep(20)
    const letters = lettersIn(scene.station.dir).slice(before)
    expect(letters).toHaveLength(1)
    expect(letters[0]).toContain('a@news.example')
    const link = linkIn(letters[0] as string)
    clock.advance(15 * MINUTE)
    // Late, used and invented answer alike.
    const late = await scene.browser().post(link)
    const invented = await scene.browser().post(`/media/enter/${'x'.repeat(32)}`)
    expect([late.status, late.text]).toEqual([409, invented.text])
    expect((await scene.browser().post('/media/sign-in', { email: 'no address' })).status).toBe(422)
  })

  test('who asks for links again and again is stopped, and fills nobody’s mailbox', async () => {
    const before = lettersIn(scene.station.dir).length
    for (let i = 0; i < 8; i++) await scene.browser().post('/media/sign-in', { email: 'a@news.example' })
    await sleep(300)
    expect(lettersIn(scene.station.dir).length - before).toBeLessThanOrEqual(3)
    const answers = []
    for (let i = 0; i < 26; i++)
      answers.push((await scene.browser().post('/media/sign-in', { email: 'b@x.example' })).status)
    expect(answers).toContain(429)
    clock.advance(2 * HOUR)
  })

  test('nothing is shown before the terms are accepted, and a new text of them is asked again', async () => {
    const item = await scene.hold()
    const made = await scene.desk('admin', '/desk/media', person('terms@news.example'))
    const visitor = scene.browser()
    await visitor.post(linkIn(made.text))
    for (const path of ['/media/', `/media/releases/${item.id}/`, `/media/releases/${item.id}/files/${item.sha256}`]) {
      const seen = await visitor.get(path)
      expect([path, seen.status, seen.location]).toEqual([path, 303, '/media/terms?lang=zh'])
    }
    const terms = (await visitor.get('/media/terms')).text
    const version = /name="version" value="([^"]+)"/.exec(terms)?.[1] as string
    expect((await visitor.post('/media/terms', { version })).status).toBe(422)
    expect((await visitor.post('/media/terms', { version: '2020-01-01-0', accept: 'yes' })).status).toBe(409)
    expect((await visitor.post('/media/terms', { version, accept: 'yes' })).location).toBe('/media/?lang=zh')
    expect((await visitor.get('/media/')).text).toContain(CANARY[0])
    const email = 'terms@news.example'
    const kept = await db().selectFrom('journalist').selectAll().where('email', '=', email).executeTakeFirstOrThrow()
    expect([kept.terms_version, kept.terms_at]).toEqual([version, clock.now()])
    await db().updateTable('journalist').set({ terms_version: '2025-01-01-0' }).where('email', '=', email).execute()
    expect((await visitor.get('/media/')).location).toBe('/media/terms?lang=zh')
    await takeBack(scene.station.ctx, who('drafter'), item.id)
  })
})

describe('reading', () => {
  test('each copy bears its reader, its number and the band; the desk finds whose it was; the ledger holds no word', async () => {
    const item = await scene.hold()
    const reader = await scene.journalist('reading@news.example')
    const page = await reader.get(`/media/releases/${item.id}/`)
    expect(page.status).toBe(200)
    expect(found(page.text)).toEqual([CANARY[0], CANARY[1], CANARY[3]])
    expect(Object.fromEntries(page.headers)).toMatchObject({
      ...{ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
      ...{
        'x-robots-tag': 'noindex, nofollow, noarchive',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      },
    })
    const copy = /副本 ([0-9A-Z]{5}-[0-9A-Z]{5})/.exec(page.text)?.[1] as string
    expect(page.text.split(copy).length).toBeGreaterThan(4)
    expect(page.text).toContain('其木格（示例）')
    expect(page.text).toContain('之前不得发表')
    const english = await reader.get(`/media/releases/${item.id}/en/`)
    expect(found(english.text)).toContain(CANARY[2])
    expect(english.text).not.toContain(copy)
    expect((await reader.get(`/media/releases/${item.id}/mn/`)).status).toBe(404)
    const file = await reader.get(`/media/releases/${item.id}/files/${item.sha256}`)
    expect(file.text).toBe(`${CANARY[4]}\n`)
    const name = decodeURIComponent(file.headers.get('content-disposition') ?? '')
    expect(name).toMatch(/牧草附件五六\.[0-9A-Z]{5}-[0-9A-Z]{5}\.txt$/)
    expect(file.headers.get('cache-control')).toBe('no-store')

    const typed = ` ${copy.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `
    const told = await scene.desk('reviewer', '/desk/media/copy', { copy: typed })
    expect(told.text).toContain(`副本 ${copy} 是给其木格（示例）（青格勒日报（示例））的，发布 ${item.number}，`)
    expect((await scene.desk('reviewer', '/desk/media/copy', { copy: '00000-00000' })).status).toBe(422)
    const reads = (await scene.desk('signer', `/desk/releases/${item.id}/copies`)).text
    expect(reads.match(/<tr>/g)).toHaveLength(4)
    expect(reads).toContain(copy)
    expect((await scene.desk('signer', `/desk/media/${reader.id}`)).text).toContain(copy)
    const rows = await db().selectFrom('media_read').selectAll().where('release_id', '=', item.id).execute()
    const ledger = await db().selectFrom('ledger').selectAll().where('act', 'like', 'media.%').execute()
    expect(rows.map((r) => r.what).sort()).toEqual(['attachment', 'page', 'page'])
    expect(ledger.filter((e) => e.subject === `release:${item.id}`)).toHaveLength(3)
    expect(found(JSON.stringify([rows, ledger]))).toEqual([])
    expect(JSON.stringify(ledger)).not.toContain('其木格')
    await expect(db().deleteFrom('media_read').execute()).rejects.toThrow(/media-read-is-permanent/)
    await takeBack(scene.station.ctx, who('drafter'), item.id)
  })

  test('a program of the office asks the same, and reads who was shown what', async () => {
    const { ctx } = scene.station
    const call = async (member: string) => caller(scene.app, await giveToken(ctx, member))
    const [admin, auditor] = [await call('admin'), await call('auditor')]
    const given = { ...person('api@news.example'), language: 'en' as const }
    expect((await auditor('POST', 'journalists', { json: given })).status).toBe(403)
    const made = await admin('POST', 'journalists', { json: given })
    expect(made.status).toBe(201)
    const { id } = made.body.journalist
    expect((await admin('POST', `journalists/${id}/suspension`)).body.state).toBe('suspended')
    expect((await admin('POST', `journalists/${id}/suspension`)).status).toBe(409)
    expect((await admin('POST', `journalists/${id}/invitation`, { json: {} })).body.issues[0].code).toBe(
      'journalist-out',
    )
    expect((await admin('POST', `journalists/${id}/reinstatement`)).body.state).toBe('active')
    expect((await auditor('GET', 'journalists')).body.items.map((j: { id: string }) => j.id)).toContain(id)
    const item = await scene.hold()
    const reader = await scene.journalist('api2@news.example')
    await reader.get(`/media/releases/${item.id}/`)
    const [read] = (await auditor('GET', `releases/${item.id}/copies`)).body.items
    expect(read).toMatchObject({
      journalistId: reader.id,
      release: item.number,
      what: 'page',
      outlet: '青格勒日报（示例）',
    })
    expect((await auditor('GET', `media-copies/${read.copy}`)).body).toEqual(read)
    expect((await auditor('GET', `journalists/${reader.id}/copies`)).body.items).toEqual([read])
    expect((await auditor('GET', 'journalists/nobody/copies')).status).toBe(404)
    await takeBack(ctx, who('drafter'), item.id)
  })

  test('a number is read as people type it, and one with a letter that is never used is none', () => {
    expect(copyNumberIn('kq7m2 f9d4x')).toBe('KQ7M2-F9D4X')
    expect(copyNumberIn('OI000-00l0O')).toBe('01000-00100')
    expect(copyNumberIn('UUUUU-UUUUU')).toBeNull()
    expect(copyNumberIn('KQ7M2')).toBeNull()
  })

  test('the signer reads in words how many will see it, and a mark without a time is refused', async () => {
    const { ctx } = scene.station
    const draft = (over: object) =>
      createRelease(ctx, who('drafter'), policyDraft({ documentNumber: undefined, ...over }))
    const timeless = await draft({ embargo: true })
    await expect(submit(ctx, who('drafter'), timeless.id, null)).rejects.toThrow(/core.embargo embargo-needs-time/)
    const rehearsed = await draft({ embargo: true, mode: 'exercise', notBefore: plus(clock.now(), HOUR) })
    await expect(submit(ctx, who('drafter'), rehearsed.id, null)).rejects.toThrow(/embargo-only-live/)
    const whole = await draft({ embargo: true, notBefore: plus(clock.now(), HOUR) })
    await submit(ctx, who('drafter'), whole.id, null)
    const text = (await scene.desk('signer', `/desk/releases/${whole.id}/sign`)).text
    expect(text).toMatch(/从签发起，\d+ 位已备案记者可以看到全文；/)
    // Not yet approved: nobody sees it.
    const reader = await scene.journalist('early@news.example')
    expect((await reader.get(`/media/releases/${whole.id}/`)).status).toBe(404)
  })
})

describe('out at once', () => {
  test.each([
    ['taken back', (id: string) => takeBack(scene.station.ctx, who('drafter'), id)],
    [
      'moved to another hour',
      (id: string) => schedule(scene.station.ctx, who('signer'), id, { at: plus(clock.now(), 5 * HOUR) }),
    ],
    ['sealed', (id: string) => quarantine(scene.station.ctx, who('reviewer'), id)],
    [
      'held because its hour was missed',
      async () => {
        clock.advance(2 * HOUR + scene.station.ctx.config.scheduleGraceMs + 1000)
        await publishDue(scene.station.ctx)
      },
    ],
  ] as const)(
    'a release that is %s answers like one that never was, and who has read it is told its number',
    async (_, act) => {
      const item = await scene.hold()
      const reader = await scene.journalist(`${item.number}@news.example`)
      const paths = [`/media/releases/${item.id}/`, `/media/releases/${item.id}/files/${item.sha256}`]
      for (const path of paths) expect((await reader.get(path)).status).toBe(200)
      await act(item.id)
      for (const path of paths) {
        const [gone, never] = [await reader.get(path), await reader.get(path.replace(item.id, '0'.repeat(26)))]
        expect(gone.status).toBe(404)
        expect(bare(gone.text, item.id)).toBe(bare(never.text, '0'.repeat(26)))
      }
      const list = (await reader.get('/media/')).text
      expect(found(list)).toEqual([])
      expect(list).toContain(item.number)
      expect(list).toContain('已撤下或改期')
    },
  )

  test('a journalist who is suspended, signed out, or whose day is over reads nothing more', async () => {
    const item = await scene.hold()
    const path = `/media/releases/${item.id}/`
    const suspended = await scene.journalist('suspended@news.example')
    expect((await suspended.get(path)).status).toBe(200)
    await scene.desk('admin', `/desk/media/${suspended.id}/suspension`, {})
    expect((await suspended.get(path)).location).toMatch(/^\/media\/sign-in/)
    await scene.desk('admin', `/desk/media/${suspended.id}/reinstatement`, {})
    expect((await suspended.get(path)).location).toMatch(/^\/media\/sign-in/)
    const lost = await scene.journalist('lost@news.example')
    await scene.desk('admin', `/desk/media/${lost.id}/sessions`, {})
    expect((await lost.get(path)).location).toMatch(/^\/media\/sign-in/)
    const left = await scene.journalist('left@news.example')
    await left.post('/media/sign-out')
    expect((await left.get(path)).location).toMatch(/^\/media\/sign-in/)
    const over = await scene.journalist('over@news.example')
    await db().updateTable('journalist').set({ valid_until: clock.now() }).where('id', '=', over.id).execute()
    expect((await over.get(path)).location).toMatch(/^\/media\/sign-in/)
    expect((await scene.desk('admin', `/desk/media/${over.id}/validity`, { validUntil: '2028-01-01' })).status).toBe(
      422,
    )
    const day = plus(clock.now(), 10 * DAY).slice(0, 10)
    expect((await scene.desk('drafter', `/desk/media/${over.id}/validity`, { validUntil: day })).status).toBe(403)
    await scene.desk('admin', `/desk/media/${over.id}/validity`, { validUntil: day })
    expect((await over.get(path)).status).toBe(200)
    await takeBack(scene.station.ctx, who('drafter'), item.id)
  })
})

test.runIf(needs('workerd'))(
  'through the edge a journalist comes in and reads, and the edge keeps nothing of it',
  async () => {
    const item = await scene.hold()
    const reader = await scene.journalist('edge@news.example')
    const made = await scene.desk('admin', '/desk/media', person('edge2@news.example'))
    const edge = await startEdge({ origin: scene.url })
    const entered = await edge.ask(linkIn(made.text), {}, 'POST')
    expect([entered.status, String(entered.headers['set-cookie'])]).toEqual([
      303,
      expect.stringMatching(/^ortoo.media=/),
    ])
    const path = `/media/releases/${item.id}/`
    const shown = await edge.ask(path, { cookie: reader.cookie() })
    expect([shown.status, shown.headers['cache-control']]).toEqual([200, 'no-store'])
    expect(found(shown.body.toString())).toContain(CANARY[1])
    for (const one of [path, `${path}files/${item.sha256}`, `/releases/${item.number}/`, '/', '/feeds/all.atom']) {
      const { body, headers } = await edge.ask(one)
      expect([one, found(body.toString() + JSON.stringify(headers))]).toEqual([one, []])
    }
    expect(await edge.keys()).toEqual([])
    await edge.close()
    await takeBack(scene.station.ctx, who('drafter'), item.id)
  },
  30_000,
)

describe('nothing public before', () => {
  test('no public page, feed, search or guessable address holds a word before the hour; then all do', async () => {
    const item = await scene.hold()
    await scene.render()
    const stranger = scene.browser()
    const guesses = [item.id, item.number, item.sha256, CANARY[0], 'zh-CN', '1']
    const routes = routesOf(scene.app)
      .filter((r) => r.act === 'public' && r.method === 'get')
      .flatMap((r) => guesses.map((g) => r.path.replace(/\{\w+\}/g, encodeURIComponent(g))))
    const files = ['', 'en/', 'zh/', 'receipt.json', 'release.pdf', 'poster/'].map(
      (f) => `/releases/${item.number}/${f}`,
    )
    const asked = CANARY.flatMap((word) => [
      `/search?q=${encodeURIComponent(word)}&lang=zh`,
      `/verify/check?number=${encodeURIComponent(word)}`,
    ])
    const more = [
      ...[`/files/${item.sha256}/${encodeURIComponent(CANARY[3])}.txt`, `/verify/check?number=${item.number}`],
      ...[
        `/media/releases/${item.id}/`,
        `/media/releases/${item.number}/`,
        `/media/releases/${item.id}/files/${item.sha256}`,
      ],
      ...['/sitemap.xml', '/sitemap-1.xml', '/feeds/all.atom', '/feeds/all.rss', '/feeds/all.json', '/feeds/cap.atom'],
      ...['/calendar/', '/calendar.ics', '/catalogue/', '/gazette/', '/nothing-like-it/', '/media', '/media/'],
    ]
    const crawled = await crawl([...new Set([...routes, ...files, ...asked, ...more])])
    // A search says again what it was asked; what is searched for is no find.
    const leaks = crawled.filter(({ path, text }) =>
      found(text).some((word) => !decodeURIComponent(path).includes(word)),
    )
    expect(leaks.map((l) => l.path)).toEqual([])
    expect(crawled.length).toBeGreaterThan(150)
    expect(crawled.filter((c) => c.path.startsWith('/search') && /1 份/.test(c.text))).toEqual([])
    for (const path of files) {
      const [real, never] = [await stranger.get(path), await stranger.get(path.replace(item.number, '2026-999999'))]
      expect([path, real.status]).toEqual([path, never.status])
      expect(bare(real.text, item.number)).toBe(bare(never.text, '2026-999999'))
    }
    const [real, never] = [await stranger.get(`/media/releases/${item.id}/`), await stranger.get('/media/releases/x/')]
    expect([real.status, real.location, real.text]).toEqual([never.status, never.location, never.text])
    // By an address somebody can guess not even a journalist finds it.
    const reader = await scene.journalist('guess@news.example')
    expect((await reader.get(`/media/releases/${item.number}/`)).status).toBe(404)
    expect((await reader.get(`/media/releases/${item.id}/`)).status).toBe(200)

    clock.set(plus(item.opensAt, -1))
    expect(await publishDue(scene.station.ctx)).toBe(0)
    expect((await stranger.get(`/releases/${item.number}/`)).status).toBe(404)
    // One millisecond to go, by the server's clock.
    expect((await reader.get('/media/')).text).toContain(CANARY[0])
    clock.set(item.opensAt)
    expect(await publishDue(scene.station.ctx)).toBe(1)
    // Published, and its page does not stand yet.
    expect((await reader.get(`/media/releases/${item.id}/`)).text).toContain(`/releases/${item.number}/`)
    await scene.render()
    expect((await reader.get(`/media/releases/${item.id}/`)).location).toBe(`/releases/${item.number}/`)
    const open = await stranger.get(`/releases/${item.number}/`)
    expect(found(open.text)).toEqual([CANARY[0], CANARY[1], CANARY[3]])
    expect((await reader.get('/media/')).text).toContain(`<a href="/releases/${item.number}/">`)
  }, 60_000)

  /** Every address, and everything of this site those pages lead to. */
  async function crawl(from: string[]): Promise<{ path: string; text: string }[]> {
    const stranger = scene.browser()
    const waiting = [...from, '/']
    const known = new Set(waiting)
    const seen: { path: string; text: string }[] = []
    for (let path = waiting.shift(); path !== undefined && seen.length < 600; path = waiting.shift()) {
      const { text, headers, location } = await stranger.get(path)
      seen.push({ path, text: `${text}\n${JSON.stringify([...headers])}\n${location}` })
      for (const [, raw = ''] of text.matchAll(/(?:href|src|content|url)="([^"#]+)|<(?:id|link|loc)>([^<]+)/g)) {
        const href = raw
          .replaceAll('&amp;', '&')
          .replace(scene.station.url, '')
          .replace(/\?lang=\w+$/, '')
        if (!/^\/(?!\/)/.test(href) || known.has(href) || href.startsWith('/fault')) continue
        known.add(href)
        waiting.push(href)
      }
    }
    return seen
  }
})

test('every page a journalist is shown is valid HTML', async () => {
  const item = await scene.hold()
  const reader = await scene.journalist('valid@news.example')
  const made = await scene.desk('admin', '/desk/media', person('valid2@news.example'))
  const off = ['void-style', 'long-title', 'tel-non-breaking', 'no-trailing-whitespace'].map((rule) => [rule, 'off'])
  const validator = new HtmlValidate({
    ...{ root: true, extends: ['html-validate:standard', 'html-validate:a11y'] },
    rules: { ...Object.fromEntries(off), 'no-raw-characters': ['error', { relaxed: true }] },
  })
  const pages = ['sign-in', 'terms', '', `releases/${item.id}/`, `releases/${item.id}/en/`].map((p) => `/media/${p}`)
  for (const path of [linkIn(made.text), ...pages]) {
    const { results } = await validator.validateString((await reader.get(path)).text)
    expect([
      path,
      results.flatMap((r) => r.messages.map((m) => `${m.ruleId}: ${m.message} ${m.line}:${m.column}`)),
    ]).toEqual([path, []])
  }
  await takeBack(scene.station.ctx, who('drafter'), item.id)
})

test('a correction under embargo that is taken back is not said to be public because the text before it is', async () => {
  const { ctx } = scene.station
  const item = await scene.hold()
  const reader = await scene.journalist('correction@news.example')
  await reader.get(`/media/releases/${item.id}/`)
  await publish(ctx, who('signer'), item.id)
  expect((await reader.get('/media/')).text).toContain('已公开')
  await beginCorrection(ctx, who('drafter'), item.id, { type: 'correction' })
  const begun = await revisionOf(db(), item.id, (await releaseById(db(), item.id))?.revision ?? 0)
  // A mark and an hour belong to one edition; the next is given its own.
  expect([begun?.content.core.embargo, begun?.content.core.notBefore]).toEqual([undefined, undefined])
  const { agencyId: _, ...core } = (begun as Revision).content.core
  const parts = structuredClone((begun as Revision).content.parts)
  for (const part of Object.values(parts))
    Object.assign(part, { changeNote: '更正标准。', body: '<p>更正后的标准。</p>' })
  const notBefore = plus(clock.now(), HOUR)
  const next = { ...begun?.content, core: { ...core, notBefore, embargo: true }, parts }
  await saveDraft(ctx, who('drafter'), item.id, next, null)
  await submit(ctx, who('drafter'), item.id, null)
  expect((await reader.get(`/media/releases/${item.id}/`)).text).not.toContain('更正后的标准')
  await scene.agree(item.id)
  const page = await reader.get(`/media/releases/${item.id}/`)
  expect([page.status, page.text.includes('更正后的标准')]).toEqual([200, true])
  await takeBack(ctx, who('drafter'), item.id)
  expect((await reader.get(`/media/releases/${item.id}/`)).text).not.toContain('更正后的标准')
  expect((await reader.get('/media/')).text).toMatch(new RegExp(`${item.number}</strong> · 已撤下或改期`))
})

test('a release that was read under embargo and is purged leaves no word; who was shown it stays known', async () => {
  const own = await mediaScene(clock)
  const { ctx, dir, people } = own.station
  const item = await own.hold()
  const reader = await own.journalist()
  await reader.get(`/media/releases/${item.id}/`)
  await reader.get(`/media/releases/${item.id}/files/${item.sha256}`)
  expect(filesWith(dir, CANARY[4])).not.toEqual([])
  await quarantine(ctx, people['reviewer'] as Actor, item.id)
  const order = { outcome: 'purged', instruction: '示保〔2026〕1号' }
  await settleQuarantine(ctx, people['confidentiality'] as Actor, item.id, order)
  const rows = await ctx.store.db.selectFrom('media_read').selectAll().where('release_id', '=', item.id).execute()
  expect(rows.map((r) => [r.what, r.file_hash]).sort()).toEqual([
    ['attachment', ''],
    ['page', ''],
  ])
  // The ordinary release of the scene is rendered and nobody carries its runs here: a purge waits for no page of them.
  await ctx.store.tx(async (trx) => void (await adoptDispatches(trx, ctx.clock.now())))
  await ctx.store.db.updateTable('dispatch_run').set({ state: 'done' }).execute()
  await sweepPurged(ctx)
  expect(filesWith(dir, CANARY)).toEqual([])
  expect(own.station.errors).toEqual([])
  await own.close()
}, 30_000)

test.runIf(needs('postgres'))(
  'over PostgreSQL a journalist reads, the copy is found again, and a release taken back is gone',
  async () => {
    const postgres = await startPostgres()
    const own = await mediaScene(clock, { DATABASE_URL: await postgres.fresh() })
    const { ctx, people } = own.station
    const [item, moved] = [await own.hold(), await own.hold()]
    const reader = await own.journalist()
    const page = await reader.get(`/media/releases/${item.id}/`)
    const copy = /副本 ([0-9A-Z]{5}-[0-9A-Z]{5})/.exec(page.text)?.[1] as string
    expect((await reader.get(`/media/releases/${item.id}/files/${item.sha256}`)).text).toBe(`${CANARY[4]}\n`)
    expect((await own.desk('reviewer', '/desk/media/copy', { copy })).text).toContain(`副本 ${copy} 是给其木格`)
    expect((await own.desk('admin', '/desk/media')).text).toContain('在线 1')
    await expect(ctx.store.db.deleteFrom('media_read').execute()).rejects.toThrow(/media-read-is-permanent/)
    await reader.get(`/media/releases/${moved.id}/`)
    // Taken back in the very moment it is read: either it was shown and is recorded, or it was not.
    const [seen] = await Promise.all([
      Promise.all([1, 2, 3, 4].map(() => reader.get(`/media/releases/${moved.id}/`))),
      takeBack(ctx, people['drafter'] as Actor, moved.id),
    ])
    const rows = await ctx.store.db.selectFrom('media_read').selectAll().where('release_id', '=', moved.id).execute()
    expect(rows).toHaveLength(1 + seen.filter((s) => s.status === 200).length)
    expect((await reader.get(`/media/releases/${moved.id}/`)).status).toBe(404)
    expect((await reader.get('/media/')).text).toContain(item.number)
    expect(own.station.errors).toEqual([])
    await own.close()
    await postgres.stop()
  },
  60_000,
)
