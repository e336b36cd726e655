/** Writing in a real browser: by keyboard alone, from Word, with the network gone, after a crash, two at once, on a phone. */
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { plainText, sanitise } from '../../src/lib/html.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { overflow, violations } from '../support/browser-site.ts'
import { staged } from '../support/desk-browser.ts'
import { deskScene } from '../support/desk-scene.ts'
import { bothThemes } from '../support/every-look.ts'
import { needs } from '../support/needs.ts'
import { policyDraft } from '../support/sample.ts'

const DESK = { width: 1366, height: 768 }
const BODY = 'textarea[name="parts.zh-CN.body"]'
const PAPER = '#f-parts\\.zh-CN\\.body'

describe.skipIf(!needs('chromium'))('writing in a real browser', { timeout: 60_000 }, () => {
  const stage = staged(deskScene)
  const broken: string[] = []
  afterAll(() => expect(broken).toEqual([]))

  /** A page at which nothing may be said on the console; leaving unsaved words is agreed to. */
  async function opened(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage()
    page.on(
      'console',
      (m) => m.type() === 'error' && !/ERR_INTERNET_DISCONNECTED|40[149]/.test(m.text()) && broken.push(m.text()),
    )
    page.on('pageerror', (e) => broken.push(e.message))
    page.on('dialog', (d) => void d.accept())
    await page.goto(stage.scene.origin + path)
    await page.waitForSelector('.w-body')
    return page
  }
  const drafted = async (title: string, body = '<p>第一段。</p>') => {
    const draft = policyDraft({ kind: 'notice', topics: ['farming'], documentNumber: undefined }, body)
    const part = { ...(draft.parts['zh-CN'] as object), title }
    return createRelease(stage.scene.place.ctx, stage.scene.people.own.drafter, { ...draft, parts: { 'zh-CN': part } })
  }
  const kept = (page: Page) =>
    page.waitForFunction(() => document.querySelector('#kept')?.textContent?.includes('加密'))
  /** All that this browser holds of the site, as text. */
  const stored = (page: Page) =>
    page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((done) => {
        const r = indexedDB.open('ortoo-drafts', 1)
        r.onsuccess = () => done(r.result)
      })
      const rows = await new Promise<unknown[]>((done) => {
        const r = db.transaction('kept').objectStore('kept').getAll()
        r.onsuccess = () => done(r.result)
      })
      db.close()
      return { rows, clear: JSON.stringify([rows, { ...localStorage }, { ...sessionStorage }]) }
    })
  const paste = (page: Page, html: string) =>
    page.locator(PAPER).evaluate((paper, text) => {
      const data = new DataTransfer()
      data.setData('text/html', text)
      data.setData('text/plain', 'plain')
      paper.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }, html)

  test('a drafter writes a whole notice by keyboard alone, with headings, a list, a table and a link', async () => {
    const context = await stage.as('league-drafter', { viewport: DESK })
    const page = await opened(context, '/desk/releases/new?kind=notice&lang=zh')
    const focused = () =>
      page.evaluate(
        () =>
          document.activeElement?.getAttribute('name') ??
          document.activeElement?.getAttribute('data-tool') ??
          document.activeElement?.id ??
          '',
      )
    const tabTo = async (name: string) => {
      for (let i = 0; i < 60 && (await focused()) !== name; i++) await page.keyboard.press('Tab')
      expect(await focused()).toBe(name)
    }
    await tabTo('parts.zh-CN.title')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('关于省道施工的公告')
    await tabTo('h2')
    expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).not.toBe('none')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('f-parts.zh-CN.body')
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Control+Alt+2')
    await page.keyboard.type('一、时间')
    await page.keyboard.press('Enter')
    await page.keyboard.type('自')
    await page.keyboard.press('Control+B')
    await page.keyboard.type('12月1日')
    await page.keyboard.press('Control+B')
    await page.keyboard.type('起施工。详见')
    await page.keyboard.press('Control+K')
    await page.keyboard.type('www.gov.example/road')
    await page.keyboard.press('Enter')
    await page.keyboard.type('。')
    await page.keyboard.press('Enter')
    await page.keyboard.type('- 绕行国道331线')
    await page.keyboard.press('Enter')
    await page.keyboard.type('夜间慢行')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Alt+F10')
    for (let i = 0; i < 40 && (await focused()) !== 'table'; i++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    for (const cell of ['路段', '里程', '工期', '甲段']) {
      await page.keyboard.type(cell)
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('.w-body'))).toBeNull()
    for (
      let i = 0;
      i < 90 && (await page.evaluate(() => (document.activeElement as HTMLButtonElement)?.value)) !== 'save';
      i++
    )
      await page.keyboard.press('Tab')
    await Promise.all([page.waitForURL(/edit\?said=saved/), page.keyboard.press('Enter')])
    const body = await page.locator(BODY).inputValue()
    expect(body).toBe(
      '<h2>一、时间</h2><p>自<strong>12月1日</strong>起施工。详见<a href="https://www.gov.example/road" rel="noopener">https://www.gov.example/road</a>。</p><ul><li>绕行国道331线</li><li>夜间慢行</li></ul><table><thead><tr><th>路段</th><th>里程</th><th>工期</th></tr></thead><tbody><tr><td>甲段</td><td></td><td></td></tr><tr><td></td><td></td><td></td></tr></tbody></table>',
    )
    expect((await stored(page)).clear).not.toContain('施工')
    expect(
      await stage.scene.place.ctx.store.db
        .selectFrom('draft_keep')
        .selectAll()
        .where('release_id', 'is', null)
        .execute(),
    ).toEqual([])
    await context.close()
  })

  test('what comes from Word, WPS and the web keeps its structure and loses its dress, hidden words, remarks and deletions', async () => {
    const release = await drafted('关于粘贴的公告', '')
    const context = await stage.as('league-drafter', { viewport: DESK })
    const page = await opened(context, `/desk/releases/${release.number}/edit?lang=zh`)
    const pasted = async (html: string) => {
      await page.locator(PAPER).click()
      await page.keyboard.press('Control+A')
      await page.keyboard.press('Delete')
      await paste(page, html)
      const value = await page.locator(BODY).inputValue()
      expect(sanitise(value)).toEqual({ html: value, dropped: [] })
      return value
    }
    expect(await pasted(WORD)).toBe(
      '<h2>关于做好草原防火的公告</h2><p>各旗县：<strong>自11月20日</strong>起，<a href="https://www.gov.example/a?b=1&amp;c=2" rel="noopener">详见通知</a>。</p><h3>一、要求</h3><ul><li>检查隐患<ul><li>输电线路</li></ul></li><li>加强值守</li></ul><ol><li>上报</li><li>处置</li></ol><p>（一）落实责任。</p><table><tbody><tr><td>旗县</td><td>人数</td></tr><tr><td colspan="2">合计</td></tr></tbody></table><p>H<sub>2</sub>O和<u>重点</u></p>',
    )
    expect(await page.locator('.w-notes').first().textContent()).toMatch(
      /图片 1 张没有粘贴.*隐藏文字 1 处.*已删除的文字 1 处/,
    )
    expect(await pasted(WPS)).toBe('<h2>标题</h2><p>　　正文<strong>加粗</strong>。</p><ol><li>甲</li><li>乙</li></ol>')
    expect(await pasted(WEB)).toBe('<p>第一段</p><p>第二段<em>斜</em></p><blockquote><p>引</p></blockquote>')
    expect(await pasted(SHEET)).toBe(
      '<table><tbody><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></tbody></table>',
    )
    await context.close()
  })

  test('the network goes in mid-sentence and the page crashes: every word is offered again, with what differs', async () => {
    const release = await drafted('关于断网的公告')
    const context = await stage.as('league-drafter', { viewport: DESK })
    const path = `/desk/releases/${release.number}/edit?lang=zh`
    const page = await opened(context, path)
    await page.locator(PAPER).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('断网之前，')
    await kept(page)
    await context.setOffline(true)
    await page.keyboard.type('断网之后的半句')
    await page.click('button[value=save]')
    await page.waitForFunction(() => document.querySelector('#trouble')?.textContent?.includes('网络断开'))
    expect(page.url()).toContain('/edit')
    await page.waitForTimeout(700)
    const { rows, clear } = await stored(page)
    expect(rows).toHaveLength(1)
    for (const word of ['断网', '半句', Buffer.from('断网之前').toString('base64').slice(0, 12)])
      expect(clear).not.toContain(word)
    await page.goto('chrome://crash').catch(() => {})
    await page.close().catch(() => {})
    await context.setOffline(false)

    const after = await opened(context, path)
    const offer = after.locator('.w-offer')
    expect(await offer.locator('h2').textContent()).toMatch(/有 \d\d:\d\d 写下、尚未保存的文字/)
    await offer.locator('ins').first().waitFor()
    expect(await offer.locator('ins').allTextContents()).toEqual([expect.stringContaining('断网之前，断网之后的半句')])
    expect(await after.locator(BODY).inputValue()).toBe('第一段。')
    // Whoever goes on writing before deciding keeps both.
    await after.locator(PAPER).click()
    await after.keyboard.press('Control+End')
    await after.keyboard.type('又写。')
    await after.waitForTimeout(900)
    await after.reload()
    await after.locator('.w-offer ins').nth(1).waitFor()
    expect(await after.locator('.w-offer ins').allTextContents()).toEqual([
      expect.stringContaining('又写'),
      expect.stringContaining('断网之前，断网之后的半句'),
    ])
    await after.getByText('丢弃').first().click()
    await after.waitForFunction(() => document.querySelectorAll('.w-offer').length === 1)
    await Promise.all([after.waitForNavigation(), offer.getByText('恢复这些文字').click()])
    await after.waitForSelector('.w-body')
    expect(await after.locator(PAPER).textContent()).toBe('第一段。断网之前，断网之后的半句')
    expect(await after.locator('.w-offer').count()).toBe(0)
    await Promise.all([after.waitForURL(/said=saved/), after.click('button[value=save]')])
    expect(await after.locator(BODY).inputValue()).toContain('断网之后的半句')
    await after.reload()
    await after.waitForTimeout(400)
    expect(await after.locator('.w-offer').count()).toBe(0)
    await context.close()
  })

  test('a form without a number is kept too, offered on another machine, and gone once it is discarded', async () => {
    const context = await stage.as('league-drafter2', { viewport: DESK })
    const page = await opened(context, '/desk/releases/new?kind=notice&lang=zh')
    await page.fill('[name="parts.zh-CN.title"]', '一份没有编号的公告')
    await kept(page)
    await Promise.all([
      page.waitForResponse((r) => r.request().method() === 'PUT' && r.status() === 204),
      page.evaluate(() => dispatchEvent(new Event('online'))),
    ])
    const elsewhere = await stage.as('league-drafter2', { viewport: DESK })
    const list = await elsewhere.newPage()
    await list.goto(`${stage.scene.origin}/desk/releases/new?lang=zh`)
    expect(await list.locator('#unsaved + ul').textContent()).toContain('公告')
    const other = await opened(elsewhere, '/desk/releases/new?kind=notice&lang=zh')
    await other.locator('.w-offer ins').first().waitFor()
    await Promise.all([other.waitForNavigation(), other.getByText('恢复这些文字').click()])
    await other.waitForSelector('.w-body')
    expect(await other.inputValue('[name="parts.zh-CN.title"]')).toBe('一份没有编号的公告')
    await other.goto(`${stage.scene.origin}/desk/releases/new?kind=notice&lang=zh`)
    await other.locator('.w-offer').waitFor()
    await Promise.all([
      other.waitForResponse((r) => r.request().method() === 'DELETE' && r.url().includes('/desk/keeps/')),
      other.getByText('丢弃').click(),
    ])
    await other.reload()
    await other.waitForTimeout(400)
    expect(await other.locator('.w-offer').count()).toBe(0)
    await elsewhere.close()
    await context.close()
  })

  test('two at once see each other; the second to save sees both texts, and loses none', async () => {
    const release = await drafted('关于两人同写的公告')
    const path = `/desk/releases/${release.number}/edit?lang=zh`
    const [one, two] = await Promise.all(
      ['league-drafter', 'league-drafter2'].map((who) => stage.as(who, { viewport: DESK })),
    )
    const a = await opened(one as BrowserContext, path)
    const b = await opened(two as BrowserContext, path)
    await b.locator('#others p').first().waitFor()
    expect(await b.locator('#others').textContent()).toMatch(/拟稿员甲（示例） 正在编辑（\d\d:\d\d起）/)
    const quiet = await stage.as('league-drafter2', { javaScriptEnabled: false, viewport: DESK })
    const still = await quiet.newPage()
    await still.goto(stage.scene.origin + path)
    expect(await still.locator('#others').textContent()).toContain('拟稿员甲（示例） 正在编辑')
    expect(await still.locator(BODY).isVisible()).toBe(true)
    await a.locator(PAPER).click()
    await a.keyboard.press('Control+End')
    await a.keyboard.type('甲的话。')
    await b.locator(PAPER).click()
    await b.keyboard.press('Control+End')
    await b.keyboard.press('Control+B')
    await b.keyboard.type('乙的话。')
    await Promise.all([a.waitForURL(/said=saved/), a.click('button[value=save]')])
    await b.evaluate(() => dispatchEvent(new Event('online')))
    await b.waitForFunction(() => document.querySelector('#others')?.textContent?.includes('已有第2稿'))
    await Promise.all([b.waitForNavigation(), b.click('button[value=save]')])
    expect(await b.locator('#stale').textContent()).toContain('拟稿员甲（示例）')
    expect(await b.locator('.d-diff del').allTextContents()).toEqual([expect.stringContaining('甲')])
    await b.waitForSelector('.w-body')
    expect(await b.locator(`${PAPER} strong`).textContent()).toBe('乙的话。')
    await b.locator(PAPER).click()
    await b.keyboard.press('Control+Home')
    await b.keyboard.type('甲的话。')
    await Promise.all([b.waitForURL(/said=saved/), b.click('button[value=save]')])
    expect(plainText(await b.locator(BODY).inputValue())).toBe('甲的话。第一段。乙的话。')
    await Promise.all([one?.close(), two?.close(), quiet.close()])
  })

  test('a draft that is sealed while somebody writes leaves their screen, and what their browser keeps is noise', async () => {
    const release = await drafted('关于封存的公告')
    const context = await stage.as('league-drafter', { viewport: DESK })
    const path = `/desk/releases/${release.number}/edit?lang=zh`
    const page = await opened(context, path)
    await page.locator(PAPER).click()
    await page.keyboard.type('疑似内容')
    await kept(page)
    const { rows } = await stored(page)
    expect(rows).toHaveLength(1)
    await quarantine(stage.scene.place.ctx, stage.scene.people.own.reviewer, release.id)
    expect(
      await stage.scene.place.ctx.store.db
        .selectFrom('draft_keep')
        .selectAll()
        .where('release_id', '=', release.id)
        .execute(),
    ).toEqual([])
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.waitForFunction(() => !document.body.textContent?.includes('疑似内容'))
    expect(await page.locator('main').textContent()).toContain('不可用')
    expect((await stored(page)).rows).toEqual([])
    await context.close()
  })

  test.each(['zh', 'en'] as const)(
    'everybody can write, in %s, by day and by night, on a desk and on a small phone',
    async (lang) => {
      const { ctx } = stage.scene.place
      const release = await drafted(`关于多语种的公告${lang}`, '<h2>一、时间</h2><p>自12月1日起。</p>')
      const base = policyDraft(
        { kind: 'notice', topics: ['farming'], documentNumber: undefined },
        '<p>自12月2日起。</p>',
      )
      const others = {
        en: { title: 'Roadworks', blocks: {}, body: '<p>From 1 December.</p>' },
        'mn-Mong-CN': { title: 'ᠮᠣᠩᠭᠣᠯ', blocks: {}, body: '<p>ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ</p>' },
      }
      for (const body of ['<p>自12月1日起。</p>', '<p>自12月2日起。</p>'])
        await saveDraft(
          ctx,
          stage.scene.people.own.drafter,
          release.id,
          { ...base, parts: { 'zh-CN': { ...base.parts['zh-CN'], body }, ...others } } as never,
          null,
        )
      const context = await stage.as('league-drafter', { viewport: DESK })
      const page = await opened(context, `/desk/releases/${release.number}/edit?lang=${lang}`)
      expect(await page.locator('.d-behind').count()).toBe(2)
      const [zh, en] = await Promise.all(
        ['zh-CN', 'en'].map((l) => page.locator(`#f-parts\\.${l}\\.body`).boundingBox()),
      )
      expect(zh && en && zh.x + zh.width < en.x).toBe(true)
      await page.locator(PAPER).click()
      await page.keyboard.type('x')
      await page.waitForTimeout(500)
      await page.reload()
      await page.locator('.w-offer ins').first().waitFor()
      await page.locator('#f-parts\\.en\\.body').click()
      await page.keyboard.press('Control+K')
      const found = await bothThemes(page)
      await page.setViewportSize({ width: 360, height: 640 })
      found.push(...(await violations(page)).map((v) => `phone ${v}`))
      expect(found).toEqual([])
      expect(await overflow(page)).toBe(0)
      const [top, below] = await Promise.all(
        ['zh-CN', 'en'].map((l) => page.locator(`#f-parts\\.${l}\\.body`).boundingBox()),
      )
      expect(top && below && top.y + top.height < below.y).toBe(true)
      expect(await page.locator('#f-parts\\.mn-Mong-CN\\.body').evaluate((e) => getComputedStyle(e).writingMode)).toBe(
        'vertical-lr',
      )
      const words = await page.evaluate(() => document.body.textContent ?? '')
      expect(words.match(/\b(?:tool|kept|paste|link|writing|editor)\.[a-z][\w.-]+/g)).toBeNull()
      await context.close()
    },
  )

  test('how many an outlet would reach is counted again while places and topics are chosen', async () => {
    const release = await drafted('关于人数的公告')
    const context = await stage.as('league-drafter', { viewport: DESK })
    const page = await opened(context, `/desk/releases/${release.number}/edit?lang=zh`)
    const reach = page.locator('[data-reach=email]')
    const before = await reach.textContent()
    await Promise.all([
      page.waitForResponse((r) => r.url().endsWith('/desk/reach') && r.ok()),
      page.selectOption('[name="core.urgency"]', 'critical'),
    ])
    expect(await reach.textContent()).toBe(before)
    await context.close()
  })
})

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm;font-size:16pt} --></style><!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--></head><body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<p class=MsoTitle align=center style='text-align:center'><span lang=ZH-CN style='font-family:方正小标宋'>关于做好草原防火的公告<o:p></o:p></span></p>
<p class=MsoNormal style='text-indent:32.0pt'><span style='font-family:仿宋'>各旗县：</span><b><span>自<del cite="mailto:甲" datetime="2026-11-20T10:00"><span>10</span></del><ins cite="mailto:甲" datetime="2026-11-20T10:00"><span>11</span></ins>月20日</span></b><span>起，</span><a href="https://www.gov.example/a?b=1&amp;c=2"><span>详见通知</span></a><span style='display:none;mso-hide:all'>内部讨论</span>。<a class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[甲1]</a><span class=MsoCommentReference><span lang=EN-US>&nbsp;</span></span></p>
<h2><b><span>一、要求</span></b></h2>
<p class=MsoListParagraph style='margin-left:21.0pt;text-indent:-21.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US style='font-family:Wingdings'><span style='mso-list:Ignore'>l<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]>检查隐患</p>
<p class=MsoListParagraph style='margin-left:42.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>Ø<span>&nbsp; </span></span><![endif]>输电线路</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>l<span>&nbsp; </span></span><![endif]>加强值守</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>上报</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span><![endif]>处置</p>
<p class=MsoListParagraph style='mso-list:l2 level1 lfo3'><![if !supportLists]><span style='mso-list:Ignore'>（一）<span>&nbsp; </span></span><![endif]>落实责任。</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse;mso-yfti-tbllook:1184'><tr style='mso-yfti-irow:0'><td width=277 valign=top style='width:207pt'><p class=MsoNormal><span>旗县<o:p></o:p></span></p></td><td><p class=MsoNormal>人数</p></td></tr><tr><td colspan=2><p class=MsoNormal>合计</p></td></tr></table>
<p class=MsoNormal>H<sub>2</sub>O和<u>重点</u><img width=1 height=1 src="file:///C:/a.png"></p>
<!--EndFragment--><div style='mso-element:comment-list'><p class=MsoCommentText>[甲1]请核实</p></div></body></html>`

const WPS = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name="Generator" content="WPS Office"></head><body><!--StartFragment--><h1><b><span style="mso-spacerun:'yes';font-family:宋体;">标题</span></b></h1><p class="MsoNormal" style="margin:0"><span style="mso-spacerun:'yes';font-family:仿宋;">　　正文</span><b><span style="font-weight:bold">加粗</span></b><span>。</span></p><p class="MsoNormal" style="mso-list:l0 level1 lfo1;"><![if !supportLists]><span style='mso-list:Ignore;'>1.<span>&nbsp;</span></span><![endif]><span>甲</span></p><p class="MsoNormal" style="mso-list:l0 level1 lfo1;"><![if !supportLists]><span style='mso-list:Ignore;'>2.<span>&nbsp;</span></span><![endif]><span>乙</span></p><!--EndFragment--></body></html>`

const WEB = `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><div class="x"><p dir="ltr" style="line-height:1.38"><span style="color:#000">第一段</span></p></div><div onclick="alert(1)">第二段<span style="font-style:italic">斜</span><script>alert(1)</script></div><blockquote>引</blockquote></b>`

const SHEET = `<html><body><!--StartFragment--><col width=72><tr height=18><td class=xl65 style='mso-ignore:style'>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr><!--EndFragment--></body></html>`
