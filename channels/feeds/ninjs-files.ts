/** The ninjs files one publication writes: the release in each language it has or had, and the lists of the latest. */
import type { SiteFile } from '../../src/delivery/channel.ts'
import type { Edition, Language, ListKey } from '../../src/publication/edition.ts'
import { feedId, feedName, ninjsListPath, ninjsPath } from './addresses.ts'
import { BEGINNING, CURRENT, type Run } from './feed.ts'
import { OPEN } from './headers.ts'
import { type NinjsItem, ninjs, STANDARD } from './ninjs.ts'
import { languagesIn } from './wording.ts'

const LANGUAGES: readonly Language[] = ['zh-CN', 'mn-Mong-CN', 'en']
const TYPE = 'application/json; charset=utf-8'

const file = (path: string, item: NinjsItem): SiteFile => ({
  path,
  type: TYPE,
  body: `${JSON.stringify(item)}\n`,
  headers: OPEN,
})

export async function ninjsFiles(run: Run & { edition: Edition }): Promise<SiteFile[]> {
  const { config, edition } = run
  const items = (await everSpoken(run)).map((language) =>
    file(ninjsPath(edition, language), ninjs(config, run.entry(edition, language), language, true)),
  )
  return [...items, ...(await ninjsLists(run))]
}

/** A language that was taken back, and every language of a release taken back, is cancelled where it stood. */
async function everSpoken({ catalogue, edition }: Run & { edition: Edition }): Promise<Language[]> {
  const all = [...(await catalogue.editions(edition.releaseId)), edition]
  const stood = (await catalogue.lists(edition)).map(({ list }) => list as string)
  return LANGUAGES.filter((l) => stood.includes(`language/${l}`) || all.some((e) => languagesIn(e).includes(l)))
}

/** Every list, each time: a release that was in one of them may have left it. */
export const ninjsLists = async (run: Run): Promise<SiteFile[]> => [
  await list(run, 'all'),
  ...(await Promise.all(LANGUAGES.map((language) => list(run, `language/${language}`, language)))),
]

/** A list is a ninjs item too: a composite of items without their text, newest change first. */
async function list(run: Run, key: ListKey, language?: Language): Promise<SiteFile> {
  const { config, catalogue, mode } = run
  const recent = (await catalogue.recent(key, CURRENT)).filter((e) => e.mode === mode)
  const entries = recent.map((edition) => run.entry(edition, language))
  const item: NinjsItem = {
    uri: `${feedId(config, mode, feedName(key))}/ninjs`,
    standard: STANDARD,
    type: 'composite',
    profile: 'list',
    versionCreated: [BEGINNING, ...entries.map((e) => e.updated)].sort().at(-1),
    ...(language ? { language } : {}),
    associations: entries.map((entry) => {
      const own = ninjs(config, entry, language ?? entry.language, false)
      return { name: own.title, rel: 'item', ...own }
    }),
  }
  return file(ninjsListPath(mode, language), item)
}
