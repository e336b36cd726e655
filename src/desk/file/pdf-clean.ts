/** A PDF without what says who made it, and without what runs when it is opened. */
import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRef, PDFStream } from 'pdf-lib'
import { FileFault } from '../looked.ts'

/** Entries of any dictionary that act, and those that tell of its making (ISO 32000-2 §12.6, §14.3, §14.5). */
const ACTING = ['OpenAction', 'AA', 'JavaScript', 'JS']
const TELLING = ['Metadata', 'PieceInfo', 'LastModified', 'Thumb']

export type PdfCleaned = { bytes: Uint8Array; removed: string[]; signed: boolean }

/**
 * Information dictionary, XMP, private data of programs, thumbnails, scripts and attached files are taken out, and with them
 * every object nothing leads to: what an earlier save left behind. A signed file is left as it is, or its signature would break.
 * @param comments also the annotations that are no links
 * @throws FileFault file-encrypted, file-damaged
 */
export async function cleanPdf(bytes: Uint8Array, { comments = false } = {}): Promise<PdfCleaned> {
  const doc = await opened(bytes)
  if (isSigned(doc)) return { bytes, removed: [], signed: true }
  const removed = new Set<string>()
  const { context, catalog } = doc
  if (context.trailerInfo.Info) removed.add('properties')
  context.trailerInfo.Info = undefined as never
  const names = catalog.lookupMaybe(PDFName.of('Names'), PDFDict)
  if (names?.has(PDFName.of('EmbeddedFiles'))) removed.add('attached')
  names?.delete(PDFName.of('EmbeddedFiles'))
  if (names?.has(PDFName.of('JavaScript'))) removed.add('scripts')
  names?.delete(PDFName.of('JavaScript'))
  for (const key of ['AF', 'Collection']) if (catalog.delete(PDFName.of(key))) removed.add('attached')
  for (const page of doc.getPages())
    dropAnnotations(page.node, (kind) => kind === 'FileAttachment' || (comments && !KEPT.includes(kind)), removed)
  for (const [, object] of context.enumerateIndirectObjects()) strip(object, removed)
  dropUnreached(doc)
  return {
    bytes: await doc.save({ useObjectStreams: true, updateFieldAppearances: false }),
    removed: [...removed],
    signed: false,
  }
}

const KEPT = ['Link', 'Widget']

async function opened(bytes: Uint8Array): Promise<PDFDocument> {
  const { EncryptedPDFError, PDFDocument } = await import('pdf-lib')
  try {
    return await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: false })
  } catch (err) {
    throw new FileFault(
      err instanceof EncryptedPDFError || /encrypted/i.test(String(err)) ? 'file-encrypted' : 'file-damaged',
      String(err),
    )
  }
}

function isSigned(doc: PDFDocument): boolean {
  return doc.context
    .enumerateIndirectObjects()
    .some(([, object]) => object instanceof PDFDict && object.has(PDFName.of('ByteRange')))
}

const dictOf = (object: PDFObject): PDFDict | null =>
  object instanceof PDFDict ? object : object instanceof PDFStream ? object.dict : null

/** The dictionaries an object holds directly, itself first. */
function* dictionaries(object: PDFObject): Generator<PDFDict> {
  const dict = dictOf(object)
  if (dict) yield dict
  const inner = dict ? dict.values() : object instanceof PDFArray ? object.asArray() : []
  for (const value of inner) if (!(value instanceof PDFRef)) yield* dictionaries(value)
}

function strip(object: PDFObject, removed: Set<string>): void {
  for (const dict of dictionaries(object)) {
    for (const key of TELLING) if (dict.delete(PDFName.of(key))) removed.add('properties')
    // A page's PieceInfo and an action's JS: what is left of the action does nothing.
    for (const key of ACTING) if (dict.delete(PDFName.of(key))) removed.add('scripts')
    const kind = dict.get(PDFName.of('S'))
    if (
      kind instanceof PDFName &&
      ['JavaScript', 'Launch', 'SubmitForm', 'ImportData', 'GoToE', 'Rendition'].includes(kind.decodeText())
    ) {
      dict.delete(PDFName.of('S'))
      removed.add('scripts')
    }
  }
}

function dropAnnotations(page: PDFDict, gone: (kind: string) => boolean, removed: Set<string>): void {
  const annotations = page.lookupMaybe(PDFName.of('Annots'), PDFArray)
  if (!annotations) return
  for (let i = annotations.size() - 1; i >= 0; i--) {
    const kind = annotations.lookupMaybe(i, PDFDict)?.lookupMaybe(PDFName.of('Subtype'), PDFName)?.decodeText() ?? ''
    if (!gone(kind)) continue
    annotations.remove(i)
    removed.add(kind === 'FileAttachment' ? 'attached' : 'comments')
  }
}

/** Objects the catalogue does not lead to would be written out with the rest. */
function dropUnreached({ context }: PDFDocument): void {
  const reached = new Set<PDFRef>()
  const queue: PDFObject[] = [context.trailerInfo.Root as PDFObject]
  for (let object = queue.pop(); object; object = queue.pop()) {
    if (object instanceof PDFRef) {
      if (reached.has(object)) continue
      reached.add(object)
      const held = context.lookup(object)
      if (held) queue.push(held)
      continue
    }
    const dict = dictOf(object)
    queue.push(...(dict ? dict.values() : object instanceof PDFArray ? object.asArray() : []))
  }
  for (const [ref] of context.enumerateIndirectObjects()) if (!reached.has(ref)) context.delete(ref)
}
