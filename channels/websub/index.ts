/** The outlet WebSub (W3C Recommendation): whoever follows one of our feeds is posted the feed itself whenever it changes. */
import type { Channel, ChannelConfig, ChannelDeps } from '../../src/delivery/channel.ts'
import { SECOND } from '../../src/lib/clock.ts'
import { Lanes } from '../../src/lib/lanes.ts'
import { postFeeds, testPost } from './send.ts'

/** A callback that takes longer is tried again later. */
const TIMEOUT_MS = 10 * SECOND
/** Under way at once, over all and to one host: a host that stalls holds up nobody but itself. */
const MOST = { together: 64, host: 6 }
const NOT_READY = 'The hub is switched off: take WEBSUB_HUB=0 out of the settings.'

/** `limits` shortens the time-out for tests. */
export function create(deps: ChannelDeps, limits = { timeoutMs: TIMEOUT_MS }): Channel {
  const post = { deps, timeoutMs: limits.timeoutMs, lanes: new Lanes(MOST.together, MOST.host), turns: new Map() }
  return {
    name: 'websub',
    audience: 'subscribers',
    serves: 'websub',
    hub: true,
    byInvitation: true,
    repeatable: true,
    ready,
    // What is posted is read when it is posted: the bytes that are public at that moment, never an older feed.
    variants: () => ['all'],
    prepare: async () => null,
    send: (_prepared, targets, signal, told) => postFeeds(post, targets, signal, told),
    test: async ({ address, language, signing }) =>
      testPost(post, { address, language, ...(signing ? { signing } : {}) }),
  }
}

const ready = ({ hubUrl }: ChannelConfig): string | null => (hubUrl ? null : NOT_READY)
