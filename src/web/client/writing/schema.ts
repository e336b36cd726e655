/** What a body may hold, as the editor knows it: the sanitiser's list (lib/html.ts) and nothing more. A test holds the two together. */
import { type Extensions, Mark, Node, wrappingInputRule } from '@tiptap/core'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import StarterKit from '@tiptap/starter-kit'
import { goodHref } from '../../../lib/good-href.ts'
import { pictureAt } from './attached.ts'

/** Levels of headings in a body; the title of the page is the first. */
export const LEVELS = [2, 3, 4] as const

/** Numbers always begin at 1: the sanitiser keeps no other beginning. */
const OrderedList = Node.create({
  name: 'orderedList',
  group: 'block list',
  content: 'listItem+',
  parseHTML: () => [{ tag: 'ol' }],
  renderHTML: () => ['ol', 0],
  addInputRules() {
    return [wrappingInputRule({ find: /^1[.、．]\s$/, type: this.type })]
  },
  addKeyboardShortcuts() {
    return { 'Mod-Shift-7': () => this.editor.commands.toggleList('orderedList', 'listItem') }
  },
})

const Link = Mark.create({
  name: 'link',
  inclusive: false,
  excludes: 'link',
  addAttributes: () => ({ href: { default: '' } }),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: (a) => {
        const href = goodHref(a.getAttribute('href') ?? undefined)
        return href ? { href } : false
      },
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ['a', { href: HTMLAttributes['href'] as string, rel: 'noopener' }, 0],
})

const raised = (name: 'subscript' | 'superscript', tag: 'sub' | 'sup') =>
  Mark.create({
    name,
    excludes: name === 'subscript' ? 'superscript' : 'subscript',
    parseHTML: () => [{ tag }],
    renderHTML: () => [tag, 0],
  })

const Figure = Node.create({
  name: 'figure',
  group: 'block',
  content: '(paragraph | table | bulletList | orderedList | blockquote | figcaption)+',
  parseHTML: () => [{ tag: 'figure' }],
  renderHTML: () => ['figure', 0],
})
const Figcaption = Node.create({
  name: 'figcaption',
  content: 'inline*',
  parseHTML: () => [{ tag: 'figcaption' }],
  renderHTML: () => ['figcaption', 0],
})

/** Pictures stand between paragraphs and nowhere else, as the sanitiser sets them. */
const Document = Node.create({ name: 'doc', topNode: true, content: '(block | picture)+' })

const HASH = /^[0-9a-f]{64}$/
/** An attached picture with its description; what is written in it is its caption. */
const Picture = Node.create({
  name: 'picture',
  content: 'inline*',
  defining: true,
  isolating: true,
  draggable: true,
  addAttributes: () => ({ sha256: { default: '' }, alt: { default: '' } }),
  parseHTML: () => [
    {
      tag: 'figure',
      priority: 60,
      getAttrs: (figure) => {
        const img = figure.querySelector('img[data-sha256]')
        const sha256 = img?.getAttribute('data-sha256') ?? ''
        return HASH.test(sha256) ? { sha256, alt: img?.getAttribute('alt') ?? '' } : false
      },
      contentElement: (figure) =>
        (figure as HTMLElement).querySelector<HTMLElement>('figcaption') ?? document.createElement('figcaption'),
    },
  ],
  renderHTML: ({ node }) => {
    const { sha256, alt } = node.attrs as { sha256: string; alt: string }
    const src = pictureAt(sha256)
    return ['figure', ['img', { ...(src ? { src } : {}), 'data-sha256': sha256, alt }], ['figcaption', 0]]
  },
})

const whole = (text: string | null): number => (/^[1-9]\d{0,2}$/.test(text ?? '') ? Number(text) : 1)
/** Of a cell only what says how it stands in its table; `colwidth` is asked for by the table's commands and never set. */
const cellAttributes = () => ({
  colspan: { default: 1, parseHTML: (e: HTMLElement) => whole(e.getAttribute('colspan')) },
  rowspan: { default: 1, parseHTML: (e: HTMLElement) => whole(e.getAttribute('rowspan')) },
  scope: {
    default: null,
    parseHTML: (e: HTMLElement) => /^(row|col|rowgroup|colgroup)$/.exec(e.getAttribute('scope') ?? '')?.[0] ?? null,
  },
  colwidth: { default: null, parseHTML: () => null, renderHTML: () => ({}) },
})

export const bodyExtensions = (): Extensions => [
  StarterKit.configure({
    document: false,
    code: false,
    codeBlock: false,
    link: false,
    orderedList: false,
    heading: { levels: [...LEVELS] },
    // A drop mark and a trailing line are drawn with styles of their own, which the policy of the page forbids.
    dropcursor: false,
    trailingNode: false,
  }),
  Document,
  Picture,
  OrderedList,
  Link,
  raised('subscript', 'sub'),
  raised('superscript', 'sup'),
  Figure,
  Figcaption,
  Table.extend({ renderHTML: () => ['table', ['tbody', 0]], addNodeView: null }),
  TableRow,
  TableCell.extend({ addAttributes: cellAttributes }),
  TableHeader.extend({ addAttributes: cellAttributes }),
]
