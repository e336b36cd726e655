/** Reads what the mail system delivered into a Maildir. Several workers may: a mail is whose rename succeeds. */
import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ctx } from '../context.ts'
import { MINUTE } from '../lib/clock.ts'
import { count } from './store.ts'

/** So many mails at a time; the timetable comes again soon. */
const BATCH = 500
/** As over HTTP. A report carries its original mail at most. */
export const MOST_BYTES = 4 * 1024 * 1024
/** A mail somebody took and did not finish in this time is taken again. */
const TAKEN_FOR = 10 * MINUTE
/** Maildir++ folder for what cannot be read, so that a mail program shows it. */
const FAILED = '.failed'

/** What is done with a mail. @throws when it was not the mail's fault: it comes round again */
export type Mailbox = {
  dir: string
  take(raw: Uint8Array): Promise<unknown> /** Its words may not stay here. */
  forget?: boolean
}

/**
 * new/ → cur/ without a flag while it is being read → cur/ with S (seen) once heeded, or gone where its words may not stay. What
 * is no plain file, too big or unreadable goes to .failed/cur with F; nothing else is deleted.
 * @returns how many were heeded
 */
export async function readMaildir(ctx: Ctx, box: Mailbox): Promise<number> {
  const { dir } = box
  await returnAbandoned(ctx, dir)
  const names = (await readdir(join(dir, 'new'))).filter((name) => !name.startsWith('.')).sort()
  let heeded = 0
  for (const name of names.slice(0, BATCH)) if (await readOne(ctx, box, name)) heeded++
  return heeded
}

async function readOne(ctx: Ctx, { dir, take, forget }: Mailbox, name: string): Promise<boolean> {
  const base = name.replaceAll(':', '_')
  const taken = join(dir, 'cur', `${base}:2,`)
  if (!(await moved(join(dir, 'new', name), taken))) return false
  const raw = await contentOf(taken)
  if (typeof raw === 'string') {
    await setAside(ctx, dir, base, raw)
    return false
  }
  try {
    await take(raw)
  } catch (err) {
    // Not the mail's fault, or a fault of ours: it keeps no flag and comes round again.
    ctx.log.error({ err, mail: base }, 'a returned mail could not be heeded')
    return false
  }
  if (forget) await rm(taken, { force: true })
  else await rename(taken, join(dir, 'cur', `${base}:2,S`))
  return true
}

/** The mail, or why it is not read. A link is never followed: whoever can write here must not choose what we open. */
async function contentOf(file: string): Promise<Uint8Array | string> {
  try {
    // Nor may a pipe hold up the reader: O_NONBLOCK opens it at once, and it is no plain file.
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const is = await handle.stat()
      if (!is.isFile()) return 'no plain file'
      return is.size > MOST_BYTES ? 'too big' : await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (err) {
    return (err as NodeJS.ErrnoException).code ?? 'unreadable'
  }
}

async function setAside(ctx: Ctx, dir: string, base: string, why: string): Promise<void> {
  for (const part of ['new', 'cur', 'tmp']) await mkdir(join(dir, FAILED, part), { recursive: true, mode: 0o700 })
  await rename(join(dir, 'cur', `${base}:2,`), join(dir, FAILED, 'cur', `${base}:2,F`))
  ctx.log.warn({ mail: base, why }, 'a returned mail cannot be read')
  await count(ctx.store.db, 'mail-report:unreadable')
}

/** Mails in cur/ without a flag: a worker died over them, or a mail program moved them there. Renaming dates them (ctime). */
async function returnAbandoned(ctx: Ctx, dir: string): Promise<void> {
  const before = ctx.clock.ms() - TAKEN_FOR
  for (const name of await readdir(join(dir, 'cur'))) {
    if (name.startsWith('.') || !/^[^:]+(:2,)?$/.test(name)) continue
    const { ctimeMs } = await lstat(join(dir, 'cur', name)).catch(() => ({ ctimeMs: Number.POSITIVE_INFINITY }))
    if (ctimeMs < before) await moved(join(dir, 'cur', name), join(dir, 'new', name.replace(/:2,$/, '')))
  }
}

/** False where another worker was quicker. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw err
  }
}
