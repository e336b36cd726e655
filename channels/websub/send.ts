/** Posts feeds to callbacks (W3C WebSub §7): the published bytes, their own content type, signed where a secret was given. The only I/O of this outlet. */
import { createHmac } from 'node:crypto'
import type { ChannelDeps, Outcome, PublicFile, Target, Told } from '../../src/delivery/channel.ts'
import type { Lanes } from '../../src/lib/lanes.ts'
import { failureOutcome, outcomeOf } from './outcome.ts'

/** What all calls of one outlet share. `turns`: what is under way to each address, so that nobody gets an older feed after a newer one. */
export type Post = {
  deps: ChannelDeps
  timeoutMs: number
  lanes: Lanes
  turns: Map<string, Promise<unknown>>
}

const STOPPED: Outcome = { state: 'again', why: 'stopped before it began', after: 0 }

/** One outcome per target, in order, told as soon as it is known. */
export async function postFeeds(
  post: Post,
  targets: Target[],
  signal: AbortSignal,
  told: Told = () => {},
): Promise<Outcome[]> {
  return Promise.all(
    targets.map(async (target, at) => {
      const outcome = await inTurn(post.turns, target.address, () =>
        post.lanes.run(hostOf(target.address), async () => (signal.aborted ? STOPPED : deliver(post, target))),
      )
      told(at, outcome)
      return outcome
    }),
  )
}

/** To our own probe, over the way our own address is called: the same post a follower gets. */
export const testPost = (
  { deps, timeoutMs, lanes, turns }: Post,
  to: Pick<Target, 'address' | 'language' | 'signing'>,
): Promise<Outcome> =>
  deliver(
    { deps: { ...deps, outsider: deps.own ?? deps.outsider }, timeoutMs, lanes, turns },
    { ...to, deliveryId: 0, subscriberId: 0, token: '', attempt: 1 },
  )

const hostOf = (address: string): string => URL.parse(address)?.host ?? ''

async function inTurn<T>(turns: Post['turns'], key: string, job: () => Promise<T>): Promise<T> {
  const mine = (turns.get(key) ?? Promise.resolve()).then(job)
  const over = mine.catch(() => {})
  turns.set(key, over)
  try {
    return await mine
  } finally {
    if (turns.get(key) === over) turns.delete(key)
  }
}

async function deliver({ deps, timeoutMs }: Post, target: Target): Promise<Outcome> {
  const { signing, address, attempt } = target
  if (signing?.until && signing.until <= deps.now()) return { state: 'suppressed', why: 'lease over' }
  // The address is the callback, with the path of the file it follows as fragment (audience/hub-store).
  const cut = address.indexOf('#')
  const [callback, topic] = [address.slice(0, cut), address.slice(cut + 1)]
  const file = await deps.published(topic)
  if (!file) return { state: 'never', why: 'topic not published' }
  const headers = headersOf(deps, topic, file, signing)
  if (!headers) return { state: 'again', why: 'the secret could not be opened', after: 0, ours: true }
  try {
    const request = { method: 'POST', headers, body: file.body, timeoutMs, maxBytes: 1024 }
    return outcomeOf(await deps.outsider(callback, request), attempt, deps.now())
  } catch (err) {
    return failureOutcome(err, attempt)
  }
}

/** Null where there is a secret and it cannot be opened: unsigned, the callback would have to take it for a forgery. */
function headersOf(deps: ChannelDeps, topic: string, file: PublicFile, signing: Target['signing']) {
  const { hubUrl, publicUrl } = deps.config
  const self = publicUrl + topic.split('/').map(encodeURIComponent).join('/')
  const plain = {
    'content-type': file.type,
    link: `<${hubUrl}>; rel="hub", <${self}>; rel="self"`,
    'user-agent': 'ortoo-hub',
  }
  const locked = signing?.secrets[0]?.locked
  if (!locked) return plain
  try {
    const hmac = createHmac('sha256', deps.unlock(locked)).update(file.body).digest('hex')
    return { ...plain, 'x-hub-signature': `sha256=${hmac}` }
  } catch (err) {
    deps.log.error({ err, outlet: 'websub' }, 'the secret of a callback could not be opened')
    return null
  }
}
