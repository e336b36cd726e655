/** How wide and high a picture is, read from its head; turned the way it is shown. */
import { isJpeg, isPng } from './picture.ts'

/** Pixels; {} for what is no picture, or does not say. */
export function pictureSize(bytes: Uint8Array): { width?: number; height?: number } {
  const found = isPng(bytes) ? pngSize(bytes) : isJpeg(bytes) ? jpegSize(bytes) : null
  return found && found.width > 0 && found.height > 0 ? found : {}
}

type Size = { width: number; height: number }
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** IHDR is the first chunk (PNG 3rd edition §11.2.1). */
function pngSize(bytes: Uint8Array): Size | null {
  if (bytes.byteLength < 24) return null
  const view = viewOf(bytes)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** The frame header (ITU-T T.81 B.2.2); an EXIF orientation from 5 on lays the picture on its side. */
function jpegSize(bytes: Uint8Array): Size | null {
  const view = viewOf(bytes)
  let turned = false
  for (let at = 2; at + 9 < bytes.byteLength && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] as number
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === 0xe1) turned = orientationOf(bytes.subarray(at, at + 2 + view.getUint16(at + 2))) >= 5
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)]
      return turned ? { width: height, height: width } : { width, height }
    }
    if (marker === 0xda) return null
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** Of the one entry that is left in a picture's EXIF (picture.ts); 1 where there is none. */
function orientationOf(segment: Uint8Array): number {
  const tiff = segment.subarray(10)
  if (Buffer.from(segment.subarray(4, 10)).toString('latin1') !== 'Exif\0\0' || tiff.byteLength < 22) return 1
  const view = viewOf(tiff)
  const little = tiff[0] === 0x49
  return view.getUint16(10, little) === 0x0112 ? view.getUint16(18, little) : 1
}
