/** ortoo site rebuild: every public file made again from rows, compared with what stands there, then put in its place. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { t } from '../../templates/words/index.ts'
import { type Ctx, channelConfig } from '../context.ts'
import { replay } from '../delivery/replay.ts'
import { newToken } from '../lib/id.ts'
import { keepSearch } from '../publication/search-rebuild.ts'
import { commitFirstPages } from '../server/first-site.ts'
import { folderBlobs } from '../store/blob.ts'
import { openSite, type Site } from '../store/site.ts'
import { adoptTrees } from '../store/site-adopt.ts'
import { folderPointers, rootsOf, TREES } from '../store/site-pointer.ts'
import type { SiteHit } from '../store/site-reader.ts'
import type { Command, Io } from './command.ts'

const SHOWN = 50

export const siteRebuild: Command = {
  name: 'site rebuild',
  args: [],
  options: { compare: 'switch' },
  run: (io, given) =>
    io.withContext(async (ctx) => {
      const place = placeIn(join(ctx.config.dataDir, `site-rebuild-${newToken().slice(0, 8)}`))
      const current = ctx.files.site
      try {
        const { site, build } = builder(io, ctx, place)
        await build()
        const { files, different } = await compareTrees(ctx.site, site)
        for (const d of different.slice(0, SHOWN)) io.out(t(io.lang, `cli.rebuild.${d.how}`, { path: d.path }))
        if (different.length > SHOWN) io.out(t(io.lang, 'cli.rebuild.more', { n: different.length - SHOWN }))
        const equal =
          different.length === 0 && sameRoots(await rootsOf(place.pointers), await rootsOf(current.pointers))
        io.out(t(io.lang, equal ? 'cli.rebuild.equal' : 'cli.rebuild.different', { files, n: different.length }))
        if (given.options['compare']) return equal ? 0 : 1
        // Equal trees are adopted too: a file that was damaged or lost on disk is whole again.
        while (!(await adoptTrees(place, current, ctx.clock.now()))) await build()
        ctx.bell.ring('site', 'rebuilt')
        await keepSearch(ctx)
        io.out(t(io.lang, 'cli.rebuild.swapped'))
        return 0
      } finally {
        await rm(place.dir, { recursive: true, force: true })
      }
    }),
}

const placeIn = (dir: string) => ({
  dir,
  blobs: folderBlobs(join(dir, 'files'), { scratch: true }),
  pointers: folderPointers(dir),
})

const sameRoots = (a: Record<string, string | null>, b: Record<string, string | null>): boolean =>
  TREES.every((tree) => a[tree] === b[tree])

/** Builds what is not built yet; called again for what was published meanwhile. */
function builder(io: Io, ctx: Ctx, place: ReturnType<typeof placeIn>): { site: Site; build(): Promise<void> } {
  const site = openSite({ ...place, csp: '', now: ctx.clock.now, onError: (err) => ctx.log.error({ err }, 'rebuild') })
  const deps = {
    config: channelConfig(ctx.config, ctx.keys),
    site,
    outsider: ctx.outsider,
    outbox: async () => {},
    published: async () => null,
    unlock: () => '',
    now: ctx.clock.now,
    log: ctx.log,
  }
  const { channels } = io.registry(deps)
  let last = -1
  return {
    site,
    async build() {
      if (last < 0) await commitFirstPages(ctx, site)
      last = await replay(ctx, channels, Math.max(0, last), (n) => io.progress(t(io.lang, 'cli.rebuild.step', { n })))
    },
  }
}

export type Difference = { path: string; how: 'missing' | 'surplus' | 'changed' }

/** `missing` stands here and would not be made, `surplus` is made and does not stand here. */
async function compareTrees(here: Site, made: Site): Promise<{ files: number; different: Difference[] }> {
  const different: Difference[] = []
  let files = 0
  for (const tree of TREES) {
    const wanted = new Map<string, SiteHit>()
    for await (const hit of made.walk(tree)) wanted.set(hit.path, hit)
    files += wanted.size
    for await (const hit of here.walk(tree)) {
      const other = wanted.get(hit.path)
      wanted.delete(hit.path)
      if (!other) different.push({ path: hit.path, how: 'missing' })
      else if (other.hash !== hit.hash || other.status !== hit.status)
        different.push({ path: hit.path, how: 'changed' })
    }
    for (const path of wanted.keys()) different.push({ path, how: 'surplus' })
  }
  return { files, different: different.sort((a, b) => a.path.localeCompare(b.path)) }
}
