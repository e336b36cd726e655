/** A set of slides looked into: hidden slides, notes, comments, shapes hidden or beside the slide, and every text. */
import { attrsOf, tokens } from '../../lib/xml-tokens.ts'
import { type Contents, type Finding, finding, type Unit } from '../looked.ts'
import { officeFindings, otherTexts } from './office.ts'
import { elements, type Package, relationships, textOfPart, tokensText } from './package.ts'

export type Slide = { part: string; rid: string; number: number; hidden: boolean }
export type Shape = { start: number; end: number; hidden: boolean; outside: boolean; text: string }

export function slidesOf(pkg: Package): Slide[] {
  const rels = relationships(pkg, pkg.main)
  return elements(textOfPart(pkg, pkg.main), ['sldId']).map((a, i) => {
    // id is the slide's own number, r:id its relationship; both have the local name id, and the later wins.
    const part = rels.find((r) => r.id === a['id'])?.target ?? ''
    const root = elements(textOfPart(pkg, part), ['sld'])[0]
    return { part, rid: a['id'] ?? '', number: i + 1, hidden: root?.['show'] === '0' || root?.['show'] === 'false' }
  })
}

export function lookIntoPptx(pkg: Package): Contents {
  const findings: Finding[] = []
  const units: Unit[] = []
  const slides = slidesOf(pkg)
  const size = elements(textOfPart(pkg, pkg.main), ['sldSz'])[0]
  const notes: string[] = []
  for (const slide of slides) {
    const text = textOfPart(pkg, slide.part)
    const place = { kind: 'slide', at: String(slide.number) } as const
    units.push({ place, text: tokensText(text, ['t'], true), heads: true })
    if (slide.hidden) findings.push(finding('file-hidden-slide', place))
    const unseen = shapesOf(text, { cx: Number(size?.['cx'] ?? 0), cy: Number(size?.['cy'] ?? 0) }).filter(
      (s) => (s.hidden || s.outside) && s.text,
    )
    if (unseen.length) findings.push(finding('file-hidden-shape', place, unseen.length, unseen[0]?.text))
    for (const r of relationships(pkg, slide.part)) {
      const held = textOfPart(pkg, r.target)
      if (r.type === 'notesSlide') {
        notes.push(r.target)
        const said = noted(held)
        if (said) findings.push(finding('file-notes', place, 1, said))
        units.push({ place, text: tokensText(held, ['t']), heads: false })
      }
      if (r.type === 'comments') {
        const n = elements(held, ['cm']).length
        if (n) findings.push(finding('file-comment', place, n))
      }
    }
  }
  findings.push(...officeFindings(pkg))
  units.push(...otherTexts(pkg, [...slides.map((s) => s.part), ...notes]))
  return { findings, units, columns: [] }
}

/** A field for the slide's number is no note. */
const noted = (text: string): string =>
  tokensText(text, ['t'])
    .replace(/^\s*\d*\s*$/gm, '')
    .trim()

/** Shapes with their text; one wholly off the slide is seen by nobody but who opens the file. */
export function shapesOf(text: string, size: { cx: number; cy: number }): Shape[] {
  const shapes: Shape[] = []
  let now: (Shape & { depth: number; x: number; y: number; w: number; h: number }) | null = null
  let depth = 0
  for (const token of tokens(text)) {
    if (token.kind === 'text') {
      if (now) now.text += text.slice(token.start, token.end)
      continue
    }
    if (token.kind === 'open') {
      if (!token.empty) depth++
      if (!now && ['sp', 'pic', 'graphicFrame', 'cxnSp'].includes(token.name) && !token.empty)
        now = {
          start: token.start,
          end: 0,
          hidden: false,
          outside: false,
          text: '',
          depth,
          x: Number.NaN,
          y: 0,
          w: 0,
          h: 0,
        }
      if (!now) continue
      const a = ['cNvPr', 'off', 'ext'].includes(token.name) ? attrsOf(text, token) : {}
      if (token.name === 'cNvPr' && /^(1|true)$/.test(a['hidden'] ?? '')) now.hidden = true
      if (token.name === 'off' && Number.isNaN(now.x)) Object.assign(now, { x: Number(a['x']), y: Number(a['y']) })
      if (token.name === 'ext' && a['cx'] !== undefined && now.w === 0)
        Object.assign(now, { w: Number(a['cx']), h: Number(a['cy']) })
      continue
    }
    if (now && now.depth === depth) {
      const { x, y, w, h } = now
      const outside = size.cx > 0 && !Number.isNaN(x) && (x + w <= 0 || y + h <= 0 || x >= size.cx || y >= size.cy)
      shapes.push({
        start: now.start,
        end: token.end,
        hidden: now.hidden,
        outside,
        text: now.text.replace(/\s+/g, ' ').trim(),
      })
      now = null
    }
    depth--
  }
  return shapes
}
