/** A catalogue that is asked each question once: many documents of one publication look at the same releases. */
import type { Catalogue } from '../../src/delivery/channel.ts'
import type { ListKey } from '../../src/publication/edition.ts'
import { CAP_WINDOW } from './cap-index.ts'
import { CURRENT } from './feed.ts'

/** The longest look back at the list of everything; shorter ones are cut from it. */
const WIDEST = Math.max(CURRENT, CAP_WINDOW)

export function rememberedCatalogue(catalogue: Catalogue): Catalogue {
  const editions = once((releaseId: string) => catalogue.editions(releaseId))
  const size = once((list: ListKey) => catalogue.size(list))
  const everything = once((_: 'all') => catalogue.recent('all', WIDEST))
  return {
    ...catalogue,
    editions,
    size,
    recent: async (list, limit) =>
      list === 'all' && limit <= WIDEST ? (await everything('all')).slice(0, limit) : catalogue.recent(list, limit),
  }
}

function once<K, V>(ask: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const answers = new Map<K, Promise<V>>()
  return (key) => {
    const answer = answers.get(key) ?? ask(key)
    answers.set(key, answer)
    return answer
  }
}
