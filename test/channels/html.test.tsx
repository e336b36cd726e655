/** Every kind of public page, held against the HTML standard and its rules for people who cannot see or point. */
import { HtmlValidate } from 'html-validate/node'
import { expect, test } from 'vitest'
import { staticFiles } from '../../channels/website/index.ts'
import type { SiteFile } from '../../src/delivery/channel.ts'
import { siteOf } from '../../templates/page/assets.ts'
import { FaultLookUp, FaultPage, FaultState, FaultTaken } from '../../templates/page/fault.tsx'
import { documentOf } from '../../templates/page/layout.tsx'
import { demoEditions, demoSite, publishAll, sampleConfig } from '../support/demo-site.ts'
import { nextEdition, policyEdition, textOf } from '../support/editions.ts'

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // Both ways of closing what has no content are right (HTML §13.1.2.1), and JSX writes this one.
    'void-style': 'off',
    // How long a title may be is a search engine's taste; ours are the titles of official documents.
    'long-title': 'off',
    // Telephone numbers are written as the office gives them.
    'tel-non-breaking': 'off',
    // Markup is packed; blanks carry no meaning.
    'no-trailing-whitespace': 'off',
    'no-raw-characters': ['error', { relaxed: true }],
  },
})

async function faults(html: string): Promise<string[]> {
  const report = await validator.validateString(html)
  return report.results.flatMap((r) =>
    r.messages.map((m) => `${m.ruleId}: ${m.message} at ${html.slice(Math.max(0, m.offset - 60), m.offset + 60)}`),
  )
}

const gov = {
  sponsor: { zh: '青格勒盟行政公署办公室（示例）', en: 'Office of Qinggele League (sample)' },
  icp: '蒙ICP备00000000号',
  icpUrl: 'https://beian.miit.gov.cn/',
  police: '蒙公网安备00000000000000号',
  policeUrl: 'https://beian.example/1',
  badgeUrl: 'https://badge.example/',
}
const config = sampleConfig({ siteCode: '1525000001', gov })

test('every page of a site with releases of every kind is valid', async () => {
  const site = await demoSite(config)
  const pages = site
    .paths()
    .map((path) => site.at(path) as SiteFile)
    .filter((f) => f.type.startsWith('text/html'))
  expect(pages.length).toBeGreaterThan(60)
  const found: Record<string, string[]> = {}
  for (const file of pages) {
    const wrong = await faults(textOf(file))
    if (wrong.length) found[file.path] = wrong
  }
  expect(found).toEqual({})
}, 60_000)

test('so are those of a site before its first release, and a document that was repealed', async () => {
  const empty = staticFiles(config, { topics: [], areas: [], agencies: [], running: [] }, '2026-11-23T06:00:00.000Z')
  const policy = demoEditions()[0] ?? policyEdition()
  const repealed = nextEdition(policy, 'correction', 9, {
    core: { validity: { state: 'repealed', since: '2026-11-22' } },
  })
  const site = await publishAll([policy, repealed], config)
  const pages = [...empty.filter((f) => f.type.startsWith('text/html')), site.at(policy.address) as SiteFile]
  for (const file of pages) expect([file.path, await faults(textOf(file))]).toEqual([file.path, []])
}, 60_000)

test('and those of a reader who reports a fault', async () => {
  const own = { site: siteOf(config, 'live'), lang: 'zh' as const, here: '/fault/?page=%2Fall%2F' }
  const fields = { page: '/all/', what: 'link', text: '打不开', contact: '' }
  const issues = [{ field: 'text', rule: '没有写清错在哪里', remedy: '至少写 4 个字' }]
  const at = '2026-11-23T06:00:00.000Z'
  const told = {
    number: 'F2026-00001',
    page: '/all/',
    at,
    dueAt: at,
    state: 'answered' as const,
    answer: '已改。',
    answeredAt: at,
  }
  const pages = [
    <FaultPage {...own} fields={fields} days={3} keepDays={30} issues={issues} />,
    <FaultTaken {...own} number="F2026-00001" code="ABCD-2345" dueAt={at} page="/all/" />,
    <FaultLookUp {...own} number="" nothing />,
    <FaultState {...own} told={told} />,
  ]
  for (const page of pages) expect(await faults(documentOf(page))).toEqual([])
})
