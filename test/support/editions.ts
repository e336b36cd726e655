/** Builders of editions, a catalogue in memory and a site that remembers what was committed. All content is invented (示例). */
import type { Catalogue, Choice, Directory, SiteFile, SiteWriter } from '../../src/delivery/channel.ts'
import { plus, withOffset } from '../../src/lib/clock.ts'
import { hashOf, sha256 } from '../../src/lib/id.ts'
import type {
  Attachment,
  Content,
  Core,
  Edition,
  EditionType,
  Language,
  ListKey,
  Mode,
  Part,
} from '../../src/publication/edition.ts'

export const AGENCY = {
  id: 'agency-press',
  slug: 'qinggele-press',
  name: { zh: '青格勒盟行署新闻办公室（示例）', en: 'Qinggele League Press Office (sample)' },
}
export const AREA = { code: '159921', name: { zh: '哈日诺尔旗（示例）', en: 'Hari Nuur Banner (sample)' } }
export const TOPIC = { slug: 'disaster', name: { zh: '灾害与救助', en: 'Disasters and relief' } }
export const INCIDENT = {
  id: 'incident-fire',
  number: '2026-0007',
  title: { zh: '哈日诺尔旗草原火灾（示例）', en: 'Hari Nuur grassland fire (sample)' },
  closed: false,
}
/** A script placeholder: the words "Mongol bichig", and nothing else. */
export const MONGOLIAN = 'ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ'

export type EditionOverrides = Partial<Omit<Edition, 'content'>> & {
  core?: Partial<Core>
  parts?: Content['parts']
  attachments?: Attachment[]
  content?: null
}

export const samplePart = (overrides: Partial<Part> = {}): Part => ({
  title: '关于做好牧区饲草储备工作的通知',
  summary: '补助对象、标准、申请时限与办理地点。',
  blocks: {},
  body: '<h2>一、补助对象</h2><p>旗内持有草畜平衡证的牧户。</p><h2>二、办理地点</h2><p>各苏木便民服务中心。</p>',
  ...overrides,
})

const START = '2026-11-23T02:00:00.000Z'

/** A first edition of an ordinary release in Chinese; `sequence` also numbers the release unless told otherwise. */
export function sampleEdition(overrides: EditionOverrides = {}): Edition {
  const { core, parts, attachments, content, ...rest } = overrides
  const sequence = rest.sequence ?? 1
  const mode: Mode = rest.mode ?? core?.mode ?? 'live'
  const releaseNumber = rest.releaseNumber ?? `2026-${String(sequence).padStart(6, '0')}`
  const publishedAt = rest.publishedAt ?? plus(START, sequence * 60_000)
  const kind = rest.kind ?? core?.kind ?? 'notice'
  const lane = rest.lane ?? core?.lane ?? 'routine'
  const id = rest.id ?? `edition-${sequence}`
  const type = rest.type ?? 'first'
  const full: Content = {
    core: {
      ...{ kind, lane, mode, agencyId: AGENCY.id, areas: [AREA.code], topics: [TOPIC.slug], outlets: ['website'] },
      ...{ urgency: 'normal', contacts: [], ...core },
    },
    parts: parts ?? { 'zh-CN': samplePart() },
    attachments: attachments ?? [],
  }
  const root = mode === 'live' ? '' : `/${mode}`
  return {
    ...{ id, sequence, releaseId: `release-${releaseNumber}`, releaseNumber, number: 1, type, mode, kind, lane },
    address: `${root}/releases/${releaseNumber}/`,
    ...{ agency: AGENCY, topics: [TOPIC], areas: [AREA] },
    content: content === null ? null : full,
    firstPublishedAt: publishedAt,
    publishedAt,
    history: [{ id, number: 1, type, publishedAt }],
    hash: hashOf(full),
    seal: `eyJhbGciOiJFZERTQSJ9..${Buffer.from(sha256(id)).toString('base64url').slice(0, 86)}`,
    ...rest,
  }
}

/** The edition after `previous` of the same release. Without `parts` the text stays; `content: null` erases it. */
export function nextEdition(
  previous: Edition,
  type: EditionType,
  sequence: number,
  overrides: EditionOverrides = {},
): Edition {
  const id = `edition-${sequence}`
  const publishedAt = overrides.publishedAt ?? plus(START, sequence * 60_000)
  const number = previous.number + 1
  const { core: _core, ...before } = { core: null, ...previous }
  return sampleEdition({
    ...{ ...before, content: undefined },
    core: { ...previous.content?.core, ...overrides.core },
    parts: previous.content?.parts,
    attachments: previous.content?.attachments,
    ...overrides,
    ...{ id, sequence, number, type, publishedAt },
    history: [...previous.history, { id, number, type, publishedAt }],
    hash: hashOf([previous.hash, type, sequence]),
  })
}

