/** The feeds as those who poll them see them: an editor, an alert hub, a reader who comes late. */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { create } from '../../channels/feeds/index.ts'
import { capExpiry } from '../../templates/page/cap-alert.ts'
import { capProblems } from '../support/cap-rules.ts'
import { alertTerms, english, memoryFiles, Office, part } from '../support/feed-editions.ts'
import { needs } from '../support/needs.ts'
import { newsroom } from '../support/newsroom.ts'
import { capSchema, lint } from '../support/xmllint.ts'

type Tree = Record<string, unknown>
const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => ['entry', 'item', 'link', 'at:deleted-entry', 'category', 'info', 'area'].includes(name),
})
const parse = (xml: string) => parser.parse(xml) as { feed: Tree; rss: { channel: Tree }; alert: Tree }
const entries = (xml: string) => (parse(xml).feed.entry ?? []) as Tree[]
const items = (xml: string) => (parse(xml).rss.channel.item ?? []) as Tree[]
const links = (node: Tree) => node.link as Record<string, string>[]
const rel = (node: Tree, name: string) => links(node).find((l) => l['@_rel'] === name)?.['@_href']
const json = (text: string) => JSON.parse(text) as { items: Tree[]; next_url?: string; feed_url: string }
const ID = 'tag:press.example,2026:release/2026-000001'

