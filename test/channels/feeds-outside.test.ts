/** Every machine-readable form before outside judges: what officers write, the scripts of those who mean harm, lives of releases, huge texts. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { create } from '../../channels/feeds/index.ts'
import { sanitise } from '../../src/lib/html.ts'
import { ROOT } from '../../src/lib/root.ts'
import type { EditionType, Language, Part } from '../../src/publication/edition.ts'
import { capFacts, capProblems, chainProblems } from '../support/cap-rules.ts'
import { alertTerms, type Draft, english, memoryFiles, Office, part } from '../support/feed-editions.ts'
import { feedProblems } from '../support/feed-rules.ts'
import { newsroom } from '../support/newsroom.ts'
import { ninjsProblems } from '../support/ninjs-schema.ts'

type Room = ReturnType<typeof newsroom>
const SITE = 'https://press.example'

/** Each document before the judge of its kind. */
function problems(room: Room, odd = false): string[] {
  return [...room.files].flatMap(([path, file]) => {
    // The catalogue of information is no feed of releases, and has judges of its own.
    if (file.status === 410 || path.startsWith('/catalogue/')) return []
    const body = room.text(path)
    const found = path.includes('/ninjs/')
      ? ninjsProblems(body)
      : path.endsWith('.xml')
        ? capProblems(body, odd)
        : feedProblems(SITE + path, body)
    return found.map((problem) => `${path}: ${problem}`)
  })
}

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    ']]>',
    '<script>x</script>',
    '<b onclick=x>',
    '&amp;',
    '\ud83d',
    '\udc00',
    '\u0000\ufffe',
    '\u202e',
    '\ue000',
    '👩‍🚒',
    'ᠮᠣᠩᠭᠣᠯ',
  ),
  fc.constantFrom('草'.repeat(2000), '<i>&'.repeat(400), 'a\r\nb\tc\n\nd\f'),
)
const partOf: fc.Arbitrary<Part> = fc.record({
  title: odd.map((t) => `题${t}`),
  summary: odd,
  blocks: fc.record({ facts: odd, advice: odd }),
  body: odd.map((t) => sanitise(`<p>${t}</p><ul><li>${t}</li></ul>`).html),
  changeNote: odd,
  withdrawalReason: odd,
})
const draft: fc.Arbitrary<Draft> = fc.record({
  parts: fc
    .tuple(
      fc.subarray<Language>(['zh-CN', 'mn-Mong-CN', 'en'], { minLength: 1 }),
      fc.array(partOf, { minLength: 3, maxLength: 3 }),
    )
    .map(([languages, texts]) => Object.fromEntries(languages.map((l, i) => [l, texts[i] as Part]))),
  core: fc.record({
    kind: fc.constantFrom('warning', 'incident-notice', 'policy'),
    cap: fc.constantFrom(
      undefined,
      alertTerms(),
      alertTerms({ actNow: false }),
      alertTerms({ expires: '2026-11-23T06:30:00.000Z' }),
    ),
    documentNumber: fc.option(odd, { nil: undefined }),
  }),
  attachments: fc.array(
    odd.map((name) => ({ sha256: 'ab'.repeat(32), name, type: 'image/png', bytes: 10, title: `图${name}` })),
    { maxLength: 2 },
  ),
  after: fc.constantFrom(1, 400, 61_007, 9_000_000),
})
const TYPES = ['first', 'erratum', 'correction', 'addition', 'withdrawal', 'takedown'] as const
/** Which release (an existing one, or a new one) and what becomes of it. */
const life = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom<EditionType>(...TYPES), draft), {
  minLength: 1,
  maxLength: 8,
})

