/** What every use case is handed: stores, clock, keys, wires. compose.ts makes it; tests override parts. */
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Channel, Outsider } from './delivery/channel.ts'
import type { Clock } from './lib/clock.ts'
import type { Keys } from './publication/seal.ts'
import type { Bell } from './queue/bell.ts'
import type { Blobs } from './store/blob.ts'
import type { Store } from './store/open.ts'
import type { Site } from './store/site.ts'

export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>

export type Ctx = {
  config: Config
  store: Store
  clock: Clock
  log: Log
  bell: Bell
  blobs: Blobs
  site: Site
  keys: Keys
  /** Guarded client for addresses strangers gave us. */
  outsider: Outsider
  /** Client for exact origins of the configuration. */
  configured: Outsider
  /** Outlets in the order they are served; stand-ins already put in for those not ready. */
  channels: Channel[]
  /** Sentence per outlet that is not ready, by name. */
  notReady: Record<string, string>
  /** SHA-256 over the templates this process renders with. */
  templateDigest: string
}
