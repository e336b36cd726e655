/**
 * The state one isolate shows, and how it follows the pointers.
 *
 * What a withdrawal may rely on. R2 is strongly consistent, so a look that begins after a pointer was written sees it. What a
 * look found may be shown for HOLD from the moment that look began; whoever holds the older state has let go of it HOLD after
 * the write, and only then is a push that takes something away acknowledged (receive.ts).
 *
 * - A pointer never replaces a later one this isolate has seen, and a look that found an earlier one proves nothing: such a
 *   store is as good as silent.
 * - A new root is shown when all it changes is in memory. Until then the last whole state stands, but for the paths the
 *   pointer itself says are void: of those no old byte is shown.
 * - Where the store is silent past HOLD the state is `unsure`: the origin is asked (serve.ts), and only where that is gone
 *   too the last whole state goes on being shown, for UNSURE and no longer. That a release is withdrawn just then would need
 *   an origin that reaches another isolate and a bucket that takes its write, while this isolate reaches neither of them.
 */
import { type Clock, MINUTE, SECOND } from '../lib/clock.ts'
import { digestOf } from '../lib/edge-sign.ts'
import { lru } from '../store/lru.ts'
import { newerFiles } from '../store/site-newer.ts'
import {
  isExercise,
  isGap,
  keyIn,
  laterThan,
  type Pointer,
  type SiteBranch,
  type SiteEntry,
  type SiteHit,
  type SiteLeaf,
  type SiteNode,
  type Tree,
  treesAt,
  voidAt,
} from '../store/site-shape.ts'
import type { Body, EdgeFiles } from './files.ts'

/** DESIGN §6 allows five seconds; a flash may have to be withdrawn. */
export const HOLD = 2 * SECOND
/** After so long a look is made beside the answering, so that nobody waits for one while the site is asked often. */
const LOOK_AGAIN = SECOND
/** A visitor waits no longer than this for a look at a silent bucket. */
const MOST_WAIT = 1.5 * SECOND
const UNSURE = 1.5 * MINUTE
/** A file that is missing for good must not keep an old state up. */
const MOST_BEHIND = MINUTE

/** `gone`: only that it was taken down can be said. */
export type Found = { hit: SiteHit | null; at: string } | 'gone'
type Followed = {
  /** The state that is whole, and the latest that was ever seen. */
  shown: Pointer | null
  known: Pointer | null
  /** When the last good look began. */
  sureAt: number
  /** When the last look of any outcome began, and when one last came to nothing. */
  askedAt: number
  failedAt: number
  /** Since when `shown` has not been `known`; 0 while it is. */
  behindSince: number
}

export class Copy {
  readonly #files: EdgeFiles
  readonly #clock: Pick<Clock, 'ms'>
  readonly #trees = new Map<Tree, Followed>()
  readonly #bodies = lru<Uint8Array<ArrayBuffer>>(32 << 20)
  readonly #nodes = lru<SiteNode>(16 << 20)

  constructor(files: EdgeFiles, clock: Pick<Clock, 'ms'>) {
    this.#files = files
    this.#clock = clock
  }

