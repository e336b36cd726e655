/** Every page in Chinese and in English, by day and by night: what axe finds, what is too wide, what the console says, what has no words. */
import { mkdirSync } from 'node:fs'
import { basename } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { COLOURS, overflow, unfold, violations } from './browser-site.ts'
import { WALKED } from './desk-walked.ts'

/** A page of one person, or of nobody. A page with an address of its own in each language has two paths; any other is asked by `?lang=`. */
export type Screen = { who?: string | null; path: string | { zh: string; en: string }; name?: string; status?: number }
export type Walk = {
  /** The test's own file: what desk-walked.ts says it walks must be among the screens. */
  file: string
  origin: string
  open(who: string | null): Promise<BrowserContext>
  screens: Screen[]
  /** What a page of this walk needs before it is looked at. */
  ready?(page: Page): Promise<unknown>
  /** Leaves folded what is: thousands of places would unfold. */
  folded?: boolean
}

export const DESK = { width: 1366, height: 768 }
export const PHONE = { width: 360, height: 640 }
/** A folder to leave pictures in, for looking at. */
const LOOK = process.env['LOOK_AT']
/** Two at once: the service answers one while the browser draws the other. */
const LANES = 2

/** @returns what is wrong, a line each, with the address before it; an empty list is a walk without a fault. */
export async function everyLook(walk: Walk): Promise<string[]> {
  const found = unseen(walk.file, walk.screens)
  const contexts = new Map<string | null, Promise<BrowserContext>>()
  const context = (who: string | null) => {
    const opened = contexts.get(who) ?? walk.open(who)
    contexts.set(who, opened)
    return opened
  }
  const left = [...walk.screens]
  const lane = async () => {
    const pages = new Map<string | null, Page>()
    for (let screen = left.shift(); screen; screen = left.shift()) {
      const who = screen.who ?? null
      const page = pages.get(who) ?? listening(await (await context(who)).newPage(), found)
      pages.set(who, page)
      for (const lang of ['zh', 'en'] as const) found.push(...(await visited(page, walk, screen, lang)))
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  for (const opened of contexts.values()) await (await opened).close()
  return found
}

/** The page, that writes into `found` whatever breaks in it or is said to be wrong on its console, but for what is `expected`. */
export function listening(page: Page, found: string[], expected = /^$/): Page {
  page.on('console', (m) => {
    // How the page itself answered is looked at by who asked for it; what it fetches must be there.
    const own = /status of \d+/.test(m.text()) && m.location().url === page.url()
    if (m.type() === 'error' && !own && !expected.test(m.text()))
      found.push(`${page.url()} says ${m.text()} ${m.location().url}`)
  })
  page.on('pageerror', (e) => found.push(`${page.url()} breaks: ${e.message}`))
  return page
}

async function visited(page: Page, walk: Walk, screen: Screen, lang: 'zh' | 'en'): Promise<string[]> {
  const { path, status = 200 } = screen
  const asked = typeof path === 'string' ? `${path}${path.includes('?') ? '&' : '?'}lang=${lang}` : path[lang]
  await page.setViewportSize(DESK)
  const answer = await page.goto(walk.origin + asked)
  const spoken = await page.locator('html').getAttribute('lang')
  const wrong = [
    ...(answer?.status() === status ? [] : [`answers ${answer?.status()}`]),
    ...(spoken === (lang === 'zh' ? 'zh-CN' : 'en') ? [] : [`speaks ${spoken}`]),
  ]
  await walk.ready?.(page)
  if (!walk.folded) await unfold(page)
  wrong.push(...(await seen(page, `${screen.name ?? asked.replace(/[^\w-]+/g, '_')}-${lang}`)))
  return wrong.map((line) => `${asked} ${line}`)
}

/** A page as it stands, everything in it unfolded, by day and by night and at 320 px. Leaves it there, by day. */
export async function looked(page: Page, name: string): Promise<string[]> {
  await unfold(page)
  return seen(page, name)
}

async function seen(page: Page, name: string): Promise<string[]> {
  const { width = DESK.width, height = DESK.height } = page.viewportSize() ?? {}
  const found = await bothThemes(page, name)
  await page.setViewportSize({ width: 320, height: 640 })
  const over = await overflow(page)
  if (over > 0) found.push(`scrolls sideways by ${over} at 320 px`)
  if (LOOK) await picture(page, `${name}-phone`, PHONE)
  await page.setViewportSize({ width, height })
  return [...found, ...(await unsaid(page))]
}

/**
 * By day under all rules. By night the same tree is drawn in the same boxes and only colours differ, so that only the rules about
 * colours can find more; where that does not hold (a picture of its own, a figure that moved meanwhile) all rules are asked again.
 */
export async function bothThemes(page: Page, name = ''): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  await drawn(page)
  const day = await violations(page)
  if (LOOK && name) await picture(page, `${name}-light`)
  await page.emulateMedia({ colorScheme: 'dark' })
  const night = await violations(page, (await drawn(page)) ? COLOURS : undefined)
  if (LOOK && name) await picture(page, `${name}-dark`)
  await page.emulateMedia({ colorScheme: 'light' })
  return [...day.map((v) => `by day ${v}`), ...night.map((v) => `by night ${v}`)]
}

/** Whether the page has the same tree, in the same boxes, as when it was asked last. */
const drawn = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const held = window as unknown as { drawn?: string }
    const boxes = [...document.querySelectorAll('body, body *')].map((e) => {
      const { x, y, width, height } = e.getBoundingClientRect()
      const source = e instanceof HTMLImageElement ? e.currentSrc : ''
      return [x, y, width, height, e.checkVisibility({ visibilityProperty: true, opacityProperty: true }), source]
    })
    const now = document.documentElement.outerHTML + JSON.stringify(boxes)
    const same = held.drawn === now
    held.drawn = now
    return same
  })

