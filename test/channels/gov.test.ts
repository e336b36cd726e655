/** The government profile: the foot, the tags, the head of a document, whether it still holds, and the catalogue portals take. */
import Ajv from 'ajv/dist/2020.js'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { render as feeds } from '../../channels/feeds/render.ts'
import { siteFilesAt } from '../../channels/website/render.tsx'
import { readConfig } from '../../src/config.ts'
import { channelConfig } from '../../src/context.ts'
import type { ChannelConfig, SiteFile } from '../../src/delivery/channel.ts'
import { missingForProfile } from '../../src/lib/gov-settings.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { sampleConfig } from '../support/demo-site.ts'
import {
  memoryCatalogue,
  nextEdition,
  policyEdition,
  sampleEdition,
  samplePart,
  takenDown,
  textOf,
  withdrawn,
} from '../support/editions.ts'

const ENV = {
  PUBLIC_URL: 'https://www.press.example',
  SITE_CODE: '1525000001',
  SITE_CONTACT: '0000-12345',
  GOV_SPONSOR_ZH: '青格勒盟行政公署办公室（示例）',
  GOV_SPONSOR_EN: 'Office of Qinggele League (sample)',
  GOV_ICP: '蒙ICP备00000000号',
  GOV_POLICE: '蒙公网安备00000000000000号',
  GOV_POLICE_URL: 'https://beian.example/1',
  GOV_BADGE_URL: 'https://badge.example/1',
}
const configOf = (env: Record<string, string>): ChannelConfig => {
  const config = readConfig(env)
  return channelConfig(config, { vapid: { publicKey: '', privateKey: '' }, bounce: '' } as never)
}
const DAY = (n: number, hour = '02') => `2026-11-${String(n).padStart(2, '0')}T${hour}:00:00.000Z`

/** What readers get after these editions, published one after another. */
async function published(editions: Edition[], config: ChannelConfig = sampleConfig()): Promise<Map<string, SiteFile>> {
  const files = new Map<string, SiteFile>()
  const known: Edition[] = []
  for (const edition of editions) {
    known.push(edition)
    const site = await siteFilesAt(config, edition, memoryCatalogue(known))
    const fed = await feeds(config, memoryCatalogue(known), edition)
    for (const file of [...site, ...fed.files]) files.set(file.path, file)
  }
  return files
}
const page = (files: Map<string, SiteFile>, path: string) => textOf(files.get(path))

describe('the foot', () => {
  test('names all seven as the environment gives them, in both languages', async () => {
    const policy = policyEdition({ sequence: 1 })
    const files = await published([policy], configOf(ENV))
    const foot = (path: string) => /<footer[\s\S]*<\/footer>/.exec(page(files, path))?.[0] ?? ''
    for (const said of ['主办单位 青格勒盟行政公署办公室（示例）', '1525000001', 'tel:000012345', '站点地图'])
      expect(foot(policy.address)).toContain(said)
    expect(foot(policy.address)).toContain('<a href="https://beian.miit.gov.cn/">蒙ICP备00000000号</a>')
    expect(foot(policy.address)).toContain('<a href="https://beian.example/1">蒙公网安备00000000000000号</a>')
    expect(foot(policy.address)).toContain('<a href="https://badge.example/1">党政机关网站标识</a>')
    expect(foot(policy.address)).toContain('<a href="/fault/?page=%2Freleases%2F2026-000001%2F">我为政府网站找错</a>')
    expect(foot('/en/all/')).toContain('Sponsor Office of Qinggele League (sample)')
  })

  test('an operator is told which parts are missing, and asked for none where it is no government site', () => {
    const site = (env: Record<string, string>) => readConfig(env).site
    expect(missingForProfile(site({}))).toEqual([])
    expect(missingForProfile(site({ GOV_ENDED_TITLE: 'keep' }))).toEqual([])
    expect(missingForProfile(site(ENV))).toEqual([])
    expect(missingForProfile(site({ SITE_CODE: '1525000001', GOV_ICP: 'x' }))).toEqual([
      'SITE_CONTACT',
      'GOV_SPONSOR_ZH',
      'GOV_POLICE',
      'GOV_BADGE_URL',
    ])
    expect(missingForProfile(site({ GOV_ICP: 'x' }))).toContain('SITE_CODE')
  })

  test.each([
    [{ GOV_BADGE_URL: 'javascript:alert(1)' }, /GOV_BADGE_URL/],
    [{ GOV_INDEX_PATTERN: '{serial}' }, /GOV_INDEX_PATTERN.*\{code\}\/\{year\}/],
    [{ GOV_INDEX_CODES: 'office' }, /GOV_INDEX_CODES.*must look like/],
    [{ GOV_FAULT_DAYS: '0' }, /GOV_FAULT_DAYS/],
  ])('%o is refused with what would be right', (env, said) => expect(() => readConfig(env as never)).toThrow(said))
})

