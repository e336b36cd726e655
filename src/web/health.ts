/** What the service needs and whether it is there: each tried in its own time, all at once, shared by all who ask. */
import { access, constants, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ctx } from '../context.ts'
import { SECOND, systemClock } from '../lib/clock.ts'
import { greetingOf } from '../lib/smtp-lines.ts'
import { redisTime } from '../queue/redis-probe.ts'
import { answers, anythingPublished, BEAT_EVERY, lastBeat } from '../store/health.ts'
import { freeBytes, tryWriting } from '../store/room.ts'

/** `fatal`: without it the service cannot do its job; else it goes on, with less. Words: health.<name>, health.<name>.do. */
export type Part = { name: string; ok: boolean; fatal: boolean; ms: number; why: string }
export type Health = { ready: boolean; parts: Part[] }

type Look = { name: string; fatal: boolean; every: number; look(ctx: Ctx): Promise<void> }

const DEADLINE = 2 * SECOND
const LEAST_FREE = 500e6

/** Still does its job, though not for long. */
class Warning extends Error {}

const LOOKS: Look[] = [
  { name: 'database', fatal: true, every: SECOND, look: (ctx) => answers(ctx.store.db) },
  { name: 'files', fatal: true, every: 5 * SECOND, look: files },
  { name: 'site', fatal: true, every: SECOND, look: site },
  { name: 'redis', fatal: false, every: 5 * SECOND, look: redis },
  { name: 'work', fatal: false, every: SECOND, look: work },
  { name: 'mail', fatal: false, every: 30 * SECOND, look: mail },
]

/** What this configuration asks for. */
const looksFor = ({ config }: Ctx): Look[] =>
  LOOKS.filter((l) => (l.name !== 'redis' || config.redisUrl) && (l.name !== 'mail' || config.smtp))

type Kept = Map<string, { at: number; part: Promise<Part> }>
const kept = new WeakMap<Ctx, Kept>()

export async function healthOf(ctx: Ctx): Promise<Health> {
  const parts = await Promise.all(looksFor(ctx).map((l) => fresh(ctx, l)))
  return { ready: parts.every((p) => p.ok || !p.fatal), parts }
}

/** However often strangers ask, each part is tried no oftener than it says. */
function fresh(ctx: Ctx, look: Look): Promise<Part> {
  const parts = kept.get(ctx) ?? new Map()
  kept.set(ctx, parts)
  const now = systemClock.ticks()
  const held = parts.get(look.name)
  if (held && now - held.at < look.every) return held.part
  const part = tried(ctx, look)
  parts.set(look.name, { at: now, part })
  return part
}

async function tried(ctx: Ctx, { name, fatal, look }: Look): Promise<Part> {
  const began = systemClock.ticks()
  const done = (why: string, isFatal = fatal): Part => {
    const ms = Math.round(systemClock.ticks() - began)
    noteChange(ctx, name, why)
    return { name, ok: why === '', fatal: isFatal, ms, why }
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer within ${DEADLINE} ms`)), DEADLINE)
  })
  try {
    await Promise.race([look(ctx), late])
    return done('')
  } catch (err) {
    const { code, message } = err as NodeJS.ErrnoException
    return done(code ?? message.slice(0, 120), fatal && !(err instanceof Warning))
  } finally {
    clearTimeout(timer)
  }
}

/** What fails is logged when it begins and when it ends, not at every look. */
const failing = new WeakMap<Ctx, Set<string>>()
function noteChange(ctx: Ctx, name: string, why: string): void {
  const names = failing.get(ctx) ?? new Set()
  failing.set(ctx, names)
  if (why && !names.has(name)) ctx.log.warn({ part: name, why }, 'health: failing')
  if (!why && names.has(name)) ctx.log.info({ part: name }, 'health: mended')
  names[why ? 'add' : 'delete'](name)
}

/** The folder and, once they are there, those the service writes pages and attachments to. */
async function files({ config: { dataDir } }: Ctx): Promise<void> {
  await tryWriting(dataDir)
  const inside = (await readdir(dataDir)).filter((name) => name === 'blobs' || name === 'site')
  for (const name of inside) await access(join(dataDir, name), constants.W_OK)
  const free = await freeBytes(dataDir)
  if (free < LEAST_FREE) throw new Warning(`${Math.round(free / 1e6)} MB free`)
}

/** The pointer can be read and leads to a front page, unless nothing was ever published. */
async function site(ctx: Ctx): Promise<void> {
  if (await ctx.site.entry('/')) return
  if (await anythingPublished(ctx.store.db)) throw new Warning('no front page')
}

async function redis({ config }: Ctx): Promise<void> {
  await redisTime(config.redisUrl as string)
}

async function work(ctx: Ctx): Promise<void> {
  const at = await lastBeat(ctx.store.db, 'work')
  if (!at) throw new Error('no beat yet')
  const silent = ctx.clock.ms() - Date.parse(at)
  if (silent > 6 * BEAT_EVERY) throw new Error(`silent for ${Math.round(silent / SECOND)} s`)
}

async function mail({ config }: Ctx): Promise<void> {
  await greetingOf(config.smtp?.url as string)
}
