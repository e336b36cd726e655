/** The registry of outlets, in the order they are served. Adding an outlet: its folder, one line here, its golden test. */
import type { Channel, ChannelDeps } from '../src/delivery/channel.ts'
import { create as email } from './email/index.ts'
import { create as feeds } from './feeds/index.ts'
import { create as log } from './log/index.ts'
import { create as manual } from './manual/index.ts'
import { create as webhook } from './webhook/index.ts'
import { create as webpush } from './webpush/index.ts'
import { create as website } from './website/index.ts'
import { create as websub } from './websub/index.ts'

export { firstFeeds } from './feeds/index.ts'
export { staticFiles } from './website/index.ts'

const OUTLETS: ((deps: ChannelDeps) => Channel)[] = [
  website as Make,
  feeds as Make,
  email as Make,
  webpush as Make,
  websub,
  webhook,
  manual as Make,
]
type Make = (deps: ChannelDeps) => Channel

/**
 * Every outlet, made. One that is not ready keeps its place with a stand-in that never says accepted; e-mail writes its
 * own letters to the outbox instead, where they can be read.
 */
export function outlets(deps: ChannelDeps): { channels: Channel[]; notReady: Record<string, string> } {
  const notReady: Record<string, string> = {}
  const channels = OUTLETS.map((make) => {
    const channel = make(deps)
    const why = channel.ready(deps.config)
    if (!why) return channel
    notReady[channel.name] = why
    if (channel.name === 'email') return channel
    const standIn = log(deps, channel.name, channel.audience, why, channel.serves)
    // What it would say can be looked at all the same.
    return channel.preview ? { ...standIn, preview: channel.preview } : standIn
  })
  return { channels, notReady }
}