describe('an editor who polls', () => {
  it('sees one item with one id through first, erratum, correction and an added language, its time always rising', async () => {
    const room = newsroom()
    const seen: { ids: unknown[]; updated: string; edition: string; published: string }[] = []
    const look = () => {
      const [entry] = entries(room.text('/feeds/all.atom')) as [Tree]
      const ids = [entry.id, ...items(room.text('/feeds/all.rss')).map((i) => (i.guid as Tree)['#text'])]
      ids.push(...json(room.text('/feeds/all.json')).items.map((i) => i.id))
      seen.push({
        ids,
        updated: String(entry.updated),
        edition: String(entry['ortoo:edition']),
        published: String(entry.published),
      })
    }
    await room.publish()
    look()
    for (const type of ['erratum', 'correction', 'addition'] as const) {
      const parts = {
        'zh-CN': part({ changeNote: `${type}的说明` }),
        ...(type === 'addition' ? { en: english() } : {}),
      }
      await room.publish({ release: 1, type, parts })
      look()
    }
    expect(seen.map((s) => s.ids)).toEqual(seen.map(() => [ID, ID, ID]))
    expect(seen.map((s) => s.edition)).toEqual(['1', '2', '3', '4'])
    expect(seen.map((s) => s.updated)).toEqual([...new Set(seen.map((s) => s.updated))].sort())
    expect(new Set(seen.map((s) => s.published)).size).toBe(1)
  })

  it('reads the note of the change first, then the as-of time, the advice, the facts, the body and the press contact', async () => {
    const room = newsroom()
    await room.publish()
    await room.publish({ release: 1, parts: { 'zh-CN': part({ changeNote: '面积由20公顷改为30公顷。' }) } })
    const html = String(((entries(room.text('/feeds/all.atom'))[0] as Tree).content as Tree)['#text'])
    const places = ['面积由20', '截至', '请立即离开', '过火面积', '三支', '新闻联络'].map((x) => html.indexOf(x))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places).not.toContain(-1)
  })

  it('finds each feed under the address it names itself by, in the right media type', async () => {
    const room = newsroom()
    await room.publish({ parts: { 'zh-CN': part(), en: english() } })
    for (const [path, file] of room.files) {
      if (path.startsWith('/catalogue/') || path.includes('/ninjs/')) continue
      const at = `https://press.example${path}`
      if (path.endsWith('.atom')) {
        expect(rel(parse(room.text(path)).feed, 'self')).toBe(at)
        expect(file.type).toBe('application/atom+xml; charset=utf-8')
      } else if (path.endsWith('.rss')) {
        const self = parse(room.text(path)).rss.channel['atom:link'] as Tree
        expect(self['@_href']).toBe(at)
        expect(file.type).toBe('application/rss+xml; charset=utf-8')
      } else {
        expect(json(room.text(path)).feed_url).toBe(at)
        expect(file.type).toBe('application/feed+json; charset=utf-8')
      }
    }
    expect([...room.files.keys()].filter((p) => p.endsWith('.atom') && !p.startsWith('/catalogue/')).sort()).toEqual([
      '/cap/index.atom',
      '/feeds/agency/qinggele.atom',
      '/feeds/all.atom',
      '/feeds/area/159921.atom',
      '/feeds/en/all.atom',
      '/feeds/kind/incident-notice.atom',
      '/feeds/mn/all.atom',
      '/feeds/topic/fire.atom',
      '/feeds/zh/all.atom',
    ])
  })

  it('gets an RSS date with its right weekday in GMT and a guid that claims to be no address', async () => {
    const room = newsroom()
    await room.publish()
    const [item] = items(room.text('/feeds/all.rss')) as [Tree]
    expect(item.pubDate).toBe('Mon, 23 Nov 2026 06:13:04 GMT')
    expect((item.guid as Tree)['@_isPermaLink']).toBe('false')
  })

  it('reads English in the English feed, with the Chinese page as an alternate and every tag right', async () => {
    const room = newsroom()
    await room.publish({ parts: { 'zh-CN': part(), en: english() } })
    await room.publish()
    const all = entries(room.text('/feeds/en/all.atom'))
    expect(all.map((e) => [e.title, e['@_xml:lang'], e.id])).toEqual([
      ['Grassland fire: first notice (sample)', 'en', ID],
    ])
    expect(links(all[0] as Tree).map((l) => [l['@_rel'], l['@_hreflang'], l['@_href']])).toEqual([
      ['alternate', 'en', 'https://press.example/releases/2026-000001/en/'],
      ['alternate', 'zh-CN', 'https://press.example/releases/2026-000001/'],
    ])
    expect(entries(room.text('/feeds/mn/all.atom'))).toEqual([])
    expect(entries(room.text('/feeds/all.atom')).map((e) => e['@_xml:lang'])).toEqual(['zh-CN', 'zh-CN'])
  })

  it('is never handed script, a foreign picture or a relative address', async () => {
    const body =
      '<p onclick="x()">a</p><script>alert(1)</script><img src="https://other.example/p.png"><img src="/m.png" alt="m">' +
      '<a href="javascript:alert(1)">b</a><a href="../c">c</a><a href="https://ok.example/d">d</a><iframe src="//x.example"></iframe>'
    const room = newsroom()
    await room.publish({ parts: { 'zh-CN': part({ body }) } })
    const html = String(json(room.text('/feeds/all.json')).items[0]?.content_html)
    expect(html).not.toMatch(/script|onclick|other\.example|x\.example|iframe/)
    expect(html).not.toMatch(/<img|href="(?!https:)/)
    expect(html).toContain('href="https://ok.example/d"')
  })

  it('finds attachments as enclosures with an absolute address, type and size', async () => {
    const file = { sha256: 'ab'.repeat(32), name: '地图 1.pdf', type: 'application/pdf', bytes: 1200, title: '地图' }
    const room = newsroom()
    await room.publish({ attachments: [file] })
    const url = `https://press.example/files/${file.sha256}/${encodeURIComponent(file.name)}`
    expect((items(room.text('/feeds/all.rss'))[0] as Tree).enclosure).toEqual({
      '@_url': url,
      '@_length': '1200',
      '@_type': 'application/pdf',
    })
    expect(json(room.text('/feeds/all.json')).items[0]?.attachments).toEqual([
      { url, mime_type: 'application/pdf', title: '地图', size_in_bytes: 1200 },
    ])
  })
})

