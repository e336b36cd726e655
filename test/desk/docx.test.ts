/** A Word file comes in with its structure, says what was left out, and goes out and in again with every word. */
import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { bringFile } from '../../src/desk/bring-file.ts'
import type { Part } from '../../src/desk/content.ts'
import { writeDocx } from '../../src/desk/docx/write.ts'
import { Refusal } from '../../src/lib/errors.ts'
import { plainText, sanitise } from '../../src/lib/html.ts'
import { placedHtml } from '../../src/lib/placed.ts'

const NS =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'
const RELS =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'

/** A Word file as small as one can be: what stands in its body, and further parts. */
const docx = (body: string, more: Record<string, string | Uint8Array> = {}): Uint8Array =>
  zipSync({
    '[Content_Types].xml': strToU8(TYPES),
    '_rels/.rels': strToU8(RELS),
    'word/document.xml': strToU8(`<w:document ${NS}><w:body>${body}</w:body></w:document>`),
    ...Object.fromEntries(Object.entries(more).map(([k, v]) => [k, typeof v === 'string' ? strToU8(v) : v])),
  })
const p = (text: string) => `<w:p>${r(text)}</w:p>`
const r = (text: string, look = '') => `<w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`
const codes = async (bytes: Uint8Array, name = 'a.docx') => {
  const err = await bringFile(name, bytes).catch((e: unknown) => e)
  return err instanceof Refusal ? err.issues.map((i) => i.code) : ['taken']
}

const WORDS = '自十二月一日起，省道二百零四线半幅施工，请过往车辆绕行国道三百三十一线。'
/** 3,000 words (字) and more, of every kind a body may hold. */
function long(): Part {
  const section = (n: number) =>
    [
      `<h2>${n}、第${n}部分</h2><p>${WORDS}<strong>重要${n}</strong>和<em>斜体</em>，<u>下划线</u>，<s>删除线</s>，H<sub>2</sub>O，m<sup>2</sup>。</p>`,
      `<h3>（${n}）小标题</h3><p>见<a href="https://press.example/all/${n}?a=1&amp;b=2" rel="noopener">办事指南${n}</a>，<br />另起一行。</p>`,
      `<ul><li>列点${n}甲<ol><li>其一</li><li>其二</li></ol></li><li>列点${n}乙</li></ul><ol><li>第一步</li><li>第二步</li></ol>`,
      `<table><thead><tr><th>旗县${n}</th><th>户数</th></tr></thead><tbody><tr><td>哈日诺尔旗</td><td>${n}00</td></tr><tr><td colspan="2"><p>合计 &lt;${n}&gt; &amp; 其他</p><p>第二段</p></td></tr></tbody></table>`,
      `<blockquote><p>引用${n}：${WORDS}</p></blockquote>`,
      ...Array.from({ length: 6 }, (_, i) => `<p>${n}.${i} ${WORDS}</p>`),
    ].join('')
  return {
    title: '关于长篇公告的示例',
    summary: '摘要一句。',
    addressees: '各旗人民政府：',
    signature: '青格勒盟行政公署\n2026年11月20日',
    blocks: { facts: '事实第一段。\n第二行。\n\n事实第二段。', advice: '请绕行。' },
    body: sanitise(Array.from({ length: 12 }, (_, i) => section(i + 1)).join('')).html,
  }
}

