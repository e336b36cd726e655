/** Preview as it will be: whoever agrees to a text sees what every outlet would carry, to the byte, and nobody else sees any of it. */
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { replay } from '../../src/delivery/replay.ts'
import { attach } from '../../src/desk/attach.ts'
import type { Language } from '../../src/desk/content.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { type ReleaseRow, releaseById, revisionOf } from '../../src/desk/store.ts'
import { openIncident } from '../../src/incident/open.ts'
import { fixedClock } from '../../src/lib/clock.ts'
import { filePathIn } from '../../src/lib/file-path.ts'
import { placedHtml } from '../../src/lib/placed.ts'
import { loadEdition } from '../../src/publication/catalogue.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { PROVISIONAL } from '../../src/publication/provisional.ts'
import { lastEditionOf } from '../../src/publication/store.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import type { Actor } from '../../src/staff/member.ts'
import { insertAgency, insertMember } from '../../src/staff/store.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { type Previewed, previewable, previewsOf, withOwnPictures } from '../../src/web/preview.ts'
import { kitsOf, textIn } from '../../templates/kit/kit.ts'
import { giveToken } from '../support/office.ts'
import { fireDraft, policyDraft } from '../support/sample.ts'
import { agreeAndPublish, publishNew, type Station, station } from '../support/station.ts'

let s: Station
let app: App
const tokens = new Map<string, string>()
const who = (name: string) => s.people[name] as Actor

beforeAll(async () => {
  s = await station(
    { SITE_NAME_ZH: '青格勒盟新闻发布', SITE_NAME_EN: 'Qinggele League Press' },
    { clock: fixedClock() },
  )
  app = await createApp(s.ctx)
  await stranger()
})
afterAll(async () => {
  await s.close()
  expect(s.errors).toEqual([])
})

/** Somebody of another office. */
async function stranger(): Promise<void> {
  const at = s.ctx.clock.now()
  const own = { area_codes: '[]', chains: '{}', phone_signoff: 0, word_list: '', created_at: at }
  await insertAgency(s.ctx.store.db, {
    id: 'other',
    parent_id: null,
    slug: 'other',
    name_zh: '外单位',
    name_en: 'Other',
    ...own,
  })
  await insertMember(s.ctx.store.db, {
    id: 'stranger',
    user_id: null,
    agency_id: 'other',
    name: 'stranger',
    email: 'stranger@other.example',
    phone: '',
    languages: '["zh-CN"]',
    roles: '["drafter","signer","auditor"]',
    active: 1,
    created_at: at,
  })
}

async function see(person: string, path: string) {
  const token = tokens.get(person) ?? (await giveToken(s.ctx, person))
  tokens.set(person, token)
  const answer = await app.request(path, { headers: { authorization: `Bearer ${token}`, accept: 'text/html' } })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

async function previews(id: string, language: Language): Promise<Map<string, Previewed>> {
  const found = await previewable(s.ctx, who('reviewer'), id)
  const documents = await previewsOf(s.ctx, found, found.revision!, language)
  return new Map(documents.map((d) => [d.name, d]))
}

async function published(id: string): Promise<Edition> {
  const row = await lastEditionOf(s.ctx.store.db, id)
  await replay(s.ctx, s.ctx.channels, 0, () => {})
  return loadEdition(s.ctx.store.db, row!)
}

async function fileAt(path: string): Promise<string> {
  const entry = await s.ctx.site.entry(path)
  if (!entry) throw new Error(`nothing is published at ${path}`)
  return Buffer.from(await s.ctx.site.bytes(entry.hash)).toString('utf8')
}

/** The only differences there may be: what publication gives. Its time is the same here, for the clock stands still. */
const asPublished = (text: string, edition: Edition): string =>
  text.replaceAll(PROVISIONAL.id, edition.id).replaceAll(PROVISIONAL.seal.slice(-16), edition.seal.slice(-16))

const two = (over: Partial<ContentInput['core']> = {}): ContentInput => ({
  core: {
    kind: 'response',
    expiresAt: '2026-12-31T00:00:00.000Z',
    areas: ['159921'],
    topics: ['policy'],
    outlets: ['website', 'feeds', 'email', 'webpush', 'manual'],
    contacts: [{ label: '值班电话', phone: '0479-0000000', audience: 'public' }],
    ...over,
  },
  parts: {
    'zh-CN': {
      title: '省道封闭的响应（示例）',
      summary: '省道封闭。',
      body: '<p>请提前安排出行。</p><ul><li>第一项</li></ul>',
      blocks: { facts: '省道封闭。', actions: '养护人员正在处置。', advice: '请绕行国道。' },
    },
    en: {
      title: 'The road is closed (sample)',
      body: '<p>Plan ahead.</p>',
      blocks: { facts: 'The road is closed.', actions: 'Staff are at work.', advice: 'Use the national road.' },
    },
  },
  attachments: [],
})

/** Line ends of the wire, and the reader's own links, are the mail's and not the preview's. */
const plain = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\/subscriptions\/[\w-]{32}/g, '/subscriptions/X')
    .trim()