describe('a reader who comes late', () => {
  it('reaches every release once the archives are walked back, in Atom and in JSON', async () => {
    const room = newsroom()
    for (let i = 0; i < 47; i++) await room.publish()
    await room.publish({ release: 3 })
    const found = new Set<unknown>()
    let at: string | undefined = 'https://press.example/feeds/all.atom'
    const pages: string[] = []
    while (at) {
      const { feed } = parse(room.text(new URL(at).pathname))
      pages.push(at)
      for (const e of (feed.entry ?? []) as Tree[]) found.add(e.id)
      at = rel(feed, 'prev-archive')
    }
    expect(pages.map((p) => p.slice(28))).toEqual(['all.atom', 'all/archive-2.atom', 'all/archive-1.atom'])
    expect(found.size).toBe(47)
    const ids = new Set<unknown>()
    for (let page: string | undefined = 'https://press.example/feeds/all.json'; page; ) {
      const feed = json(room.text(new URL(page).pathname))
      expect(feed.next_url).not.toBe(page)
      for (const i of feed.items) ids.add(i.id)
      page = feed.next_url
    }
    expect(ids.size).toBe(47)
  })

  it('finds archives that say what they are and where they stand', async () => {
    const room = newsroom()
    for (let i = 0; i < 40; i++) await room.publish()
    const { feed } = parse(room.text('/feeds/all/archive-1.atom'))
    expect('fh:archive' in feed).toBe(true)
    expect(rel(feed, 'current')).toBe('https://press.example/feeds/all.atom')
    expect(rel(feed, 'next-archive')).toBe('https://press.example/feeds/all/archive-2.atom')
    expect(rel(feed, 'prev-archive')).toBeUndefined()
    expect(entries(room.text('/feeds/all/archive-1.atom')).map((e) => String(e.id).slice(-2))).toEqual(
      Array.from({ length: 20 }, (_, i) => String(20 - i).padStart(2, '0')),
    )
  })

  it('finds a correction in the archive that holds its slot, and no other archive touched', async () => {
    const room = newsroom()
    for (let i = 0; i < 61; i++) await room.publish()
    await room.publish({ release: 25, parts: { 'zh-CN': part({ title: '改过的标题' }) } })
    const archives = room.commits.at(-1)?.filter((p) => /^\/feeds\/all\/archive/.test(p))
    expect(archives?.sort()).toEqual(['atom', 'json', 'rss'].map((format) => `/feeds/all/archive-2.${format}`))
    expect(room.text('/feeds/all/archive-2.atom')).toContain('改过的标题')
    expect(entries(room.text('/feeds/all.atom'))[0]?.title).toBe('改过的标题')
  })

  it('costs the office as much for the two-hundredth release as for the fiftieth', async () => {
    const office = new Office()
    const channel = create(memoryFiles().deps)
    const sizes: number[] = []
    for (let i = 1; i <= 210; i++) {
      const edition = office.publish()
      if (i !== 50 && i !== 210) continue
      const { files } = await channel.prepare(edition, 'all', office.catalogue())
      sizes.push(files.reduce((sum, f) => sum + f.body.length, 0))
    }
    expect(Math.abs((sizes[1] ?? 0) - (sizes[0] ?? 0)) / (sizes[0] ?? 1)).toBeLessThan(0.02)
  })
})

