/** What an empty site already answers with: its first pages, of sequence 0, which any edition replaces. */
import { firstFeeds, staticFiles } from '../../channels/index.ts'
import { type Ctx, channelConfig } from '../context.ts'
import { loadEdition } from '../publication/catalogue.ts'
import { directoryAt } from '../publication/directory.ts'
import type { SiteWriter } from '../store/site.ts'

/** Writes them into `site`: the service's own, or one that is being rebuilt. */
export async function commitFirstPages(ctx: Ctx, site: Pick<SiteWriter, 'commit'>): Promise<void> {
  const directory = await directoryAt(ctx.store.db, 0, 'live', loadEdition)
  const config = channelConfig(ctx.config, ctx.keys)
  await site.commit('website', 'live', 0, staticFiles(config, directory, ctx.clock.now()))
  await site.commit('feeds', 'live', 0, await firstFeeds(config))
}
