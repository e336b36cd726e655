/** Somebody who has only a keyboard: tabs until what they want has the focus, and looks on the way whether they can see where they are. */
import type { CDPSession, Page } from 'playwright-core'

/** `id` tells one thing from another of the same name. */
export type Stop = { role: string; name: string; value: string; id: number }
type Seen = { hidden: boolean; ring: boolean; parts: boolean }

/** Chromium goes through the parts of a time one by one, and its focus stays on the whole. */
const PARTS = 10

export class AtKeys {
  private constructor(
    readonly page: Page,
    private readonly cdp: CDPSession,
    /** Stops at which the focus could not be seen, and what was wrong. */
    readonly unseen: string[],
  ) {}

  static async at(page: Page, unseen: string[] = []): Promise<AtKeys> {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Accessibility.enable')
    return new AtKeys(page, cdp, unseen)
  }

  /** What has the focus, by the name a screen reader would say. */
  async here(): Promise<Stop> {
    const { result } = await this.cdp.send('Runtime.evaluate', { expression: 'document.activeElement' })
    const { nodes } = await this.cdp.send('Accessibility.getPartialAXTree', {
      objectId: result.objectId as string,
      fetchRelatives: false,
    })
    const said = (v?: { value?: unknown }) => String(v?.value ?? '').trim()
    const [node] = nodes
    return { role: said(node?.role), name: said(node?.name), value: said(node?.value), id: node?.backendDOMNodeId ?? 0 }
  }

  /** Tabs on (or back) until the name fits; fails with all that was passed. @returns presses it took */
  async to(wanted: RegExp, { most = 90, back = false, role = '' } = {}): Promise<number> {
    const passed: string[] = []
    let still = 0
    let before = -1
    for (let n = 1; n <= most; n++) {
      await this.page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
      const at = await this.here()
      const words = `${at.role} “${at.name}”`
      const seen = await this.look()
      if (at.role !== 'RootWebArea' && (seen.hidden || !seen.ring))
        this.unseen.push(`${new URL(this.page.url()).pathname} ${words}${seen.hidden ? ' covered' : ' no ring'}`)
      still = at.id === before ? still + 1 : 0
      before = at.id
      passed.push(words)
      if (wanted.test(at.name) && (!role || at.role === role)) return n
      if (still > (seen.parts ? PARTS : 3)) break
    }
    throw new Error(`${wanted} was not reached, or the focus stood still:\n${passed.join('\n')}`)
  }

  /** Whether any of it can be seen where it is, and whether something shows that it has the focus. */
  private look(): Promise<Seen> {
    return this.page.evaluate(() => {
      const e = document.activeElement as HTMLElement
      const box = e.getBoundingClientRect()
      const spots = [0.02, 0.5, 0.98].flatMap((x) => [0.05, 0.5, 0.95].map((y) => [x, y] as const))
      const shown = spots.some(([x, y]) => {
        const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)
        return top !== null && (e.contains(top) || top.contains(e))
      })
      const style = getComputedStyle(e)
      const ring = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2
      return { hidden: !shown, ring, parts: e instanceof HTMLInputElement && /^date/.test(e.type) }
    })
  }

  async type(words: string): Promise<void> {
    await this.page.keyboard.type(words)
  }
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }
  /** Presses a key that leads to another page. */
  async goes(key: string, to: RegExp): Promise<void> {
    const came = this.page.waitForURL(to, { timeout: 15_000 })
    const [arrived] = await Promise.allSettled([came, this.page.keyboard.press(key)])
    if (arrived.status === 'rejected') {
      const said = await this.page.locator('.issues,[role=alert]').allInnerTexts()
      throw new Error(`${key} did not lead to ${to}, but to ${this.page.url()}: ${said.join('\n')}`)
    }
    await this.page.waitForLoadState()
  }
  async fill(field: RegExp, words: string): Promise<void> {
    await this.to(field)
    await this.press('Control+A')
    await this.type(words)
  }
  /** A day, part by part in the order in which this browser shows them. */
  async day(field: RegExp, iso: string): Promise<void> {
    await this.to(field)
    const [year = '', month = '', day = ''] = iso.split('-')
    const order = await this.page.evaluate(() => new Intl.DateTimeFormat().formatToParts().map((p) => p.type))
    for (const part of order) await this.type({ year, month, day }[part as string] ?? '')
  }
  /** Walks the choices of a list until the one wanted is chosen. */
  async choose(field: RegExp, wanted: RegExp, way: { back?: boolean } = {}): Promise<void> {
    await this.to(field, way)
    await this.press('Home')
    for (let i = 0; i < 30; i++) {
      if (wanted.test((await this.here()).value)) return
      await this.press('ArrowDown')
    }
    throw new Error(`${wanted} is no choice of ${field}`)
  }
}
