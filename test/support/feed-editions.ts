/** Editions, a catalogue and a site in memory, for tests of the feeds and of reading back. Everything in them is invented. */
import type { Catalogue, ChannelConfig, ChannelDeps, SiteFile } from '../../src/delivery/channel.ts'
import type { Content, Core, Language, Part } from '../../src/desk/content.ts'
import { plus } from '../../src/lib/clock.ts'
import { sha256 } from '../../src/lib/id.ts'
import type { Edition, EditionType, ListKey } from '../../src/publication/edition.ts'

export const config: ChannelConfig = {
  publicUrl: 'https://press.example',
  site: { nameZh: '青格勒盟新闻办', nameEn: 'Qinggele League Press Office', offset: '+08:00', mark: '示例' },
}

export const part = (over: Partial<Part> = {}): Part => ({
  title: '草原火情首报（示例）',
  blocks: {
    whenWhere: '11月23日13时，哈日诺尔旗北部。',
    facts: '过火面积约30公顷。\n无人员伤亡。',
    advice: '请立即离开火场下风向。\n\n请勿驾车穿越烟雾。',
  },
  body: '<p>现场有<strong>三支</strong>队伍。</p><ul><li>第一队在北线。</li><li>第二队在东线。</li></ul>',
  ...over,
})

export const english = (over: Partial<Part> = {}): Part =>
  part({
    title: 'Grassland fire: first notice (sample)',
    blocks: { facts: 'About 30 hectares burnt.', advice: 'Leave the downwind side now.' },
    body: '<p>Three teams are at work.</p>',
    ...over,
  })

export const core = (over: Partial<Core> = {}): Core => ({
  kind: 'incident-notice',
  lane: 'flash',
  mode: 'live',
  agencyId: 'a1',
  areas: ['159921'],
  topics: ['fire'],
  outlets: ['website', 'feeds'],
  urgency: 'critical',
  asOf: '2026-11-23T05:40:00.000Z',
  nextUpdateAt: '2026-11-23T08:00:00.000Z',
  contacts: [
    { label: '值班电话', phone: '0000-0000000', audience: 'public' },
    { label: '新闻联络', email: 'press@example.example', audience: 'press' },
  ],
  ...over,
})

export const alertTerms = (over: Partial<NonNullable<Core['cap']>> = {}): NonNullable<Core['cap']> => ({
  actNow: true,
  category: 'Fire',
  eventCode: '11G05',
  urgency: 'Immediate',
  severity: 'Severe',
  certainty: 'Observed',
  responseType: 'Evacuate',
  expires: '2026-11-24T06:00:00.000Z',
  ...over,
})

export type Draft = {
  core?: Partial<Core>
  parts?: Partial<Record<Language, Part>>
  attachments?: Content['attachments']
  /** Release by its index, 1, 2, 3 …; a new one when left out. */
  release?: number
  type?: EditionType
  /** false: content erased. */
  content?: false
  after?: number
}

/** A press office in memory: publish() appends editions; catalogue(sequence) is what was public at that edition. */
export class Office {
  readonly editions: Edition[] = []
  private releases = 0
  private at = '2026-11-23T06:12:03.214Z'

  publish(draft: Draft = {}): Edition {
    const release = draft.release ?? ++this.releases
    const before = this.editions.filter((e) => e.releaseId === `r${release}`)
    const sequence = this.editions.length + 1
    this.at = plus(this.at, draft.after ?? 61_007)
    const edition = build(draft, release, before, sequence, this.at)
    this.editions.push(edition)
    return edition
  }

  catalogue(sequence = this.editions.length): Catalogue {
    return catalogueOf(this.editions.filter((e) => e.sequence <= sequence))
  }
}