describe('the tags of an article', () => {
  test('keep the time it was first published through a correction, as the page does', async () => {
    const policy = policyEdition({ sequence: 1, publishedAt: DAY(22) })
    const corrected = nextEdition(policy, 'correction', 2, { publishedAt: DAY(24) })
    const html = page(await published([policy, corrected], configOf(ENV)), policy.address)
    expect(html).toContain('<meta name="PubDate" content="2026-11-22 10:00"/>')
    expect(html).toContain('<meta name="Keywords" content="政策文件，灾害与救助，哈日诺尔旗（示例）"/>')
    expect(html).toContain(`<meta name="Url" content="https://www.press.example${policy.address}"/>`)
    expect(html).toContain('<meta name="SiteDomain" content="www.press.example"/>')
  })
})

describe('a policy document', () => {
  const policy = policyEdition({
    sequence: 1,
    publishedAt: DAY(20),
    core: {
      indexNumber: '11152500MB1234567X/2026-00001',
      documentNumber: '示政办字〔2026〕1号',
      formedOn: '2026-11-19',
    },
  })
  const interpretation = sampleEdition({
    sequence: 2,
    kind: 'interpretation',
    publishedAt: DAY(20, '03'),
    core: { relatesTo: [{ releaseId: policy.releaseId, as: 'interprets' }] },
    parts: { 'zh-CN': samplePart({ title: '一图读懂' }), en: samplePart({ title: 'In one picture' }) },
  })
  const successor = policyEdition({
    sequence: 3,
    publishedAt: DAY(23),
    core: { relatesTo: [{ releaseId: policy.releaseId, as: 'repeals' }] },
    parts: { 'zh-CN': samplePart({ title: '关于饲草储备的新办法' }) },
  })

  test('carries its facts above its text', async () => {
    const html = page(await published([policy]), policy.address)
    const head = /<dl class="document-head">[\s\S]*?<\/dl>/.exec(html)?.[0] ?? ''
    for (const said of [
      '索引号',
      '11152500MB1234567X/2026-00001',
      '主题分类',
      '发文机关',
      '2026-11-19',
      '示政办字〔2026〕1号',
      '2026-11-20 10:00',
      '有效',
    ])
      expect(head).toContain(said)
  })

  test('and its interpretation lead to each other, in both languages', async () => {
    const files = await published([policy, interpretation])
    expect(page(files, policy.address)).toContain(`href="${interpretation.address}"`)
    expect(page(files, interpretation.address)).toContain(`href="${policy.address}"`)
    expect(page(files, `${interpretation.address}en/`)).toContain(`href="${policy.address}"`)
  })

  test('that is repealed stays online under a banner that leads to its successor, until the successor is withdrawn', async () => {
    const before = await published([policy])
    expect(page(before, policy.address)).not.toContain('已于')
    const files = await published([policy, interpretation, successor])
    const html = page(files, policy.address)
    expect(html).toContain('本文件已于 2026-11-23 废止')
    expect(html).toContain(`<a href="${successor.address}" lang="zh-CN">关于饲草储备的新办法</a>`)
    expect(html).toContain('废止（2026-11-23）')
    expect(html).toContain('补助对象')
    expect(page(files, '/catalogue/')).toContain('废止（2026-11-23）')
    const item = itemOf(files, policy)
    expect(item?.['validity']).toEqual({
      state: 'repealed',
      name: '废止',
      since: '2026-11-23',
      by: `https://press.example${successor.address}`,
    })
    const back = await published([policy, successor, withdrawn(successor, 4, '有误。', { publishedAt: DAY(24) })])
    expect(page(back, policy.address)).not.toContain('废止')
    expect(itemOf(back, policy)?.['validity']).toMatchObject({ state: 'valid' })
  })

  test('cannot be repealed by another agency', async () => {
    const stranger = { ...successor, agency: { ...successor.agency, id: 'stranger', slug: 'stranger' } }
    const html = page(await published([policy, stranger]), policy.address)
    expect(html).not.toContain('本文件已于')
    expect(html).toContain(stranger.address)
  })

  test('says itself that it has expired, in an edition of its own', async () => {
    const expired = nextEdition(policy, 'erratum', 2, {
      publishedAt: DAY(24),
      core: { validity: { state: 'expired', since: '2026-11-24' } },
    })
    expect(page(await published([policy, expired]), policy.address)).toContain('本文件已于 2026-11-24 失效')
  })
})

