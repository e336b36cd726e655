/** Reading back: what was published is compared with what was signed by a parser that has never seen the renderer. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { create as website } from '../../channels/website/index.ts'
import type { Proof } from '../../src/delivery/channel.ts'
import { compare, type Found, readBack } from '../../src/delivery/read-back.ts'
import { sanitise } from '../../src/lib/html.ts'
import type { Edition, Part } from '../../src/publication/edition.ts'
import { alertTerms, type Draft, english, part } from '../support/feed-editions.ts'
import { newsroom } from '../support/newsroom.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const target = { deliveryId: 1, subscriberId: 0, address: '', token: '', language: 'zh-CN' as const, attempt: 1 }

/** A newsroom whose website is published too; looks at every proof as a visitor would fetch it. */
function proving() {
  const room = newsroom()
  const site = website(room.deps)
  async function publish(draft: Draft = {}): Promise<Edition> {
    const edition = await room.publish(draft)
    const prepared = await site.prepare(edition, 'all', room.office.catalogue(edition.sequence))
    await site.send(prepared, [target], new AbortController().signal)
    return edition
  }
  async function proofs(edition: Edition): Promise<Proof[]> {
    const page: Proof = { path: edition.address, format: 'html' }
    return [page, ...((await room.channel.proof?.(edition)) ?? [])]
  }
  function fetched({ path, format }: Proof, change = (text: string) => text): { found: Found; status: number } {
    const file = room.files.get(path)
    return { found: readBack(format, bytes(change(room.text(path))), file?.type ?? ''), status: file?.status ?? 200 }
  }
  async function look(edition: Edition, signed = edition, change = (text: string) => text) {
    const differences: Record<string, string[]> = {}
    for (const proof of await proofs(edition)) {
      const { found, status } = fetched(proof, change)
      const before = room.office.editions.filter((e) => e.releaseId === signed.releaseId && e.number < signed.number)
      differences[proof.format] = compare(signed, found, {
        address: `https://press.example${proof.path}`,
        status,
        before,
      })
    }
    return differences
  }
  return { ...room, publish, proofs, fetched, look }
}

const nothing = { html: [], atom: [], rss: [], jsonfeed: [], cap: [] }
const urgent: Draft = {
  core: { cap: alertTerms() },
  parts: { 'zh-CN': part({ changeNote: '面积已核实。', signature: '青格勒盟（示例）' }), en: english() },
}
/** The edition with its Chinese part changed. */
const signedAs = (edition: Edition, change: Partial<Part>): Edition => {
  const content = edition.content
  const zh = content?.parts['zh-CN']
  if (!content || !zh) throw new Error('no Chinese part')
  return { ...edition, content: { ...content, parts: { ...content.parts, 'zh-CN': { ...zh, ...change } } } }
}

