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
type Hot = { trees: readonly (string | null)[]; byEncoding: Map<string, HotAnswer> }

/** Roots of the trees a path may stand in, as they are now; null where that cannot be said at once. */
export type RootsAt = (path: string) => readonly (string | null)[] | null

export type HotAnswers = {
  /** By request target and Accept-Encoding as they were sent. Good as long as no root it was made under has changed. */
  get(url: string, acceptEncoding: string): HotAnswer | undefined
  set(url: string, acceptEncoding: string, answer: HotAnswer): void
  clear(): void
}

/** Ways of saying what a client accepts, per file: browsers have a handful. */
const MOST_ENCODINGS = 12

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
      const now = rootsAt(url)
      return now && same(now, hot.trees) ? hot.byEncoding.get(acceptEncoding) : undefined
    },
    set(url, acceptEncoding, answer) {
      const now = rootsAt(url)
      const size = answer.body?.length ?? 0
      if (!now || acceptEncoding.length > 200 || bytes + size > most) {
        if (now && size <= most / 8) clear()
        return
      }
      let hot = held.get(url)
      if (!hot || !same(now, hot.trees)) {
        hot = { trees: now, byEncoding: new Map() }
        held.set(url, hot)
      }
      if (hot.byEncoding.size >= MOST_ENCODINGS) return
      hot.byEncoding.set(acceptEncoding, answer)
      bytes += size + 1000
    },
    clear,
  }
}

function same(a: readonly (string | null)[], b: readonly (string | null)[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