/** A word key that nobody gave words for is shown as itself, in the text or in what is read out instead of it. */
async function unsaid(page: Page): Promise<string[]> {
  const text = await page.evaluate(() => {
    const told = ['aria-label', 'title', 'alt', 'placeholder'].flatMap((a) =>
      [...document.querySelectorAll(`[${a}]`)].map((e) => e.getAttribute(a)),
    )
    // The ledger names acts by their codes, and is filtered by them.
    const code = (e: Element | null) =>
      e?.closest('code, pre, script, style') || (e instanceof HTMLOptionElement && e.value === e.textContent)
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let at = texts.nextNode(); at; at = texts.nextNode()) if (!code(at.parentElement)) told.push(at.textContent)
    return [document.title, ...told].join('\n')
  })
  const KEY =
    /(?<![\w./@-])(?:desk|issue|field|scan|role|kind|kit|roll|contacts|channels|acknowledge|repost|public|cause|office|place|media|problem|alerts|authority|expiry|false-alarm)\.[a-z][\w.-]+/g
  return [...text.matchAll(KEY)].filter(([key]) => !/\.example$/.test(key)).map(([key]) => `has no words for ${key}`)
}

async function picture(page: Page, name: string, size?: { width: number; height: number }): Promise<void> {
  mkdirSync(LOOK!, { recursive: true })
  if (size) await page.setViewportSize(size)
  await page.screenshot({ path: `${LOOK}/${name}.png`, fullPage: true })
}

/** Routes of the desk that desk-walked.ts gives this file and no screen of the walk stands for. */
function unseen(file: string, screens: Screen[]): string[] {
  const seen = screens.map(({ path }) => (typeof path === 'string' ? path : path.zh).split('?')[0] as string)
  return (WALKED[basename(file)] ?? [])
    .filter((route) => !seen.some((path) => new RegExp(`^${route.replace(/\{\w+\}/g, '[^/]+')}$`).test(path)))
    .map((route) => `${route} is not among the screens of ${basename(file)}`)
}
