/** The installation's keys as anybody in the office may see them: fingerprint, when made, until when good. Never the keys. */
import { X509Certificate } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ctx } from '../context.ts'
import { sha256 } from '../lib/id.ts'
import { kidOf } from '../lib/key-make.ts'

export type KeyFact = {
  name: 'seal' | 'seal-exercise' | 'bounce' | 'alert' | 'alert-exercise' | 'vapid'
  /** null: made when it is first needed. */
  fingerprint: string | null
  madeAt: string | null
  until: string | null
  /** Fingerprints of keys before it that go on verifying. */
  old: string[]
}

const FILES: Record<KeyFact['name'], string> = {
  seal: 'live.pem',
  'seal-exercise': 'exercise.pem',
  bounce: 'bounce',
  alert: 'alert-live.pem',
  'alert-exercise': 'alert-exercise.pem',
  vapid: 'vapid.json',
}

export async function keyFacts(ctx: Ctx): Promise<KeyFact[]> {
  const facts = Object.entries(FILES).map(async ([name, file]): Promise<KeyFact> => {
    const kind = name as KeyFact['name']
    const found = await stat(join(ctx.config.dataDir, 'keys', file)).catch(() => null)
    const madeAt = found ? found.mtime.toISOString() : null
    // A certificate not yet made is not made by looking.
    if (!found) return { name: kind, fingerprint: null, madeAt, until: null, old: [] }
    return { name: kind, madeAt, old: oldOf(ctx, kind), ...printOf(ctx, kind) }
  })
  return Promise.all(facts)
}

function oldOf({ keys }: Ctx, name: KeyFact['name']): string[] {
  if (name === 'seal') return keys.old.live.map((k) => k.kid)
  if (name === 'seal-exercise') return keys.old.exercise.map((k) => k.kid)
  return name === 'bounce' ? keys.old.bounce.map((k) => kidOf('bounce', k)) : []
}

function printOf(ctx: Ctx, name: KeyFact['name']): Pick<KeyFact, 'fingerprint' | 'until'> {
  switch (name) {
    case 'seal':
      return { fingerprint: ctx.keys.live.kid, until: null }
    case 'seal-exercise':
      return { fingerprint: ctx.keys.exercise.kid, until: null }
    case 'bounce':
      return { fingerprint: kidOf('bounce', ctx.keys.bounce), until: null }
    case 'vapid':
      return { fingerprint: sha256(ctx.keys.vapid.publicKey), until: null }
    case 'alert':
    case 'alert-exercise': {
      const { certificate } = ctx.keys.alert(name === 'alert' ? 'live' : 'exercise')
      const read = new X509Certificate(certificate)
      return { fingerprint: read.fingerprint256, until: new Date(read.validTo).toISOString() }
    }
    default:
      return name satisfies never
  }
}