async function mailOf(edition: Edition, language: Language) {
  const email = s.ctx.channels.find((c) => c.name === 'email')!
  const prepared = (await email.prepare(edition, language, undefined as never)) as { written: { bytes: Buffer } }
  return simpleParser(Buffer.concat([Buffer.from('To: reader@mail.example'), prepared.written.bytes]))
}

const entryOf = (feed: string, tag: string, number: string): string => {
  const all = [...feed.matchAll(new RegExp(`<${tag}>[\\s\\S]*?</${tag}>`, 'g'))].map((m) => m[0])
  return all.find((one) => one.includes(`release/${number}`)) ?? `no ${tag}`
}

async function expectSame(id: string, before: Map<Language, Map<string, Previewed>>): Promise<void> {
  const edition = await published(id)
  const number = edition.releaseNumber
  for (const [language, docs] of before) {
    const body = (name: string) => asPublished(docs.get(name)?.body ?? `no ${name}`, edition)
    const first = language === 'zh-CN'
    const at = edition.address + (first ? '' : 'en/')
    expect(body('page')).toBe(await fileAt(at))
    expect(body('paper')).toBe(await fileAt(at))
    expect(body('poster')).toBe(await fileAt(`${at}poster/`))
    const list = first ? '/feeds/zh/all' : '/feeds/en/all'
    for (const [name, tag] of [
      ['atom', 'entry'],
      ['rss', 'item'],
    ] as const)
      expect(entryOf(body(name), tag, number)).toBe(entryOf(await fileAt(`${list}.${name}`), tag, number))
    const items = (text: string) => (JSON.parse(text) as { items: { id: string }[] }).items
    expect(items(body('json'))).toEqual(items(await fileAt(`${list}.json`)).filter((i) => i.id.endsWith(number)))
    if (!['erratum'].includes(edition.type)) {
      const mail = await mailOf(edition, language)
      expect(docs.get('mail')?.subject).toBe(mail.subject)
      expect(plain(body('mail'))).toBe(plain(mail.html as string))
      expect(plain(body('mail-text'))).toBe(plain(mail.text ?? ''))
      const push = s.ctx.channels.find((c) => c.name === 'webpush')!
      const { bytes } = (await push.prepare(edition, language, undefined as never)) as { bytes: Buffer }
      expect(body('push')).toBe(bytes.toString('utf8'))
    }
    const kit = kitsOf(s.ctx.config, edition).find((k) => k.language === language)!
    for (const name of ['wechat', 'sms', 'loudspeaker'] as const) expect(body(name)).toBe(textIn(kit, name))
  }
}

