/** How many people each outlet would reach, while places and topics are being chosen. */
import { z } from 'zod'
import { MODES, URGENCIES } from '../../desk/content.ts'
import { readableZod } from '../../lib/shape.ts'
import type { App } from '../env.ts'
import { route } from '../guards/route.ts'
import { OutletReach } from '../views/draft-core.tsx'
import { outletChoices } from './desk-draft-data.ts'
import { frameOf } from './desk-frame.ts'

const input = z.strictObject({ fields: z.array(z.tuple([z.string().max(40), z.string().max(40)])).max(2000) })

export function mountReach(app: App): void {
  const spec = { method: 'post', path: '/desk/reach', act: 'audience.count', secret: true, json: true } as const
  route(app, spec, async (c, { body }) => {
    const { fields } = readableZod(input, body)
    const all = (name: string) => fields.filter(([n, v]) => n === `core.${name}` && v).map(([, v]) => v)
    const f = await frameOf(c)
    const outlets = await outletChoices(c.var.ctx, {
      topics: all('topics'),
      areas: all('areas').filter((a) => /^\d+$/.test(a)),
      urgency: URGENCIES.find((u) => u === all('urgency')[0]) ?? 'normal',
      mode: MODES.find((m) => m === all('mode')[0]) ?? 'live',
      ...(all('lane')[0] === 'flash' ? { lane: 'flash' as const } : {}),
    })
    return c.json({
      reach: Object.fromEntries(outlets.map((o) => [o.name, String(<OutletReach f={f} outlet={o} />)])),
    })
  })
}
