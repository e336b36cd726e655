/** ortoo site lint: reads the published pages as an inspector would, and says of each what is wrong and what would be right. */
import { t } from '../../templates/words/index.ts'
import type { Ctx } from '../context.ts'
import { wallMinute } from '../lib/clock.ts'
import { type Command, type Given, type Io, textOption, UsageError } from './command.ts'
import type { Finding, Level } from './lint/findings.ts'
import { pageFindings } from './lint/page-rules.ts'
import { readServed, readTree } from './lint/read-site.ts'
import { answered, siteFindings } from './lint/site-rules.ts'

/** What the pages of one release should weigh at most; a list of twenty weighs a tenth of it. */
const MOST_KILOBYTES = 300
/** 国办秘函〔2019〕19号: news columns two weeks, notices and documents six months. */
const NEWS_DAYS = 14
const DOCUMENT_DAYS = 183
const LEVELS: readonly Level[] = ['error', 'warning', 'hint']

export const lintSite: Command = {
  name: 'site lint',
  args: [],
  options: { live: 'switch', json: 'switch', 'max-kb': 'value', 'news-days': 'value', 'document-days': 'value' },
  run: (io, given) =>
    io.withContext(async (ctx) => {
      const { pages, findings } = await lint(ctx, io, given)
      if (given.options['json']) io.out(JSON.stringify({ pages, ...counts(findings), findings }, null, 2))
      else say(io, pages, findings)
      return findings.some((f) => f.level === 'error') ? 1 : 0
    }),
}

async function lint(ctx: Ctx, io: Io, given: Given): Promise<{ pages: number; findings: Finding[] }> {
  const { site, publicUrl } = ctx.config
  const days = { news: number(given, 'news-days', NEWS_DAYS), documents: number(given, 'document-days', DOCUMENT_DAYS) }
  const mostKilobytes = number(given, 'max-kb', MOST_KILOBYTES)
  const step = (n: number) => io.progress(t(io.lang, 'cli.lint.reading', { n }))
  const { pages, files } = await (given.options['live'] ? readServed(ctx, step) : readTree(ctx, step))
  io.progress('')
  const rules = { mostKilobytes, ...(site.siteCode ? { siteCode: site.siteCode } : {}) }
  const findings = [
    ...(site.siteCode ? [] : [{ path: '/', level: 'hint' as const, code: 'no-site-code', params: {} }]),
    ...pages.flatMap((page) => pageFindings(page, rules)),
    ...siteFindings(pages, files, {
      today: wallMinute(ctx.clock.now(), site.offset).slice(0, 10),
      newsDays: days.news,
      documentDays: days.documents,
      publicUrl,
      answered,
    }),
  ]
  return { pages: pages.length, findings: findings.sort(byPath) }
}

const byPath = (a: Finding, b: Finding): number =>
  LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)

function number(given: Given, name: string, fallback: number): number {
  const value = textOption(given, name)
  if (value === undefined) return fallback
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new UsageError('cli.lint.number', { option: name, value })
  return Number(value)
}

const counts = (findings: Finding[]) => ({
  errors: findings.filter((f) => f.level === 'error').length,
  warnings: findings.filter((f) => f.level === 'warning').length,
  hints: findings.filter((f) => f.level === 'hint').length,
})

function say(io: Io, pages: number, findings: Finding[]): void {
  for (const f of findings)
    io.out(`${t(io.lang, `lint.level.${f.level}`)}  ${f.path}  ${t(io.lang, `lint.${f.code}`, f.params)}`)
  io.out(t(io.lang, 'cli.lint.done', { pages, ...counts(findings) }))
}
