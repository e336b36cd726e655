/** Pictures in a body: what may stand there, where it comes to stand, and how it is typed without a script. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainText, sanitise } from '../../src/lib/html.ts'
import {
  fromTokens,
  type Offered,
  placedHtml,
  placedIn,
  replacePlaced,
  restOf,
  strayTokens,
  tokenIn,
  tokenOf,
} from '../../src/lib/placed.ts'
import { bodyFrom, typedBody } from '../../src/web/views/fields.ts'

const A = 'a'.repeat(64)
const B = 'b'.repeat(64)
const img = (sha256 = A, alt = '大坝全景') => `<img data-sha256="${sha256}" alt="${alt}" />`
const figure = (sha256 = A, alt = '大坝全景', caption = '') => placedHtml({ sha256, alt, caption })
const files: Offered[] = [
  { sha256: A, name: 'dam.jpg', title: '大坝全景', type: 'image/jpeg' },
  { sha256: B, name: 'list.pdf', title: '名单', type: 'application/pdf' },
]

describe('a picture in a body', () => {
  test.each([
    ['stands as it was set', `<p>前</p>${figure(A, '大坝', '图1 <b>大坝</b>')}<p>后</p>`, undefined],
    ['out of a line of words goes behind it', `<p>前${img()}后</p>`, `<p>前后</p>${figure()}`],
    [
      'out of a list goes behind the list',
      `<ul><li>一${img()}</li><li>二</li></ul><p>三</p>`,
      `<ul><li>一</li><li>二</li></ul>${figure()}<p>三</p>`,
    ],
    ['alone in a list leaves no empty list', `<ul><li>${img()}</li></ul>`, figure()],
    [
      'out of a cell goes behind the table',
      `<table><tbody><tr><td>${img()}</td><td>二</td></tr></tbody></table>`,
      `<table><tbody><tr><td></td><td>二</td></tr></tbody></table>${figure()}`,
    ],
    [
      'in nested figures has one, and no caption is lost',
      `<figure><figure>${img()}<figcaption>内</figcaption></figure><figcaption>外</figcaption></figure>`,
      `<p>外</p>${figure(A, '大坝全景', '内')}`,
    ],
    [
      'two in one figure part, the caption is the second’s',
      `<figure>${img()}${img(B)}<figcaption>二图</figcaption></figure>`,
      figure() + figure(B, '大坝全景', '二图'),
    ],
    [
      'with paragraphs in its caption has words there',
      `<figure>${img()}<figcaption><p>一</p></figcaption></figure>`,
      figure(A, '大坝全景', '一'),
    ],
    ['of another page is not shown', '<p>前</p><img src="https://elsewhere.example/x.png" alt="x" />', '<p>前</p>'],
    ['as data is not shown', '<figure><img src="data:image/png;base64,AAAA" /></figure>', ''],
    ['by half a hash is none', `<img data-sha256="${A.slice(1)}" alt="x" />`, ''],
    [
      'cannot bring an address along',
      `<img src="javascript:x" srcset="x" style="x" onerror="x" data-sha256="${A}" alt="大坝全景" />`,
      figure(),
    ],
  ])('%s', (_, typed, wanted) => {
    const { html } = sanitise(typed)
    expect(html.replaceAll('<figure></figure>', '')).toBe(wanted ?? typed)
    expect(sanitise(html)).toEqual({ html, dropped: [] })
  })

  test('has words for a description, whatever is written there', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (alt) => {
        const quoted = alt.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
        const { html } = sanitise(`<figure><img data-sha256="${A}" alt="${quoted}"></figure>`)
        expect(placedIn(html)).toHaveLength(1)
        expect(html.replace(/alt="[^"]*"/, '')).toBe(`<figure><img data-sha256="${A}"  /></figure>`)
        expect(sanitise(html).html).toBe(html)
      }),
    )
    const { html } = sanitise(`<img data-sha256="${A}" alt="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">`)
    expect(html).not.toContain('<script')
  })

  test('what was dropped is named: the picture where it names no file, else the attribute', () => {
    expect(sanitise('<img src="https://elsewhere.example/x.png">').dropped).toEqual(['img'])
    expect(sanitise(`<img data-sha256="${A}" src="x">`).dropped).toEqual(['img[src]'])
  })

  test('a body without pictures, figures in it too, is the same as ever', () => {
    const html = '<figure><p>一</p><figcaption>二</figcaption></figure><ul><li>三</li></ul>'
    expect(sanitise(html)).toEqual({ html, dropped: [] })
  })

  test('in plain text is its description, in its own language', () => {
    expect(plainText(`<p>前</p>${figure(A, '大坝全景', '图1')}`)).toBe('前\n\n［图：大坝全景］\n图1')
    expect(plainText(figure(A, 'The dam'))).toBe('[Picture: The dam]')
  })

  test('masked keeps its place, its description and its caption', () => {
    const body = `<p>一</p>${figure(A, '甲', '乙')}<p>二</p>${figure(B, '丙')}`
    expect(replacePlaced(body, A, 'c'.repeat(64))).toBe(body.replace(A, 'c'.repeat(64)))
  })

  test('is not shown again below the text', () => {
    expect(restOf(files, figure()).map((f) => f.name)).toEqual(['list.pdf'])
    expect(restOf(files, '<p>无</p>')).toEqual(files)
  })
})

describe('without a script', () => {
  test.each([
    ['[图1]', figure()],
    ['［图１：坝顶］'.replace('１', '1'), figure(A, '坝顶')],
    ['[图1：坝顶｜图1 大坝]', figure(A, '坝顶', '图1 大坝')],
    ['[Picture 1: The dam | Fig. 1]', figure(A, 'The dam', 'Fig. 1')],
  ])('a line %s is a picture', (line, wanted) => {
    expect(bodyFrom(`前\n${line}\n后`, files)).toBe(`<p>前</p>${wanted}<p>后</p>`)
    expect(fromTokens(`<p>${line}</p>`, files)).toBe(wanted)
  })

  test.each(['[图2]', '[图9]', '[图0]', '见[图1]。', '[图]'])('%s names no picture and stays words', (line) => {
    expect(bodyFrom(line, files)).toBe(`<p>${line}</p>`)
  })

  test('a cell that is a token gives its picture to the place behind the table', () => {
    const typed = '<table><tbody><tr><td>一</td><td colspan="2">[图1]</td></tr></tbody></table>'
    const html = '<table><tbody><tr><td>一</td><td colspan="2"></td></tr></tbody></table>'
    expect(sanitise(fromTokens(typed, files)).html).toBe(html + figure())
  })

  test('what was set comes back as the line that sets it, and is the same again', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (alt, caption) => {
        const typed = `<p>前</p><figure>${img(A, alt.replaceAll('&', '&amp;').replaceAll('"', '&quot;'))}<figcaption>${caption.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</figcaption></figure>`
        const { html } = sanitise(typed)
        expect(sanitise(bodyFrom(typedBody(html, files), files)).html).toBe(html)
      }),
    )
    expect(typedBody(`<p>前</p>${figure(A, '坝顶', '图1')}`, files)).toBe('前\n\n[图1：坝顶｜图1]')
    expect(tokenOf({ sha256: 'c'.repeat(64), alt: 'x', caption: '' }, files, '图')).toBeNull()
  })
})

describe('what somebody types to keep the machine busy', () => {
  // A pattern for a whole token took minutes for two hundred blanks, and hours for a thousand: the test would run out.
  test.each([
    ['blanks that end in nothing', `[图1：${'　'.repeat(200_000)}x`],
    ['blanks on both sides of a bar', `[图1：${'　'.repeat(100_000)}｜${'　'.repeat(100_000)}x`],
    ['blanks that end in a bracket', `[图1：${'　'.repeat(200_000)}]x`],
    ['brackets without end', `[图1：${']'.repeat(200_000)}x`],
    ['tokens without end', '[图1：'.repeat(100_000)],
  ])('is read once: %s', (_, line) => {
    expect(tokenIn(line, files)).toBeNull()
    expect(strayTokens(line)).toEqual([])
    const html = `<p>${line.slice(0, 2999)}x</p>`.repeat(50)
    expect(fromTokens(html, files)).toBe(html)
  })

  test('a token with blanks wherever one may stand is still one', () => {
    const wanted = { sha256: A, alt: '大坝', caption: '图注' }
    for (const line of [
      '［图1：大坝｜图注］',
      '  [ 图片 1 ： 大坝 | 图注 ]  ',
      '[picture1:大坝|图注]',
      '[Pictures 01: 大坝｜ 图注]',
    ])
      expect([line, tokenIn(line, files)]).toEqual([line, wanted])
    expect(tokenIn('[图1｜一|二]', files)).toEqual({ sha256: A, alt: '大坝全景', caption: '一|二' })
    for (const line of ['[图1', '图1]', '[图100]', '[图]', '[图1大坝]', '[图1] 后', '[图片集1]', ''])
      expect(tokenIn(line, files)).toBeNull()
  })
})