describe('what a reviewer sees before anybody agrees', () => {
  test('is what readers get of a notice in two languages, but for time, seal and id', async () => {
    await publishNew(s, policyDraft({ documentNumber: undefined }))
    const { id } = await createRelease(s.ctx, who('drafter'), two())
    const before = new Map([
      ['zh-CN', await previews(id, 'zh-CN')],
      ['en', await previews(id, 'en')],
    ] as const) as Map<Language, Map<string, Previewed>>
    expect([...before.get('en')!.keys()]).toEqual(
      'page paper poster atom rss json mail mail-text push wechat sms loudspeaker'.split(' '),
    )
    await agreeAndPublish(s, id)
    await expectSame(id, before)
  })

  test('is what readers get of a correction, its change note first', async () => {
    const chinese = (over: object) => {
      const { en: _, ...parts } = two().parts as { 'zh-CN': object; en: object }
      return { ...two(), parts: { 'zh-CN': { ...parts['zh-CN'], ...over } } }
    }
    const { id } = await createRelease(s.ctx, who('drafter'), chinese({}))
    await agreeAndPublish(s, id)
    const change = await beginCorrection(s.ctx, who('drafter'), id, { type: 'correction' })
    const right = { body: '<p>请提前安排出行，并留意路况。</p>', changeNote: '补充提醒。' }
    await saveDraft(s.ctx, who('drafter'), change.id, chinese(right), null)
    const before = new Map([['zh-CN', await previews(id, 'zh-CN')]] as const) as Map<Language, Map<string, Previewed>>
    expect(before.get('zh-CN')!.get('mail')!.subject).toContain('更正')
    await agreeAndPublish(s, id)
    await expectSame(id, before)
  })

  test('of an alert is its CAP message without a signature: none exists that nobody agreed to', async () => {
    const incident = await openIncident(s.ctx, who('drafter'), {
      titleZh: '哈日诺尔旗草原火灾（示例）',
      class: 'natural',
      grade: 'major',
      areas: ['159921'],
      knownAt: s.ctx.clock.now(),
    })
    const { id } = await createRelease(s.ctx, who('drafter'), fireDraft(incident.id, s.ctx.clock.now()))
    const cap = (await previews(id, 'zh-CN')).get('cap')!
    expect(cap.body).not.toContain('Signature')
    await agreeAndPublish(s, id, 'flash')
    const edition = await published(id)
    const sent = await fileAt(`/cap/ortoo-${edition.releaseNumber}-1.xml`)
    expect(sent).toContain('Signature')
    const bare = (xml: string) =>
      xml
        .replace(/<(\w+:)?Signature[\s\S]*<\/(\w+:)?Signature>/, '')
        .replace(/\s+/g, ' ')
        .trim()
    expect(bare(asPublished(cap.body, edition))).toBe(bare(sent))
  })
})