describe('an outside judge of each format', () => {
  it('finds nothing, whatever is written and whatever becomes of it', async () => {
    await fc.assert(
      fc.asyncProperty(life, async (steps) => {
        const room = newsroom()
        const chains = new Map<number, string[]>()
        let releases = 0
        for (const [which, type, next] of steps) {
          const release = which <= releases && type !== 'first' ? which : ++releases
          const isNew = release === releases && !chains.has(release)
          const edition = await room.publish(isNew ? next : { ...next, release, type })
          const at = `/cap/ortoo-${edition.releaseNumber}-${edition.number}.xml`
          const known = chains.get(release) ?? []
          chains.set(release, room.files.has(at) ? [...known, room.text(at)] : known)
        }
        expect(problems(room, true)).toEqual([])
        for (const chain of chains.values()) expect(chainProblems(messages(chain))).toEqual([])
      }),
      { numRuns: 15 },
    )
  })

  it('finds nothing in ordinary releases of every kind, nor markup in an alert', async () => {
    const room = newsroom()
    const parts = {
      'zh-CN': part(),
      en: english(),
      'mn-Mong-CN': part({ title: 'ᠮᠣᠩᠭᠣᠯ', blocks: { facts: 'ᠮᠣᠩᠭᠣᠯ' }, body: '' }),
    }
    for (const kind of ['incident-notice', 'warning', 'policy', 'press-conference', 'clarification'] as const)
      await room.publish({ core: { kind, cap: alertTerms() }, parts })
    await room.publish({ release: 1, type: 'withdrawal', parts: { 'zh-CN': part({ withdrawalReason: '误发。' }) } })
    await room.publish({ release: 2, type: 'takedown' })
    expect(problems(room)).toEqual([])
  })

  it('finds each attack of the corpus harmless in feeds, alerts and ninjs', async () => {
    const corpus = readFileSync(join(ROOT, 'test/fixtures/xss.txt'), 'utf8').split('\n').filter(Boolean)
    for (const attack of corpus) {
      const room = newsroom()
      const texts = { title: attack, summary: attack, blocks: { facts: attack, advice: attack }, changeNote: attack }
      await room.publish({
        core: { kind: 'warning', cap: alertTerms(), contacts: [{ label: attack, email: attack, audience: 'press' }] },
        parts: { 'zh-CN': { ...texts, body: attack }, en: { ...texts, body: sanitise(attack).html } },
        attachments: [{ sha256: 'ab'.repeat(32), name: attack, type: 'text/plain', bytes: 10, title: attack }],
      })
      expect(problems(room, true), attack).toEqual([])
    }
  })
})

/** As they stood in order of publication; a Cancel holds as long as what it cancels. */
const messages = (chain: string[]) => chain.map(capFacts)

