import { child } from './far/child.ts'
import { notice, scene, waitFor } from './scene.ts'
import { carry, ok } from '../support/service.ts'
const relay = await child('far/smtp-server.js')
const s = await scene({ readers: 50_000, smtpPort: relay.ready['port'] as number })
const rel = await carry(s, notice('7'))
const r = await waitFor(s, rel.id, 'email')
const { items } = await ok(s.as('signer')<any>('GET', `/releases/${rel.id}/editions`))
const t0 = Date.parse(items[0].publishedAt)
for (const d of items[0].dispatches) console.log(d.outlet, JSON.stringify(Object.fromEntries(Object.entries(d.times).map(([k, v]) => [k, v ? Date.parse(v as string) - t0 : null]))))
console.log(r.perSecond)
await s.close(); await relay.end(); process.exit(0)
