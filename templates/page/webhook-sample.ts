/** What a receiver of webhooks is sent, as an example; test/channels/webhook.test.ts holds it against what is really sent. */

export const webhookSample = (publicUrl: string) => ({
  version: 1,
  event: 'edition.first',
  mode: 'live',
  edition: {
    id: '01m8301sa8r1s6dkr4txq8xnb2',
    number: 1,
    type: 'first',
    sequence: 7,
    publishedAt: '2026-11-23T06:12:03.000Z',
    hash: 'a2b0f5c4e93d4a0b8a1c6de7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b',
  },
  release: {
    number: '2026-000042',
    kind: 'incident-notice',
    lane: 'flash',
    urgency: 'critical',
    warningLevel: null,
    firstPublishedAt: '2026-11-23T06:12:03.000Z',
    asOf: '2026-11-23T06:10:00.000Z',
    nextUpdateAt: '2026-11-23T08:00:00.000Z',
    expiresAt: null,
    agency: { slug: 'qinggele', name: { zh: '青格勒盟（示例）', en: 'Qinggele League (sample)' } },
    topics: [{ slug: 'fire', name: { zh: '草原火灾', en: 'Grassland fire' } }],
    areas: [{ code: '159921', name: { zh: '哈日诺尔旗（示例）', en: 'Hari Nuur Banner (sample)' } }],
    incident: null,
  },
  links: {
    page: `${publicUrl}/releases/2026-000042/`,
    feed: `${publicUrl}/feeds/all.json`,
    cap: `${publicUrl}/cap/ortoo-2026-000042-1.xml`,
  },
  texts: {
    'zh-CN': {
      url: `${publicUrl}/releases/2026-000042/`,
      title: '哈日诺尔旗草原火灾（示例）',
      summary: null,
      blocks: { facts: '…', advice: '…' },
      html: '<p>…</p>',
      text: '…',
      signature: null,
      changeNote: null,
    },
  },
  attachments: [],
})
