/** Where attachments and public files lie: written, read back and deleted; and whether all who work write to the same place. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Config } from '../../config.ts'
import { MINUTE, plus } from '../../lib/clock.ts'
import { Refusal } from '../../lib/errors.ts'
import { newToken } from '../../lib/id.ts'
import { openFiles } from '../../store/files.ts'
import { openStore } from '../../store/open.ts'
import { probe } from '../../store/probe.ts'
import { placeOf, type WorkerRow, workersSince } from '../../store/worker-store.ts'
import { type Finding, fail, type Look, note, ok, reason } from './finding.ts'

export const files: Look = {
  name: 'files',
  async run(config) {
    if (!config.files && !existsSync(config.dataDir)) return []
    const where = placeName(config)
    try {
      const { blobs } = openFiles(config)
      const bytes = new TextEncoder().encode(`doctor ${newToken()}`)
      const hash = await blobs.put(bytes)
      const back = await blobs.get(hash)
      await blobs.delete(hash)
      if (!back || Buffer.compare(back, bytes) !== 0 || (await blobs.has(hash)))
        return [fail('doctor.files-other', { where })]
      return [ok('doctor.files', { where }), ...openLine(config)]
    } catch (err) {
      return [fail(config.files ? 'doctor.bucket-unreachable' : 'doctor.files-unreachable', { where, why: why(err) })]
    }
  },
}

const placeName = ({ files, dataDir }: Config): string =>
  files ? `s3://${files.bucket}/${files.prefix} (${files.endpoint})` : resolve(dataDir)

const why = (err: unknown): string =>
  err instanceof Refusal && err.params['why'] ? String(err.params['why']) : reason(err)

/** Drafts' attachments would travel readable. */
const openLine = ({ files }: Config): Finding[] =>
  files?.endpoint.startsWith('http:') && !/^http:\/\/(localhost|127\.|\[::1)/.test(files.endpoint)
    ? [fail('doctor.bucket-plain', { endpoint: files.endpoint })]
    : []

export const workers: Look = {
  name: 'workers',
  async run(config, clock) {
    if (!config.databaseUrl.startsWith('postgres')) return []
    const store = await openStore({ databaseUrl: config.databaseUrl }).catch(() => null)
    try {
      // A database that is away or behind is told of by its own look.
      if (!store || (await probe(store)).missing.length) return []
      return together(await workersSince(store.db, plus(clock.now(), -MINUTE)), config)
    } catch {
      return []
    } finally {
      await store?.close()
    }
  },
}

function together(present: WorkerRow[], config: Config): Finding[] {
  if (present.length === 0) return [note('doctor.workers-none')]
  const names = present.map((w) => w.id).join(', ')
  const apart = new Set([...present.map((w) => w.files), placeOf(config)]).size > 1
  const sealedApart = new Set(present.map((w) => w.keys)).size > 1
  return [
    ...(apart ? [fail('doctor.workers-apart', { names })] : []),
    ...(sealedApart ? [fail('doctor.workers-keys', { names })] : []),
    ...(apart || sealedApart ? [] : [ok('doctor.workers', { n: present.length })]),
  ]
}