  /**
   * Makes sure of the trees a path may stand in. `afresh`: by a look that begins now.
   * @returns whether what is held may be shown
   */
  async ready(path: string, afresh: boolean, beside: (work: Promise<unknown>) => void): Promise<Sureness> {
    const trees = treesAt(path).map((tree) => this.#followed(tree))
    const now = this.#clock.ms()
    const due = trees.filter((f) => now - f.sureAt > HOLD || (afresh && now - f.askedAt > 50))
    const soon = trees.filter((f) => !due.includes(f) && now - Math.max(f.sureAt, f.askedAt) > LOOK_AGAIN)
    if (soon.length) beside(Promise.all(soon.map((f) => this.#look(this.#treeOf(f), f))))
    // One that came to nothing a moment ago is not asked again by everybody who comes.
    const asked = due.filter((f) => afresh || now - f.failedAt > LOOK_AGAIN)
    if (asked.length) {
      await within(MOST_WAIT, Promise.all(asked.map((f) => this.#look(this.#treeOf(f), f))))
      for (const f of asked) if (f.sureAt < now - HOLD) f.failedAt = this.#clock.ms()
    }
    return this.#sureness(trees)
  }

  #sureness(trees: Followed[]): Sureness {
    const oldest = this.#clock.ms() - Math.min(...trees.map((f) => f.sureAt))
    if (oldest <= HOLD) return 'sure'
    return oldest <= UNSURE && trees.some((f) => f.shown) ? 'unsure' : 'lost'
  }

  /** A pointer this isolate read elsewhere, by a look that began then. */
  async note(pointer: Pointer, began: number): Promise<void> {
    await this.#see(this.#followed(pointer.tree), pointer, began)
  }

  /** Drops all bodies from memory, after a purge. */
  forget(): void {
    this.#bodies.clear()
    this.#nodes.clear()
  }

  /** When the state was made that is shown for a path. */
  madeAt(path: string): string {
    const times = treesAt(path).map((tree) => this.#followed(tree).shown?.at ?? '')
    return times.sort().at(-1) ?? ''
  }

  /** What stands at a path. @throws when it cannot be read just now */
  async lookup(path: string): Promise<Found> {
    const digest = await digestOf(path)
    for (const tree of treesAt(path)) {
      const { shown, known } = this.#followed(tree)
      if (!shown || !known) continue
      const taken = known === shown ? null : voidAt(known, shown, digest)
      const pointer = taken ? known : shown
      try {
        const entry = await this.#entry(pointer.root, path, digest)
        if (entry) return { hit: { ...entry, path, tree, exercise: isExercise(tree) }, at: pointer.at }
      } catch (err) {
        if (taken && taken !== 'all' && taken.gone) return 'gone'
        throw err
      }
    }
    return { hit: null, at: this.madeAt(path) }
  }

  async body(hash: string): Promise<Body> {
    const held = this.#bodies.get(hash)
    if (held) return held
    const body = await this.#files.body(hash).catch(() => this.#files.body(hash))
    if (body instanceof Uint8Array) this.#bodies.set(hash, body, body.length + 200)
    return body
  }

  readonly #node = async (hash: string): Promise<SiteNode> => {
    const held = this.#nodes.get(hash)
    if (held) return held
    const node = await this.#files.node(hash).catch(() => this.#files.node(hash))
    this.#nodes.set(hash, node, JSON.stringify(node).length * 2 + 200)
    return node
  }

  async #entry(root: string, path: string, digest: string): Promise<SiteEntry | null> {
    const key = keyIn(digest)
    const mid = ((await this.#node(root)) as SiteBranch).nodes[key.mid]
    const leaf = mid && ((await this.#node(mid)) as SiteBranch).nodes[key.leaf]
    const found = leaf && ((await this.#node(leaf)) as SiteLeaf).files[path]
    return found && !isGap(found) ? found : null
  }

  async #look(tree: Tree, followed: Followed): Promise<void> {
    const began = this.#clock.ms()
    followed.askedAt = began
    const found = await this.#files.pointer(tree).catch(() => 'silent' as const)
    if (found === 'silent') return
    // A tree nobody ever wrote is one without files; one that was seen does not vanish.
    if (!found) {
      if (!followed.known && tree !== 'website') followed.sureAt = Math.max(followed.sureAt, began)
      return
    }
    await this.#see(followed, found.pointer, began)
  }

  /** An earlier one than was seen already proves nothing. */
  async #see(followed: Followed, pointer: Pointer, began: number): Promise<void> {
    if (followed.known && laterThan(followed.known, pointer) > 0) return
    await this.#take(followed, pointer)
    followed.sureAt = Math.max(followed.sureAt, began)
  }

  /** Remembers the later one, and shows it once all it changes is here. */
  async #take(followed: Followed, pointer: Pointer): Promise<void> {
    if (!followed.known || laterThan(pointer, followed.known) > 0) followed.known = pointer
    const next = followed.known
    if (followed.shown === next) return
    followed.behindSince ||= this.#clock.ms()
    const patient = this.#clock.ms() - followed.behindSince <= MOST_BEHIND
    const loaded = await this.#load(next.root, followed.shown?.root ?? null, patient).catch(() => false)
    // Another look may have found a later one meanwhile, and shown it.
    if (!loaded || (followed.shown && laterThan(followed.shown, next) >= 0)) return
    followed.shown = next
    if (followed.known === next) followed.behindSince = 0
  }

  /** Of a first root, of a tree made anew, or of one that has been waited for long enough, bodies wait to be asked for. */
  async #load(root: string, before: string | null, patient: boolean): Promise<true> {
    const old = before ? await this.#node(before).catch(() => null) : null
    if (!old) return this.#node(root).then(() => true)
    const { added, removed } = await newerFiles(this.#node, root, before)
    if (patient && added.length <= MOST_LOADED) await Promise.all(added.map((hash) => this.#loadBody(hash)))
    for (const hash of removed) this.#bodies.drop(hash)
    return true
  }

  async #loadBody(hash: string): Promise<void> {
    const body = await this.body(hash)
    if (!(body instanceof Uint8Array)) await body.stream.cancel()
  }

  #followed(tree: Tree): Followed {
    const there = this.#trees.get(tree)
    if (there) return there
    const made = { shown: null, known: null, sureAt: LONG_AGO, askedAt: LONG_AGO, failedAt: LONG_AGO, behindSince: 0 }
    this.#trees.set(tree, made)
    return made
  }

  #treeOf(followed: Followed): Tree {
    for (const [tree, one] of this.#trees) if (one === followed) return tree
    throw new Error('a tree that is not followed')
  }
}

/** `sure`: looked at within HOLD. `unsure`: the last whole state of a store that has fallen silent. `lost`: nothing to show. */
export type Sureness = 'sure' | 'unsure' | 'lost'

const LONG_AGO = Number.NEGATIVE_INFINITY
const MOST_LOADED = 300

/** However it ends, and for so long at most. */
const within = (ms: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work.catch(() => {}), new Promise((done) => setTimeout(done, ms))])
