/** What `ortoo site lint` finds: nothing on a site as it is, and each fault on a page that was broken for it. */
import { afterEach, beforeAll, expect, test } from 'vitest'
import { type PageFacts, readPage } from '../../src/cli/lint/page-facts.ts'
import { pageFindings } from '../../src/cli/lint/page-rules.ts'
import { answered, siteFindings } from '../../src/cli/lint/site-rules.ts'
import type { SiteFile } from '../../src/delivery/channel.ts'
import { commitFirstPages } from '../../src/server/first-site.ts'
import { hasWords } from '../../templates/words/index.ts'
import { demoEditions, demoSite, sampleConfig } from '../support/demo-site.ts'
import { type Station, station } from '../support/station.ts'
import { ortoo } from './terminal.ts'

const CODE = '1525000001'
const gov = {
  sponsor: { zh: '青格勒盟行政公署办公室（示例）', en: 'Office of Qinggele League (sample)' },
  icp: '蒙ICP备00000000号',
  icpUrl: 'https://beian.miit.gov.cn/',
  police: '蒙公网安备00000000000000号',
  badgeUrl: 'https://badge.example/',
}
const rules = { siteCode: CODE, mostKilobytes: 300 }
const about = (today = '2026-11-24') => ({
  today,
  newsDays: 14,
  documentDays: 183,
  publicUrl: 'https://press.example',
  answered,
})
let files: Map<string, SiteFile>
let open: Station | undefined

beforeAll(async () => {
  const site = await demoSite(sampleConfig({ siteCode: CODE, gov }))
  files = new Map(
    site
      .paths()
      .filter((path) => !path.startsWith('/exercise'))
      .map((path) => [path, site.at(path) as SiteFile]),
  )
})
afterEach(async () => {
  await open?.close()
  open = undefined
})

const htmlOf = (path: string): string => {
  const file = files.get(path)
  if (!file) throw new Error(`no ${path}`)
  return String(file.body)
}
const pages = (): PageFacts[] =>
  [...files.values()]
    .filter((f) => f.type.startsWith('text/html'))
    .map((f) => readPage(f.path, f.status ?? 200, String(f.body)))
const POLICY = demoEditions()[0]?.address as string
/** Codes found on one page after its text was changed. */
const broken = (path: string, change: (html: string) => string): string[] => {
  const html = htmlOf(path)
  const changed = change(html)
  expect(changed, 'nothing was broken').not.toBe(html)
  return pageFindings(readPage(path, 200, changed), rules).map((f) => f.code)
}

test('an inspector finds nothing wrong on any page of the site as it is', () => {
  const all = pages()
  expect(all.length).toBeGreaterThan(60)
  const found = all.flatMap((page) => pageFindings(page, rules)).filter((f) => f.level !== 'hint')
  expect(found).toEqual([])
})

test('ten tags stand on an article, seven on a column, three on the home page', () => {
  const count = (path: string) => {
    const { metas } = readPage(path, 200, htmlOf(path))
    return [...metas].filter(([name]) => /^(Site|Column|Article|PubDate|ContentSource)/.test(name)).length
  }
  expect([count(POLICY), count('/kinds/policy/'), count('/')]).toEqual([10, 7, 3])
})

