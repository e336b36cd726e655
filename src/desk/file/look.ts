/** One file from its bytes to what is kept of it and what was found: typed, masked where asked for, cleaned, looked into. */
import { type Contents, FileFault, finding, type MaskOrder } from '../looked.ts'
import { lookIntoDocx } from './docx.ts'
import { maskDocx } from './mask-docx.ts'
import { maskPptx } from './mask-pptx.ts'
import type { Masker } from './mask-runs.ts'
import { maskXlsx } from './mask-xlsx.ts'
import { cleanOffice } from './office.ts'
import { closePackage, openPackage, type Package } from './package.ts'
import { lookIntoPdf } from './pdf.ts'
import { cleanPdf } from './pdf-clean.ts'
import { cleanPicture } from './picture.ts'
import { lookIntoPptx } from './pptx.ts'
import { endsAs, OFFICE, roughType } from './type.ts'
import { lookIntoXlsx } from './xlsx.ts'

export type Wash = { name: string; bytes: Uint8Array; asIs: boolean; order: MaskOrder | null; mask: Masker }
export type Washed = { type: string; bytes: Uint8Array; removed: string[]; signed: boolean }

const NOTHING: Contents = { findings: [], units: [], columns: [] }

/** @throws FileFault for what is not taken in, whatever its name says */
export async function wash(task: Wash): Promise<Washed> {
  const rough = roughType(task.bytes)
  const washed = await washers[rough](task)
  if (!endsAs(washed.type, task.name)) throw new FileFault('file-type', washed.type)
  return washed
}

const plain = (type: string, bytes: Uint8Array): Washed => ({ type, bytes, removed: [], signed: false })

const washers: Record<ReturnType<typeof roughType>, (task: Wash) => Promise<Washed> | Washed> = {
  text: ({ name, bytes, order, mask }) => {
    const type = name.toLowerCase().endsWith('.csv') ? 'text/csv' : 'text/plain'
    if (!order) return plain(type, bytes)
    return plain(
      type,
      new TextEncoder().encode(maskText(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), order, mask)),
    )
  },
  png: ({ bytes, asIs }) => ({ ...plain('image/png', bytes), ...(asIs ? {} : cleanPicture(bytes)) }),
  jpeg: ({ bytes, asIs }) => ({ ...plain('image/jpeg', bytes), ...(asIs ? {} : cleanPicture(bytes)) }),
  pdf: async ({ bytes, asIs, order }) => {
    if (asIs) return plain('application/pdf', bytes)
    return {
      type: 'application/pdf',
      ...(await cleanPdf(bytes, { comments: order?.take.includes('comments') ?? false })),
    }
  },
  zip: ({ bytes, asIs, order, mask }) => {
    const pkg = openPackage(bytes)
    const type = OFFICE[pkg.kind]
    if (asIs) return plain(type, bytes)
    const removed = cleanOffice(pkg)
    if (order) maskers[pkg.kind](pkg, order, mask)
    return { type, bytes: closePackage(pkg), removed, signed: false }
  },
}

const maskers: Record<Package['kind'], (pkg: Package, order: MaskOrder, mask: Masker) => void> = {
  xlsx: maskXlsx,
  docx: maskDocx,
  pptx: maskPptx,
}

const maskText = (text: string, order: MaskOrder, mask: Masker): string =>
  order.take.includes('personal') ? mask(text) : text

/** What is in the file as it is kept. A PDF nobody can read is no fault: a person has to look. */
export async function lookInto({ type, bytes, signed }: Washed): Promise<Contents> {
  const found = await contentsOf(type, bytes)
  return signed ? { ...found, findings: [finding('file-signed', { kind: 'file', at: '' }), ...found.findings] } : found
}

async function contentsOf(type: string, bytes: Uint8Array): Promise<Contents> {
  const whole = { kind: 'file', at: '' } as const
  if (type.startsWith('text/')) {
    const text = new TextDecoder().decode(bytes)
    return { ...NOTHING, units: [{ place: whole, text, heads: true, body: true }] }
  }
  if (type.startsWith('image/')) return { ...NOTHING, findings: [finding('file-picture', whole)] }
  if (type === 'application/pdf') {
    try {
      return await lookIntoPdf(bytes)
    } catch {
      return { ...NOTHING, findings: [finding('file-unscannable', whole)] }
    }
  }
  const pkg = openPackage(bytes)
  switch (pkg.kind) {
    case 'xlsx':
      return lookIntoXlsx(pkg)
    case 'docx':
      return lookIntoDocx(pkg)
    case 'pptx':
      return lookIntoPptx(pkg)
    default:
      return pkg.kind satisfies never
  }
}