describe('an alert hub with rules of its own', () => {
  const polygon = (points: string) => `<polygon>${points}</polygon>`
  const alert = (head: string, area: string, info = '') =>
    `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>a-1</identifier><sender>s@x.example</sender>${head}<scope>Public</scope><info><language>zh-CN</language><category>Fire</category><event>火灾</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty><effective>2026-11-23T14:00:00+08:00</effective><expires>2026-11-24T14:00:00+08:00</expires><senderName>甲</senderName><headline>标题</headline><description>正文</description>${info}<web>https://x.example/</web><area><areaDesc>甲</areaDesc>${area}</area></info></alert>`
  const plain = '<sent>2026-11-23T14:00:00+08:00</sent><status>Actual</status><msgType>Alert</msgType>'
  const square = '44.1,116.0 44.1,116.1 44.2,116.1 44.2,116.0 44.1,116.0'

  it('sees the faults no schema sees', () => {
    expect(capProblems(alert(plain, polygon(square)))).toEqual([])
    const wrong: [string, string][] = [
      [alert(plain.replace('+08:00', 'Z'), polygon(square)), 'sent is not'],
      [alert(plain, polygon('44.1,116.0 44.2,116.1 44.1,116.1 44.2,116.0 44.1,116.0')), 'crosses itself'],
      [alert(plain, polygon('116.0,44.1 116.1,44.1 116.1,44.2 116.0,44.1')), 'not lat,lon'],
      [alert(plain, polygon('44.1,116.0 44.1,116.1 44.2,116.1')), 'not closed'],
      [alert(plain, '<circle>44.1,116.0 0</circle>'), 'circle without'],
      [alert(plain.replace('Alert<', 'Cancel<'), polygon(square)), 'names no earlier message'],
      [alert(plain.replace('Actual', 'Exercise'), polygon(square)), 'no note'],
      [alert(plain, polygon(square), '<instruction>&lt;p&gt;撤离&lt;/p&gt;</instruction>'), 'markup'],
      [alert(plain, polygon(square)).replace('zh-CN', ''), 'language is missing'],
    ]
    for (const [xml, problem] of wrong) expect(capProblems(xml).join(' '), problem).toContain(problem)
  })

  it('sees a message of the chain that was forgotten, repeated or made up', () => {
    const one = { identifier: 'a-1', triple: 's,a-1,t1', msgType: 'Alert', sent: 1, expires: 100, references: [] }
    const two = {
      identifier: 'a-2',
      triple: 's,a-2,t2',
      msgType: 'Update',
      sent: 2,
      expires: 100,
      references: ['s,a-1,t1'],
    }
    const three = { ...two, identifier: 'a-3', triple: 's,a-3,t3', sent: 3 }
    expect(chainProblems([one, two, { ...three, references: ['s,a-1,t1', 's,a-2,t2'] }])).toEqual([])
    expect(chainProblems([one, two, three])).toEqual(['a-3 does not name s,a-2,t2'])
    expect(chainProblems([one, { ...two, references: ['s,a-1,t9'] }])).toHaveLength(2)
    expect(chainProblems([one, { ...two, identifier: 'a-1' }])).toContain('an identifier stands twice')
  })

  it('finds in the index, Atom or RSS, only what still holds at the time it is made for', async () => {
    const office = new Office()
    const site = memoryFiles()
    const channel = create(site.deps)
    const alert = office.publish({
      core: { kind: 'warning', cap: alertTerms({ expires: '2026-11-23T08:00:00.000Z' }) },
    })
    const { render } = await import('../../channels/feeds/render.ts')
    const at = async (asOf?: string) => {
      const { files } = await render(site.deps.config, { ...office.catalogue(), ...(asOf ? { asOf } : {}) }, alert)
      return ['atom', 'rss'].map((f) => String(files.find((file) => file.path === `/cap/index.${f}`)?.body))
    }
    for (const body of await at()) expect(body).toContain('ortoo-2026-000001-1.xml')
    const later = await at('2026-11-23T08:00:01.000Z')
    for (const body of later) expect(body).not.toContain('ortoo-2026-000001-1.xml')
    expect(later[0]).toContain('<updated>2026-11-23T08:00:01.000Z</updated>')
    expect(later.flatMap((body, i) => feedProblems(`${SITE}/cap/index.${['atom', 'rss'][i]}`, body))).toEqual([])
    expect(channel.name).toBe('feeds')
  })
})

describe('a subscriber of a hub', () => {
  it('finds hub and self in the document and in the header, and no hub on an archive', async () => {
    const room = newsroom({ hubUrl: `${SITE}/hub` })
    for (let i = 0; i < 21; i++) await room.publish({ core: { kind: 'warning' } })
    for (const path of [
      '/feeds/all.atom',
      '/feeds/topic/fire.rss',
      '/feeds/zh/all.json',
      '/cap/index.atom',
      '/cap/index.rss',
    ]) {
      expect(room.files.get(path)?.headers?.link, path).toBe(`<${SITE}${path}>; rel="self", <${SITE}/hub>; rel="hub"`)
      expect(room.text(path), path).toContain(`${SITE}/hub`)
    }
    expect(room.text('/feeds/all/archive-1.atom')).not.toContain('/hub')
    expect(JSON.parse(room.text('/feeds/all.json')).hubs).toEqual([{ type: 'WebSub', url: `${SITE}/hub` }])
    expect(problems(room)).toEqual([])
  })

  it('may read every file from a page of any other site', async () => {
    const room = newsroom()
    await room.publish({ core: { kind: 'warning' } })
    for (const [path, file] of room.files) expect(file.headers?.['access-control-allow-origin'], path).toBe('*')
  })
})