function build(draft: Draft, release: number, before: Edition[], sequence: number, at: string): Edition {
  const number = before.length + 1
  const type = draft.type ?? (number === 1 ? 'first' : 'correction')
  const facts = { ...core(before.at(-1)?.content?.core), ...draft.core }
  const gone = draft.content === false || type === 'takedown'
  const content = gone
    ? null
    : { core: facts, parts: draft.parts ?? { 'zh-CN': part() }, attachments: draft.attachments ?? [] }
  const id = `e${sequence}`
  const releaseNumber = `2026-${String(release).padStart(6, '0')}`
  const base = before[0]
  return {
    id,
    sequence,
    releaseId: `r${release}`,
    releaseNumber,
    address: `${facts.mode === 'live' ? '' : '/exercise'}/releases/${releaseNumber}/`,
    number,
    type,
    mode: base?.mode ?? facts.mode,
    kind: base?.kind ?? facts.kind,
    lane: facts.lane,
    agency: { id: 'a1', slug: 'qinggele', name: { zh: '青格勒盟（示例）', en: 'Qinggele League (sample)' } },
    topics: facts.topics.map((slug) => ({ slug, name: { zh: `主题${slug}`, en: `Topic ${slug}` } })),
    areas: facts.areas.map((code) => ({ code, name: { zh: `地区${code}`, en: `Area ${code}` } })),
    content,
    firstPublishedAt: base?.publishedAt ?? at,
    publishedAt: at,
    history: [...before, { id, number, type, publishedAt: at }].map((e) => ({
      id: e.id,
      number: e.number,
      type: e.type,
      publishedAt: e.publishedAt,
    })),
    hash: sha256(JSON.stringify(content)),
    seal: '',
  }
}

function listsOf(edition: Edition): ListKey[] {
  return [
    'all',
    `kind/${edition.kind}`,
    ...(Object.keys(edition.content?.parts ?? {}) as Language[]).map((x) => `language/${x}` as const),
    `agency/${edition.agency.slug}`,
    ...edition.topics.map((x) => `topic/${x.slug}` as const),
    ...edition.areas.map((x) => `area/${x.code}` as const),
  ]
}

/** Slots by first publication into each list; a release never leaves a list it once stood in. */
function catalogueOf(editions: Edition[]): Catalogue {
  const lists = new Map<ListKey, string[]>()
  for (const e of editions)
    for (const list of listsOf(e).map((l) => `${e.mode} ${l}` as ListKey)) {
      const slots = lists.get(list) ?? []
      if (!slots.includes(e.releaseId)) lists.set(list, [...slots, e.releaseId])
    }
  const mode = editions.at(-1)?.mode ?? 'live'
  const slotsOf = (list: ListKey) => lists.get(`${mode} ${list}` as ListKey) ?? []
  const latest = (releaseId: string) => editions.findLast((e) => e.releaseId === releaseId) ?? null
  return {
    lists: async (edition) =>
      [...lists.keys()]
        .filter((key) => key.startsWith(`${mode} `))
        .map((key) => key.slice(mode.length + 1) as ListKey)
        .filter((list) => slotsOf(list).includes(edition.releaseId))
        .map((list) => ({ list, slot: slotsOf(list).indexOf(edition.releaseId) + 1 })),
    size: async (list) => slotsOf(list).length,
    slots: async (list, from, to) =>
      slotsOf(list)
        .slice(from - 1, to)
        .flatMap((id) => latest(id) ?? []),
    recent: async (list, limit) =>
      slotsOf(list)
        .flatMap((id) => latest(id) ?? [])
        .sort((a, b) => b.sequence - a.sequence)
        .slice(0, limit),
    editions: async (releaseId) => editions.filter((e) => e.releaseId === releaseId),
    latest: async (releaseId) => latest(releaseId),
    file: async () => new TextEncoder().encode('attachment'),
  }
}

/** A site in memory: later files replace earlier ones at the same path. */
export function memoryFiles(over: Partial<ChannelConfig> = {}) {
  const files = new Map<string, SiteFile & { sequence: number }>()
  const commits: string[][] = []
  const deps: ChannelDeps = {
    config: { ...config, ...over },
    site: {
      commit: async (_tree, _mode, sequence, written) => {
        for (const file of written) files.set(file.path, { ...file, sequence })
        commits.push(written.map((f) => f.path))
        return { root: `root-${sequence}` }
      },
    },
    outsider: async () => {
      throw new Error('feeds never go out by themselves')
    },
    published: async () => null,
    unlock: (locked) => locked,
    outbox: async () => {},
    now: () => '2026-11-23T06:12:03.214Z',
    log: { info() {}, warn() {}, error() {} },
  }
  const text = (path: string): string => {
    const file = files.get(path)
    if (!file) throw new Error(`no file at ${path}; there are ${[...files.keys()].join(' ')}`)
    return typeof file.body === 'string' ? file.body : new TextDecoder().decode(file.body)
  }
  return { files, commits, deps, text }
}
