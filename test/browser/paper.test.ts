/** What comes out of the printer, measured in the PDF itself: GB/T 9704-2012, marks on every sheet, posters of one sheet whose code leads home. */
import jsQR from 'jsqr'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Language, Part } from '../../src/publication/edition.ts'
import { type MemorySite, ORIGIN, visiting } from '../support/browser-site.ts'
import { publishAll, sampleConfig } from '../support/demo-site.ts'
import { type EditionOverrides, flashEdition, MONGOLIAN, policyEdition, samplePart } from '../support/editions.ts'
import { needs, where } from '../support/needs.ts'
import { linesOf, readPdf } from '../support/pdf.ts'

const mm = (n: number) => (n * 72) / 25.4
const HAN = '为保障牧区牲畜安全过冬度春现就有关事项通知如下请各旗县认真组织实施'
const han = (n: number) => HAN.repeat(Math.ceil(n / HAN.length)).slice(0, n)
const REAL = sampleConfig({ mark: '' })

const official = (body: string, over: Partial<Part> = {}, rest: Pick<EditionOverrides, 'mode' | 'sequence'> = {}) =>
  policyEdition({
    sequence: 1,
    ...rest,
    parts: {
      'zh-CN': samplePart({
        title: '青格勒盟行政公署办公室关于做好牧区饲草储备工作的通知',
        addressees: '各旗县人民政府：',
        signature: '青格勒盟行政公署办公室',
        body,
        ...over,
      }),
    },
  })