describe('a reader of one language', () => {
  it('finds that language only, complete however rare it is, and archives to walk back', async () => {
    const room = newsroom()
    for (let i = 0; i < 25; i++)
      await room.publish({ parts: { 'zh-CN': part(), en: english({ title: `English ${i}` }) } })
    for (let i = 0; i < 45; i++) await room.publish()
    const seen = new Set<string>()
    for (let at: string | undefined = `${SITE}/feeds/en/all.json`; at; ) {
      const feed = JSON.parse(room.text(at.slice(SITE.length))) as {
        next_url?: string
        items: { id: string; language: string }[]
      }
      for (const item of feed.items) {
        seen.add(item.id)
        expect(item.language).toBe('en')
      }
      at = feed.next_url
    }
    expect(seen.size).toBe(25)
    expect(room.text('/feeds/zh/all.atom')).not.toContain('English')
    expect(JSON.parse(room.text('/feeds/mn/all.json')).items).toEqual([])
  })

  it('is told when a translation no longer stands, in their own language and nothing else', async () => {
    const room = newsroom()
    await room.publish({ parts: { 'zh-CN': part(), en: english() } })
    await room.publish({ release: 1, type: 'correction', parts: { 'zh-CN': part({ changeNote: '英文有误，撤下。' }) } })
    const [item] = JSON.parse(room.text('/feeds/en/all.json')).items
    expect([item.language, item.title]).toEqual(['en', 'Translation taken back: release 2026-000001'])
    expect(room.text('/feeds/en/all.atom')).not.toContain('hectares')
    expect(JSON.parse(room.text('/ninjs/2026-000001/en.json'))).toMatchObject({ pubStatus: 'canceled', version: '2' })
    expect(problems(room)).toEqual([])
  })

  it('never finds Chinese words under a Mongolian tag', async () => {
    const room = newsroom()
    const mongolian = part({ title: 'ᠮᠣᠩᠭᠣᠯ', blocks: { facts: 'ᠮᠣᠩᠭᠣᠯ' }, body: '', withdrawalReason: 'ᠮᠣᠩᠭᠣᠯ' })
    for (let i = 0; i < 3; i++) await room.publish({ parts: { 'mn-Mong-CN': mongolian } })
    await room.publish({ release: 1, type: 'withdrawal', parts: { 'mn-Mong-CN': mongolian } })
    await room.publish({ release: 2, type: 'withdrawal', parts: { 'zh-CN': part({ withdrawalReason: '误发。' }) } })
    await room.publish({ release: 3, type: 'takedown' })
    const { items } = JSON.parse(room.text('/feeds/mn/all.json')) as {
      items: { id: string; title: string; language: string; content_html: string }[]
    }
    const bare = (html: string) => html.replace(/<([a-z0-9]+) lang="zh-CN">.*?<\/\1>/g, '')
    expect(items.map((i) => i.language)).toEqual(['zh-CN', 'zh-CN', 'mn-Mong-CN'])
    for (const item of items.filter((i) => i.language === 'mn-Mong-CN'))
      expect(item.title + bare(item.content_html)).not.toMatch(/\p{Script=Han}/u)
  })
})

