/** A text document looked into: tracked changes, comments, hidden and pale text, and every text in reading order. */
import { attrsOf, type Token, textOf, tokens } from '../../lib/xml-tokens.ts'
import { type Contents, type Finding, finding, type Unit } from '../looked.ts'
import { officeFindings, otherTexts } from './office.ts'
import { elements, type Package, relationships, textOfPart, tokensText } from './package.ts'

const STORIES = ['header', 'footer', 'footnotes', 'endnotes']
export const CHANGES = ['ins', 'del', 'moveFrom', 'moveTo']
export const GONE = ['del', 'moveFrom']

/** The body and its headers, footers and notes: what changes, hidden and pale text can stand in. */
export const storiesOf = (pkg: Package): string[] => [
  pkg.main,
  ...relationships(pkg, pkg.main)
    .filter((r) => STORIES.includes(r.type))
    .map((r) => r.target),
]

export function lookIntoDocx(pkg: Package): Contents {
  const stories = storiesOf(pkg)
  const hiding = hidingStyles(pkg)
  const findings: Finding[] = []
  const units: Unit[] = []
  for (const part of stories) {
    const text = textOfPart(pkg, part)
    const read = readStory(text, hiding)
    const place = { kind: 'part', at: part.replace(/^word\/|\.xml$/g, '') } as const
    if (read.changes) findings.push(finding('file-tracked', read.firstChange ?? place, read.changes, read.gone))
    if (read.hidden.trim()) findings.push(finding('file-hidden-text', place, read.hiddenRuns, read.hidden))
    if (read.pale.trim()) findings.push(finding('file-pale-text', place, read.paleRuns, read.pale))
    if (read.boxes) findings.push(finding('file-text-box', place, read.boxes))
    if (part !== pkg.main && read.text.trim()) findings.push(finding('file-header', place, 1, read.text))
    units.push({ place, text: read.text, heads: true, ...(part === pkg.main ? { body: true } : {}) })
  }
  findings.push(...comments(pkg), ...officeFindings(pkg))
  // Parts left over, comments among them, and what attributes of the stories say.
  units.push(...otherTexts(pkg, stories))
  return { findings, units, columns: [] }
}

function comments(pkg: Package): Finding[] {
  const part = relationships(pkg, pkg.main).find((r) => r.type === 'comments')?.target
  const text = part ? textOfPart(pkg, part) : ''
  const n = elements(text, ['comment']).length
  return n ? [finding('file-comment', { kind: 'part', at: 'comments' }, n, tokensText(text, ['t']))] : []
}

const off = (v: string | undefined): boolean => v === '0' || v === 'false' || v === 'off'
const hides = (tag: Token, text: string): boolean =>
  (tag.name === 'vanish' || tag.name === 'specVanish') && !off(attrsOf(text, tag)['val'])
const isPale = (a: Record<string, string>): boolean =>
  /^(FFFFFF|FEFEFE)$/i.test(a['val'] ?? '') || a['themeColor'] === 'background1'

/** Ids of styles whose text is hidden. */
export function hidingStyles(pkg: Package): Set<string> {
  const styles = relationships(pkg, pkg.main).find((r) => r.type === 'styles')?.target
  const text = styles ? textOfPart(pkg, styles) : ''
  const found = new Set<string>()
  let id = ''
  for (const token of tokens(text)) {
    if (token.kind !== 'open') continue
    if (token.name === 'style') id = attrsOf(text, token)['styleId'] ?? ''
    else if (id && hides(token, text)) found.add(id)
  }
  return found
}

type Story = {
  text: string
  changes: number
  firstChange: { kind: 'paragraph'; at: string } | null
  gone: string
  hidden: string
  hiddenRuns: number
  pale: string
  paleRuns: number
  boxes: number
}

/** One pass over a story. A shaded run, paragraph or cell may hold white text that is well seen. */
function readStory(text: string, hiding: Set<string>): Story {
  const story: Story = {
    text: '',
    changes: 0,
    firstChange: null,
    gone: '',
    hidden: '',
    hiddenRuns: 0,
    pale: '',
    paleRuns: 0,
    boxes: 0,
  }
  const open: string[] = []
  let paragraph = 0
  let run = { hidden: false, pale: false, said: '' }
  let hiddenParagraph = false
  let shaded = 0
  for (const token of tokens(text)) {
    if (token.kind === 'text') {
      const holder = open.at(-1)
      if (holder !== 't' && holder !== 'delText' && holder !== 'instrText') continue
      const said = textOf(text, token)
      story.text += said
      run.said += said
      if (open.some((name) => GONE.includes(name))) story.gone += said
    } else if (token.kind === 'open') {
      if (token.name === 'p') {
        paragraph++
        hiddenParagraph = false
      }
      if (token.name === 'tc') shaded = 0
      if (token.name === 'r' && !token.empty) run = { hidden: hiddenParagraph, pale: false, said: '' }
      if (isChange(token.name, open)) {
        story.changes++
        story.firstChange ??= { kind: 'paragraph', at: String(Math.max(1, paragraph)) }
      }
      if (token.name === 'txbxContent') story.boxes++
      if (hides(token, text) && open.includes('r')) run.hidden = true
      if (token.name === 'rStyle' && hiding.has(attrsOf(text, token)['val'] ?? '')) run.hidden = true
      if (token.name === 'pStyle' && hiding.has(attrsOf(text, token)['val'] ?? '')) hiddenParagraph = true
      if (token.name === 'shd' && !/^(auto|FFFFFF)?$/i.test(attrsOf(text, token)['fill'] ?? '')) shaded = open.length
      if (token.name === 'color' && open.includes('r')) run.pale = isPale(attrsOf(text, token))
      if (['tab', 'br', 'cr'].includes(token.name)) story.text += ' '
      if (!token.empty) open.push(token.name)
    } else {
      open.pop()
      if (token.name === 'p') {
        story.text += '\n'
        if (!open.includes('tc')) shaded = 0
      }
      if (token.name !== 'r' || !run.said) continue
      if (run.hidden) {
        story.hidden += run.said
        story.hiddenRuns++
      } else if (run.pale && !shaded) {
        story.pale += run.said
        story.paleRuns++
      }
    }
  }
  return story
}

/** A change of text, of the mark of a paragraph or row, or of looks. */
const isChange = (name: string, _open: string[]): boolean =>
  CHANGES.includes(name) || /(?:PrChange|GridChange|numberingChange)$/.test(name)
