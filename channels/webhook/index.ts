/** The outlet webhook: named receivers an administrator set up are posted each edition as signed JSON. */
import type { Channel, ChannelDeps, Outcome, Target } from '../../src/delivery/channel.ts'
import { SECOND } from '../../src/lib/clock.ts'
import { Lanes } from '../../src/lib/lanes.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { bodyOf, capPathOf, testBody } from './body.ts'
import { type Post, type Prepared, postAll, postOne } from './send.ts'

const TIMEOUT_MS = 15 * SECOND
const MOST = { together: 32, host: 4 }

/** `limits` shortens the time-out for tests. */
export function create(deps: ChannelDeps, limits = { timeoutMs: TIMEOUT_MS }): Channel<Prepared> {
  const post: Post = { deps, timeoutMs: limits.timeoutMs, lanes: new Lanes(MOST.together, MOST.host) }
  return {
    name: 'webhook',
    audience: 'subscribers',
    serves: 'webhook',
    byInvitation: true,
    repeatable: true,
    ready: () => null,
    variants: ({ type }) => (type === 'erratum' || type === 'takedown' ? [] : ['all']),
    prepare: async (edition) => preparedOf(edition, deps),
    send: (prepared, targets, signal, told) => postAll(post, prepared, targets, signal, told),
    test: (to) => sendTest(post, to),
  }
}

/** Prepared ahead of the feeds: whether there is a CAP message is looked up when the first receiver is posted to, and kept. */
function preparedOf(edition: Edition, deps: ChannelDeps): Prepared {
  const body = bodyOf(edition, deps.config)
  let bytes: Promise<Uint8Array> | undefined
  const write = async () => {
    const path = capPathOf(edition)
    if (await deps.published(path)) body.links.cap = deps.config.publicUrl + path
    return Buffer.from(JSON.stringify(body))
  }
  return {
    event: body.event,
    bytes: () => {
      bytes ??= write().catch((err) => {
        bytes = undefined
        throw err
      })
      return bytes
    },
  }
}

function sendTest(post: Post, to: Pick<Target, 'address' | 'signing'>): Promise<Outcome> {
  const bytes = Buffer.from(JSON.stringify(testBody(post.deps.config, post.deps.now())))
  return postOne(post, { event: 'test', bytes: async () => bytes }, { ...to, deliveryId: 0, attempt: 1 })
}
