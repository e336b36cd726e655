/** What the editor can make is what the site lets through, no more: held for documents drawn at random. */
import { getSchema } from '@tiptap/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sanitise } from '../../src/lib/html.ts'
import { typedHref } from '../../src/web/client/writing/link.ts'
import { bodyExtensions } from '../../src/web/client/writing/schema.ts'
import { type DocNode, toHtml } from '../../src/web/client/writing/to-html.ts'

const schema = getSchema(bodyExtensions())
const TAGS = [
  'p',
  'h2',
  'h3',
  'h4',
  'ul',
  'ol',
  'li',
  'blockquote',
  'br',
  'hr',
  'a',
  'strong',
  'em',
  'u',
  's',
  'sub',
  'sup',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'figure',
  'figcaption',
  'img',
]

const words = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    '自12月1日起',
    ' ',
    '　　空两格',
    '<script>alert(1)</script>',
    '&amp;',
    '"引号"',
    "it's",
    'ᠮᠣᠩᠭᠣᠯ',
    'a\u00a0b',
    '<p>',
    '>',
    '𠮷',
  ),
)
const marks = fc
  .subarray(['bold', 'italic', 'underline', 'strike', 'superscript', 'link'], { maxLength: 3 })
  .map((names) =>
    names.map((type) => (type === 'link' ? { type, attrs: { href: 'https://a.example/x?a=1&b=%22c%22' } } : { type })),
  )
const inline = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ type: fc.constant('text'), text: words, marks }) },
    { weight: 1, arbitrary: fc.constant({ type: 'hardBreak' }) },
  ),
  { maxLength: 5 },
)
const node = (type: string, content: fc.Arbitrary<unknown[]>, attrs: fc.Arbitrary<object> = fc.constant({})) =>
  fc.record({ type: fc.constant(type), attrs, content })
const { block } = fc.letrec<{ block: unknown; item: unknown; row: unknown }>((tie) => {
  const some = (what: fc.Arbitrary<unknown>, max = 3) => fc.array(what, { minLength: 1, maxLength: max })
  const paragraph = node('paragraph', inline)
  const item = node(
    'listItem',
    fc.tuple(paragraph, fc.array(tie('block'), { maxLength: 2 })).map(([p, rest]) => [p, ...rest]),
  )
  const cell = (type: string) =>
    node(
      type,
      some(tie('block'), 2),
      fc.record({
        colspan: fc.integer({ min: 1, max: 3 }),
        rowspan: fc.constant(1),
        scope: fc.constantFrom(null, 'row', 'col'),
      }),
    )
  return {
    item,
    row: node('tableRow', some(fc.oneof(cell('tableCell'), cell('tableHeader')))),
    block: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      paragraph,
      node('heading', inline, fc.record({ level: fc.constantFrom(2, 3, 4) })),
      fc.constant({ type: 'horizontalRule' }),
      node('bulletList', some(tie('item'))),
      node('orderedList', some(tie('item'))),
      node('blockquote', some(tie('block'))),
      node('table', some(tie('row'))),
      node(
        'figure',
        fc.tuple(paragraph, node('figcaption', inline)).map((x) => [...x]),
      ),
    ),
  }
})
const picture = node(
  'picture',
  inline,
  fc.record({
    sha256: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
    alt: fc.oneof(words, fc.string({ maxLength: 20 })),
  }),
)
const document = node(
  'doc',
  fc.array(fc.oneof({ weight: 5, arbitrary: block }, { weight: 1, arbitrary: picture }), {
    minLength: 1,
    maxLength: 4,
  }),
)

test('whatever is written in the editor passes the sanitiser byte for byte', () => {
  fc.assert(
    fc.property(document, (drawn) => {
      const doc = schema.nodeFromJSON(drawn)
      doc.check()
      const html = toHtml(doc.toJSON() as DocNode)
      expect(sanitise(html)).toEqual({ html, dropped: [] })
    }),
    { numRuns: 600 },
  )
})

test('no word is lost between the editor and what is posted', () => {
  fc.assert(
    fc.property(document, (drawn) => {
      const doc = schema.nodeFromJSON(drawn)
      const letters = (s: string) => s.replace(/\s/gu, '')
      const html = toHtml(doc.toJSON() as DocNode)
      const read = html
        .replace(/<[^>]*>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&')
      expect(letters(read)).toBe(letters(doc.textContent))
    }),
    { numRuns: 200 },
  )
})

test('every tag the sanitiser keeps can be written, and the schema knows no other', () => {
  const names = [...Object.keys(schema.nodes), ...Object.keys(schema.marks)].sort()
  expect(names).toEqual(
    [
      'doc',
      'text',
      'paragraph',
      'heading',
      'bulletList',
      'orderedList',
      'listItem',
      'blockquote',
      'hardBreak',
      'horizontalRule',
      'table',
      'tableRow',
      'tableCell',
      'tableHeader',
      'figure',
      'figcaption',
      'picture',
      'bold',
      'italic',
      'underline',
      'strike',
      'subscript',
      'superscript',
      'link',
    ].sort(),
  )
  for (const tag of TAGS) if (tag !== 'img') expect([tag, sanitise(`<${tag}>x</${tag}>`).dropped]).toEqual([tag, []])
  expect(sanitise(`<img data-sha256="${'a'.repeat(64)}" alt="x">`).dropped).toEqual([])
  for (const tag of ['img', 'code', 'span', 'del', 'mark']) expect(sanitise(`<${tag}>`).dropped).toEqual([tag])
})

test('an address is taken as people type it, and none that a reader could not be sent to', () => {
  expect(typedHref('www.gov.cn/zhengce')).toBe('https://www.gov.cn/zhengce')
  expect(typedHref(' desk@ortoo.example ')).toBe('mailto:desk@ortoo.example')
  expect(typedHref('0471-123 4567')).toBe('tel:04711234567')
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', '/desk', 'https://a:b@c.example', '只是文字', ''])
    expect([bad, typedHref(bad)]).toEqual([bad, undefined])
})
