/** Composition root: what every use case is handed. Tests override parts. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Channel, ChannelConfig, ChannelDeps, Outsider } from './delivery/channel.ts'
import type { Looker } from './desk/looked.ts'
import { type Clock, systemClock } from './lib/clock.ts'
import { configured, outsider } from './lib/http.ts'
import { unlock } from './lib/lock.ts'
import { PAGE_CSP } from './lib/page-csp.ts'
import { openKeys } from './publication/keys.ts'
import { fillLanguages } from './publication/languages-store.ts'
import { fillMonths } from './publication/months-store.ts'
import type { Keys } from './publication/seal.ts'
import { takeUpKeys } from './publication/take-up-keys.ts'
import { templateDigest } from './publication/templates.ts'
import type { Bell } from './queue/bell.ts'
import type { Limits } from './queue/limit.ts'
import { memoryLimits } from './queue/limit-memory.ts'
import { memoryBell } from './queue/memory.ts'
import { openLooker } from './review/looker.ts'
import type { Blobs } from './store/blob.ts'
import { type Files, openFiles } from './store/files.ts'
import { migrate } from './store/migrate.ts'
import { openStore, type Store } from './store/open.ts'
import { noteOutboxFile } from './store/outbox.ts'
import { openSite, type Site } from './store/site.ts'
import { type Edge, openEdge } from './store/site-edge.ts'

export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>

export type Ctx = {
  config: Config
  store: Store
  clock: Clock
  log: Log
  bell: Bell
  /** How much a second may be handed over, shared by every worker where there is a Redis. */
  limits: Limits
  blobs: Blobs
  files: Files
  site: Site
  /** Where public files are pushed to; null where readers come to this machine. */
  edge: Edge | null
  keys: Keys
  /** Looks into files people attach. */
  looker: Looker
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

/** The registry the entries hand in: src never imports channels. */
export type Registry = (deps: ChannelDeps) => { channels: Channel[]; notReady: Record<string, string> }

export type Parts = {
  config: Config
  registry: Registry
  log: Log
  clock?: Clock
  store?: Store
  outsider?: Outsider
  configured?: Outsider
  looker?: Looker
}

/** Opens everything the configuration names and migrates the database. Close with `closeContext`. */
export async function createContext(parts: Parts): Promise<Ctx> {
  const { config, log } = parts
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const clock = parts.clock ?? systemClock
  const store = parts.store ?? (await openStore({ databaseUrl: config.databaseUrl }))
  await migrate(store)
  await fillMonths(store, config.site.offset)
  await fillLanguages(store)
  const files = openFiles(config)
  const bell = await openBell(config, log)
  const calls =
    parts.configured ??
    configured([
      new URL(config.publicUrl).origin,
      ...(config.edge ? [config.edge.url] : []),
      ...(config.alarm.webhook ? [new URL(config.alarm.webhook).origin] : []),
    ])
  const edge = config.edge ? openEdge({ ...config.edge, call: calls, ...files.site, clock }) : null
  const site = ringing(
    bell,
    openSite({
      ...files.site,
      csp: PAGE_CSP,
      now: clock.now,
      onError: (err) => log.error({ err }, 'public file could not be read'),
    }),
  )
  const keys = openKeys(config.dataDir, new URL(config.publicUrl).hostname, clock.now)
  const guarded = parts.outsider ?? outsider({ allow: config.outsiders })
  const deps: ChannelDeps = {
    config: channelConfig(config, keys),
    site,
    outsider: guarded,
    own: calls,
    published: publishedIn(site),
    unlock: (locked) => unlock(keys.secret, locked),
    outbox: outboxIn(config, store, clock),
    now: clock.now,
    log,
  }
  const { channels, notReady } = parts.registry(deps)
  const ctx: Ctx = {
    config,
    store,
    clock,
    log,
    bell,
    limits: await openLimits(config, clock, log),
    blobs: files.blobs,
    files,
    site,
    edge,
    keys,
    looker: parts.looker ?? openLooker(),
    outsider: guarded,
    configured: calls,
    channels,
    notReady,
    templateDigest: templateDigest(),
  }
  ctx.bell.on('site', () => site.refresh())
  await takeUpKeys(ctx)
  ctx.bell.on('keys', () => void takeUpKeys(ctx).catch((err) => log.error({ err }, 'keys could not be taken up')))
  ctx.bell.on('forget', () => site.forget())
  return ctx
}

/** Every process that serves the site hears of a commit at once. */
const ringing = (bell: Bell, site: Site): Site => ({
  ...site,
  commit: async (tree, mode, sequence, files) => {
    const done = await site.commit(tree, mode, sequence, files)
    bell.ring('site', tree)
    return done
  },
})

export async function closeContext(ctx: Ctx): Promise<void> {
  await Promise.all(ctx.channels.map((c) => c.close?.()))
  await ctx.looker.close()
  await ctx.bell.close()
  await ctx.limits.close()
  await ctx.store.close()
}

export const channelConfig = (config: Config, keys: Keys): ChannelConfig => ({
  publicUrl: config.publicUrl,
  site: config.site,
  ...(config.smtp
    ? {
        smtp: {
          ...config.smtp,
          // Asked at every letter: another key may have taken its place.
          get bounceKey() {
            return keys.bounce
          },
        },
      }
    : {}),
  vapid: { ...keys.vapid, subject: config.vapidSubject },
  alertKey: keys.alert,
  ...(config.hub ? { hubUrl: `${config.publicUrl}/hub` } : {}),
})

const publishedIn =
  (site: Site): ChannelDeps['published'] =>
  async (path) => {
    const hit = await site.entry(path)
    if (!hit || hit.exercise) return null
    return { type: hit.type, status: hit.status, body: await site.bytes(hit.hash) }
  }

async function openBell(config: Config, log: Log): Promise<Bell> {
  const trouble = (err: unknown, what: string) => log.warn({ err, what }, 'bell')
  if (!config.redisUrl) return memoryBell({ name: config.dataDir, trouble })
  const { redisBell } = await import('./queue/redis.ts')
  return redisBell({ url: config.redisUrl, trouble })
}

async function openLimits(config: Config, clock: Clock, log: Log): Promise<Limits> {
  if (!config.redisUrl) return memoryLimits(clock.ticks)
  const { redisLimits } = await import('./queue/limit-redis.ts')
  const trouble = (err: unknown, what: string) => log.warn({ err, what }, 'limits')
  return redisLimits({ url: config.redisUrl, ticks: clock.ticks, trouble })
}

/** Letters that could not leave are kept for reading, noted first so that a purge finds them. */
const outboxIn =
  (config: Config, store: Store, clock: Clock): ChannelDeps['outbox'] =>
  async (name, bytes, releaseId, also = []) => {
    const dir = join(config.dataDir, 'outbox')
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await noteOutboxFile(store.db, { name, release_id: releaseId, at: clock.now() }, also)
    await writeFile(join(dir, name), bytes, { mode: 0o600 })
  }
