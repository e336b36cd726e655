/** Reading an official notice out of plain text: nothing of it is lost. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDate } from '../../src/desk/notice-shape.ts'
import { type Recognised, recognise } from '../../src/desk/recognise.ts'
import { plainText, sanitise } from '../../src/lib/html.ts'
import { ROOT } from '../../src/lib/root.ts'
import { cleanText } from '../../src/lib/text.ts'

const bare = (s: string) => s.replace(/\s/g, '')

/** Every character of the source is in the result once, in order, and each field says what its pieces say. */
function expectNothingLost(source: string, r: Recognised): void {
  expect(bare(r.segments.map((s) => s.text).join(''))).toBe(bare(cleanText(source).text))
  const pieces = (...places: string[]) =>
    bare(
      r.segments
        .filter((s) => places.includes(s.to))
        .map((s) => s.text)
        .join(''),
    )
  expect(bare(plainText(r.bodyHtml))).toBe(pieces('body', 'heading'))
  expect(bare(r.title ?? '')).toBe(pieces('title'))
  expect(bare(r.documentNumber ?? '')).toBe(pieces('documentNumber'))
  expect(bare(r.addressees ?? '')).toBe(pieces('addressees'))
  expect(bare(r.signature ?? '')).toBe(pieces('signature', 'date'))
  expect(sanitise(r.bodyHtml)).toEqual({ html: r.bodyHtml, dropped: [] })
  const written = r.segments.filter((s) => s.to !== 'body' && s.to !== 'heading').map((s) => s.text)
  expect([...bare([...written, plainText(r.bodyHtml)].join(''))].sort()).toEqual(
    [...bare(cleanText(source).text)].sort(),
  )
}

const NOTICE = `青政办发〔2026〕113号
青格勒盟（示例）行政公署办公室关于印发《草原防火工作要点》的通知
各旗县人民政府，行署各部门：
　　经行署同意，现印发给你们。
草原防火工作要点
一、总体要求
（一）加强领导
（二）落实责任。各单位要把责任落到人。
1．值班
（1）每日两班
附件：1.值班电话
青格勒盟（示例）行政公署办公室
二〇二六年十一月二十三日
（此件公开发布）`

