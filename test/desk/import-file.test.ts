/** A file someone brings is read by what it holds. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DomUtils, parseDocument } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { importFile } from '../../src/desk/import-file.ts'
import { Refusal } from '../../src/lib/errors.ts'
import { plainText, sanitise } from '../../src/lib/html.ts'
import { ROOT } from '../../src/lib/root.ts'

const bytes = (s: string) => new TextEncoder().encode(s)
const refusal = (data: Uint8Array): string[] => {
  try {
    importFile('x.bin', data)
  } catch (error) {
    if (error instanceof Refusal) return error.issues.map((i) => i.code)
  }
  return []
}

describe('an imported file', () => {
  test('in GB18030 is read, and the drafter is told to check the words', () => {
    // 关于防火的通知, line end, 正文。 as older Chinese programs store it.
    const gb = Uint8Array.from([
      0xb9, 0xd8, 0xd3, 0xda, 0xb7, 0xc0, 0xbb, 0xf0, 0xb5, 0xc4, 0xcd, 0xa8, 0xd6, 0xaa, 0x0a, 0xd5, 0xfd, 0xce, 0xc4,
      0xa1, 0xa3,
    ])
    const r = importFile('a.txt', gb)
    expect(r.title).toBe('关于防火的通知')
    expect(plainText(r.bodyHtml)).toBe('正文。')
    expect(r.notes[0]).toEqual({ field: 'file', code: 'decoded-as', params: { encoding: 'GB18030' } })
  })

  test('in UTF-8, with or without its mark, needs no note about it', () => {
    for (const text of ['关于防火的通知\n正文。', '\uFEFF关于防火的通知\n正文。']) {
      const r = importFile('a.txt', bytes(text))
      expect(r.title).toBe('关于防火的通知')
      expect(r.notes.some((n) => n.code === 'decoded-as')).toBe(false)
    }
  })

  test('in UTF-16 as a text editor saves it is read', () => {
    const utf16 = new Uint8Array(Buffer.from('\uFEFF关于防火的通知\n正文。', 'utf16le'))
    expect(importFile('a.txt', utf16)).toMatchObject({ title: '关于防火的通知' })
  })

  test('that is not text, is empty, or is some other JSON is refused with the reason', () => {
    expect(refusal(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]))).toEqual(['import-not-text'])
    expect(refusal(Uint8Array.from([0xff, 0xff, 0x80]))).toEqual(['import-not-text'])
    expect(refusal(bytes(' \n'))).toEqual(['import-empty'])
    expect(refusal(bytes('{"a": 1}'))).toEqual(['import-json'])
  })

  test('that begins with a bracket but is no JSON is a text', () => {
    expect(plainText(importFile('a.txt', bytes('[示例] 今天有雪。')).bodyHtml)).toBe('[示例] 今天有雪。')
  })

  test('that is a web page keeps its words and says what was left out', () => {
    const r = importFile(
      'a.html',
      bytes(
        '<!doctype html><html><head><title>站点</title></head><body><h1>公告</h1><p onclick="x">正文</p><script>x</script></body></html>',
      ),
    )
    expect(r).toMatchObject({ title: '公告', bodyHtml: '<h2>公告</h2><p>正文</p>', language: 'zh-CN' })
    expect(r.notes[0]).toMatchObject({ code: 'html-dropped', params: { dropped: expect.stringContaining('script') } })
  })
})

const SAMPLE = join(ROOT, '../shared/samples/press-release-en.json')
const absent = !existsSync(SAMPLE) && process.env['REQUIRE_ALL'] !== '1'

describe.skipIf(absent)('a press release of GOV.UK', () => {
  test('is read whole: title, summary, day, and every word of its body', () => {
    const data = readFileSync(SAMPLE)
    const json = JSON.parse(data.toString()) as { details: { body: string } }
    const r = importFile('release.json', data)
    expect(r).toMatchObject({
      title: 'New FRANK adverts mark tenth anniversary',
      formedOn: '2013-01-28',
      language: 'en',
      part: {
        summary:
          'New campaign reminding young people to talk to FRANK for factual and trustworthy drugs advice was launched by the Home Office today.',
      },
      headings: [{ level: 1, text: 'Background' }],
    })
    const words = (html: string) => DomUtils.textContent(parseDocument(html)).replace(/\s+/g, '')
    expect(words(r.bodyHtml)).toBe(words(json.details.body))
    expect(words(r.bodyHtml).length).toBeGreaterThan(2000)
    expect(r.bodyHtml).toContain('<a href="http://www.talktofrank.com" rel="noopener">www.talktofrank.com</a>')
    expect(sanitise(r.bodyHtml)).toEqual({ html: r.bodyHtml, dropped: [] })
  })
})