describe('a release taken back', () => {
  const secret = 'CANARY-7f3a'
  const told = () => ({
    'zh-CN': part({ title: `标题${secret}`, summary: secret, body: `<p>${secret}</p>`, blocks: { facts: secret } }),
    en: english({ title: secret }),
  })
  const alert = { cap: alertTerms() }

  it('shows a reader the approved reason under the same id, and its text is nowhere', async () => {
    const room = newsroom()
    await room.publish({ parts: told(), core: alert })
    for (let i = 0; i < 45; i++) await room.publish()
    expect(room.everything()).toContain(secret)
    const reason = part({ title: secret, body: secret, blocks: {}, withdrawalReason: '地点写错，另行发布。' })
    await room.publish({ release: 1, type: 'withdrawal', parts: { 'zh-CN': reason } })
    expect(room.everything()).not.toContain(secret)
    const [entry] = entries(room.text('/feeds/all.atom')) as [Tree]
    expect([entry.id, entry.title]).toEqual([ID, '撤稿：稿件 2026-000001'])
    expect((entry.content as Tree)['#text']).toBe('<p>地点写错，另行发布。</p>')
    expect(entries(room.text('/feeds/all/archive-1.atom')).filter((e) => e.id === ID)).toHaveLength(1)
    const [english] = entries(room.text('/feeds/en/all.atom')) as [Tree]
    expect([english.title, english['@_xml:lang']]).toEqual(['Withdrawn: release 2026-000001', 'en'])
    expect((english.content as Tree)['#text']).toBe('<p>The reason is given on the page of the release.</p>')
  })

  it('leaves a tombstone with number and time after a takedown', async () => {
    const room = newsroom()
    await room.publish({ parts: told(), core: alert })
    const { publishedAt } = await room.publish({ release: 1, type: 'takedown' })
    expect(room.everything()).not.toContain(secret)
    const { feed } = parse(room.text('/feeds/all.atom'))
    const stone = { '#text': '下线：稿件 2026-000001', '@_xml:lang': 'zh-CN' }
    expect(feed['at:deleted-entry']).toEqual([{ '@_ref': ID, '@_when': publishedAt, 'at:comment': stone }])
    expect((feed.entry as Tree[]).map((e) => [e.id, e.title, e.updated])).toEqual([[ID, stone['#text'], publishedAt]])
    const [item] = items(room.text('/feeds/all.rss')) as [Tree]
    expect(item.title).toBe('下线：稿件 2026-000001')
    expect(item.description).toBe('<p>稿件 2026-000001 已于 2026-11-23 14:14 (+08:00) 下线。</p>')
    const only = json(room.text('/feeds/all.json')).items[0] as Tree
    expect(Object.keys(only._ortoo as Tree).sort()).toEqual(['deleted', 'edition', 'release', 'type'])
  })

  it('takes the alert files away and cancels them, even where the earlier text is already erased', async () => {
    const room = newsroom()
    const first = await room.publish({ parts: told(), core: alert })
    await room.publish({ release: 1, parts: told() })
    // As a purge leaves it: see publication/forget.ts.
    Object.assign(first, { content: null, warnedUntil: capExpiry(first) })
    await room.publish({ release: 1, type: 'takedown' })
    for (const n of [1, 2]) {
      const gone = room.files.get(`/cap/ortoo-2026-000001-${n}.xml`)
      expect([gone?.status, gone?.type]).toEqual([410, 'text/plain; charset=utf-8'])
    }
    const cancel = parse(room.text('/cap/ortoo-2026-000001-3.xml')).alert
    expect([cancel.msgType, cancel.note, cancel.info]).toEqual(['Cancel', '下线：稿件 2026-000001', undefined])
    expect(
      String(cancel.references)
        .split(' ')
        .map((r) => r.split(',')[1]),
    ).toEqual(['ortoo-2026-000001-1', 'ortoo-2026-000001-2'])
    expect(room.everything()).not.toContain(secret)
  })
})

