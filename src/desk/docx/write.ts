/** One language of a draft as a Word file for colleagues who live in Word: real headings, lists and tables, and styles that find the way back. */
import type * as Docx from 'docx'
import { parseDocument } from 'htmlparser2'
import { inWords } from '../../lib/placed.ts'
import type { BlockName, Language, Part } from '../content.ts'
import { BLOCKS } from '../content.ts'
import { STYLES } from './styles.ts'

/** A picture's bytes, and its size in pixels where it is known. */
export type Drawn = { type: 'png' | 'jpg'; bytes: Uint8Array; width?: number | undefined; height?: number | undefined }
/** `foot` stands at the foot of every page; `labels` are the headings of blocks; `pictures` those of the body, by hash. */
export type Sheet = {
  part: Part
  language: Language
  foot: string
  labels: Partial<Record<BlockName, string>>
  pictures?: ReadonlyMap<string, Drawn>
}

type Node = { type: string; name?: string; data?: string; attribs?: Record<string, string>; children?: Node[] }
type Marks = { bold?: true; italics?: true; underline?: object; strike?: true; subScript?: true; superScript?: true }
type Block = Docx.Paragraph | Docx.Table
/** Where a paragraph stands: its style, the list it is an item of. */
type Place = { style?: string; numbering?: { reference: string; level: number; instance: number } }

export async function writeDocx(sheet: Sheet): Promise<Uint8Array> {
  const word = await import('docx')
  const blob = await word.Packer.toBuffer(new Writer(word).document(sheet))
  return new Uint8Array(blob)
}

const MARKS: Record<string, Marks> = {
  strong: { bold: true },
  b: { bold: true },
  em: { italics: true },
  i: { italics: true },
  u: { underline: {} },
  s: { strike: true },
  sub: { subScript: true },
  sup: { superScript: true },
}
/** Pixels at 96 to the inch between the margins of an A4 sheet. */
const WIDEST = 560
const HIGHEST = 760
const shownAt = (pixels: number): number => Math.max(1, Math.round(pixels))
const HEADINGS: Record<string, string> = { h2: 'Heading1', h3: 'Heading2', h4: 'Heading3' }
const isBlock = (n: Node) => /^(p|h[2-4]|ul|ol|li|blockquote|hr|table|figure|figcaption|div)$/.test(n.name ?? '')
const isBlank = (nodes: Node[]): boolean =>
  nodes.every((n) =>
    n.type === 'text' ? (n.data ?? '').trim() === '' : !/^(br|img)$/.test(n.name ?? '') && isBlank(n.children ?? []),
  )

class Writer {
  private readonly word: typeof Docx
  private lists = 0
  private pictures: ReadonlyMap<string, Drawn> = new Map()
  constructor(word: typeof Docx) {
    this.word = word
  }

  document({ part, language, foot, labels, pictures }: Sheet): Docx.Document {
    this.pictures = pictures ?? new Map()
    const { Document, Footer, LevelFormat, Paragraph } = this.word
    const level = (format: 'bullet' | 'decimal') =>
      Array.from({ length: 9 }, (_, n) => ({
        level: n,
        format: format === 'bullet' ? LevelFormat.BULLET : LevelFormat.DECIMAL,
        text: format === 'bullet' ? '•' : `%${n + 1}.`,
        style: { paragraph: { indent: { left: 480 * (n + 1), hanging: 480 } } },
      }))
    return new Document({
      title: part.title,
      creator: 'Ortoo',
      styles: stylesFor(language),
      numbering: {
        config: [
          { reference: 'bullets', levels: level('bullet') },
          { reference: 'numbers', levels: level('decimal') },
        ],
      },
      sections: [
        {
          children: this.content(part, labels),
          footers: { default: new Footer({ children: [new Paragraph({ style: 'Footer', text: foot })] }) },
        },
      ],
    })
  }

  private content(part: Part, labels: Sheet['labels']): Block[] {
    return [
      new this.word.Paragraph({ style: 'Title', children: this.lines(part.title) }),
      ...this.field('summary', part.summary),
      ...this.field('addressees', part.addressees),
      ...BLOCKS.flatMap((b) => [
        ...(part.blocks[b] ? this.field('label', labels[b]) : []),
        ...this.field(b, part.blocks[b]),
      ]),
      ...this.blocks(parseDocument(part.body).children as Node[], {}),
      ...this.field('signature', part.signature),
    ]
  }

  /** A plain field: blank lines part its paragraphs. */
  private field(name: keyof typeof STYLES, text = ''): Block[] {
    return text
      .split(/\n\s*\n/)
      .filter((p) => p.trim() !== '')
      .map((p) => new this.word.Paragraph({ style: idOf(name), children: this.lines(p) }))
  }

  private lines(text: string): Docx.TextRun[] {
    return text.split('\n').map((line, i) => new this.word.TextRun({ text: line, ...(i ? { break: 1 } : {}) }))
  }

  /** Blocks as they stand; loose words between them are a paragraph. */
  private blocks(nodes: Node[], place: Place): Block[] {
    const out: Block[] = []
    let loose: Node[] = []
    const close = () => {
      if (!isBlank(loose)) out.push(this.paragraph(loose, place))
      loose = []
    }
    for (const node of nodes) {
      if (!isBlock(node)) {
        loose.push(node)
        continue
      }
      close()
      out.push(...this.block(node, place))
    }
    close()
    return out
  }

