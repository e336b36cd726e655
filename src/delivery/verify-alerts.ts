/** Every CAP file as it lies, held against the certificate it is published with. */
import type { Ctx } from '../context.ts'
import { TREES } from '../store/site-pointer.ts'
import type { SiteFault } from './verify-site.ts'

/** An alert of before there were signatures has none: it stands as it was published, and is counted apart. */
export async function verifyAlerts(ctx: Ctx): Promise<{ alerts: number; unsigned: number; faults: SiteFault[] }> {
  const faults: SiteFault[] = []
  let [alerts, unsigned] = [0, 0]
  for (const tree of TREES)
    for await (const hit of ctx.site.walk(tree)) {
      if (!hit.type.startsWith('application/cap+xml') || hit.status !== 200) continue
      const { checkSignature, standing } = await import('../lib/xml-verify.ts')
      const found = checkSignature(Buffer.from(await ctx.site.bytes(hit.hash)).toString('utf8'))
      alerts++
      if (found.state === 'absent') unsigned++
      else if (found.state === 'invalid') faults.push({ path: hit.path, what: `signature: ${found.why}` })
      else if (standing(found.certificate, [own(ctx, hit.exercise)], ctx.clock.now()) === 'unknown')
        faults.push({ path: hit.path, what: 'signature: not by our key' })
    }
  return { alerts, unsigned, faults }
}

const own = (ctx: Ctx, exercise: boolean): string => ctx.keys.alert(exercise ? 'exercise' : 'live').certificate
