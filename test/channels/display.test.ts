/** 公示: on display for a time. Before its end and after it, on every page, in every feed, in what was sent. */
import { simpleParser } from 'mailparser'
import { describe, expect, test } from 'vitest'
import { digestLetterOf } from '../../channels/email/digest-letter.ts'
import { render as mail } from '../../channels/email/render.ts'
import { splice } from '../../channels/email/splice.ts'
import { render as feeds } from '../../channels/feeds/render.ts'
import { bodyOf } from '../../channels/webhook/body.ts'
import { payloadOf } from '../../channels/webpush/payload.ts'
import { siteFilesAt } from '../../channels/website/render.tsx'
import type { SiteFile } from '../../src/delivery/channel.ts'
import { compare, readBack } from '../../src/delivery/read-back.ts'
import { seenAt } from '../../templates/page/display.ts'
import { sampleConfig } from '../support/demo-site.ts'
import {
  attachment,
  memoryCatalogue,
  nextEdition,
  sampleEdition,
  samplePart,
  textOf,
  withdrawn,
} from '../support/editions.ts'
import { tokenOf } from './sample-edition.ts'

const UNTIL = '2026-12-01T10:00:00.000Z'
const JUST_BEFORE = '2026-12-01T09:59:59.999Z'
const NAME = '苏日娜格日勒'
const TITLE = `关于${NAME}等三人补助名单的公示`
const LIST = attachment('补助名单', `${NAME}名单.csv`, `姓名\n${NAME}\n`, 'text/csv')
const config = {
  ...sampleConfig(),
  smtp: { url: 'smtp://127.0.0.1:1', from: 'Press <press@press.example>', connections: 1 },
}
const keeping = { ...config, site: { ...config.site, gov: { endedTitle: 'keep' as const } } }

const notice = sampleEdition({
  sequence: 1,
  publishedAt: '2026-11-24T02:00:00.000Z',
  core: { displayUntil: UNTIL },
  parts: {
    'zh-CN': samplePart({ title: TITLE, summary: `${NAME}等三人。`, body: `<p>${NAME}，2000元。</p>` }),
    en: samplePart({ title: `Grants: ${NAME}`, summary: NAME, body: `<p>${NAME}: 2000 yuan.</p>` }),
  },
  attachments: [LIST],
})
const other = sampleEdition({
  sequence: 2,
  publishedAt: '2026-11-24T03:00:00.000Z',
  kind: 'policy',
  core: { relatesTo: [{ releaseId: notice.releaseId, as: 'follows' }] },
})
const known = [notice, other]

async function everything(at: string, settings = config): Promise<Map<string, SiteFile>> {
  const site = await siteFilesAt(settings, notice, { ...memoryCatalogue(known), asOf: at })
  const rest = await siteFilesAt(settings, other, { ...memoryCatalogue(known), asOf: at })
  const fed = (await feeds(settings, { ...memoryCatalogue(known), asOf: at }, notice)).files
  return new Map([...site, ...rest, ...fed].map((f) => [f.path, f]))
}
const holding = (files: Map<string, SiteFile>, word: string): string[] =>
  [...files.values()].filter((f) => textOf(f).includes(word)).map((f) => f.path)

