/** A sample edition for the subscriber outlets; every field can be replaced. */
import type { ChannelConfig, ChannelDeps, Target } from '../../src/delivery/channel.ts'
import type { Content, Edition, Part } from '../../src/publication/edition.ts'

export const part = (over: Partial<Part> = {}): Part => ({
  title: '哈日诺尔旗草原火灾：明火东线已控制（示例）',
  summary: '火场面积约 11 平方公里，无人员伤亡。',
  blocks: {
    whenWhere: '11月23日9时42分，哈日诺尔旗宝日嘎查。',
    facts: '东线明火已扑灭，西线三支队伍继续清理余火。\n\n省道 204 线 18–41 公里处封闭。',
    actions: '已转移安置两个嘎查 412 人。',
    advice: '下风向 10 公里内居民听从转移安排，关好门窗。\n不要前往火场围观，给救援车辆让路。',
  },
  body: '<p>安置点设在旗第二中学。<a href="https://press.example/map">地图</a></p><table><tbody><tr><th>嘎查</th><th>人数</th></tr><tr><td>宝日</td><td>230</td></tr></tbody></table>',
  signature: '青格勒盟（示例）应急指挥部',
  ...over,
})

export const english = (over: Partial<Part> = {}): Part => ({
  title: 'Har Nuur grassland fire: eastern front under control (sample)',
  summary: 'About 11 square kilometres burned. Nobody was hurt.',
  blocks: {
    facts: 'The eastern front is out. Three teams are mopping up in the west.',
    advice: 'Within 10 km downwind: follow evacuation orders and keep windows shut.',
  },
  body: '<p>The shelter is in Secondary School No. 2.</p>',
  ...over,
})

export function edition(
  over: Partial<Edition> = {},
  parts: Content['parts'] = { 'zh-CN': part(), en: english() },
): Edition {
  return {
    id: '01jd00000000000000000000e1',
    sequence: 7,
    releaseId: '01jd00000000000000000000r1',
    releaseNumber: '2026-000042',
    address: '/releases/2026-000042/',
    number: 1,
    type: 'first',
    mode: 'live',
    kind: 'incident-update',
    lane: 'flash',
    agency: { id: 'a1', slug: 'qinggele', name: { zh: '青格勒盟（示例）', en: 'Qinggele League (sample)' } },
    topics: [],
    areas: [{ code: '159921', name: { zh: '哈日诺尔旗', en: 'Har Nuur Banner' } }],
    content: {
      core: {
        kind: 'incident-update',
        lane: 'flash',
        mode: 'live',
        agencyId: 'a1',
        areas: ['159921'],
        topics: [],
        outlets: ['website', 'email', 'webpush'],
        urgency: 'critical',
        warningLevel: 'orange',
        asOf: '2026-11-23T06:10:00.000Z',
        nextUpdateAt: '2026-11-23T08:00:00.000Z',
        contacts: [
          { label: '咨询电话', phone: '000-00012345', audience: 'public' },
          { label: '新闻科', email: 'press@qinggele.example', audience: 'press' },
        ],
      },
      parts,
      attachments: [
        { sha256: 'a'.repeat(64), name: 'map.pdf', type: 'application/pdf', bytes: 10, title: '火场示意图' },
      ],
    },
    firstPublishedAt: '2026-11-23T06:12:03.000Z',
    publishedAt: '2026-11-23T06:12:03.000Z',
    history: [],
    hash: 'f'.repeat(64),
    seal: '',
    ...over,
  }
}

export const config = (over: Partial<ChannelConfig> = {}): ChannelConfig => ({
  publicUrl: 'https://press.example',
  site: {
    nameZh: '青格勒盟新闻办（示例）',
    nameEn: 'Qinggele Press Office (sample)',
    offset: '+08:00',
    mark: '示例 · SAMPLE',
  },
  ...over,
})

export type Logged = { level: 'info' | 'warn' | 'error'; fields: object; message?: string }

export function deps(
  over: Partial<ChannelDeps> = {},
): ChannelDeps & { logged: Logged[]; kept: Map<string, Uint8Array> } {
  const logged: Logged[] = []
  const kept = new Map<string, Uint8Array>()
  const note = (level: Logged['level']) => (fields: object, message?: string) =>
    void logged.push({ level, fields, message })
  return {
    config: config(),
    site: { commit: async () => ({ root: '' }) },
    outsider: async () => {
      throw new Error('no outsider in this test')
    },
    published: async () => null,
    unlock: (locked) => locked,
    outbox: async (name, bytes) => void kept.set(name, bytes),
    now: () => '2026-11-23T06:12:04.000Z',
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    logged,
    kept,
    ...over,
  }
}

/** A token that is different for every delivery and looks like a real one. */
export const tokenOf = (n: number): string =>
  `tok-${String(n).padStart(6, '0')}_`.padEnd(32, 'abcdefghijklmnopqrstuvwxyz')

export const target = (deliveryId: number, address: string, over: Partial<Target> = {}): Target => ({
  deliveryId,
  subscriberId: deliveryId,
  address,
  token: tokenOf(deliveryId),
  language: 'zh-CN',
  attempt: 1,
  ...over,
})
