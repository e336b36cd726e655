/** Photographs and drawings: rewritten segment by segment, so that only what makes the picture is left. */
import { crc32 } from 'node:zlib'
import { FileFault } from '../looked.ts'

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const startsWith = (bytes: Uint8Array, head: number[]): boolean => head.every((b, i) => bytes[i] === b)
export const isPng = (bytes: Uint8Array): boolean => startsWith(bytes, PNG)
export const isJpeg = (bytes: Uint8Array): boolean => startsWith(bytes, [0xff, 0xd8, 0xff])
export const isPicture = (bytes: Uint8Array): boolean => isPng(bytes) || isJpeg(bytes)

type Cleaned = { bytes: Uint8Array; removed: string[] }

/**
 * EXIF (place, camera, time, preview picture), XMP, IPTC, comments and whatever stands behind the end are left out. Colour
 * profile and the way up stay: a turned photograph keeps an EXIF of that one entry.
 * @throws FileFault where the file is cut off or is no picture all through
 */
export const cleanPicture = (bytes: Uint8Array): Cleaned => (isPng(bytes) ? cleanPng(bytes) : cleanJpeg(bytes))

/** Chunks that make the picture (PNG 3rd edition §4.7, §11.3), animation included. */
const SHOWN = [
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'cHRM',
  'gAMA',
  'iCCP',
  'sBIT',
  'sRGB',
  'cICP',
  'bKGD',
  'pHYs',
  'acTL',
  'fcTL',
  'fdAT',
]
const SAYS: Record<string, string> = { eXIf: 'exif', tEXt: 'comment', zTXt: 'comment', iTXt: 'xmp', tIME: 'time' }

function cleanPng(bytes: Uint8Array): Cleaned {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const removed = new Set<string>()
  const kept = [bytes.subarray(0, 8)]
  let at = 8
  for (let type = ''; type !== 'IEND'; ) {
    if (at + 12 > bytes.byteLength) throw new FileFault('file-damaged', 'PNG cut off')
    const length = view.getUint32(at)
    type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1')
    const end = at + 12 + length
    if (end > bytes.byteLength) throw new FileFault('file-damaged', `PNG ${type} cut off`)
    if (at === 8 && type !== 'IHDR') throw new FileFault('file-damaged', 'PNG without IHDR')
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4))
      throw new FileFault('file-damaged', `PNG ${type}`)
    if (SHOWN.includes(type)) kept.push(bytes.subarray(at, end))
    else removed.add(SAYS[type] ?? 'other')
    at = end
  }
  if (at < bytes.byteLength) removed.add('behind')
  return { bytes: new Uint8Array(Buffer.concat(kept)), removed: [...removed] }
}

function cleanJpeg(bytes: Uint8Array): Cleaned {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const removed = new Set<string>()
  const kept: Uint8Array[] = []
  let orientation = 1
  let at = 2
  for (;;) {
    if (bytes[at] !== 0xff) throw new FileFault('file-damaged', 'JPEG segment')
    while (bytes[at + 1] === 0xff) at++
    const marker = bytes[at + 1] as number
    if (marker === 0xd9) break
    if (at + 4 > bytes.byteLength) throw new FileFault('file-damaged', 'JPEG cut off')
    const end = at + 2 + view.getUint16(at + 2)
    if (end > bytes.byteLength) throw new FileFault('file-damaged', 'JPEG cut off')
    const segment = bytes.subarray(at, end)
    const what = saidBy(marker, segment)
    if (what) removed.add(what)
    else kept.push(segment)
    if (what === 'exif') {
      const exif = readExif(segment)
      orientation = exif.orientation
      if (exif.gps) removed.add('gps')
      if (exif.thumbnail) removed.add('thumbnail')
    }
    at = end
    if (marker === 0xda) {
      const stop = scanEnd(bytes, at)
      kept.push(bytes.subarray(at, stop))
      at = stop
    }
  }
  if (at + 2 < bytes.byteLength) removed.add('behind')
  const turned = orientation > 1 && orientation <= 8 ? [orientationOnly(orientation)] : []
  return {
    bytes: new Uint8Array(Buffer.concat([bytes.subarray(0, 2), ...turned, ...kept, Buffer.from([0xff, 0xd9])])),
    removed: [...removed],
  }
}

/** What a segment says beside the picture; undefined where it belongs to it: JFIF, colour profile, Adobe's transform. */
function saidBy(marker: number, segment: Uint8Array): string | undefined {
  const head = Buffer.from(segment.subarray(4, 40)).toString('latin1')
  if (marker === 0xfe) return 'comment'
  if (marker < 0xe0 || marker > 0xef) return undefined
  if (marker === 0xe0) return head.startsWith('JFIF\0') ? undefined : 'thumbnail'
  if (marker === 0xe2 && head.startsWith('ICC_PROFILE\0')) return undefined
  if (marker === 0xee && head.startsWith('Adobe')) return undefined
  if (marker === 0xe1 && head.startsWith('Exif\0')) return 'exif'
  return marker === 0xe1 ? 'xmp' : 'other'
}

/** Where the picture's own bytes end: the next marker that is neither stuffing nor a restart. */
function scanEnd(bytes: Uint8Array, from: number): number {
  for (let i = from; i + 1 < bytes.byteLength; i++) {
    if (bytes[i] !== 0xff) continue
    const next = bytes[i + 1] as number
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return i
  }
  throw new FileFault('file-damaged', 'JPEG cut off')
}

type Exif = { orientation: number; gps: boolean; thumbnail: boolean }

/** Of the first directory of EXIF (CIPA DC-008): which way is up, and whether a place and a preview are in it. */
function readExif(segment: Uint8Array): Exif {
  const found: Exif = { orientation: 1, gps: false, thumbnail: false }
  const tiff = segment.subarray(10)
  if (tiff.byteLength < 14) return found
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  const little = tiff[0] === 0x49
  const first = view.getUint32(4, little)
  if (first + 2 > tiff.byteLength) return found
  const count = view.getUint16(first, little)
  for (let i = 0; i < count; i++) {
    const at = first + 2 + i * 12
    if (at + 12 > tiff.byteLength) return found
    const tag = view.getUint16(at, little)
    if (tag === 0x0112) found.orientation = view.getUint16(at + 8, little)
    if (tag === 0x8825) found.gps = true
  }
  const next = first + 2 + count * 12
  found.thumbnail = next + 4 <= tiff.byteLength && view.getUint32(next, little) > 0
  return found
}

/** An APP1 that says which way is up and nothing more. */
function orientationOnly(orientation: number): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write('MM\0*', 0, 'latin1')
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(1, 8)
  tiff.writeUInt16BE(0x0112, 10)
  tiff.writeUInt16BE(3, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(orientation, 18)
  const head = Buffer.from([0xff, 0xe1, 0, 2 + 6 + tiff.byteLength])
  return Buffer.concat([head, Buffer.from('Exif\0\0', 'latin1'), tiff])
}
