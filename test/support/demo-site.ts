/** A small site rendered to memory for looking at and for the browser: flash, policy, correction, withdrawal, three languages. */
import { create, staticFiles } from '../../channels/website/index.ts'
import type { ChannelConfig, ChannelDeps } from '../../src/delivery/channel.ts'
import type { Edition } from '../../src/publication/edition.ts'
import {
  flashEdition,
  INCIDENT,
  memoryCatalogue,
  memorySite,
  nextEdition,
  policyEdition,
  sampleEdition,
  samplePart,
  takenDown,
  withdrawn,
} from './editions.ts'

export const sampleConfig = (overrides: Partial<ChannelConfig['site']> = {}): ChannelConfig => ({
  publicUrl: 'https://press.example',
  site: {
    nameZh: '青格勒盟新闻发布（示例）',
    nameEn: 'Qinggele League Press (sample)',
    offset: '+08:00',
    mark: '示例',
    contact: 'press@qinggele.example',
    ...overrides,
  },
})

export const sampleDeps = (
  config: ChannelConfig,
  site = memorySite(),
): ChannelDeps & { site: ReturnType<typeof memorySite> } => ({
  config,
  site,
  outsider: async () => {
    throw new Error('a website calls nobody')
  },
  published: async () => null,
  unlock: (locked) => locked,
  outbox: async () => {},
  now: () => '2026-11-23T06:30:00.000Z',
  log: { info: () => {}, warn: () => {}, error: () => {} },
})

/** Publishes editions one after another, as delivery would; the site in memory then holds what readers get. */
export async function publishAll(editions: Edition[], config = sampleConfig(), site = memorySite()) {
  const channel = create(sampleDeps(config, site))
  const known: Edition[] = []
  for (const edition of editions) {
    known.push(edition)
    const prepared = await channel.prepare(edition, 'all', memoryCatalogue(known, edition.mode))
    await channel.send(prepared, [], new AbortController().signal)
  }
  return site
}

const day = (n: number, time: string) => `2026-11-${String(n).padStart(2, '0')}T${time}:00.000Z`
const words = (title: string, summary: string, body = '<p>详见正文。</p>') => ({
  'zh-CN': samplePart({ title, summary, body }),
})

export function demoEditions(): Edition[] {
  const policy = policyEdition({ sequence: 1, publishedAt: day(22, '02:00') })
  const slip = sampleEdition({
    sequence: 3,
    publishedAt: day(22, '09:05'),
    parts: words('冬季供暖通告', '供暖期自10月15日起，投诉电话见正文。', '<p>供暖投诉电话 0000-12340。</p>'),
  })
  const wrong = sampleEdition({
    sequence: 4,
    publishedAt: day(22, '09:30'),
    parts: words('一份有误的公告', '不应发布。'),
  })
  const gone = sampleEdition({
    sequence: 5,
    publishedAt: day(22, '10:00'),
    parts: words('一份已下线的公告', '不应发布。'),
  })
  const notice = flashEdition({
    sequence: 9,
    publishedAt: day(23, '01:42'),
    parts: {
      'zh-CN': samplePart({ title: '哈日诺尔旗发生草原火灾', summary: '火情正在扑救，无人员伤亡报告。', body: '' }),
    },
    core: { warningLevel: 'orange', urgency: 'critical', asOf: day(23, '01:30'), nextUpdateAt: day(23, '03:00') },
  })
  const update = flashEdition({ sequence: 12, kind: 'incident-update', publishedAt: day(23, '06:12') })
  return [
    policy,
    sampleEdition({
      sequence: 2,
      kind: 'interpretation',
      publishedAt: day(22, '02:05'),
      core: { relatesTo: [{ releaseId: policy.releaseId, as: 'interprets' }] },
      parts: words('一图读懂2027年饲草储备补助', '谁能领、领多少、去哪办。'),
    }),
    slip,
    wrong,
    gone,
    nextEdition(slip, 'correction', 6, {
      publishedAt: day(23, '00:30'),
      parts: {
        'zh-CN': samplePart({
          title: '冬季供暖通告',
          summary: '供暖期自10月15日起，投诉电话见正文。',
          body: '<p>供暖投诉电话 0000-12341。</p>',
          changeNote: '原文投诉电话“0000-12340”有误，应为“0000-12341”。',
        }),
      },
    }),
    withdrawn(wrong, 7, '文中数据有误，经核实后将另行发布。', { publishedAt: day(23, '00:40') }),
    takenDown(gone, 8, { publishedAt: day(23, '00:50') }),
    notice,
    sampleEdition({
      sequence: 10,
      kind: 'clarification',
      publishedAt: day(23, '02:05'),
      parts: words('关于网传“自来水停供三天”的说明', '自来水供应正常，个别小区检修2小时。'),
    }),
    sampleEdition({
      sequence: 11,
      kind: 'warning',
      publishedAt: day(23, '04:05'),
      core: { warningLevel: 'yellow', urgency: 'important', expiresAt: day(24, '04:00') },
      parts: words('青格勒盟气象台发布大风黄色预警（示例）', '预计未来24小时阵风可达8级。'),
    }),
    update,
    sampleEdition({
      sequence: 13,
      kind: 'press-conference',
      publishedAt: day(23, '06:30'),
      incident: { ...INCIDENT },
      parts: words('草原火灾处置情况新闻发布会（第一场）', '11月23日16时，盟行署新闻发布厅。'),
    }),
  ]
}

/** The demo site with the pages about it, as a service would start it. */
export async function demoSite(config = sampleConfig()) {
  const site = memorySite()
  const directory = { topics: [], areas: [], agencies: [], running: [] }
  await site.commit('website', 'live', 0, staticFiles(config, directory, '2026-11-01T00:00:00.000Z'))
  const drill = flashEdition({
    sequence: 20,
    mode: 'exercise',
    publishedAt: day(23, '07:00'),
    core: { mode: 'exercise' },
  })
  await publishAll([...demoEditions(), drill], config, site)
  const releaseIds = ['release-2026-000001', 'release-2026-000003', 'release-2026-000004']
  const period = { startsAt: day(1, '00:00'), endsAt: day(23, '00:00'), madeAt: day(23, '00:20') }
  const issue = { number: '2026-11', sequence: 30, standard: true, ...period, releaseIds }
  const channel = create(sampleDeps(config, site))
  const prepared = await channel.prepareIssue!(issue, memoryCatalogue(demoEditions()))
  await channel.send(prepared, [], new AbortController().signal)
  return site
}
