/** That the walk in every language and theme finds what is wrong in one of them alone. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launched } from '../support/desk-browser.ts'
import { everyLook } from '../support/every-look.ts'
import { needs } from '../support/needs.ts'

/** Chinese is in order throughout, but for what one only sees by night; English is not. */
const page = (lang: string, path: string) => `<!doctype html><html lang="${lang === 'en' ? 'en' : 'zh-CN'}">
<title>${lang === 'en' ? 'Sample' : '示例'}</title><style>@media (prefers-color-scheme:dark){
:root{background:#111;color:#eee} .dim{color:#333} .moon{display:block!important}}</style><body><main><h1>${path}</h1>
<p>${lang === 'en' ? 'desk.nobody.said' : '文字'}</p>${
  {
    '/dim': '<p class="dim">夜里看不清的文字</p>',
    '/moon': '<img class="moon" style="display:none" src="data:," width="9" height="9">',
    '/wide': lang === 'en' ? '<p style="width:400px">wide</p>' : '',
    '/folded': '<details><summary>more</summary><input></details>',
  }[path] ?? ''
}</main></body></html>`

describe.skipIf(!needs('chromium'))('a walk in every look', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launched()
  }, 60_000)
  afterAll(() => browser?.close())

  const walked = async (...paths: string[]) => {
    const open = async () => {
      const context = await browser.newContext()
      await context.route('**/*', (r) => {
        const url = new URL(r.request().url())
        const body = page(url.searchParams.get('lang') ?? '', url.pathname)
        return r.fulfill({ contentType: 'text/html; charset=utf-8', body })
      })
      return context
    }
    const screens = paths.map((path) => ({ path }))
    const found = await everyLook({ file: 'hub.test.ts', origin: 'http://look.example', open, screens })
    return found.map((line) => line.slice(0, 60)).toSorted()
  }

  test('finds what is dim by night, what stands there by night alone, what is too wide or unsaid in English, what is folded away', async () => {
    const found = (await walked('/dim', '/moon', '/wide', '/folded')).join('\n')
    for (const lang of ['zh', 'en']) {
      expect(found).toContain(`/dim?lang=${lang} by night color-contrast`)
      expect(found).not.toContain(`/dim?lang=${lang} by day`)
      expect(found).toContain(`/moon?lang=${lang} by night image-alt`)
      expect(found).not.toContain(`/moon?lang=${lang} by day`)
      expect(found).toContain(`/folded?lang=${lang} by day label`)
    }
    expect(found).toContain('/wide?lang=en scrolls sideways')
    expect(found).not.toContain('/wide?lang=zh')
    expect(found).toContain('/wide?lang=en has no words for desk.nobody.said')
  }, 60_000)

  test('says which page of the desk it was to walk and was not given', async () => {
    const found = await walked('/desk/outlets/websub')
    expect(found).toContain('/desk/outlets/webhooks is not among the screens of hub.test.')
    expect(found.join()).not.toContain('/desk/outlets/websub is not')
  }, 60_000)
})
