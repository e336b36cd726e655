/** Stands in for an outlet that is not set up: notes which deliveries it was given, sends nothing, and never claims otherwise. */
import type { Channel, ChannelDeps } from '../../src/delivery/channel.ts'
import type { Edition } from '../../src/publication/edition.ts'

type Noted = { editionId: string }

/** `why` is the sentence the real outlet's `ready` gave. Ids only are logged: no text, no address. */
export function create(
  deps: ChannelDeps,
  name: string,
  audience: Channel['audience'],
  why: string,
  serves?: Channel['serves'],
): Channel<Noted> {
  return {
    name,
    audience,
    ...(serves ? { serves } : {}),
    ready: () => why,
    variants: (edition) => (audience === 'everyone' ? ['all'] : languages(edition)),
    prepare: async (edition) => ({ editionId: edition.id }),
    send: async (noted, targets) => {
      const deliveries = targets.map((target) => target.deliveryId)
      deps.log.info({ outlet: name, edition: noted.editionId, deliveries }, 'no outlet')
      return targets.map(() => ({ state: 'suppressed', why: 'no outlet' }) as const)
    },
  }
}

const languages = ({ content }: Edition): string[] => Object.keys(content?.parts ?? {})