describe.skipIf(!needs('chromium'))('on paper', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: where('chromium')!, args: ['--no-sandbox'] })
  }, 60_000)
  afterAll(() => browser?.close())

  async function printed(site: MemorySite, path: string) {
    const context = await visiting(browser, site)
    const page = await context.newPage()
    await page.goto(ORIGIN + path)
    const pages = readPdf(await page.pdf({ preferCSSPageSize: true }))
    await context.close()
    return pages
  }

  test('a clerk prints a policy and holds an official document: A4, 22 lines of 28 characters, every measure in its place', async () => {
    const body = `<h2>一、总体要求</h2><p>${han(28 * 50)}</p><h3>（一）办理办法</h3><p>${han(60)}</p>`
    const pages = await printed(await publishAll([official(body)], REAL), '/releases/2026-000001/')
    for (const page of pages) {
      expect([page.width, page.height].map(Math.round)).toEqual([595, 842])
      for (const t of page.texts.filter((x) => x.size > 15)) {
        expect(t.x).toBeGreaterThanOrEqual(mm(28) - 0.5)
        expect(t.x + t.size).toBeLessThanOrEqual(mm(210 - 26) + 1)
        expect(t.y - t.size * 0.88).toBeGreaterThanOrEqual(mm(37) - 1)
        expect(t.y).toBeLessThanOrEqual(mm(297 - 35))
      }
    }
    const full = linesOf(pages[1]!).filter((l) => Math.abs(l.letters[0]!.size - 16) < 0.1)
    expect(full).toHaveLength(22)
    expect(full.map((l) => l.letters.length)).toEqual(Array(22).fill(28))
    const pitch = full.slice(1).map((l, i) => l.y - full[i]!.y)
    for (const step of pitch) expect(Math.abs(step - 28)).toBeLessThanOrEqual(1)
    expect(full[21]!.letters[27]!.x - full[21]!.letters[0]!.x).toBeCloseTo(mm(156) * (27 / 28), 0)

    const first = linesOf(pages[0]!)
    const title = first.filter((l) => Math.abs(l.letters[0]!.size - 22) < 0.1)
    expect(title.map((l) => l.text).join('')).toBe('青格勒盟行政公署办公室关于做好牧区饲草储备工作的通知')
    for (const line of title) {
      const [left, right] = [line.letters[0]!.x, line.letters.at(-1)!.x + 22]
      expect((left + right) / 2).toBeCloseTo(mm(28 + 78), 0)
    }
    const office = first.find((l) => l.text === '青格勒盟行政公署办公室' && l.letters[0]!.size > 25)!
    // 35 mm below the top of the text block, give or take the face's own air above a character.
    expect(office.y - office.letters[0]!.size * 0.88 - mm(37 + 35)).toBeCloseTo(0, -1)
    expect(first.some((l) => l.text === '青政办发〔2026〕41号')).toBe(true)
    expect(first.find((l) => l.text.startsWith('各旗县'))!.letters[0]!.x).toBeCloseTo(mm(28), 0)
    const heading = first.find((l) => l.text === '一、总体要求')!
    expect(heading.letters[0]!.x).toBeCloseTo(mm(28 + 2 * (156 / 28)), 0)
  })

  test('signature, date, note and imprint end the document, the imprint on the last line of the last sheet', async () => {
    const pages = await printed(await publishAll([official(`<p>${han(900)}</p>`)], REAL), '/releases/2026-000001/')
    const last = linesOf(pages.at(-1)!)
    const date = last.find((l) => l.text === '2026年11月20日')!
    const name = last.find((l) => l.text === '青格勒盟行政公署办公室' && l.letters[0]!.size === date.letters[0]!.size)!
    expect(date.letters.at(-1)!.x + 16).toBeCloseTo(mm(184 - (4 * 156) / 28), -1)
    const middle = (l: typeof date) => (l.letters[0]!.x + l.letters.at(-1)!.x + 16) / 2
    expect(Math.abs(middle(name) - middle(date))).toBeLessThan(4)
    expect(date.y - name.y).toBeCloseTo(28, -1)
    expect(last.some((l) => l.text === '附件：补助标准表（示例）')).toBe(true)
    expect(last.some((l) => l.text === '（此件公开发布）')).toBe(true)
    expect(last.some((l) => l.text.includes('以网站最新版为准'))).toBe(true)
    const issued = last.find((l) => l.text.includes('日发布'))!
    expect(mm(297 - 35) - issued.y).toBeLessThan(14)
    expect(pages.flatMap((p) => p.texts.map((t) => t.text)).join('')).not.toContain('订阅')
  })

  test('page numbers stand 7 mm below the text on the outer side: odd right, even left', async () => {
    const pages = await printed(await publishAll([official(`<p>${han(2000)}</p>`)], REAL), '/releases/2026-000001/')
    expect(pages.length).toBeGreaterThan(2)
    pages.forEach((page, i) => {
      const number = linesOf(page).find((l) => l.text === `— ${i + 1} —`)!
      expect(number.letters[0]!.size).toBeCloseTo(14, 1)
      expect(number.y - 14).toBeGreaterThan(mm(297 - 35 + 6))
      if (i % 2 === 0) expect(number.letters[0]!.x).toBeGreaterThan(mm(150))
      else expect(number.letters[0]!.x).toBeLessThan(mm(40))
    })
  })

  test('no sheet of an exercise or a sample can be taken for the real thing, and no sheet of the real thing has a mark', async () => {
    const drill = official(`<p>${han(1500)}</p>`, {}, { mode: 'exercise', sequence: 2 })
    const site = await publishAll([drill], REAL)
    await publishAll([official(`<p>${han(1500)}</p>`, {}, { sequence: 3 })], sampleConfig(), site)
    await publishAll([official(`<p>${han(1500)}</p>`, {}, { sequence: 4 })], REAL, site)
    const marks = async (path: string) =>
      (await printed(site, path)).map((p) =>
        p.texts
          .filter((t) => t.size > 50)
          .map((t) => t.text)
          .join(''),
      )
    for (const mark of await marks('/exercise/releases/2026-000002/'))
      expect([...mark].sort().join('')).toContain('演练')
    for (const mark of await marks('/releases/2026-000003/')) expect([...mark].sort().join('')).toBe('例示')
    for (const mark of await marks('/releases/2026-000004/')) expect(mark).toBe('')
  })

  test('Mongolian runs on in columns from sheet to sheet, and none of it is lost', async () => {
    const parts = flashEdition().content!.parts
    const words = 600
    const long = { ...parts['mn-Mong-CN']!, body: `<p>${Array(words).fill(MONGOLIAN).join(' ')}</p>` }
    const edition = flashEdition({ sequence: 1, parts: { ...parts, 'mn-Mong-CN': long } })
    const pages = await printed(await publishAll([edition], REAL), '/releases/2026-000001/mn/')
    expect(pages.length).toBeGreaterThan(2)
    for (const page of pages)
      for (const t of page.texts) {
        expect(t.x).toBeGreaterThan(0)
        expect(t.x).toBeLessThan(page.width)
        expect(t.y).toBeLessThan(page.height)
      }
    expect(pages.map((p) => linesOf(p).length > 0)).not.toContain(false)
  })

  describe('a poster', () => {
    const lengths = [1, 12, 40, 120, 400, 1500]
    const texts: Record<Language, (n: number) => string> = {
      'zh-CN': han,
      en: (n) =>
        'Stay away from the fire and leave the roads free for rescuers. '
          .repeat(n)
          .slice(0, n * 2)
          .trim() || 'a',
      'mn-Mong-CN': (n) =>
        Array(Math.ceil(n / 8))
          .fill(MONGOLIAN)
          .join(' '),
    }
    const posters = lengths.flatMap((n) =>
      (['zh-CN', 'en', 'mn-Mong-CN'] as const).map((language) => ({ n, language, lines: n > 100 ? 6 : 2 })),
    )

    test('is exactly one sheet whatever there is to say, with nothing cut off at an edge', async () => {
      const editions = posters.map(({ n, language, lines }, i) => {
        const text = texts[language](n)
        const advice = Array(lines).fill(text).join('\n')
        const part: Part = {
          title: text.slice(0, 90),
          summary: text,
          blocks: { advice, facts: text },
          body: `<p>${text}</p>`,
        }
        return flashEdition({ sequence: i + 1, parts: { [language]: part } })
      })
      const site = await publishAll(editions, REAL)
      const context = await visiting(browser, site)
      const page = await context.newPage()
      const wrong: string[] = []
      for (const [i, { n, language }] of posters.entries()) {
        await page.goto(`${ORIGIN}${editions[i]!.address}poster/`)
        const over = await page.evaluate(() => {
          const box = document.querySelector('.poster-words')!
          const sheet = document.querySelector('.sheet')!
          return [
            box.scrollHeight - box.clientHeight,
            box.scrollWidth - box.clientWidth,
            sheet.scrollHeight - sheet.clientHeight,
          ]
        })
        if (Math.max(...over) > 2) wrong.push(`${language} of ${n}: ${over}`)
        if (i % 5 === 0) {
          const pages = readPdf(await page.pdf({ preferCSSPageSize: true })).length
          if (pages !== 1) wrong.push(`${language} of ${n}: ${pages} sheets`)
        }
      }
      await context.close()
      expect(wrong).toEqual([])
    }, 60_000)

    test.each(['zh-CN', 'en', 'mn-Mong-CN'] as const)(
      'leads a telephone to the release in its language: %s',
      async (language) => {
        const edition = flashEdition({ sequence: 1 })
        const folder = { 'zh-CN': '', en: 'en/', 'mn-Mong-CN': 'mn/' }[language]
        const context = await visiting(browser, await publishAll([edition], sampleConfig()))
        const page = await context.newPage()
        await page.goto(`${ORIGIN}${edition.address}${folder}poster/`)
        const shot = (await page.locator('.poster footer').screenshot()).toString('base64')
        const blank = await browser.newPage()
        const { data, width, height } = await blank.evaluate(async (png) => {
          const image = new Image()
          image.src = `data:image/png;base64,${png}`
          await image.decode()
          const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
          const drawn = canvas.getContext('2d')!
          drawn.drawImage(image, 0, 0)
          const pixels = drawn.getImageData(0, 0, image.width, image.height)
          return { data: [...pixels.data], width: image.width, height: image.height }
        }, shot)
        expect(jsQR(Uint8ClampedArray.from(data), width, height)?.data).toBe(`${ORIGIN}${edition.address}${folder}`)
        await blank.close()
        await context.close()
      },
    )

    test('says what to do before it says what happened, whom to call, and what to check it by', async () => {
      const edition = flashEdition({ sequence: 1 })
      const [sheet] = await printed(await publishAll([edition], REAL), `${edition.address}poster/`)
      const text = linesOf(sheet!)
        .map((l) => l.text)
        .join('\n')
      const order = ['下风向10公里', '哈日诺尔旗草原火灾', '0000-12345', '2026-11-23 14:10', edition.releaseNumber]
      const places = order.map((o) => text.indexOf(o))
      expect(places).not.toContain(-1)
      expect(places).toEqual(places.toSorted((a, b) => a - b))
    })
  })
})
