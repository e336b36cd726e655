/** Which of a window's targets may go now, and how long the others wait: so many a second over all, and for each domain. */
import type { Rates } from '../config.ts'
import { type Limits, perSecond } from '../queue/limit.ts'

/** What a run of an outlet may be held to. `of` names the slower door a target goes through, or null where there is none. */
export type Doors = {
  all: { key: string; perSecond: number } | null
  of: (address: string) => { key: string; perSecond: number } | null
}

/** Mail by relay and by the recipient's domain, push over all; null where nothing is limited. */
export function doorsOf(kind: string | undefined, rates: Rates): Doors | null {
  const all = (key: string, n: number | null) => (n === null ? null : { key, perSecond: n })
  switch (kind) {
    case 'email':
      if (rates.mail === null && Object.keys(rates.domains).length === 0) return null
      return { all: all('mail', rates.mail), of: domainDoor(rates.domains) }
    case 'webpush':
      return rates.push === null ? null : { all: all('push', rates.push), of: () => null }
    default:
      return null
  }
}

/** `*` is each other domain by itself, not all others together. */
function domainDoor(domains: Rates['domains']): Doors['of'] {
  const rates = new Map(Object.entries(domains))
  return (address) => {
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
    const n = rates.get(domain) ?? rates.get('*')
    return n === undefined ? null : { key: `mail:${domain}`, perSecond: n }
  }
}

/**
 * Per target, in order, the milliseconds to wait; 0: may go now. One `take` per domain and one over all, whatever the size
 * of the window. Who has to wait has not been tried: no attempt is counted. Those behind a door are told times one token
 * apart, so that they do not all come back for the same one. A domain's token spent on one whom the relay then holds up
 * is lost: where the relay is the narrow door, the domain is not.
 */
export async function allowance(
  limits: Limits,
  targets: readonly { address: string }[],
  doors: Doors | null,
): Promise<number[]> {
  const waits = targets.map(() => 0)
  if (!doors) return waits
  const behind = Map.groupBy(targets.keys(), (i) => doors.of(targets[i]?.address ?? '')?.key ?? '')
  behind.delete('')
  await Promise.all(
    [...behind].map(([key, those]) => {
      const door = doors.of(targets[those[0] as number]?.address ?? '')
      return hold(limits, { key, perSecond: door?.perSecond ?? 1 }, those, waits)
    }),
  )
  if (doors.all) {
    const through = [...targets.keys()].filter((i) => waits[i] === 0)
    await hold(limits, doors.all, through, waits)
  }
  return waits
}

async function hold(
  limits: Limits,
  door: { key: string; perSecond: number },
  those: number[],
  waits: number[],
): Promise<void> {
  if (those.length === 0) return
  const { granted, waitMs } = await limits.take(door.key, those.length, perSecond(door.perSecond))
  for (const [n, i] of those.slice(granted).entries())
    waits[i] = Math.max(1, Math.ceil(waitMs + (n * 1000) / door.perSecond))
}