/** A withdrawal as publication freezes it: parts hold the reason and no title or body. */
export function withdrawn(
  previous: Edition,
  sequence: number,
  reason: string,
  overrides: EditionOverrides = {},
): Edition {
  const languages = Object.keys(previous.content?.parts ?? { 'zh-CN': null }) as Language[]
  const part: Part = { title: '', blocks: {}, body: '', withdrawalReason: reason }
  return nextEdition(previous, 'withdrawal', sequence, {
    parts: Object.fromEntries(languages.map((l) => [l, part])),
    attachments: [],
    ...overrides,
  })
}

/** A takedown as publication freezes it: nothing is left but number and times. */
export const takenDown = (previous: Edition, sequence: number, overrides: EditionOverrides = {}): Edition =>
  nextEdition(previous, 'takedown', sequence, { content: null, ...overrides })

/** The flash release of the sample incident: level, advice, telephone, three languages. */
export const flashEdition = (overrides: EditionOverrides = {}): Edition =>
  sampleEdition({
    kind: 'incident-notice',
    lane: 'flash',
    incident: INCIDENT,
    ...overrides,
    core: {
      ...{ urgency: 'critical', warningLevel: 'orange', incidentId: INCIDENT.id },
      ...{ asOf: '2026-11-23T06:10:00.000Z', nextUpdateAt: '2026-11-23T08:00:00.000Z' },
      contacts: [
        { label: '值班电话', phone: '0000-12345', audience: 'public' },
        { label: '新闻办值班员', phone: '0000-12346', email: 'press@qinggele.example', audience: 'press' },
      ],
      ...overrides.core,
    },
    parts: overrides.parts ?? {
      'zh-CN': {
        title: '哈日诺尔旗草原火灾：明火东线已控制，两个嘎查412人转移安置',
        summary: '火场面积约11平方公里，无人员伤亡。省道204线18至41公里处封闭。',
        blocks: {
          whenWhere: '11月23日9时20分，哈日诺尔旗巴彦苏木（示例）。',
          facts: '火场面积约11平方公里，无人员伤亡。\n省道204线18至41公里处封闭。',
          actions: '620名扑火人员、2架直升机正在扑救。\n\n安置点设在旗第二中学，物资充足。',
          advice: '下风向10公里内居民听从转移安排，关好门窗\n不要前往火场围观，给救援车辆让路\n发现新火点拨打12119',
        },
        body: '',
      },
      en: {
        title: 'Hari Nuur grassland fire: eastern front contained, 412 people moved to safety',
        summary: 'About 11 square kilometres burnt, nobody hurt. Road S204 closed between km 18 and km 41.',
        blocks: {
          whenWhere: '23 November, 09:20, Bayan Sum, Hari Nuur Banner (sample).',
          facts: 'About 11 square kilometres burnt. Nobody hurt.',
          actions: '620 firefighters and 2 helicopters are at work.',
          advice:
            'Within 10 km downwind: follow the evacuation, close windows\nStay away from the fire, leave roads to rescuers\nReport new fires on 12119',
        },
        body: '',
      },
      'mn-Mong-CN': {
        title: MONGOLIAN,
        blocks: { advice: `${MONGOLIAN}\n${MONGOLIAN}`, facts: Array(6).fill(MONGOLIAN).join(' ') },
        body: `<p>${Array(30).fill(MONGOLIAN).join(' ')}</p>`,
      },
    },
  })

/** A policy document in official form, with one attachment. */
export const policyEdition = (overrides: EditionOverrides = {}): Edition =>
  sampleEdition({
    kind: 'policy',
    attachments: [attachment('补助标准表（示例）', '补助标准表.txt', '甲类 120 元')],
    ...overrides,
    core: {
      ...{ documentNumber: '青政办发〔2026〕41号', indexNumber: '000159900/2026-00041', formedOn: '2026-11-20' },
      ...overrides.core,
    },
    parts: overrides.parts ?? {
      'zh-CN': samplePart({
        title: '青格勒盟行政公署办公室关于做好2027年牧区饲草储备补助工作的通知（示例）',
        addressees: '各旗县人民政府，盟直各有关部门：',
        body:
          '<p>为保障牧区牲畜安全过冬度春，现就2027年饲草储备补助有关事项通知如下。</p>' +
          '<h2>一、补助对象</h2><p>持有草畜平衡证、饲养母畜30只以上的牧户。</p>' +
          '<h2>二、补助标准</h2><table><thead><tr><th>类别</th><th>标准</th><th>上限</th></tr></thead>' +
          '<tbody><tr><td>甲类</td><td>每吨120元</td><td>30吨</td></tr><tr><td>乙类</td><td>每吨80元</td><td>20吨</td></tr></tbody></table>' +
          '<h2>三、办理时限</h2><p>自本通知印发之日起至2027年1月31日，在所在苏木便民服务中心办理，5个工作日内答复。</p>',
        signature: '青格勒盟行政公署办公室（示例）',
      }),
    },
  })

const bytesByHash = new Map<string, Uint8Array>()

/** An attachment whose bytes every memory catalogue can give. */
export function attachment(title: string, name: string, text: string, type = 'text/plain'): Attachment {
  const bytes = new TextEncoder().encode(text)
  const hash = sha256(bytes)
  bytesByHash.set(hash, bytes)
  return { sha256: hash, name, type, bytes: bytes.length, title }
}