describe('an exercise', () => {
  it('never reaches a live list, and says so in every title, status and address', async () => {
    const room = newsroom()
    await room.publish()
    const before = room.text('/feeds/all.atom')
    await room.publish({ core: { mode: 'exercise', cap: alertTerms() }, parts: { 'zh-CN': part(), en: english() } })
    expect(room.commits.at(-1)?.every((p) => p.startsWith('/exercise/'))).toBe(true)
    expect(room.text('/feeds/all.atom')).toBe(before)
    expect(room.files.get('/exercise/feeds/all.atom')?.headers).toMatchObject({ 'x-robots-tag': 'noindex, nofollow' })
    expect(entries(room.text('/exercise/feeds/all.atom')).map((e) => e.title)).toEqual(['【演练】草原火情首报（示例）'])
    expect(entries(room.text('/exercise/feeds/en/all.atom'))[0]?.title).toMatch(/^EXERCISE: /)
    const { alert } = parse(room.text('/exercise/cap/ortoo-exercise-2026-000002-1.xml'))
    expect([alert.status, alert.note]).toEqual(['Exercise', '演练，不是真实事件。'])
    expect((alert.info as Tree[]).map((i) => String(i.headline).slice(0, 8))).toEqual(['【演练】草原火情', 'EXERCISE'])
  })

  it('stays out of live documents even if a catalogue mixes them', async () => {
    const office = new Office()
    const live = office.publish()
    const drill = office.publish({ core: { mode: 'exercise' } })
    const channel = create(memoryFiles().deps)
    const mixed = { ...office.catalogue(1), recent: async () => [drill, live], slots: async () => [live, drill] }
    const { files } = await channel.prepare(live, 'all', mixed)
    expect(files.filter((f) => String(f.body).includes(drill.releaseNumber))).toEqual([])
  })

  it('of a test has a root and a word of its own', async () => {
    const room = newsroom()
    await room.publish({ core: { mode: 'test', kind: 'warning' } })
    expect(room.commits.at(-1)?.every((p) => p.startsWith('/exercise/test/'))).toBe(true)
    expect(parse(room.text('/exercise/test/cap/ortoo-test-2026-000001-1.xml')).alert.status).toBe('Test')
  })
})

