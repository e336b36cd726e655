/** The edge as the origin sees it: told what it lacks, files first, nodes next, pointers last, and what it must not keep. */
import { randomUUID } from 'node:crypto'
import type { Clock } from '../lib/clock.ts'
import { MOST_PARCEL_BYTES, packParcel } from '../lib/edge-parcel.ts'
import { pushLines, SIGNED, signatureOf } from '../lib/edge-sign.ts'
import { Refusal, unavailable } from '../lib/errors.ts'
import type { HttpAnswer, Outsider } from '../lib/http.ts'
import { sha256 } from '../lib/id.ts'
import type { Blobs } from './blob.ts'
import { newerFiles } from './site-newer.ts'
import type { Pointers } from './site-pointer.ts'
import { isPointer, laterThan, type Pointer, type SiteNode, TREES, type Tree } from './site-shape.ts'
import { reach, readNode } from './site-trie.ts'

/** What one push did. `ahead` names trees of which the edge has a later state than we: those are left as they are. */
export type Pushed = { files: number; bytes: number; pointers: number; ahead: Tree[] }
export type EdgeState = Record<Tree, Pointer | null>

export type Edge = {
  /** The pointers as the edge has them now. */
  state(): Promise<EdgeState>
  /**
   * Brings the edge to what the trees say now, in one go however far it is behind. When it resolves the edge has said that
   * every pointer was read back and that nothing it took away is shown any more. `step` is told how many files went.
   */
  push(trees?: readonly Tree[], step?: (files: number) => void): Promise<Pushed>
  /** Deletes what no root refers to, after a push; when it resolves the edge has said so. @returns how many */
  deleteUnreferenced(): Promise<number>
}

export type EdgePlace = {
  url: string
  secret: string
  call: Outsider
  blobs: Blobs
  pointers: Pick<Pointers, 'read'>
  clock: Pick<Clock, 'ms'>
}

const LANES = 6
/** Fewer than a parcel may hold, so that the lanes share what one release makes. */
const MOST_TOGETHER = 40
type Parcel = { hash: string; bytes: Uint8Array }[]
/** Most hashes in one question; of more, the edge lists what it has. */
const MOST_ASKED = 500
const MOST_TRIES = 4

/** Every call throws Refusal `unavailable` with an `edge-*` code; all may be made again. */
export function openEdge(place: EdgePlace): Edge {
  const { blobs, pointers } = place
  const acknowledged = new Map<Tree, Pointer>()
  const inTurn = turns()
  const call = caller(place)
  const state = async (): Promise<EdgeState> => {
    const { pointers: found } = (await call('GET', '/_edge/state')).json as { pointers: Record<string, unknown> }
    return Object.fromEntries(TREES.map((tree) => [tree, isPointer(found[tree]) ? found[tree] : null])) as EdgeState
  }

  async function bytesOf(hash: string): Promise<Uint8Array> {
    const bytes = await blobs.get(hash)
    if (!bytes) throw unavailable('edge-differs', { why: `file ${hash} is missing here` })
    return bytes
  }

  /** The next files that fit into one call; a large one goes alone. */
  async function nextParcel(queue: string[]): Promise<Parcel> {
    const parcel: Parcel = []
    let size = 0
    for (let hash = queue.shift(); hash !== undefined; hash = queue.shift()) {
      const bytes = await bytesOf(hash)
      parcel.push({ hash, bytes })
      size += bytes.length
      if (parcel.length >= MOST_TOGETHER || size >= MOST_PARCEL_BYTES / 2) break
    }
    return parcel
  }

  async function putAll(hashes: readonly string[], done: Pushed, step: (files: number) => void): Promise<void> {
    const queue = [...hashes]
    const lane = async () => {
      for (let parcel = await nextParcel(queue); parcel.length > 0; parcel = await nextParcel(queue)) {
        const small = parcel.filter(({ bytes }) => bytes.length <= MOST_PARCEL_BYTES / 2)
        for (const { hash, bytes } of parcel.filter((file) => !small.includes(file)))
          await call('PUT', `/_edge/files/${hash}`, bytes)
        if (small.length > 0) await call('POST', '/_edge/files', packParcel(small))
        for (const { bytes } of parcel) done.bytes += bytes.length
        done.files += parcel.length
        step(done.files)
      }
    }
    await Promise.all(Array.from({ length: LANES }, lane))
  }

  async function missingOf(hashes: readonly string[]): Promise<string[]> {
    if (hashes.length > MOST_ASKED) {
      const there = await all()
      return hashes.filter((hash) => !there.has(hash))
    }
    if (hashes.length === 0) return []
    return ((await call('POST', '/_edge/missing', { hashes })).json as { missing: string[] }).missing
  }

  async function all(): Promise<Set<string>> {
    const found = new Set<string>()
    for (let after: string | undefined = ''; after !== undefined; ) {
      const query = after ? `?after=${encodeURIComponent(after)}` : ''
      const page = (await call('GET', `/_edge/files${query}`)).json as { hashes: string[]; cursor?: string }
      for (const hash of page.hashes) found.add(hash)
      after = page.cursor
    }
    return found
  }

  /** @returns whether the edge now has this state or a later one of ours */
  async function pushTree(
    tree: Tree,
    theirs: Pointer | null,
    done: Pushed,
    step: (n: number) => void,
  ): Promise<boolean> {
    const ours = await pointers.read(tree)
    if (!ours) return true
    // That it lies there is not yet an acknowledgement: the one who wrote it may never have heard whether it was read back.
    const isThere = isSame(theirs, ours)
    if (isThere && isSame(acknowledged.get(tree) ?? null, ours)) return true
    if (theirs && laterThan(theirs, ours) > 0) {
      done.ahead.push(tree)
      return true
    }
    await putAll(await missingOf(await newOnes(blobs, ours.root, theirs?.root ?? null)), done, step)
    const answer = await call('POST', '/_edge/pointer', ours, [409])
    if (answer.status === 200) {
      acknowledged.set(tree, ours)
      if (!isThere) done.pointers++
      return true
    }
    const { missing = [] } = answer.json as { missing?: string[] }
    await putAll(missing, done, step)
    return false
  }

  async function bring(tree: Tree, done: Pushed, step: (files: number) => void): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries++) if (await pushTree(tree, (await state())[tree], done, step)) return
    throw unavailable('edge-differs', { why: `${tree}: the edge took no pointer` })
  }

  return {
    state,
    async push(trees = TREES, step = () => {}) {
      const done: Pushed = { files: 0, bytes: 0, pointers: 0, ahead: [] }
      await Promise.all(trees.map((tree) => inTurn(tree, () => bring(tree, done, step))))
      return done
    },
    async deleteUnreferenced() {
      const theirs = await state()
      const kept = new Set<string>()
      const walked = new Set<string>()
      for (const tree of TREES) {
        const ours = await pointers.read(tree)
        // Under a root that is not ours nobody here can say what is still needed.
        if ((theirs[tree]?.root ?? null) !== (ours?.root ?? null))
          throw unavailable('edge-differs', { why: `${tree}: the edge shows another root` })
        if (ours) await reach(blobs, ours.root, kept, walked)
      }
      const loose = [...(await all())].filter((hash) => !kept.has(hash))
      const roots = Object.fromEntries(TREES.map((tree) => [tree, theirs[tree]?.root ?? null]))
      // At least one call is made: it also empties the memory of whoever answers it.
      for (let at = 0; at === 0 || at < loose.length; at += MOST_ASKED)
        await call('POST', '/_edge/delete', { roots, hashes: loose.slice(at, at + MOST_ASKED) })
      return loose.length
    },
  }
}