describe('an official notice', () => {
  const r = recognise(NOTICE)

  test('a drafter who pastes it finds number, title, addressees, signature and date in their places', () => {
    expect(r).toMatchObject({
      documentNumber: '青政办发〔2026〕113号',
      title: '青格勒盟（示例）行政公署办公室关于印发《草原防火工作要点》的通知',
      addressees: '各旗县人民政府，行署各部门：',
      signature: '青格勒盟（示例）行政公署办公室\n二〇二六年十一月二十三日',
      formedOn: '2026-11-23',
      language: 'zh-CN',
      core: { kind: 'policy', documentNumber: '青政办发〔2026〕113号', formedOn: '2026-11-23' },
      unrecognised: [],
    })
    expectNothingLost(NOTICE, r)
  })

  test('headings of each level are headings, and a run-in one is a paragraph', () => {
    expect(r.headings).toEqual([
      { level: 0, text: '草原防火工作要点' },
      { level: 1, text: '一、总体要求' },
      { level: 2, text: '（一）加强领导' },
      { level: 3, text: '1．值班' },
      { level: 4, text: '（1）每日两班' },
    ])
    expect(r.bodyHtml).toContain(
      '<h2>一、总体要求</h2><h3>（一）加强领导</h3><p>（二）落实责任。各单位要把责任落到人。</p>',
    )
  })

  test('an annex and a note that it is public are pointed out', () => {
    expect(r.notes.map((n) => n.code)).toEqual(['annex-named', 'public-mark'])
  })

  test('the number may stand behind the title, and the addressees on the line of the first paragraph', () => {
    const source =
      '青格勒盟（示例）关于防火的通知  青政办发〔2026〕1号\n各旗县人民政府： 　　现通知如下。\n正文第二段。'
    const found = recognise(source)
    expect(found).toMatchObject({
      title: '青格勒盟（示例）关于防火的通知',
      documentNumber: '青政办发〔2026〕1号',
      addressees: '各旗县人民政府：',
    })
    expect(plainText(found.bodyHtml)).toBe('现通知如下。\n\n正文第二段。')
    expectNothingLost(source, found)
  })

  test('title and number that touch are told apart by the word the title ends in', () => {
    const found = recognise('青格勒盟关于防火的通知青政办发〔2026〕1号\n正文。')
    expect(found).toMatchObject({ title: '青格勒盟关于防火的通知', documentNumber: '青政办发〔2026〕1号' })
  })

  test('a colon in a first sentence does not make it addressees', () => {
    expect(recognise('关于防火的通知\n现将有关事项通知如下：一要重视。').addressees).toBeUndefined()
  })

  test('a date in the text is no signature, and a sentence above the date is not the signing body', () => {
    expect(recognise('关于防火的通知\n会议于2026年11月23日召开。').formedOn).toBeUndefined()
    const found = recognise('关于防火的通知\n正文第一句。\n请遵照执行。\n2026年11月23日')
    expect(found).toMatchObject({ formedOn: '2026-11-23', signature: '2026年11月23日' })
  })

  test('a second document number stays in the text', () => {
    const source = '青政办发〔2026〕1号\n关于防火的通知\n青政办发〔2026〕2号\n正文。'
    const found = recognise(source)
    expect(found.documentNumber).toBe('青政办发〔2026〕1号')
    expectNothingLost(source, found)
  })

  test.each([
    ['2026年11月23日', '2026-11-23'],
    ['二○二六年一月二日', '2026-01-02'],
    ['２０２６年１月２日', '2026-01-02'],
    ['2026 年 2 月 30 日', undefined],
    ['2026年11月', undefined],
  ])('date %s', (line, expected) => expect(readDate(line)).toBe(expected))
})

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...[
      '关于',
      '通知',
      '的通知',
      '内政办发〔2026〕1号',
      '〔2026〕3号',
      '各旗县人民政府：',
      '一、',
      '（一）',
      '1.',
      '（1）',
      '附件：',
      '\n',
      '\n',
      '\n',
      '　　',
      ' ',
    ],
    ...[
      '2026年11月23日',
      '二〇二六年十一月二十三日',
      '青格勒盟（示例）',
      '正文。',
      '<b>',
      '&amp;',
      '&',
      '<script>',
      '《要点》',
      '要点',
      ':',
      '"',
    ],
  )
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 30 }).map((p) => p.join('')),
    fc
      .array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 10 })), { maxLength: 20 })
      .map((p) => p.join('')),
    fc
      .string({ unit: 'binary' })
      .filter((s) => !/[\uD800-\uDFFF]/.test(s.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, ''))),
  )

  test('nothing of it is lost or altered, whatever it is', () => {
    fc.assert(
      fc.property(texts, (source) => expectNothingLost(source, recognise(source))),
      { numRuns: 1500 },
    )
  })

  test('one without any shape is all body, and the notes say what was not found', () => {
    const r = recognise('今天天气晴。\n明天有雪。')
    expect(plainText(r.bodyHtml)).toBe('今天天气晴。\n\n明天有雪。')
    expect(r.notes.map((n) => n.code)).toEqual([
      'title-not-found',
      'document-number-not-found',
      'addressees-not-found',
      'signature-not-found',
      'date-not-found',
    ])
  })

  test('the language is that of most letters', () => {
    expect(recognise('ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ').language).toBe('mn-Mong-CN')
    expect(recognise('Notice of works').language).toBe('en')
    expect(recognise('公告 notice 施工').language).toBe('zh-CN')
  })
})

const SAMPLE = join(ROOT, '../shared/samples/policy-2009-1.txt')
const absent = !existsSync(SAMPLE) && process.env['REQUIRE_ALL'] !== '1'

describe.skipIf(absent)('the policy notice of 2009', () => {
  const source = existsSync(SAMPLE) ? readFileSync(SAMPLE, 'utf8') : ''

  test('is read as it was issued, and not a character is lost', () => {
    const r = recognise(source)
    expect(r).toMatchObject({
      documentNumber: '内政公办字〔2009〕1号',
      title: '内蒙古自治区政务公开领导小组办公室关于印发《2009年全区政务公开工作要点》的通知',
      addressees:
        '各盟市政务公开领导小组，自治区各委、办、厅、局政务公开领导小组，各大企业、事业单位办事公开领导小组：',
      unrecognised: ['内蒙古2009年全区政务公开工作要点'],
      core: { kind: 'policy' },
    })
    expect(r.headings.map((h) => [h.level, h.text.slice(0, 6)])).toEqual([
      [0, '2009年全'],
      [1, '一、围绕“保'],
      [1, '二、重点抓好'],
      [1, '三、推动《政'],
      [1, '四、深入推进'],
      [1, '五、加强政务'],
    ])
    expect(bare(source).length).toBeGreaterThan(2500)
    expectNothingLost(source, r)
  })
})