describe('while it is on display', () => {
  test('a reader sees the list, until when it stands, and the file', async () => {
    const files = await everything(JUST_BEFORE)
    const page = textOf(files.get(notice.address))
    for (const word of [NAME, '公示时间', '2026-12-01 18:00']) expect(page).toContain(word)
    expect(holding(files, NAME).length).toBeGreaterThan(3)
    expect(files.get(`/files/${LIST.sha256}/${LIST.name}`)?.status ?? 200).toBe(200)
  })

  test('feeds and the catalogue point to it and repeat no name, since what others copied cannot be called back', async () => {
    const files = await everything(JUST_BEFORE)
    const copies = [...files.keys()].filter((p) => /^\/(feeds|catalogue|en\/catalogue)\//.test(p))
    expect(copies.length).toBeGreaterThan(20)
    expect(copies.filter((p) => textOf(files.get(p)).includes(NAME))).toEqual([])
    const feed = JSON.parse(textOf(files.get('/feeds/all.json'))) as {
      items: { id: string; attachments?: object; url: string }[]
    }
    const item = feed.items.find((i) => i.id.endsWith(notice.releaseNumber))
    expect(item).toMatchObject({ url: `https://press.example${notice.address}` })
    expect(item?.attachments).toBeUndefined()
  })

  test('reading back holds the page against every word, and the feed against saying any', async () => {
    const files = await everything(JUST_BEFORE)
    const look = (path: string, format: 'html' | 'atom' | 'jsonfeed', change = (s: string) => s) => {
      const file = files.get(path) as SiteFile
      const found = readBack(format, new TextEncoder().encode(change(textOf(file))), file.type)
      return compare(notice, found, { address: `https://press.example${path}`, status: 200 })
    }
    expect(look(notice.address, 'html')).toEqual([])
    expect(look('/feeds/all.atom', 'atom')).toEqual([])
    expect(look('/feeds/all.json', 'jsonfeed')).toEqual([])
    expect(look(notice.address, 'html', (s) => s.replaceAll('2000元', '3000元'))).not.toEqual([])
    const told = look('/feeds/all.json', 'jsonfeed', (s) => s.replace('正在公示', `${NAME}，2000元。正在公示`))
    expect(told.join()).toContain('on display only for a time')
  })

  test('a mail, a digest, a notification and a webhook say who shows what number until when, and no name', async () => {
    const template = await mail(notice, 'zh-CN', config)
    const { subject, text, html } = await simpleParser(
      splice(template.written, { deliveryId: 1, token: tokenOf(1) }, 'r@reader.example'),
    )
    const digest = digestLetterOf([notice], 'zh-CN', { every: 'daily', date: '2026-11-24', until: JUST_BEFORE }, config)
    const push = payloadOf(notice, 'zh-CN', config)
    const hook = bodyOf(notice, config)
    expect(hook.attachments).toEqual([])
    for (const said of [`${subject}${text}${html}`, ...[digest, push, hook].map((x) => JSON.stringify(x))]) {
      expect(said).not.toContain(NAME)
      expect(said).toContain(notice.releaseNumber)
      expect(said).toContain('2026-12-01 18:00')
      expect(said).toContain(`https://press.example${notice.address}`)
    }
  })

  test('an office whose titles hold no names may let them be told', async () => {
    const template = await mail(notice, 'zh-CN', keeping)
    expect(
      (await simpleParser(splice(template.written, { deliveryId: 1, token: tokenOf(1) }, 'r@reader.example'))).subject,
    ).toBe(TITLE)
    expect(payloadOf(notice, 'zh-CN', keeping).title).toBe(TITLE)
  })
})

describe('when its time is over', () => {
  test('no name is left in any page, list, feed or file: number, agency and period only', async () => {
    const files = await everything(UNTIL)
    expect(holding(files, NAME)).toEqual([])
    expect(holding(files, encodeURIComponent(NAME)).filter((p) => !p.startsWith('/files/'))).toEqual([])
    const file = files.get(notice.address)
    expect(file?.status).toBe(410)
    for (const word of ['公示期已满', notice.releaseNumber, '2026-11-24 10:00', '2026-12-01 18:00', '示例'])
      expect(textOf(file)).toContain(word)
    expect(files.get(`${notice.address}en/`)?.status).toBe(410)
    expect(textOf(files.get(`${notice.address}en/`))).toContain('The time of display is over')
  })

  test('its file answers that it is gone, and its name is not repeated', async () => {
    const files = await everything(UNTIL)
    const file = files.get(`/files/${LIST.sha256}/${LIST.name}`)
    expect([file?.status, textOf(file).includes('2000') || textOf(file).includes(NAME)]).toEqual([410, false])
  })

  test('lists and related releases say so in place of the text, and the sitemap leaves it out', async () => {
    const files = await everything(UNTIL)
    expect(textOf(files.get('/all/'))).toContain('公示期已满')
    expect(textOf(files.get(other.address))).not.toContain(notice.address)
    expect(textOf(files.get('/sitemaps/1.xml'))).not.toContain(notice.address)
    expect(textOf(files.get('/catalogue/'))).toContain('公示期已满')
  })

  test('feeds bury it under the id it had, at the time its display ended', async () => {
    const files = await everything(UNTIL)
    expect(textOf(files.get('/feeds/all.atom'))).toContain(`when="${UNTIL}"`)
    const catalogue = JSON.parse(textOf(files.get('/catalogue/index.json'))) as { items: Record<string, unknown>[] }
    expect(catalogue.items.find((i) => i['release'] === notice.releaseNumber)).toEqual({
      id: 'tag:press.example,2026:release/2026-000001',
      release: notice.releaseNumber,
      url: `https://press.example${notice.address}`,
      updated: UNTIL,
      state: 'display-ended',
    })
  })

  test('the receipt stays, so that who has a copy can still check it', async () => {
    const receipt = JSON.parse(textOf((await everything(UNTIL)).get(`${notice.address}receipt.json`)))
    expect(receipt).toMatchObject({
      status: 'display-ended',
      hash: notice.hash,
      displayedUntil: '2026-12-01T18:00:00+08:00',
    })
  })

  test('the title stays where the configuration keeps it, and nothing else', async () => {
    const files = await everything(UNTIL, keeping)
    const page = textOf(files.get(notice.address))
    expect(page).toContain(TITLE)
    expect(page).not.toContain('2000元')
  })

  test('a correction that lengthens the time brings it back, and a withdrawal is a withdrawal', () => {
    const longer = nextEdition(notice, 'correction', 3, { core: { displayUntil: '2026-12-20T10:00:00.000Z' } })
    expect(seenAt(longer, UNTIL).content).not.toBeNull()
    expect(seenAt(longer, '2026-12-20T10:00:00.000Z').ended?.until).toBe('2026-12-20T10:00:00.000Z')
    const gone = withdrawn(notice, 4, '名单有误。')
    expect(seenAt(gone, UNTIL)).toBe(gone)
    expect(seenAt(other, '2099-01-01T00:00:00.000Z')).toBe(other)
  })
})
