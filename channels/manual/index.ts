/**
 * The manual outlet: for what software cannot reach. It hands nothing over and never says accepted; each named contact becomes
 * one to be asked for 签收, and the forwarding kit (templates/kit) is rendered wherever it is looked at.
 */
import type { Channel, ChannelDeps } from '../../src/delivery/channel.ts'
import type { Language } from '../../src/publication/edition.ts'
import { type Kit, kitOf, kitTexts, textIn } from '../../templates/kit/kit.ts'
import { kitLanguages } from '../../templates/kit/source.ts'

/** Said of every delivery of this outlet; delivery knows it by this word. */
const BY_HAND = 'by hand'

export function create(deps: Pick<ChannelDeps, 'config'>): Channel<Kit> {
  return {
    name: 'manual',
    audience: 'subscribers',
    serves: 'contact',
    ready: () => null,
    variants: (edition) => kitLanguages(edition),
    // A kit that cannot be made is met here, where it raises an alarm, and not by somebody on the telephone.
    prepare: async (edition, variant) => kitOf(deps.config, edition, variant as Language),
    preview: async (edition, language) => {
      if (!kitLanguages(edition).includes(language)) return []
      const kit = kitOf(deps.config, edition, language)
      return kitTexts.map((name) => ({
        name,
        shape: 'text',
        body: textIn(kit, name),
        ...(name === 'sms' ? { segments: kit.sms.segments } : {}),
      }))
    },
    send: async (_kit, targets) => targets.map(() => ({ state: 'suppressed', why: BY_HAND }) as const),
  }
}