  private block(node: Node, place: Place): Block[] {
    const children = node.children ?? []
    switch (node.name) {
      case 'ul':
      case 'ol':
        return this.list(node, place)
      case 'table':
        return [this.table(node)]
      case 'blockquote':
        return this.blocks(children, { ...place, style: 'Quote' })
      case 'hr':
        return [new this.word.Paragraph({ thematicBreak: true })]
      case 'h2':
      case 'h3':
      case 'h4':
        return [this.paragraph(children, { style: HEADINGS[node.name] })]
      default:
        return this.blocks(children, place)
    }
  }

  /** Every list of numbers begins at 1 again; one inside another stands a level deeper in the same. */
  private list(node: Node, place: Place): Block[] {
    const level = place.numbering ? Math.min(8, place.numbering.level + 1) : 0
    const reference = node.name === 'ol' ? 'numbers' : 'bullets'
    const same = place.numbering?.reference === reference
    const instance = same ? (place.numbering?.instance as number) : ++this.lists
    return (node.children ?? [])
      .filter((li) => li.name === 'li')
      .flatMap((li) => this.blocks(li.children ?? [], { numbering: { reference, level, instance } }))
  }

  private paragraph(nodes: Node[], { style, numbering }: Place): Docx.Paragraph {
    return new this.word.Paragraph({
      ...(style ? { style } : {}),
      ...(numbering ? { numbering } : {}),
      children: this.runs(nodes, {}),
    })
  }

  private runs(nodes: Node[], marks: Marks): Docx.ParagraphChild[] {
    return nodes.flatMap((node): Docx.ParagraphChild[] => {
      if (node.type === 'text') return [new this.word.TextRun({ text: node.data ?? '', ...marks })]
      if (node.name === 'img') return [this.picture(node.attribs ?? {})]
      if (node.name === 'br') return [new this.word.TextRun({ break: 1 })]
      const inner = { ...marks, ...MARKS[node.name ?? ''] }
      const children = this.runs(node.children ?? [], inner)
      const href = node.name === 'a' ? node.attribs?.['href'] : undefined
      return href ? [new this.word.ExternalHyperlink({ link: href, children })] : children
    })
  }

  /** No wider than the text; in words where there is nothing to draw. */
  private picture(attribs: Record<string, string>): Docx.ParagraphChild {
    const drawn = this.pictures.get(attribs['data-sha256'] ?? '')
    const alt = attribs['alt'] ?? ''
    if (!drawn) return new this.word.TextRun({ text: inWords(alt) })
    const { width = WIDEST, height = (WIDEST * 3) / 4 } = drawn
    const scale = Math.min(1, WIDEST / width, HIGHEST / height)
    return new this.word.ImageRun({
      type: drawn.type,
      data: drawn.bytes,
      // A line a pixel high is not nothing, which Word calls a damaged file.
      transformation: { width: shownAt(width * scale), height: shownAt(height * scale) },
      altText: { name: alt.slice(0, 60), description: alt, title: '' },
    })
  }

  private table(node: Node): Docx.Table {
    const { Table, TableRow, TableCell, WidthType } = this.word
    const rows = (n: Node): { tr: Node; head: boolean }[] =>
      (n.children ?? []).flatMap((c) =>
        c.name === 'tr'
          ? [{ tr: c, head: n.name === 'thead' }]
          : c.name === 'thead' || c.name === 'tbody'
            ? rows(c)
            : [],
      )
    const span = (cell: Node, name: string) => Number(cell.attribs?.[name] ?? 1)
    return new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: rows(node).map(
        ({ tr, head }) =>
          new TableRow({
            // Written only where it is so: some readers take the bare word for a yes.
            ...(head ? { tableHeader: true } : {}),
            children: (tr.children ?? [])
              .filter((c) => c.name === 'td' || c.name === 'th')
              .map((c) => {
                const children = this.blocks(c.children ?? [], {})
                return new TableCell({
                  // A cell without a paragraph is no cell to Word.
                  children: children.length ? children : [new this.word.Paragraph('')],
                  ...(span(c, 'colspan') > 1 ? { columnSpan: span(c, 'colspan') } : {}),
                  ...(span(c, 'rowspan') > 1 ? { rowSpan: span(c, 'rowspan') } : {}),
                })
              }),
          }),
      ),
    })
  }
}

const idOf = (name: keyof typeof STYLES): string => STYLES[name].replaceAll(' ', '')

/** Faces and sizes of an official document (GB/T 9704-2012: 三号仿宋, titles 二号小标宋); half-points. */
function stylesFor(language: Language): Docx.IStylesOptions {
  const font = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋_GB2312' }
  const black = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体' }
  const own = (name: keyof typeof STYLES, more: object = {}) => ({
    id: idOf(name),
    name: STYLES[name],
    basedOn: 'Normal',
    ...more,
  })
  return {
    default: {
      document: {
        run: { font, size: 32, language: { value: language === 'en' ? 'en-GB' : 'zh-CN', eastAsia: 'zh-CN' } },
        paragraph: { spacing: { line: 560 } },
      },
      title: {
        run: { size: 44, font: { ...font, eastAsia: '方正小标宋简体' } },
        paragraph: { alignment: 'center', spacing: { after: 320 } },
      },
      heading1: { run: { size: 32, font: black } },
      heading2: { run: { size: 32, font: { ...font, eastAsia: '楷体_GB2312' } } },
      heading3: { run: { size: 32, font, bold: true } },
    },
    paragraphStyles: [
      own('summary', { run: { italics: true } }),
      own('addressees'),
      own('signature', { paragraph: { alignment: 'right' } }),
      ...BLOCKS.map((b) => own(b)),
      own('label', { run: { font: black } }),
      { id: 'Quote', name: 'Quote', basedOn: 'Normal', paragraph: { indent: { left: 640 } } },
      { id: 'Footer', name: 'footer', basedOn: 'Normal', run: { size: 18 } },
    ],
  }
}