test.each<[code: string, path: string, change: (html: string) => string]>([
  ['tag-missing', POLICY, (s) => s.replace(/<meta name="ContentSource"[^>]*>/, '')],
  ['tag-missing', '/', (s) => s.replace(/<meta name="SiteIDCode"[^>]*>/, '')],
  ['tag-repeated', POLICY, (s) => s.replace(/(<meta name="SiteName"[^>]*>)/, '$1$1')],
  [
    'tag-empty',
    POLICY,
    (s) => s.replace(/<meta name="ColumnName" content="[^"]*"/, '<meta name="ColumnName" content="null"'),
  ],
  ['tag-out-of-place', '/', (s) => s.replace('<title>', '<meta name="PubDate" content="2026-11-22 10:00"/><title>')],
  [
    'pubdate-shape',
    POLICY,
    (s) => s.replace(/<meta name="PubDate" content="[^"]*"/, '<meta name="PubDate" content="2026-11-22 1:00 PM"'),
  ],
  [
    'pubdate-not-shown',
    POLICY,
    (s) => s.replace(/<meta name="PubDate" content="[^"]*"/, '<meta name="PubDate" content="2020-01-01 10:00"'),
  ],
  [
    'title-differs',
    POLICY,
    (s) => s.replace(/<meta name="ArticleTitle" content="/, '<meta name="ArticleTitle" content="另一个'),
  ],
  ['source-missing', POLICY, (s) => s.replaceAll('来源', '')],
  ['time-shape', POLICY, (s) => s.replace(/(<time[^>]*>)\d{4}-\d\d-\d\d \d\d:\d\d/, '$1 11月22日上午10点')],
  ['time-shape', POLICY, (s) => s.replace(/(<time[^>]*>)\d{4}-\d\d-\d\d \d\d:\d\d/, '$1 2026-02-30 10:00')],
  ['lang-missing', '/', (s) => s.replace('<html lang="zh-CN">', '<html>')],
  ['title-missing', '/', (s) => s.replace(/<title>.*?<\/title>/, '<title></title>')],
  ['h1-count', '/all/', (s) => s.replace('<h1>', '<h1>一</h1><h1>')],
  ['alt-missing', '/', (s) => s.replace('<main', '<img src="/x.png"/><main')],
  ['heavy', '/', (s) => s.replace('</main>', `${'字'.repeat(110_000)}</main>`)],
  ['foot-sponsor', '/', (s) => s.replaceAll('主办单位', '')],
  ['foot-contact', '/', (s) => s.replace(/<li>联系.*?<\/li>/, '')],
  ['foot-code', '/', (s) => s.replaceAll(`网站标识码 ${CODE}`, '网站标识码')],
  ['foot-icp', '/', (s) => s.replace('蒙ICP备', '')],
  ['foot-police', '/', (s) => s.replace('蒙公网安备', '')],
  ['foot-badge', '/', (s) => s.replace('党政机关网站标识', '')],
  ['foot-fault', '/', (s) => s.replaceAll('找错', '')],
  ['foot-sitemap', '/', (s) => s.replace('站点地图', '')],
  ['policy-unexplained', POLICY, (s) => s.replace('<dt>政策解读</dt>', '')],
])('%s is found where it is on %s', (code, path, change) => {
  expect(broken(path, change)).toContain(code)
})

test('a link that leads nowhere, a title given twice and an old home page are found', () => {
  const all = pages()
  const known = new Set([...files.keys(), '/en/incidents/2026-0007/', '/incidents/2026-0007/'])
  const dead = (list: PageFacts[]) =>
    siteFindings(list, known, about())
      .filter((f) => f.code === 'dead-link')
      .map((f) => `${f.path} → ${f.params['to']}`)
      .sort()
  const before = dead(all)
  const home = readPage('/', 200, htmlOf('/').replace('</main>', '<a href="/nowhere/">x</a></main>'))
  expect(dead([...all.filter((p) => p.path !== '/'), home])).toEqual([...before, '/ → /nowhere/'].sort())
  const twin = readPage('/twin/', 200, htmlOf('/about/'))
  expect(siteFindings([...all, twin], known, about()).map((f) => [f.path, f.code])).toContainEqual([
    '/twin/',
    'title-repeated',
  ])
  const later = siteFindings(all, known, about('2026-12-30')).map((f) => f.code)
  expect(later).toContain('home-stale')
  expect(siteFindings(all, known, about()).map((f) => f.code)).not.toContain('home-stale')
})

test('an office sees the findings at its terminal, in its language or as JSON, and the exit status says whether it passes', async () => {
  open = await station({
    SITE_CODE: CODE,
    SITE_CONTACT: '0000-12345',
    GOV_SPONSOR_ZH: '示例办公室',
    GOV_ICP: '蒙ICP备00000000号',
    GOV_POLICE: '蒙公网安备00000000000000号',
    GOV_BADGE_URL: 'https://badge.example/',
  })
  await commitFirstPages(open.ctx, open.ctx.site)
  const said = await ortoo({ env: {}, ctx: open.ctx }, 'site', 'lint', '--json')
  const answer = JSON.parse(said.out.join('\n')) as {
    pages: number
    errors: number
    findings: { code: string; path: string; params: { to?: string } }[]
  }
  // Feeds begin with the first release, and columns are filled by it.
  const other = answer.findings.filter((f) => !/^columns?-empty$/.test(f.code))
  expect(other.filter((f) => !/^\/(feeds|cap)\//.test(f.params.to ?? ''))).toEqual([])
  expect(answer.findings.map((f) => f.code)).toContain('columns-empty')
  expect(said.status).toBe(1)
  const zh = await ortoo({ env: {}, ctx: open.ctx, lang: 'zh' }, 'site', 'lint')
  expect(zh.out.at(-1)).toMatch(/^共 \d+ 页：错误 \d+，/)
  expect(zh.out.join('\n')).toContain('栏目是空的')
  const wrong = await ortoo({ env: {}, ctx: open.ctx }, 'site', 'lint', '--max-kb', 'much')
  expect(wrong.status).toBe(2)
  expect(answer.findings.map((f) => `lint.${f.code}`).every(hasWords)).toBe(true)
})