describe('an alert hub', () => {
  const warning = { kind: 'warning' as const, warningLevel: 'orange' as const }

  it('gets valid CAP in three languages, each event named differently, every rule kept', async () => {
    const room = newsroom()
    const mongolian = part({ title: 'ᠮᠣᠩᠭᠣᠯ', blocks: { advice: 'ᠮᠣᠩᠭᠣᠯ' }, body: '' })
    const file = { sha256: 'cd'.repeat(32), name: 'map.pdf', type: 'application/pdf', bytes: 10, title: 'map' }
    await room.publish({
      core: { ...warning, cap: alertTerms({ onset: '2026-11-23T07:00:00.000Z' }) },
      parts: { 'zh-CN': part(), 'mn-Mong-CN': mongolian, en: english() },
      attachments: [file],
    })
    const xml = room.text('/cap/ortoo-2026-000001-1.xml')
    expect(capProblems(xml)).toEqual([])
    const { alert } = parse(xml)
    expect([alert.sender, alert.sent, alert.status, alert.msgType, alert.scope]).toEqual([
      'qinggele@press.example',
      '2026-11-23T14:13:04+08:00',
      'Actual',
      'Alert',
      'Public',
    ])
    const infos = alert.info as Tree[]
    expect(infos.map((i) => [i.language, i.event])).toEqual([
      ['zh-CN', '草原火灾橙色预警'],
      ['mn-Mong-CN', 'ᠮᠣᠩᠭᠣᠯ'],
      ['en', 'Grassland fire, orange warning'],
    ])
    expect(infos[0]?.parameter).toContainEqual({ valueName: 'ColorCode', value: 'Orange' })
    expect(infos[0]?.area).toEqual([{ areaDesc: '地区159921', geocode: { valueName: 'GB/T 2260', value: '159921' } }])
    expect(infos[0]?.instruction).toContain('请立即离开')
    expect(infos[0]?.resource).toMatchObject({
      mimeType: 'application/pdf',
      digest: '1625e5edf7e717842d246e19419468e1b36adb44',
    })
  })

  it('gets an Update naming every earlier message still in force, then a Cancel that says the reason only', async () => {
    const room = newsroom()
    await room.publish({ core: { ...warning, cap: alertTerms() } })
    for (const n of [2, 3]) {
      const e = await room.publish({ release: 1, parts: { 'zh-CN': part({ changeNote: `第${n}版` }) } })
      const { alert } = parse(room.text(`/cap/ortoo-2026-000001-${e.number}.xml`))
      const named = String(alert.references).split(' ')
      expect(named.map((r) => r.split(',')[1])).toEqual(
        Array.from({ length: n - 1 }, (_, i) => `ortoo-2026-000001-${i + 1}`),
      )
      for (const triple of named) {
        const [sender, identifier, sent] = triple.split(',') as [string, string, string]
        const earlier = parse(room.text(`/cap/${identifier}.xml`)).alert
        expect([earlier.sender, earlier.sent]).toEqual([sender, sent])
      }
      expect(alert.msgType).toBe('Update')
    }
    const parts = { 'zh-CN': part({ withdrawalReason: '误发。' }) }
    await room.publish({ release: 1, type: 'withdrawal', parts })
    const cancel = room.text('/cap/ortoo-2026-000001-4.xml')
    expect(capProblems(cancel)).toEqual([])
    expect(parse(cancel).alert.note).toBe('撤稿：稿件 2026-000001。误发。')
    expect(cancel).not.toContain('草原火情')
  })

  it('gets a fresh Alert once every earlier message has expired', async () => {
    const room = newsroom()
    await room.publish({ core: { ...warning, cap: alertTerms({ expires: '2026-11-23T07:00:00.000Z' }) } })
    await room.publish({
      release: 1,
      after: 3 * 3600_000,
      core: { cap: alertTerms({ expires: '2026-11-24T07:00:00.000Z' }) },
    })
    const { alert } = parse(room.text('/cap/ortoo-2026-000001-2.xml'))
    expect([alert.msgType, alert.references]).toEqual(['Alert', undefined])
  })

  it('gets an incident as an alert only where the public must act now and nothing is unknown', async () => {
    const room = newsroom()
    await room.publish({ core: { cap: alertTerms({ actNow: false }) } })
    await room.publish({ core: { cap: alertTerms({ certainty: 'Unknown' }) } })
    await room.publish({ core: { kind: 'policy', cap: alertTerms() } })
    await room.publish({ core: { cap: alertTerms() } })
    await room.publish({ core: { kind: 'warning' } })
    const files = [...room.files.keys()].filter((p) => p.endsWith('.xml'))
    expect(files).toEqual(['/cap/ortoo-2026-000004-1.xml', '/cap/ortoo-2026-000005-1.xml'])
  })

  it('is told by a Cancel when a correction says the public need not act', async () => {
    const room = newsroom()
    await room.publish({ core: { cap: alertTerms() } })
    await room.publish({ release: 1, core: { cap: alertTerms({ actNow: false }) } })
    const { alert } = parse(room.text('/cap/ortoo-2026-000001-2.xml'))
    expect([alert.msgType, alert.note]).toEqual(['Cancel', '取消：稿件 2026-000001'])
    expect(room.files.get('/cap/ortoo-2026-000001-1.xml')?.status).toBeUndefined()
  })

  it('finds in the index only what is in force, a Cancel until what it cancels would have ended', async () => {
    const room = newsroom()
    const index = () => entries(room.text('/cap/index.atom')).map((e) => String(e.id).split('/').at(-1))
    const until = (expires: string) => ({ core: { ...warning, cap: alertTerms({ expires }) } })
    await room.publish(until('2026-11-23T07:00:00.000Z'))
    await room.publish(until('2026-11-23T12:00:00.000Z'))
    await room.publish()
    expect(index()).toEqual(['ortoo-2026-000002-1', 'ortoo-2026-000001-1'])
    await room.publish({ release: 2, type: 'withdrawal', parts: { 'zh-CN': part({ withdrawalReason: '误发。' }) } })
    expect(index()).toEqual(['ortoo-2026-000002-2', 'ortoo-2026-000001-1'])
    await room.publish({ after: 2 * 3600_000 })
    expect(index()).toEqual(['ortoo-2026-000002-2'])
    await room.publish({ after: 5 * 3600_000 })
    expect(index()).toEqual([])
    const { feed } = parse(room.text('/cap/index.atom'))
    expect(rel(feed, 'self')).toBe('https://press.example/cap/index.atom')
  })

  it('finds a link of the CAP media type on every entry of the index', async () => {
    const room = newsroom()
    await room.publish({ core: warning })
    const [entry] = entries(room.text('/cap/index.atom')) as [Tree]
    expect(links(entry)).toEqual([
      {
        '@_rel': 'alternate',
        '@_type': 'application/cap+xml',
        '@_href': 'https://press.example/cap/ortoo-2026-000001-1.xml',
      },
    ])
  })

  it('gets headlines under 140 characters, cut between characters and never inside one', async () => {
    const room = newsroom()
    await room.publish({ core: warning, parts: { 'zh-CN': part({ title: '𠮷'.repeat(200) }) } })
    const headline = String((parse(room.text('/cap/ortoo-2026-000001-1.xml')).alert.info as Tree[])[0]?.headline)
    expect(headline.length).toBeLessThan(140)
    expect(headline.isWellFormed()).toBe(true)
  })

  const schema = capSchema()
  it.runIf(schema)('gets files valid by the OASIS schema', async () => {
    const room = newsroom()
    await room.publish({ core: { ...warning, cap: alertTerms() }, parts: { 'zh-CN': part(), en: english() } })
    await room.publish({ release: 1, parts: { 'zh-CN': part({ changeNote: '改' }) } })
    await room.publish({ core: { ...warning, mode: 'exercise' } })
    const alerts = () => [...room.files].filter(([path, file]) => path.endsWith('.xml') && file.status !== 410)
    for (const [path] of alerts()) lint(room.text(path), schema ?? '')
    expect(alerts()).toHaveLength(3)
    await room.publish({ release: 1, type: 'takedown' })
    for (const [path] of alerts()) lint(room.text(path), schema ?? '')
    expect(alerts()).toHaveLength(2)
  })
})