describe('a preview at the desk', () => {
  let draft: ReleaseRow
  let at = ''
  beforeAll(async () => {
    draft = await createRelease(s.ctx, who('drafter'), two({ outlets: ['website', 'feeds', 'email'] }))
    at = `/desk/releases/${draft.number}/preview`
  })

  test('shows every outlet, says which are not chosen, and its frames may do nothing', async () => {
    const page = await see('reviewer', `${at}?lang=zh&language=en&look=dark`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('预览 · 未发布')
    expect(page.text.match(/<iframe[^>]*sandbox=""/g)?.length).toBe(6)
    expect(page.text.match(/<iframe/g)?.length).toBe(6)
    expect(page.text.match(/本稿未选此渠道/g)?.length).toBe(4)
    expect(page.text).toContain('The road is closed (sample)')
    expect(page.text).not.toMatch(/desk\.preview\./)
    const address = /src="([^"]*website\.page[^"]*)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') as string
    const framed = await see('reviewer', address)
    expect(framed.status).toBe(200)
    expect(framed.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox$/)
    expect(framed.headers.get('x-frame-options')).toBe('SAMEORIGIN')
    expect(framed.text).toContain('预览 · 未发布')
    expect(framed.text).not.toMatch(/<script|<link/)
    expect(framed.text).not.toContain('prefers-color-scheme')
    expect(framed.text).toContain('<p>Plan ahead.</p>')
  })

  test('is kept by no cache and stands in no public tree', async () => {
    for (const path of [at, `${at}/website.page`, `${at}/email.mail`, `${at}/feeds.atom`]) {
      const answer = await see('reviewer', path)
      expect(answer.status, path).toBe(200)
      expect(answer.headers.get('cache-control'), path).toBe('no-store')
      expect(answer.headers.get('x-robots-tag'), path).toContain('noindex')
    }
    await replay(s.ctx, s.ctx.channels, 0, () => {})
    expect(await s.ctx.site.entry(`/releases/${draft.number}/`)).toBe(null)
    expect(await fileAt('/feeds/all.atom')).not.toContain(draft.number)
  })

  test('does not exist for a stranger, nor for anybody once it is sealed or gone out', async () => {
    // But for the number of the request.
    const bare = (html: string) => html.replace(/· \w{26}</, '')
    const nowhere = await see('stranger', '/desk/releases/2026-999999/preview')
    for (const path of [at, `${at}/website.page`]) {
      const answer = await see('stranger', path)
      expect(answer.status).toBe(404)
      expect(bare(answer.text)).toBe(bare(nowhere.text))
    }
    expect((await app.request(at)).status).not.toBe(200)
    const sealed = await createRelease(s.ctx, who('drafter'), two())
    await quarantine(s.ctx, who('reviewer'), sealed.id)
    for (const person of ['drafter', 'reviewer', 'signer', 'admin', 'auditor'])
      expect((await see(person, `/desk/releases/${sealed.number}/preview`)).status, person).toBeGreaterThanOrEqual(403)
    expect((await see('drafter', `/desk/releases/${sealed.number}/preview/website.page`)).status).toBe(404)
    await agreeAndPublish(s, draft.id)
    expect((await releaseById(s.ctx.store.db, draft.id))?.state).toBe('published')
    expect((await see('reviewer', at)).text).toContain('没有待发布的内容可预览')
    expect((await see('reviewer', `${at}/website.page`)).status).toBe(404)
  })

  test('answers for a document, a language or a look nobody knows', async () => {
    const other = await createRelease(s.ctx, who('drafter'), two())
    const there = `/desk/releases/${other.number}/preview`
    for (const name of ['website.nothing', 'nothing.page', 'page', 'log.page'])
      expect((await see('drafter', `${there}/${name}`)).status, name).toBe(404)
    const page = await see('drafter', `${there}?language=mn-Mong-CN&look=pink`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('省道封闭的响应（示例）')
  })
})

test('a picture in the text is seen in the preview itself, and no address gives it to who may not see the draft', async () => {
  const release = await createRelease(s.ctx, who('drafter'), two())
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  )
  await attach(s.ctx, who('drafter'), release.id, { name: 'p.png', title: '', bytes: new Uint8Array(png) }, null)
  const content = (await revisionOf(s.ctx.store.db, release.id, 2))!.content
  const file = content.attachments[0]!
  expect([file.width, file.height]).toEqual([1, 1])
  const set = placedHtml({ sha256: file.sha256, alt: '绕行路线', caption: '图1' })
  const { agencyId: _, ...core } = content.core
  const zh = content.parts['zh-CN']!
  // Sent with another size, it keeps its own.
  const sent = {
    core,
    parts: { ...content.parts, 'zh-CN': { ...zh, body: `${zh.body}${set}` } },
    attachments: [{ ...file, width: 9 }],
  }
  await saveDraft(s.ctx, who('drafter'), release.id, sent, null)
  const at = `/desk/releases/${release.number}`
  const page = await see('reviewer', `${at}/preview/website.page?language=zh-CN`)
  expect(page.text).toMatch(/<figure><img src="data:image\/png;base64,[^"]+" alt="绕行路线" width="1" height="1"/)
  // As often as it stands there it weighs: twenty megabytes named again and again are not put in.
  const big = { ...(await revisionOf(s.ctx.store.db, release.id, 3))! }
  big.content = { ...big.content, attachments: [{ ...file, bytes: 20 * 1024 * 1024 }] }
  const src = `src="${filePathIn('', file)}"`
  expect(await withOwnPictures(s.ctx, src, big)).toContain('data:image/png')
  expect(await withOwnPictures(s.ctx, src.repeat(2), big)).toBe(src.repeat(2))
  const mail = await see('reviewer', `${at}/preview/email.mail?language=zh-CN`)
  expect(mail.text).toContain('［图：绕行路线］')
  expect(mail.text).not.toContain('data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAY')
  for (const _ of [1, 2, 3]) expect((await see('reviewer', `${at}/files/${file.sha256}`)).status).toBe(200)
  const opened = await s.ctx.store.db
    .selectFrom('draft_reading')
    .select('place')
    .where('release_id', '=', release.id)
    .where('place', '=', 'file')
    .execute()
  // One opening, however often a page fetches it.
  expect(opened).toHaveLength(1)
  for (const path of [`${at}/files/${file.sha256}`, `${at}/preview/website.page`])
    expect((await see('stranger', path)).status).toBe(404)
  expect((await app.request(`/files/${file.sha256}/p.png`)).status).toBe(404)
})
