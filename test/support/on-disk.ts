/** What a folder of the service holds, looked into as somebody with the disk in his hands would. */
import { isUtf8 } from 'node:buffer'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { unzipSync } from 'fflate'

const OPENERS: ((packed: Buffer) => Buffer)[] = [
  (packed) => gunzipSync(packed),
  (packed) => brotliDecompressSync(packed),
  (packed) => Buffer.concat(Object.values(unzipSync(packed))),
]

/**
 * The forms a file's bytes are read in: as they lie, and unpacked where they can be. A packed text is not read as it lies: of a few
 * hundred packed pages one in ten spells any given three bytes by chance.
 */
function forms(bytes: Buffer): Buffer[] {
  const unpacked = OPENERS.flatMap((open) => {
    try {
      return [open(bytes)]
    } catch {
      return []
    }
  })
  // The head of a database's log may pass for a packed stream of a few bytes.
  const text = unpacked.some((form) => form.length > bytes.length / 2 && isUtf8(form))
  return text && !isUtf8(bytes) ? unpacked : [bytes, ...unpacked]
}

/** The ways the service writes a word: plain, in an address, in a mail, and as a database may hold it. */
const spellings = (word: string): Buffer[] => [
  Buffer.from(word),
  Buffer.from(encodeURIComponent(word)),
  // A word of one or two characters in base64 is what any packed file spells by chance.
  Buffer.from(word.length > 4 ? Buffer.from(word).toString('base64').slice(0, 20) : word),
  Buffer.from(word.length > 1 ? word : `${word}${word}`, 'utf16le'),
]

/** Paths of the files under a folder with one of these words in their bytes or their name, in order. */
export function filesWith(dir: string, words: string | readonly string[]): string[] {
  const sought = [words].flat().flatMap(spellings)
  const holds = (bytes: Buffer) => sought.some((word) => bytes.includes(word))
  for (;;)
    try {
      return readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => join(file.parentPath, file.name))
        .filter((path) => holds(Buffer.from(path)) || forms(readFileSync(path)).some(holds))
        .sort()
    } catch (err) {
      // A file went while the folder was read: what was seen of the others says nothing any more.
      if ((err as NodeJS.ErrnoException).code !== 'ENOENT') throw err
    }
}