describe('a poller on a slow line', () => {
  it('gets a document of bounded size, its newest release whole and the rest led to', async () => {
    const room = newsroom()
    const body = `<p>${'草原火情通报。'.repeat(50_000)}</p>`
    for (let i = 0; i < 6; i++)
      await room.publish({ parts: { 'zh-CN': part({ body }) }, core: { topics: [], areas: [] } })
    for (const path of ['/feeds/all.atom', '/feeds/all.rss', '/feeds/all.json'])
      expect(Buffer.byteLength(room.text(path)), path).toBeLessThan(5_000_000)
    const { items } = JSON.parse(room.text('/feeds/all.json')) as { items: { content_html: string }[] }
    expect(items.map((i) => i.content_html.length > 300_000)).toEqual([true, true, ...Array(4).fill(false)])
    expect(items[5]?.content_html).toContain('<a href="https://press.example/releases/2026-000001/">阅读全文</a>')
    expect(feedProblems(`${SITE}/feeds/all.atom`, room.text('/feeds/all.atom'))).toEqual([])
  })
})

describe("a newsroom's wire", () => {
  const read = (room: Room, path: string) => JSON.parse(room.text(path))

  it('takes in a release in each language as ninjs 3.1, with what hangs on it', async () => {
    const room = newsroom()
    const file = { sha256: 'cd'.repeat(32), name: 'map.png', type: 'image/png', bytes: 10, title: '地图' }
    await room.publish({
      core: { cap: alertTerms(), documentNumber: '青政发〔2026〕1号' },
      parts: { 'zh-CN': part(), en: english() },
      attachments: [file],
    })
    const zh = read(room, '/ninjs/2026-000001/zh.json')
    expect(ninjsProblems(room.text('/ninjs/2026-000001/zh.json'))).toEqual([])
    expect(zh).toMatchObject({
      uri: 'tag:press.example,2026:release/2026-000001/zh-CN',
      standard: { name: 'ninjs', version: '3.1' },
      type: 'text',
      version: '1',
      pubStatus: 'usable',
      urgency: 1,
      language: 'zh-CN',
      by: '青格勒盟（示例）',
      located: '地区159921',
      headlines: [{ role: 'main', contentType: 'text/plain', value: '草原火情首报（示例）' }],
    })
    expect(zh.bodies.map((b: { contentType: string }) => b.contentType)).toEqual(['text/html', 'text/plain'])
    expect(zh.bodies[1].value).toContain('请立即离开')
    expect(zh.associations.map((a: { rel: string; type: string }) => [a.rel, a.type])).toEqual([
      ['attachment', 'picture'],
      ['translation', 'text'],
      ['alert', 'component'],
    ])
    expect(zh.subjects.map((s: { uri: string }) => s.uri)).toContain('http://cv.iptc.org/newscodes/mediatopic/03000000')
    expect(read(room, '/ninjs/2026-000001/en.json').bodies[1].value).toContain('30 hectares')
  })

  it('is told what changed first, and to kill what was withdrawn, under the uri it knows', async () => {
    const room = newsroom()
    await room.publish()
    await room.publish({ release: 1, parts: { 'zh-CN': part({ changeNote: '面积改为30公顷。' }) } })
    const corrected = read(room, '/ninjs/2026-000001/zh.json')
    expect([corrected.version, corrected.descriptions[0].value]).toEqual(['2', '面积改为30公顷。'])
    await room.publish({ release: 1, type: 'withdrawal', parts: { 'zh-CN': part({ withdrawalReason: '误发。' }) } })
    const killed = read(room, '/ninjs/2026-000001/zh.json')
    expect([killed.uri, killed.pubStatus, killed.edNote]).toEqual([corrected.uri, 'canceled', '请撤下此前各版。'])
    expect(JSON.stringify(killed)).not.toContain('火情')
    const list = read(room, '/ninjs/all.json')
    expect([list.type, list.associations.length, list.associations[0].pubStatus]).toEqual(['composite', 1, 'canceled'])
  })

  it('refuses a key that is not of 3.x', () => {
    const item = { uri: 'tag:press.example,2026:release/1/zh-CN', pubstatus: 'usable' }
    expect(ninjsProblems(JSON.stringify(item)).join()).toContain('pubstatus')
    expect(ninjsProblems(JSON.stringify({ uri: 'a:b', urgency: 10 }))).toHaveLength(1)
  })
})