describe('the writer of the site', () => {
  it('is asked again when it fails, and not when a newer edition is already out', async () => {
    const office = new Office()
    const edition = office.publish()
    const target = { deliveryId: 1, subscriberId: 0, address: '', token: '', language: 'zh-CN' as const, attempt: 1 }
    const outcome = async (error: Error) => {
      const { deps } = memoryFiles()
      const channel = create({ ...deps, site: { commit: () => Promise.reject(error) } })
      const prepared = await channel.prepare(edition, 'all', office.catalogue())
      return channel.send(prepared, [target], new AbortController().signal)
    }
    expect(await outcome(new Error('disk full'))).toEqual([{ state: 'again', why: 'disk full', after: 1000 }])
    const older = Object.assign(new Error('older'), { kind: 'wrong-state' })
    expect(await outcome(older)).toEqual([{ state: 'never', why: 'older' }])
  })

  it('is not called once a stop was ordered', async () => {
    const office = new Office()
    const { deps, commits } = memoryFiles()
    const channel = create(deps)
    const prepared = await channel.prepare(office.publish(), 'all', office.catalogue())
    const target = { deliveryId: 1, subscriberId: 0, address: '', token: '', language: 'zh-CN' as const, attempt: 1 }
    const [outcome] = await channel.send(prepared, [target], AbortSignal.abort())
    expect([outcome?.state, commits]).toEqual(['again', []])
  })

  it.runIf(needs('xmllint'))('is given documents an outside parser takes', async () => {
    const room = newsroom()
    for (let i = 0; i < 21; i++) await room.publish()
    await room.publish({ release: 1, type: 'takedown' })
    for (const path of room.files.keys()) if (/\.(atom|rss|xml)$/.test(path)) lint(room.text(path))
    for (const path of room.files.keys())
      if (/\.(atom|rss|xml)$/.test(path)) expect(XMLValidator.validate(room.text(path))).toBe(true)
  })
})
