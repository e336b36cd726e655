/** What may stand in a body: nothing that runs, nothing that leads elsewhere than it says. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { DomUtils, parseDocument } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { plainText, sanitise, textToHtml } from '../../src/lib/html.ts'
import { ROOT } from '../../src/lib/root.ts'

const TAGS = new Set(
  'p h2 h3 h4 ul ol li blockquote strong em b i u s sub sup br hr a table thead tbody tr th td figure figcaption'.split(
    ' ',
  ),
)
const ATTRIBUTES: Record<string, string[]> = {
  a: ['href', 'rel'],
  td: ['colspan', 'rowspan', 'scope'],
  th: ['colspan', 'rowspan', 'scope'],
}

/** Everything in the HTML that a body may not hold, found by a parser and not by the sanitiser. */
function strangers(html: string): string[] {
  const document = parseDocument(html, { recognizeCDATA: true })
  const others = DomUtils.filter((node) => node.type !== 'tag' && node.type !== 'text', document.children).map(
    (n) => n.type,
  )
  const elements = DomUtils.getElementsByTagName('*', document)
  return [
    ...others,
    ...elements.flatMap((el) => {
      const bad = Object.entries(el.attribs)
        .filter(
          ([name, value]) =>
            !(ATTRIBUTES[el.name] ?? []).includes(name) ||
            (name === 'href' && !/^(https?:\/\/[^@\\\s]+|mailto:|tel:)/.test(value)),
        )
        .map(([name, value]) => `${el.name}[${name}=${value}]`)
      return [...(TAGS.has(el.name) ? [] : [el.name]), ...bad]
    }),
  ]
}

const payloads = readFileSync(join(ROOT, 'test/fixtures/xss.txt'), 'utf8').split('\n').filter(Boolean)

/** Pieces of HTML, right and wrong, put together in any order. */
const soup = fc
  .array(
    fc.oneof(
      fc.constantFrom(...payloads),
      fc.constantFrom(
        '<p>',
        '</p>',
        '<div>',
        '</div>',
        '<b>',
        '</b>',
        '<ul>',
        '<li>',
        '</ul>',
        '<table>',
        '<tr>',
        '<td colspan=2>',
        '</table>',
        '<a href="https://a.example/?a=1&b=2">',
        '<a href=x>',
        '</a>',
        '<blockquote>',
        '<h1>',
        '<h2>',
        '</h2>',
        '<br>',
        '<hr>',
        '<pre>',
        '&amp;',
        '&lt;',
        '&nbsp;',
        '<',
        '>',
        '"',
        '火灾',
        '\n',
        '　',
      ),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 24 },
  )
  .map((pieces) => pieces.join(''))

describe('HTML of a body', () => {
  test('the list of published attacks is not empty', () => {
    expect(payloads.length).toBeGreaterThan(100)
  })

  test.each(payloads)('nothing of %s survives that could run or mislead', (payload) => {
    expect(strangers(sanitise(payload).html)).toEqual([])
    expect(strangers(sanitise(`<p>before ${payload} after</p>`).html)).toEqual([])
  })

  test('the proof itself finds what it looks for', () => {
    expect(strangers('<p onclick="x">a</p><script>b</script><a href="javascript:c">d</a><!--e-->')).toEqual(
      expect.arrayContaining(['comment', 'script', 'p[onclick=x]', 'a[href=javascript:c]']),
    )
  })

  test('sanitising again changes nothing, whatever was sent', () => {
    fc.assert(
      fc.property(soup, (html) => {
        const once = sanitise(html).html
        expect(sanitise(once)).toEqual({ html: once, dropped: [] })
        expect(strangers(once)).toEqual([])
      }),
      { numRuns: 600 },
    )
  })

  test('what an editor wrote with permitted tags stays byte for byte', () => {
    const html =
      '<h2>一、标题</h2><p>正文 <strong>重要</strong><br />下一行</p><ul><li>一</li></ul><table><thead><tr><th scope="col">列</th></tr></thead><tbody><tr><td colspan="2">格</td></tr></tbody></table><figure><figcaption>图</figcaption></figure><hr />'
    expect(sanitise(html)).toEqual({ html, dropped: [] })
  })

  test('an editor is told what was left out', () => {
    expect(
      sanitise(
        '<p style="x" class="y">a<script>b</script></p><a href="/here">c</a><img src="x"><!-- d -->',
      ).dropped.sort(),
    ).toEqual(['<!-- -->', 'a[href=/here]', 'img', 'p[class]', 'p[style]', 'script'].sort())
  })

  test('wrappers of a word processor become paragraphs, so that words do not run together', () => {
    expect(sanitise('<div><div>一</div><div>二<p>三</p>四</div></div>').html).toBe(
      '<p>一</p><p>二</p><p>三</p><p>四</p>',
    )
    expect(sanitise('<h1>题</h1><h5>小</h5>').html).toBe('<h2>题</h2><h4>小</h4>')
  })

  test('a link keeps its address and is told not to hand over the window; a link to nowhere keeps its words', () => {
    expect(sanitise('<a href="https://a.example/x?a=1&amp;b=2">去</a>').html).toBe(
      '<a href="https://a.example/x?a=1&amp;b=2" rel="noopener">去</a>',
    )
    expect(sanitise('<a href="here.html">去</a>').html).toBe('去')
  })

  test('tags nested a thousand deep neither break the reader nor lose a word', () => {
    const { html } = sanitise(`${'<b>'.repeat(1000)}火灾${'</b>'.repeat(1000)}`)
    expect(plainText(html)).toBe('火灾')
    expect(sanitise(html).html).toBe(html)
  })

  test('a body of 20,000 characters is sanitised well within a request', () => {
    const body = textToHtml(Array.from({ length: 200 }, () => '草原火灾'.repeat(25)).join('\n\n'))
    const start = performance.now()
    sanitise(body)
    expect(performance.now() - start).toBeLessThan(500)
  })
})

describe('a body as plain text', () => {
  test('paragraphs are parted, list items marked, cells tabbed, addresses shown', () => {
    const html =
      '<h2>题</h2><p>一<br />二</p><ul><li>甲</li><li><p>乙</p><ul><li>丙</li></ul></li></ul><ol><li>先</li><li>后</li></ol><table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table><p><a href="https://a.example/">详情</a> <a href="https://a.example/">a.example</a> <a href="tel:12345">12345</a></p>'
    expect(plainText(html)).toBe(
      '题\n\n一\n二\n\n• 甲\n• 乙\n  • 丙\n\n1. 先\n2. 后\n\na\tb\nc\n\n详情 (https://a.example/) a.example 12345',
    )
  })

  test('spaces collapse as a browser shows them; ideographic spaces are text', () => {
    expect(plainText('<p>\n  a \n b　　c\n</p>')).toBe('a b　　c')
  })

  test('text becomes paragraphs and comes back the same', () => {
    const line = fc.stringMatching(/^[\p{L}\p{N}<>&"']{1,12}$/u)
    const paragraph = fc.array(line, { minLength: 1, maxLength: 3 }).map((l) => l.join('\n'))
    fc.assert(
      fc.property(fc.array(paragraph, { maxLength: 5 }), (paragraphs) => {
        const text = paragraphs.join('\n\n')
        const html = textToHtml(text)
        expect(plainText(html)).toBe(text)
        expect(sanitise(html)).toEqual({ html, dropped: [] })
      }),
    )
  })
})