describe('a Word file', () => {
  test('of 3,000 words goes out and comes back with every word, heading, list, table, link and bold', async () => {
    const part = long()
    expect([...plainText(part.body)].length).toBeGreaterThan(3000)
    const bytes = await writeDocx({
      part,
      language: 'zh-CN',
      foot: '2026-000009 · 第3稿',
      labels: { facts: '事实', advice: '建议' },
    })
    const back = await bringFile('a.docx', bytes)
    expect(back.part.body.split('<h2>')).toEqual(part.body.split('<h2>'))
    expect(back.part).toEqual(part)
    const again = await bringFile(
      'b.docx',
      await writeDocx({ part: back.part, language: 'zh-CN', foot: '', labels: {} }),
    )
    expect(again.part).toEqual(part)
  })

  test('with tracked changes, comments, hidden words and a picture says so, and only what stands is read', async () => {
    const body = [
      `<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>${r('关于道路施工的公告')}</w:p>`,
      `<w:p>${r('自')}<w:del w:id="1" w:author="甲">${'<w:r><w:delText>十一月</w:delText></w:r>'}</w:del><w:ins w:id="2" w:author="甲">${r('十二月')}</w:ins>${r('一日起施工。', '<w:b/>')}${r('内部讨论', '<w:vanish/>')}<w:r><w:commentReference w:id="0"/></w:r></w:p>`,
      '<w:p><w:r><w:drawing/></w:r></w:p>',
      `<w:p>${r('第三句')}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>`,
    ].join('')
    const styles = `<w:styles ${NS}><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style></w:styles>`
    const notes = `<w:footnotes ${NS}><w:footnote w:id="2">${p('依据公路法。')}</w:footnote></w:footnotes>`
    const links =
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    const read = await bringFile(
      'a.docx',
      docx(body, {
        'word/styles.xml': styles,
        'word/footnotes.xml': notes,
        'word/_rels/document.xml.rels': links,
        'word/comments.xml': `<w:comments ${NS}><w:comment w:id="0">${p('这里要改')}</w:comment></w:comments>`,
        'word/header1.xml': `<w:hdr ${NS}>${p('青格勒盟文件')}</w:hdr>`,
      }),
    )
    expect(read.title).toBe('关于道路施工的公告')
    expect(plainText(read.part.body)).toBe('自十二月一日起施工。\n\n第三句[1]\n\n[1] 依据公路法。')
    expect(read.part.body).toContain('<strong>一日起施工。</strong>')
    expect(read.notes.map((n) => [n.code, n.params?.['n'] ?? n.params?.['text']])).toEqual([
      ['docx-insertions', 1],
      ['docx-deletions', 1],
      ['docx-comments', 1],
      ['docx-hidden', 1],
      ['docx-pictures', 1],
      ['docx-footnotes', 1],
      ['docx-header', '青格勒盟文件'],
    ])
  })

  test('with pictures marks where each stood, and draws those of the text where they stand', async () => {
    const drawing = (said: string) =>
      `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="${said}"/><a:blip r:embed="rId9"/></wp:inline></w:drawing></w:r>`
    const spaces = 'xmlns:wp="wp" xmlns:a="a" xmlns:r="r"'
    const body = `${p('关于施工的公告')}<w:p ${spaces}>${r('前')}${drawing('大坝[1]|全景')}${drawing('')}</w:p>${p('后')}<w:tbl><w:tr><w:tc><w:p ${spaces}>${drawing('')}</w:p></w:tc></w:tr></w:tbl>`
    const read = await bringFile('a.docx', docx(body))
    expect(read.part.body).toContain('<p>前</p><p>[图1：大坝 1 全景]</p><p>[图2]</p><p>后</p>')
    expect(read.part.body).toContain('[图3]')
    expect(read.notes.map((n) => [n.code, n.params?.['n']])).toContainEqual(['docx-pictures-marked', 3])
    expect(read.notes.map((n) => n.code)).not.toContain('docx-pictures')
    const many = await bringFile(
      'b.docx',
      docx(p('关于施工的公告') + Array.from({ length: 40 }, () => `<w:p ${spaces}>${drawing('')}</w:p>`).join('')),
    )
    expect(many.part.body.match(/\[图\d+\]/g)).toHaveLength(30)
    expect(many.notes.map((n) => [n.code, n.params?.['n']])).toEqual(
      expect.arrayContaining([
        ['docx-pictures', 10],
        ['docx-pictures-marked', 30],
      ]),
    )

    const sha256 = 'a'.repeat(64)
    const set = `<p>前</p>${placedHtml({ sha256, alt: '大坝', caption: '图1' })}<p>后</p>`
    const drawn = { type: 'png' as const, bytes: new Uint8Array([1, 2, 3]), width: 1120, height: 560 }
    const sheet = { part: { title: '一', blocks: {}, body: set }, language: 'zh-CN' as const, foot: '', labels: {} }
    const files = unzipSync(await writeDocx({ ...sheet, pictures: new Map([[sha256, drawn]]) }))
    const xml = Buffer.from(files['word/document.xml'] as Uint8Array).toString()
    const order = ['前', '<w:drawing>', 'descr="大坝"', '图1', '后'].map((mark) => xml.indexOf(mark))
    expect(order).toEqual([...order].sort((x, y) => x - y))
    expect(order).not.toContain(-1)
    // Half as large, so that it fits between the margins; English Metric Units, 9525 to a pixel.
    expect(xml).toContain(`cx="${560 * 9525}" cy="${280 * 9525}"`)
    expect(Object.entries(files).find(([name]) => name.startsWith('word/media/'))?.[1]).toEqual(drawn.bytes)
    const words = unzipSync(await writeDocx(sheet))
    expect(Buffer.from(words['word/document.xml'] as Uint8Array).toString()).toContain('［图：大坝］')
  })

  test('of an official notice without any style is read by its shape, as a text is', async () => {
    const lines = [
      '示政办字〔2026〕41号',
      '关于做好饲草储备的通知',
      '各旗人民政府：',
      '现就有关事项通知如下。',
      '一、抓紧储备',
      '青格勒盟办公室',
      '2026年11月20日',
    ]
    const read = await bringFile('a.docx', docx(lines.map(p).join('')))
    expect(read).toMatchObject({
      documentNumber: '示政办字〔2026〕41号',
      title: '关于做好饲草储备的通知',
      addressees: '各旗人民政府：',
      formedOn: '2026-11-20',
    })
    const bold = lines.map((line) => (line.startsWith('现就') ? `<w:p>${r(line, '<w:b/>')}</w:p>` : p(line)))
    const styled = await bringFile('a.docx', docx(bold.join('')))
    expect(styled.part).toMatchObject({
      title: '关于做好饲草储备的通知',
      addressees: '各旗人民政府：',
      signature: '青格勒盟办公室\n2026年11月20日',
    })
    expect(styled.part.body).toBe('<p><strong>现就有关事项通知如下。</strong></p><p>一、抓紧储备</p>')
  })

  test('that unpacks to far more than it holds is refused before anybody reads it', async () => {
    const blank = new Uint8Array(40 * 1024 * 1024).fill(32)
    const bomb = zipSync({ '[Content_Types].xml': strToU8(TYPES), 'word/document.xml': blank }, { level: 9 })
    expect(bomb.length).toBeLessThan(100_000)
    const before = process.memoryUsage().rss
    expect(await codes(bomb)).toEqual(['import-docx-too-big'])
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
    const many = zipSync(
      Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`word/media/${i}.png`, new Uint8Array(0)])),
    )
    expect(await codes(many)).toEqual(['import-docx-too-big'])
    const deep = `${'<w:p>'.repeat(400)}${'</w:p>'.repeat(400)}`
    expect(await codes(docx(deep))).toEqual(['import-docx-broken'])
    // Less than a kilobyte, and for minutes nobody else was served.
    const started = performance.now()
    const deeper = `${'<w:p>'.repeat(50_000)}${'</w:p>'.repeat(50_000)}`
    expect(await codes(docx(deeper))).toEqual(['import-docx-broken'])
    expect(await codes(docx(p('正文'), { 'word/header1.xml': `<w:hdr ${NS}>${deeper}</w:hdr>` }))).toEqual([
      'import-docx-broken',
    ])
    expect(await codes(docx('<w:del/>'.repeat(100_000) + p('正文')))).toEqual(['taken'])
    expect(performance.now() - started).toBeLessThan(8000)
    expect(await codes(docx('<a/>'.repeat(700_000)))).toEqual(['import-docx-too-big'])
    const entities = `<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document ${NS}><w:body>${p('&a;')}</w:body></w:document>`
    expect(await codes(docx('', { 'word/document.xml': entities }))).toEqual(['import-docx-broken'])
  })

  test('that is none, is cut off, has macros, or is of the old form is refused with the reason', async () => {
    expect(await codes(zipSync({ 'a.txt': strToU8('x') }))).toEqual(['import-docx-broken'])
    expect(await codes(docx(p('正文')).subarray(0, 300))).toEqual(['import-docx-broken'])
    expect(await codes(docx(p('正文'), { 'word/vbaProject.bin': new Uint8Array(9) }))).toEqual(['import-docx-macros'])
    expect(await codes(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), '旧.doc')).toEqual(['import-doc-old'])
  })

  test('with a mark of secrecy in its header, a comment or hidden words is not taken in', async () => {
    const header = { 'word/header1.xml': `<w:hdr ${NS}>${p('机密★1年')}</w:hdr>` }
    const comment = {
      'word/comments.xml': `<w:comments ${NS}><w:comment w:id="0">${p('秘密★')}</w:comment></w:comments>`,
    }
    expect(await codes(docx(p('正文'), header))).toEqual(['secrecy-mark'])
    expect(await codes(docx(p('正文'), comment))).toEqual(['secrecy-mark'])
    expect(await codes(docx(`<w:p>${r('绝密★10年', '<w:vanish/>')}</w:p>`))).toEqual(['secrecy-mark'])
    expect(await codes(docx(p('正文')))).toEqual(['taken'])
  })
})
