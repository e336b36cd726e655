/** Answers made before, whole: what is asked for again and again is neither looked up nor put together a second time. */
import type { OutgoingHttpHeaders } from 'node:http'

/** One file in one encoding, ready to be written. */
export type HotAnswer = {
  status: number
  etag: string | undefined
  headers: OutgoingHttpHeaders
  /** Headers of a 304. */
  unchanged: OutgoingHttpHeaders
  /** null while only its tag has been asked about. */
  body: Uint8Array | null
}
type Hot = { path: string; trees: readonly (string | null)[]; byEncoding: Map<string, HotAnswer> }

/** Roots of the trees a path may stand in, as they are now; null where that cannot be said at once. */
export type RootsAt = (path: string) => readonly (string | null)[] | null

export type HotAnswers = {
  /** By request target and Accept-Encoding as they were sent. Good as long as no root it was made under has changed. */
  get(url: string, acceptEncoding: string): HotAnswer | undefined
  /** `path` as a person reads it: an encoded letter must not hide in which trees it stands. */
  set(url: string, path: string, acceptEncoding: string, answer: HotAnswer): void
  clear(): void
}

/** Ways of saying what a client accepts, per file: browsers have a handful. */
const MOST_ENCODINGS = 12
/** What is longer is no address of ours with something at its end. */
const LONGEST_URL = 1000
const LONGEST_ENCODING = 200
/** Of an answer: its headers, and what was asked. */
const BESIDE_BODY = 1000 + 2 * LONGEST_URL

/** Holds no more than `most` bytes; where they would be exceeded it begins anew. */
export function hotAnswers(rootsAt: RootsAt, most: number): HotAnswers {
  const held = new Map<string, Hot>()
  let bytes = 0
  const clear = () => {
    held.clear()
    bytes = 0
  }
  return {
    get(url, acceptEncoding) {
      const hot = held.get(url)
      if (!hot) return undefined
      const now = rootsAt(hot.path)
      return now && same(now, hot.trees) ? hot.byEncoding.get(acceptEncoding) : undefined
    },
    set(url, path, acceptEncoding, answer) {
      if (url.length > LONGEST_URL || acceptEncoding.length > LONGEST_ENCODING) return
      const now = rootsAt(path)
      const size = (answer.body?.length ?? 0) + BESIDE_BODY
      if (!now || bytes + size > most) {
        if (now && size <= most / 8) clear()
        return
      }
      let hot = held.get(url)
      if (!hot || !same(now, hot.trees)) {
        hot = { path, trees: now, byEncoding: new Map() }
        held.set(url, hot)
      }
      if (hot.byEncoding.size >= MOST_ENCODINGS) return
      hot.byEncoding.set(acceptEncoding, answer)
      bytes += size
    },
    clear,
  }
}

function same(a: readonly (string | null)[], b: readonly (string | null)[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
