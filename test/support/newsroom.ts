/** An office whose every edition goes straight to its feeds. */
import { create } from '../../channels/feeds/index.ts'
import type { ChannelConfig } from '../../src/delivery/channel.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { type Draft, memoryFiles, Office } from './feed-editions.ts'

const target = { deliveryId: 1, subscriberId: 0, address: '', token: '', language: 'zh-CN' as const, attempt: 1 }

export function newsroom(over: Partial<ChannelConfig> = {}) {
  const office = new Office()
  const site = memoryFiles(over)
  const channel = create(site.deps)
  async function publish(draft: Draft = {}): Promise<Edition> {
    const edition = office.publish(draft)
    const prepared = await channel.prepare(edition, 'all', office.catalogue(edition.sequence))
    const [outcome] = await channel.send(prepared, [target], new AbortController().signal)
    if (outcome?.state !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(outcome)}`)
    return edition
  }
  /** Everything a reader could still fetch, as one text. */
  const everything = () => [...site.files.keys()].map((path) => `${path}\n${site.text(path)}`).join('\n')
  return { ...site, office, channel, publish, everything }
}
