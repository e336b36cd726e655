/** The feeds outlet: Atom, RSS, JSON Feed and CAP 1.2 as files of the public site. */
import type { Channel, ChannelConfig, ChannelDeps, Proof } from '../../src/delivery/channel.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { capIdentifier, capPath, feedPath } from './addresses.ts'
import { capTerms } from './cap-chain.ts'
import { previewFeeds } from './preview.ts'
import { type Prepared, render } from './render.ts'
import { commit } from './send.ts'

export { firstFeeds } from './render.ts'

export function create(deps: ChannelDeps): Channel<Prepared> {
  return {
    name: 'feeds',
    audience: 'everyone',
    ready,
    variants: () => ['all'],
    prepare: (edition, _variant, catalogue) => render(deps.config, catalogue, edition),
    preview: (edition, language, catalogue) => previewFeeds(deps.config, edition, language, catalogue),
    turn: async (turn, catalogue) => ({
      ...(await render(deps.config, catalogue, turn.edition)),
      sequence: turn.sequence,
    }),
    send: (prepared, targets, signal) => commit(deps.site, prepared, targets, signal),
    proof: async (edition) => proofOf(edition),
  }
}

/** Entry ids carry the host, so an address that is no address would spoil them for ever. */
function ready(config: ChannelConfig): string | null {
  const url = URL.parse(config.publicUrl)
  if (!url || !/^https?:$/.test(url.protocol)) return `publicUrl must be an http(s) address, not "${config.publicUrl}"`
  return null
}

/** The list of everything in each format, and the CAP message where the edition is one. */
function proofOf(edition: Edition): Proof[] {
  const { mode } = edition
  return [
    { path: feedPath(mode, 'all', 'atom', 'current'), format: 'atom' },
    { path: feedPath(mode, 'all', 'rss', 'current'), format: 'rss' },
    { path: feedPath(mode, 'all', 'json', 'current'), format: 'jsonfeed' },
    ...(capTerms(edition) ? [{ path: capPath(mode, capIdentifier(edition)), format: 'cap' as const }] : []),
  ]
}