const listsOf = (e: Edition): ListKey[] => [
  'all',
  ...e.topics.map((t) => `topic/${t.slug}` as const),
  ...e.areas.map((a) => `area/${a.code}` as const),
  `agency/${e.agency.slug}`,
  ...(e.incident ? [`incident/${e.incident.number}` as const] : []),
  `kind/${e.kind}`,
  ...(Object.keys(e.content?.parts ?? {}) as Language[]).map((l) => `language/${l}` as const),
  `month/${withOffset(e.firstPublishedAt, '+08:00').slice(0, 7)}`,
]

/** The catalogue over a growing array: what is pushed later is seen later. Counts its calls and the editions it gave. */
export function memoryCatalogue(editions: Edition[], mode: Mode = 'live'): Catalogue & { given: { editions: number } } {
  const given = { editions: 0 }
  const known = () => editions.filter((e) => e.mode === mode).sort((a, b) => a.sequence - b.sequence)
  const latestOf = () => {
    const latest = new Map<string, Edition>()
    for (const e of known()) {
      latest.delete(e.releaseId)
      latest.set(e.releaseId, e)
    }
    return latest
  }
  const slotsIn = (list: ListKey) => [
    ...new Set(
      known()
        .filter((e) => listsOf(e).includes(list))
        .map((e) => e.releaseId),
    ),
  ]
  const give = (found: Edition[]) => {
    given.editions += found.length
    return found
  }
  const isThere = (e: Edition | undefined): e is Edition => e !== undefined
  const relatesTo = (e: Edition, id: string) => e.content?.core.relatesTo?.some((l) => l.releaseId === id) ?? false
  return {
    given,
    lists: async (edition) => {
      const all = new Set(
        known()
          .filter((e) => e.releaseId === edition.releaseId)
          .flatMap(listsOf),
      )
      return [...all].map((list) => ({ list, slot: slotsIn(list).indexOf(edition.releaseId) + 1 }))
    },
    size: async (list) => slotsIn(list).length,
    slots: async (list, from, to) => {
      const latest = latestOf()
      return give(
        slotsIn(list)
          .slice(from - 1, to)
          .map((id) => latest.get(id))
          .filter(isThere),
      )
    },
    recent: async (list, limit) => {
      const inList = new Set(slotsIn(list))
      return give(
        [...latestOf().values()]
          .filter((e) => inList.has(e.releaseId))
          .reverse()
          .slice(0, limit),
      )
    },
    editions: async (releaseId) => give(known().filter((e) => e.releaseId === releaseId)),
    latest: async (releaseId) => latestOf().get(releaseId) ?? null,
    file: async (hash) => {
      const bytes = bytesByHash.get(hash)
      if (!bytes) throw new Error(`no bytes for ${hash}`)
      return bytes
    },
    directory: async () => directoryOf([...latestOf().values()]),
    relating: async (releaseId) => give([...latestOf().values()].filter((e) => relatesTo(e, releaseId)).reverse()),
  }
}

function directoryOf(latest: Edition[]): Directory {
  const count = <Face>(faces: Face[], key: (face: Face) => string): Choice<Face>[] =>
    [...Map.groupBy(faces, key).values()].map((same) => ({ ...(same[0] as Face), releases: same.length }))
  const running = new Map<string, Edition>()
  for (const e of latest.toReversed())
    if (e.incident && !e.incident.closed && !running.has(e.incident.id)) running.set(e.incident.id, e)
  return {
    topics: count(
      latest.flatMap((e) => e.topics),
      (t) => t.slug,
    ),
    areas: count(
      latest.flatMap((e) => e.areas),
      (a) => a.code,
    ),
    agencies: count(
      latest.map((e) => e.agency),
      (a) => a.slug,
    ),
    running: [...running.values()],
  }
}

export type Commit = { tree: 'website' | 'feeds'; mode: Mode; sequence: number; files: SiteFile[] }

/** A site writer in memory. `at(path)` is what a reader would get now; a lower sequence never replaces a higher. */
export function memorySite(): SiteWriter & {
  commits: Commit[]
  at(path: string): SiteFile | undefined
  paths(): string[]
} {
  const commits: Commit[] = []
  const tree = new Map<string, { sequence: number; file: SiteFile }>()
  return {
    commits,
    at: (path) => tree.get(path)?.file,
    paths: () => [...tree.keys()],
    commit: async (name, mode, sequence, files) => {
      commits.push({ tree: name, mode, sequence, files })
      for (const file of files)
        if ((tree.get(file.path)?.sequence ?? -1) <= sequence) tree.set(file.path, { sequence, file })
      return { root: sha256(`${name}/${mode}/${sequence}/${files.length}`) }
    },
  }
}

/** The body of a file as text. */
export const textOf = (file: SiteFile | undefined): string =>
  file === undefined ? '' : typeof file.body === 'string' ? file.body : new TextDecoder().decode(file.body)