describe('a duty officer waiting for the tick', () => {
  it('gets it on page, feeds and CAP when all say what was signed', async () => {
    const room = proving()
    expect(await room.look(await room.publish(urgent))).toEqual(nothing)
    for (const type of ['erratum', 'correction', 'addition'] as const)
      expect(await room.look(await room.publish({ ...urgent, release: 1, type }))).toEqual(nothing)
  })

  it('gets it for a body with lists, tables, links and headings', async () => {
    const body = sanitise(
      '<h2>一、情况</h2><p>见<a href="https://a.example/x(1)">说明</a>全文，<em>请</em>留意。</p><ol><li>甲<ul><li>乙</li></ul></li></ol>' +
        '<table><tr><th>旗县</th><th>人数</th></tr><tr><td>哈日诺尔旗</td><td>1 204</td></tr></table><p>a &amp; b &lt; c</p>',
    ).html
    const room = proving()
    const edition = await room.publish({ ...urgent, parts: { 'zh-CN': part({ body }) } })
    expect(await room.look(edition)).toEqual(nothing)
  })

  it('gets it for an exercise only while every title says so', async () => {
    const room = proving()
    const edition = await room.publish({ ...urgent, core: { ...urgent.core, mode: 'exercise' } })
    expect(await room.look(edition)).toEqual(nothing)
    const bare = await room.look(edition, edition, (text) => text.replaceAll('【演练】', ''))
    for (const format of ['html', 'atom', 'rss', 'jsonfeed', 'cap'])
      expect(bare[format]?.join()).toContain('does not say')
  })

  it('is told of a single changed character, whichever outlet it stands in', async () => {
    const room = proving()
    const edition = await room.publish(urgent)
    for (const [from, to] of [
      ['草原火情首报', '草原火情首抱'],
      ['30公顷', '80公顷'],
      ['三支', '二支'],
      ['第二队在东线', '第二队不在东线'],
      ['请勿驾车', '请驾车'],
    ] as const) {
      const differences = await room.look(edition, edition, (text) => text.replaceAll(from, to))
      for (const [format, said] of Object.entries(differences))
        expect([format, said.length > 0]).toEqual([format, true])
    }
  })

  it('is told of a word put before or behind a sentence that is otherwise whole', async () => {
    const room = proving()
    const edition = await room.publish(urgent)
    for (const [from, to] of [
      ['请立即离开', '不请立即离开'],
      ['无人员伤亡。', '无人员伤亡。才怪'],
    ] as const) {
      const differences = await room.look(edition, edition, (text) => text.replaceAll(from, to))
      for (const [format, said] of Object.entries(differences))
        expect([format, said.length > 0]).toEqual([format, true])
    }
  })

  it('is told of any one character of title, block or body that differs from what was signed', async () => {
    const room = proving()
    await room.publish(urgent)
    const edition = await room.publish({ ...urgent, release: 1 })
    const found = (await room.proofs(edition)).map((proof) => ({ proof, ...room.fetched(proof) }))
    const zh = edition.content?.parts['zh-CN'] as Part
    const texts = {
      title: zh.title,
      facts: zh.blocks.facts ?? '',
      body: '现场有三支队伍。',
      changeNote: zh.changeNote ?? '',
    }
    const change = fc.record({
      where: fc.constantFrom(...(Object.keys(texts) as (keyof typeof texts)[])),
      at: fc.nat({ max: 40 }),
      to: fc.constantFrom('不', '9', 'x', '火', '！'),
    })
    fc.assert(
      fc.property(change, ({ where, at, to }) => {
        const old = texts[where]
        const index = at % old.length
        if (old[index] === to || old[index] === '\n') return
        const fresh = old.slice(0, index) + to + old.slice(index + 1)
        const body = zh.body.replace('<strong>三支</strong>', '三支').replace(old, fresh)
        const changed = { facts: { blocks: { ...zh.blocks, facts: fresh } }, body: { body } }
        const signed = signedAs(edition, where in changed ? changed[where as 'body'] : { [where]: fresh })
        for (const { proof, found: f, status } of found) {
          const differences = compare(signed, f, { address: `https://press.example${proof.path}`, status })
          expect(differences, `${where} in ${proof.format}`).not.toEqual([])
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is told of a wrong area, time, edition number, hash and media type', async () => {
    const room = proving()
    const edition = await room.publish(urgent)
    const wrong: Edition[] = [
      { ...edition, areas: [...edition.areas, { code: '159922', name: { zh: '', en: '' } }] },
      { ...edition, publishedAt: '2026-11-23T06:13:05.000Z' },
      { ...edition, number: 2 },
      { ...edition, hash: 'ab' },
    ]
    for (const signed of wrong)
      for (const [format, said] of Object.entries(await room.look(edition, signed)))
        expect([format, said.length > 0]).toEqual([format, true])
    const atom = readBack('atom', bytes(room.text('/feeds/all.atom')), 'text/plain')
    const address = 'https://press.example/feeds/all.atom'
    expect(compare(edition, atom, { address })).toEqual([
      'content type is "text/plain", should be "application/atom+xml"',
    ])
    expect(compare(edition, { ...atom, contentType: 'application/atom+xml' }, { address: `${address}?` })).toHaveLength(
      1,
    )
  })

  it('is told when an older edition still stands where the new one should', async () => {
    const room = proving()
    await room.publish(urgent)
    const old = room.text('/feeds/all.atom')
    const edition = await room.publish({ ...urgent, release: 1 })
    const found = readBack('atom', bytes(old), 'application/atom+xml')
    const said = compare(edition, found, { address: 'https://press.example/feeds/all.atom' })
    expect(said.join('\n')).toContain('edition number is 1, should be 2')
  })
})

describe('a release taken back', () => {
  it('is verified once page and feeds say number and time and nothing else', async () => {
    const room = proving()
    await room.publish(urgent)
    await room.publish({ ...urgent, release: 1 })
    const parts = { 'zh-CN': part({ title: '', blocks: {}, body: '', withdrawalReason: '地点写错。' }) }
    const { cap: _, ...expected } = nothing
    expect(await room.look(await room.publish({ release: 1, type: 'withdrawal', parts }))).toEqual(expected)
    await room.publish(urgent)
    expect(await room.look(await room.publish({ release: 2, type: 'takedown' }))).toEqual(expected)
  })

  it('is reported while a sentence of it is left, or the page still answers 200', async () => {
    const room = proving()
    const first = await room.publish(urgent)
    const page = room.fetched({ path: first.address, format: 'html' })
    const gone = await room.publish({ release: 1, type: 'takedown' })
    const address = `https://press.example${first.address}`
    const still = compare(
      gone,
      { ...page.found, items: page.found.items.map((i) => ({ ...i, id: gone.id })) },
      {
        address,
        status: page.status,
        before: [first],
      },
    )
    expect(still).toContain('status is 200, should be 410')
    expect(still.join()).toContain('still says "请勿驾车穿越烟雾。"')
    const left = await room.look(gone, gone, (text) => text.replaceAll('下线：', '草原火情首报（示例）下线：'))
    expect([left.atom?.length, left.rss?.length, left.jsonfeed?.length]).toEqual([1, 1, 1])
  })

  it('has its Cancel read back as a Cancel', async () => {
    const room = proving()
    await room.publish(urgent)
    const gone = await room.publish({ release: 1, type: 'takedown' })
    const path = '/cap/ortoo-2026-000001-2.xml'
    const { found } = room.fetched({ path, format: 'cap' })
    expect(compare(gone, found, { address: `https://press.example${path}`, status: 200 })).toEqual([])
    expect(compare(gone, { ...found, message: 'Update' }, { address: `https://press.example${path}` })).toHaveLength(1)
  })
})

describe('a document that is not what it should be', () => {
  it.each([
    ['atom', '<feed><entry></feed>', 'not well-formed'],
    ['atom', '<!DOCTYPE feed [<!ENTITY a "b">]><feed>&a;</feed>', 'document type'],
    ['rss', '<feed></feed>', 'the root is no <rss>'],
    ['cap', '<alert><note>&nbsp;</note></alert>', 'unknown entity'],
    ['jsonfeed', '{"version":"1"}', 'not a JSON Feed'],
    ['jsonfeed', '<html>', 'JSON'],
    ['html', '<p>maintenance</p>', 'no whole article'],
    ['html', '<article><h1>cut', 'no whole article'],
  ] as const)('as %s is a problem, never a crash: %s', (format, text, problem) => {
    expect(readBack(format, bytes(text), '').problems.join()).toContain(problem)
  })

  it('in another encoding is a problem', () => {
    expect(readBack('html', new Uint8Array([0xff, 0xfe, 0x41]), '').problems).toHaveLength(1)
  })

  it('of any bytes at all never makes the reader throw', () => {
    const format = fc.constantFrom(
      'html' as const,
      'atom' as const,
      'rss' as const,
      'jsonfeed' as const,
      'cap' as const,
    )
    const some = fc.oneof(fc.uint8Array(), fc.string({ unit: 'binary' }).map(bytes), fc.json().map(bytes))
    fc.assert(fc.property(format, some, (f, b) => readBack(f, b, 'text/html').format === f))
  })
})