const itemOf = (files: Map<string, SiteFile>, edition: Edition): Record<string, unknown> | undefined =>
  (JSON.parse(page(files, '/catalogue/index.json')) as { items: Record<string, unknown>[] }).items.find(
    (i) => i['release'] === edition.releaseNumber,
  )

describe('the catalogue that portals take', () => {
  const many = Array.from({ length: 43 }, (_, i) => sampleEdition({ sequence: i + 1 }))
  const titled = (title: string) => ({ 'zh-CN': samplePart({ title }) })

  test('is as its schema says, also for what is gone', async () => {
    const policy = policyEdition({ sequence: 1 })
    const gone = sampleEdition({ sequence: 2 })
    const down = sampleEdition({ sequence: 3 })
    const files = await published([policy, gone, down, withdrawn(gone, 4, '有误。'), takenDown(down, 5)])
    const valid = new Ajv({ strict: false, validateFormats: false }).compile(
      JSON.parse(page(files, '/catalogue/schema.json')),
    )
    for (const path of ['/catalogue/index.json', '/catalogue/archive-1.json']) {
      const document = JSON.parse(page(files, path))
      expect([valid(document), valid.errors]).toEqual([true, null])
      document.items[0].secret = 1
      expect(valid(document)).toBe(false)
    }
    expect(itemOf(files, gone)).toMatchObject({ state: 'withdrawn' })
    expect(itemOf(files, down)).toMatchObject({ state: 'taken-down' })
    expect(Object.keys(itemOf(files, down) ?? {}).sort()).toEqual(['id', 'release', 'state', 'updated', 'url'])
    expect(itemOf(files, policy)).toMatchObject({ disclosure: '主动公开', validity: { state: 'valid', name: '有效' } })
  })

  test('holds every release once in twenties that never move, and leads a portal through them by Atom', async () => {
    const files = await published(many)
    const numbers = (n: number) =>
      (JSON.parse(page(files, `/catalogue/archive-${n}.json`)) as { items: { release: string }[] }).items.map(
        (i) => i.release,
      )
    expect(numbers(1)).toEqual(
      many
        .slice(0, 20)
        .map((e) => e.releaseNumber)
        .reverse(),
    )
    expect([numbers(2).length, numbers(3).length]).toEqual([20, 3])
    const links = (path: string) =>
      (new XMLParser({ ignoreAttributes: false }).parse(page(files, path)).feed.link as Record<string, string>[]).map(
        (l) => `${l['@_rel']} ${l['@_href']?.replace('https://press.example', '')}`,
      )
    expect(links('/catalogue/index.atom')).toContain('prev-archive /catalogue/archive-3.atom')
    expect(links('/catalogue/archive-2.atom')).toEqual(
      expect.arrayContaining(['prev-archive /catalogue/archive-1.atom', 'next-archive /catalogue/archive-3.atom']),
    )
    expect(XMLValidator.validate(page(files, '/catalogue/index.atom'))).toBe(true)
    expect(page(files, '/catalogue/page-1/')).toContain(many[0]?.address)
  })

  test('costs the same however many releases there are', async () => {
    const touched = async (n: number) => {
      const known = many.slice(0, n)
      const fed = await feeds(sampleConfig(), memoryCatalogue(known), known.at(-1) as Edition)
      return fed.files.filter((f) => f.path.startsWith('/catalogue/')).map((f) => f.path)
    }
    expect(await touched(43)).toHaveLength((await touched(23)).length)
  })

  test('as a table opens in an office program without running what a title says', async () => {
    const files = await published([
      sampleEdition({ sequence: 1, parts: titled('=HYPERLINK("http://evil.example","领补助"),1') }),
    ])
    const csv = page(files, '/catalogue/index.csv')
    expect(csv.startsWith('\ufeff"索引号","名称"')).toBe(true)
    expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"",""领补助""),1"`)
    expect(csv.trimEnd().split('\r\n')).toHaveLength(2)
  })

  test('of an exercise there is none', async () => {
    const drill = sampleEdition({ sequence: 1, mode: 'exercise', core: { mode: 'exercise' } })
    const known = [drill]
    const files = [
      ...(await siteFilesAt(sampleConfig(), drill, memoryCatalogue(known, 'exercise'))),
      ...(await feeds(sampleConfig(), memoryCatalogue(known, 'exercise'), drill)).files,
    ]
    expect(files.filter((f) => f.path.includes('catalogue'))).toEqual([])
    expect(files.some((f) => textOf(f).includes('/fault/'))).toBe(false)
  })
})
