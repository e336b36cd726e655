/** A site in memory as a real browser sees it: every file at its address, under the policy the service sends. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { PAGE_CSP } from '../../src/lib/page-csp.ts'
import type { memorySite } from './editions.ts'

export type MemorySite = ReturnType<typeof memorySite>
export const ORIGIN = 'https://press.example'
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Of those rules, the ones that look at colours: axe's category `cat.color`. */
export const COLOURS = ['color-contrast', 'link-in-text-block']
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A context in which ORIGIN is the site and nothing else answers. */
export async function visiting(
  browser: Browser,
  site: MemorySite,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options)
  await context.route('**/*', (route) => {
    const file = site.at(decodeURIComponent(new URL(route.request().url()).pathname))
    if (!file) return route.fulfill({ status: 404, body: '' })
    return route.fulfill({
      status: file.status ?? 200,
      body: Buffer.from(file.body as string),
      headers: { 'content-type': file.type, 'content-security-policy': PAGE_CSP },
    })
  })
  return context
}

/**
 * One address of each kind of page there is, so that a new kind is walked without being named. Lists are one kind, tombstones another,
 * an English page of the frame the same as its Chinese one but for the home page: `eachLanguage` makes it a kind of its own.
 */
export function kindsOfPage(site: MemorySite, eachLanguage = false): string[] {
  const kinds = new Map<string, string>()
  for (const path of site.paths()) {
    const file = site.at(path)
    if (!file?.type.startsWith('text/html')) continue
    const kind = kindOf(path, file.status ?? 200) + (eachLanguage && /\/en\//.test(path) ? ' in English' : '')
    if (!kinds.has(kind)) kinds.set(kind, path)
  }
  return [...kinds.values()]
}

function kindOf(path: string, status: number): string {
  if (status === 410) return /\/files\//.test(path) ? 'file gone' : /\/en\//.test(path) ? 'gone, English' : 'gone'
  const frame = path.replace(/^(\/exercise)?\/en\/(?=.)/, '$1/').replace(/\d+/g, 'n')
  return frame.replace(/\/((kinds|topics|areas|agencies)\/[^/]+|all)\/.*/, '/list/')
}

type Axe = { run(o: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[]; passes: unknown[] }> }

/**
 * What axe finds wrong, as lines. The page's own policy forbids inline script, so it comes in by the debugger. Under all the RULES
 * a page that was looked at passes many; under a rule or two named by the caller, one.
 */
export async function violations(page: Page, rules: string[] = RULES): Promise<string[]> {
  // Once a page: what went elsewhere in between has lost it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  const asked = { only: rules, least: rules === RULES ? 5 : 1 }
  return page.evaluate(async ({ only, least }) => {
    const { violations: found, passes } = await (window as unknown as { axe: Axe }).axe.run({
      runOnly: only,
      resultTypes: ['violations'],
    })
    if (passes.length < least) throw new Error('axe looked at nothing')
    return found.map((v) => `${v.id}: ${v.nodes.map((x) => x.html.slice(0, 160)).join(' | ')}`)
  }, asked)
}

/** Opens whatever is folded away in the text of a page, so that it is looked at too. */
export const unfold = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const fold of document.querySelectorAll('main details')) (fold as HTMLDetailsElement).open = true
  })

/** Pixels by which the page scrolls sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