/** Whoever verifies and whoever catches up push the same tree one after the other: the second finds nothing left to do. */
function turns(): (tree: Tree, work: () => Promise<void>) => Promise<void> {
  const last = new Map<Tree, Promise<void>>()
  return (tree, work) => {
    const mine = (last.get(tree) ?? Promise.resolve()).catch(() => {}).then(work)
    last.set(tree, mine)
    return mine
  }
}

const isSame = (theirs: Pointer | null, ours: Pointer): boolean =>
  theirs !== null && theirs.root === ours.root && laterThan(theirs, ours) === 0

/** What a root leads to that another did not; all of it where the other cannot be followed. */
async function newOnes(blobs: Blobs, root: string, before: string | null): Promise<string[]> {
  if (!before) {
    const found = new Set<string>()
    await reach(blobs, root, found, new Set())
    return [...found]
  }
  const node = (hash: string): Promise<SiteNode> => readNode(blobs, hash)
  const { added, nodes } = await newerFiles(node, root, before, (hash) => node(hash).catch(() => null))
  return [...new Set([...added, ...nodes])]
}

type Answered = { status: number; json: unknown }

/** Signs each call; what the edge refuses or cannot do is said by a code and the edge's own word. */
function caller({ url, secret, call, clock }: EdgePlace) {
  return async (method: string, path: string, body?: object | Uint8Array, also: number[] = []): Promise<Answered> => {
    const bytes = body instanceof Uint8Array ? body : new TextEncoder().encode(body ? JSON.stringify(body) : '')
    const signed = { method, path, at: String(clock.ms()), nonce: randomUUID(), body: sha256(bytes) }
    const headers = {
      [SIGNED.at]: signed.at,
      [SIGNED.nonce]: signed.nonce,
      [SIGNED.body]: signed.body,
      [SIGNED.signature]: await signatureOf(secret, pushLines(signed)),
    }
    const request = {
      method,
      headers,
      ...(method === 'GET' ? {} : { body: bytes }),
      maxBytes: 4 << 20,
      timeoutMs: 15_000,
    }
    const answer = await call(url + path, request).catch((err) => {
      throw unavailable('edge-unreachable', { why: whyOf(err) })
    })
    const json = jsonIn(answer)
    if (answer.status === 200 || also.includes(answer.status)) return { status: answer.status, json }
    const said = typeof (json as { error?: unknown })?.error === 'string' ? (json as { error: string }).error : ''
    const why = `HTTP ${answer.status}${said ? ` ${said}` : ''}`
    if (answer.status === 401 && said === 'clock') throw unavailable('edge-clock', { why })
    throw answer.status === 401 || (answer.status === 404 && said !== 'store')
      ? unavailable('edge-refuses', { why })
      : unavailable('edge-differs', { why })
  }
}

const whyOf = (err: unknown): string =>
  err instanceof Refusal ? `${err.code}${err.params['why'] ? ` ${err.params['why']}` : ''}` : String(err)

function jsonIn(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(answer.body))
  } catch {
    return null
  }
}
