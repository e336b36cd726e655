/** Slides without what nobody sees in the hall: hidden slides, shapes hidden or beside the slide, notes, comments; personal data masked. */
import { spliced } from '../../lib/xml-tokens.ts'
import type { MaskOrder } from '../looked.ts'
import { dropEmbedded } from './mask-docx.ts'
import { type Masker, maskPackage } from './mask-runs.ts'
import { dropParts, editPart, elements, type Package, setPart, textOfPart } from './package.ts'
import { shapesOf, slidesOf } from './pptx.ts'

export function maskPptx(pkg: Package, order: MaskOrder, mask: Masker): void {
  if (order.take.includes('hidden')) {
    dropHiddenSlides(pkg)
    dropUnseenShapes(pkg)
  }
  if (order.take.includes('comments'))
    dropParts(pkg, (n) => /\/(comments|notesSlides)\/|commentAuthors\.xml$|\/authors\.xml$/.test(n))
  if (order.take.includes('embedded')) dropEmbedded(pkg)
  if (order.take.includes('personal')) maskPackage(pkg, () => false, mask)
}

function dropHiddenSlides(pkg: Package): void {
  const gone = slidesOf(pkg).filter((s) => s.hidden)
  if (gone.length === 0) return
  editPart(pkg, pkg.main, ['sldId'], (a) => !gone.some((s) => s.rid === a['id']))
  // Sections and custom shows name slides by number.
  editPart(pkg, pkg.main, ['extLst', 'custShowLst'], () => false)
  const parts = gone.map((s) => s.part)
  dropParts(pkg, (n) => parts.includes(n))
}

function dropUnseenShapes(pkg: Package): void {
  const size = elements(textOfPart(pkg, pkg.main), ['sldSz'])[0]
  for (const { part } of slidesOf(pkg)) {
    const text = textOfPart(pkg, part)
    const shapes = shapesOf(text, { cx: Number(size?.['cx'] ?? 0), cy: Number(size?.['cy'] ?? 0) })
    const cuts = shapes.filter((s) => s.hidden || s.outside).map(({ start, end }) => ({ start, end, to: '' }))
    if (cuts.length > 0) setPart(pkg, part, spliced(text, cuts))
  }
}
