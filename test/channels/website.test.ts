/** The public site as readers, robots and checkers see it, from editions published one after another. */

import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pagesTouched } from '../../channels/website/gather.ts'
import { create, staticFiles } from '../../channels/website/index.ts'
import type { SiteFile } from '../../src/delivery/channel.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { filePath } from '../../templates/page/article.tsx'
import { demoEditions, publishAll, sampleConfig, sampleDeps } from '../support/demo-site.ts'
import {
  attachment,
  flashEdition,
  memoryCatalogue,
  type memorySite,
  nextEdition,
  policyEdition,
  sampleEdition,
  samplePart,
  takenDown,
  textOf,
  withdrawn,
} from '../support/editions.ts'

const never = () => new AbortController().signal
const prepare = (edition: Edition, known: Edition[] = [edition], config = sampleConfig()) =>
  create(sampleDeps(config)).prepare(edition, 'all', memoryCatalogue(known, edition.mode))
const filesOf = async (edition: Edition, known?: Edition[]) => (await prepare(edition, known)).files
const page = (files: SiteFile[], path: string) => textOf(files.find((f) => f.path === path))
const withoutHashes = (html: string) => html.replace(/(site|paper|seal)\.[0-9a-f]{8}\./g, '$1.')

describe('a release', () => {
  test('a reader gets the page that was agreed, in each of its languages', async () => {
    const edition = flashEdition({ sequence: 7 })
    const files = await filesOf(edition)
    await expect(withoutHashes(page(files, edition.address))).toMatchFileSnapshot('../fixtures/website/flash.zh.html')
    await expect(withoutHashes(page(files, `${edition.address}en/`))).toMatchFileSnapshot(
      '../fixtures/website/flash.en.html',
    )
    await expect(withoutHashes(page(files, `${edition.address}mn/`))).toMatchFileSnapshot(
      '../fixtures/website/flash.mn.html',
    )
  })

  test('somebody in danger meets what to do and whom to call before any detail', async () => {
    const edition = flashEdition()
    const html = page(await filesOf(edition), edition.address)
    const order = [
      'data-level="orange"',
      '<h1>',
      '截至',
      '下次发布',
      '请这样做',
      'tel:000012345',
      'data-block="whenWhere"',
      'class="side"',
    ]
    const places = order.map((mark) => html.indexOf(mark))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  test('a herder on a weak line loads an incident release whole in 50 kB', async () => {
    const edition = flashEdition()
    const files = await filesOf(edition)
    // The stylesheet of paper (media="print") is fetched last and holds up nothing; a browser fetches no picture for sharing.
    const asked = (path: string) =>
      /^\/assets\/(?!paper\.|share\.)/.test(path) && page(files, edition.address).includes(`"${path}"`)
    const parts = [edition.address, ...files.map((f) => f.path).filter(asked)]
    const bodies = parts.map((path) => Buffer.from(files.find((f) => f.path === path)?.body ?? ''))
    const sum = (size: (body: Buffer) => number) => bodies.reduce((n, body) => n + size(body), 0)
    expect(parts).toHaveLength(4)
    // As every browser takes it, and as one would that unpacks nothing.
    expect(sum((body) => gzipSync(body).length)).toBeLessThan(30_000)
    expect(sum((body) => body.length)).toBeLessThan(60_000)
    expect(page(files, edition.address)).not.toMatch(
      /<script(?! (type="application\/ld\+json"|src="\/assets\/site\.[0-9a-f]{8}\.js"))|\sstyle=/,
    )
  })

  test('a checker finds edition, hash, times and areas in the page, and the same in the receipt', async () => {
    const edition = policyEdition()
    const files = await filesOf(edition)
    const html = page(files, edition.address)
    expect(html).toContain(`data-edition="${edition.id}" data-number="1"`)
    expect(html).toContain(`data-hash="${edition.hash}"`)
    expect(html).toContain('data-area="159921"')
    expect(html).toContain('<time datetime="2026-11-23T10:01:00+08:00">2026-11-23 10:01</time>')
    const receipt = JSON.parse(page(files, `${edition.address}receipt.json`))
    expect(receipt).toMatchObject({
      release: edition.releaseNumber,
      status: 'published',
      hash: edition.hash,
      seal: edition.seal,
    })
    expect(receipt.edition).toEqual({ id: edition.id, number: 1, type: 'first' })
  })

  test('a title full of markup and odd characters is shown as letters and runs nowhere', async () => {
    const title = '</title></script><script>alert(1)</script>“引号”&amp;𠮷\u{1F525} ｛｝'
    const parts = {
      'zh-CN': samplePart({ title, summary: title, blocks: { facts: title, advice: title }, addressees: title }),
    }
    const odd = sampleEdition({ parts, attachments: [attachment(title, '"><img src=x onerror=1>.txt', '甲')] })
    for (const file of await filesOf(odd)) {
      const text = textOf(file)
      expect(text).not.toContain('<script>alert')
      expect(text).not.toContain('<img')
      expect(text.isWellFormed()).toBe(true)
    }
    const html = page(await filesOf(odd), odd.address)
    expect(html).toContain('&lt;/script&gt;&lt;script&gt;alert(1)')
    const data = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] as string
    expect(JSON.parse(data).headline).toBe(title)
  })

  test('a body that carries a script after all loses it on the page', async () => {
    const body = '<p>甲</p><script>alert(1)</script><p onclick="alert(2)">乙</p><a href="javascript:alert(3)">丙</a>'
    const edition = sampleEdition({ parts: { 'zh-CN': samplePart({ body }) } })
    const html = page(await filesOf(edition), edition.address)
    expect(html).toContain('<p>甲</p>')
    expect(html).not.toMatch(/alert|onclick|javascript:/)
  })

  test('an attachment is saved, never opened in place, whatever its name', async () => {
    const edition = policyEdition()
    const file = (await filesOf(edition)).find((f) => f.path.startsWith('/files/'))
    expect(file?.path).toBe(`/files/${edition.content?.attachments[0]?.sha256}/补助标准表.txt`)
    expect(file?.headers).toMatchObject({
      'content-disposition': `attachment; filename="_.txt"; filename*=UTF-8''${encodeURIComponent('补助标准表.txt')}`,
      'x-content-type-options': 'nosniff',
    })
    expect(textOf(file)).toBe('甲类 120 元')
  })

  test('a picture stands on the page with its description, and any other file is only offered', async () => {
    const attachments = [
      attachment('扑火队伍在草场边缘', '现场.png', 'png', 'image/png'),
      attachment('名单', '名单.csv', '甲'),
    ]
    const edition = sampleEdition({ attachments })
    const html = page(await filesOf(edition), edition.address)
    expect([...html.matchAll(/<img [^>]*\/files\/[^>]*>/g)].map(([img]) => img)).toEqual([
      `<img src="${filePath({ mode: 'live' }, attachments[0]!)}" alt="扑火队伍在草场边缘" loading="lazy"/>`,
    ])
  })

  test('the ten tags and the footer of seven stand on a site with a code, and on no other', async () => {
    const gov = {
      icp: '蒙ICP备00000000号',
      police: '蒙公网安备00000000000000号',
      badgeUrl: 'https://b.example/',
      faultUrl: 'https://f.example/',
    }
    const edition = policyEdition()
    const coded = await prepare(edition, [edition], sampleConfig({ siteCode: '1599000001', gov }))
    const html = page(coded.files, edition.address)
    const tags = [
      'SiteName',
      'SiteDomain',
      'SiteIDCode',
      'ColumnName',
      'ColumnDescription',
      'ColumnKeywords',
      'ColumnType',
      'ArticleTitle',
      'PubDate',
      'ContentSource',
    ]
    for (const tag of tags) expect(html.match(new RegExp(`<meta name="${tag}" content="[^"]+"`, 'g'))).toHaveLength(1)
    expect(html).toContain('<meta name="PubDate" content="2026-11-23 10:01"')
    for (const word of [
      '主办单位',
      '网站标识码',
      '蒙ICP备',
      '蒙公网安备',
      '党政机关网站标识',
      '我为政府网站找错',
      '站点地图',
    ])
      expect(html).toContain(word)
    expect(page(await filesOf(edition), edition.address)).not.toContain('SiteIDCode')
  })

  test('a policy gains its link when the interpretation is published and loses it when that is withdrawn', async () => {
    const policy = policyEdition({ sequence: 1 })
    const relatesTo = [{ releaseId: policy.releaseId, as: 'interprets' as const }]
    const reading = sampleEdition({ sequence: 2, kind: 'interpretation', core: { relatesTo } })
    const both = await publishAll([policy, reading])
    expect(textOf(both.at(policy.address))).toContain(reading.address)
    expect(textOf(both.at(reading.address))).toContain(policy.address)
    const after = await publishAll([policy, reading, withdrawn(reading, 3, '内容有误')])
    expect(textOf(after.at(policy.address))).not.toContain(reading.address)
  })

  test('a reader of the real thing never meets an exercise that names it, and each goes out', async () => {
    const policy = policyEdition({ sequence: 1 })
    const relatesTo = [{ releaseId: policy.releaseId, as: 'interprets' as const }]
    const drill = sampleEdition({ sequence: 2, mode: 'exercise', kind: 'interpretation', core: { relatesTo } })
    const again = nextEdition(policy, 'correction', 3)
    for (const [edition, other, own] of [
      [drill, again, [drill]],
      [again, drill, [policy, again]],
    ] as const) {
      // Lists are kept by mode; what a release names is stored for both.
      const catalogue = {
        ...memoryCatalogue([...own], edition.mode),
        latest: async (id: string) => [drill, again].find((e) => e.releaseId === id) ?? null,
        relating: async () => [drill],
      }
      const { files } = await create(sampleDeps(sampleConfig())).prepare(edition, 'all', catalogue)
      expect(files.filter((f) => textOf(f).includes(`href="${other.address}"`)).map((f) => f.path)).toEqual([])
    }
  })
})

describe('putting right', () => {
  test('a reader of a corrected page meets what changed before anything else', async () => {
    const first = sampleEdition({ sequence: 1 })
    const parts = { 'zh-CN': samplePart({ changeNote: '电话应为0000-12341。' }) }
    const site = await publishAll([first, nextEdition(first, 'correction', 2, { parts })])
    const html = textOf(site.at(first.address))
    expect(html.indexOf('电话应为0000-12341。')).toBeLessThan(html.indexOf('<h1>'))
    expect(html).toContain('第2版')
    expect(html).toContain('aria-current="step"')
  })

  test('a later slip of the pen does not hide that there was a correction', async () => {
    const first = sampleEdition({ sequence: 1 })
    const corrected = nextEdition(first, 'correction', 2, { parts: { 'zh-CN': samplePart({ changeNote: '甲' }) } })
    const site = await publishAll([first, corrected, nextEdition(corrected, 'erratum', 3)])
    expect(textOf(site.at(first.address))).toContain('本稿曾于 2026-11-23 10:02 更正')
  })

  test('an attachment replaced by a correction, and a language dropped, are gone from their addresses', async () => {
    const first = flashEdition({ sequence: 1, attachments: [attachment('名单', '名单.csv', '姓名,证件号')] })
    const { 'zh-CN': zh } = first.content?.parts ?? {}
    const second = nextEdition(first, 'correction', 2, {
      parts: { 'zh-CN': { ...samplePart(), ...zh, changeNote: '附件已替换。' } },
      attachments: [],
    })
    const site = await publishAll([first, second])
    const file = site.paths().find((p) => p.startsWith('/files/')) as string
    expect(site.at(file)?.status).toBe(410)
    expect(textOf(site.at(file))).not.toMatch(/名单|证件/)
    expect(site.at(`${first.address}en/`)?.status).toBe(410)
    expect(textOf(site.at(`${first.address}en/`))).not.toContain('firefighters')
  })

  const canary = {
    title: '金丝雀标题',
    summary: '金丝雀摘要',
    body: '<p>金丝雀正文</p>',
    blocks: { facts: '金丝雀事实', advice: '金丝雀建议' },
  }
  const English = { ...canary, title: 'Canary title', body: '<p>Canary body</p>', summary: 'canary', blocks: {} }
  const leaky = () =>
    flashEdition({
      sequence: 2,
      parts: { 'zh-CN': samplePart(canary), en: samplePart(English), 'mn-Mong-CN': samplePart(canary) },
      attachments: [attachment('金丝雀附件', '金丝雀.txt', '金丝雀文件')],
      core: { documentNumber: '金丝雀〔2026〕1号', contacts: [{ label: '金丝雀', phone: '1', audience: 'public' }] },
    })
  const leaks = (site: ReturnType<typeof memorySite>) =>
    site.paths().filter((p) => /金丝雀|canary/i.test(textOf(site.at(p)) + JSON.stringify(site.at(p)?.headers ?? {})))

  test('after a withdrawal no byte of the site holds a word of the release, only number, times and reason', async () => {
    const before = await publishAll([sampleEdition({ sequence: 1 }), leaky()])
    expect(leaks(before).length).toBeGreaterThan(5)
    const gone = withdrawn(leaky(), 3, '数据有误。')
    const site = await publishAll([sampleEdition({ sequence: 1 }), leaky(), gone])
    expect(leaks(site)).toEqual([])
    for (const language of ['', 'en/', 'mn/']) {
      const stone = site.at(gone.address + language)
      expect(stone?.status).toBe(410)
      expect(textOf(stone)).toContain('数据有误。')
      expect(textOf(stone)).toContain(gone.releaseNumber)
    }
    const receipt = JSON.parse(textOf(site.at(`${gone.address}receipt.json`)))
    expect(receipt).toMatchObject({
      status: 'withdrawn',
      hash: gone.hash,
      firstPublishedAt: '2026-11-23T10:02:00+08:00',
    })
  })

  test('after a takedown number and time are all that is left, also where the text was erased before', async () => {
    const erased = { ...leaky(), content: null }
    const gone = takenDown(leaky(), 3)
    for (const known of [
      [leaky(), gone],
      [leaky(), { ...gone, content: leaky().content }],
    ]) {
      const site = await publishAll([sampleEdition({ sequence: 1 }), ...known])
      expect(leaks(site)).toEqual([])
      expect(JSON.parse(textOf(site.at(`${gone.address}receipt.json`)))).toEqual({
        ...{ release: gone.releaseNumber, status: 'taken-down', mode: 'live', at: '2026-11-23T10:03:00+08:00' },
      })
    }
    const afterPurge = await filesOf(gone, [erased, gone])
    expect(afterPurge.filter((f) => f.status === 410).map((f) => f.path)).toEqual([
      ...['', 'zh/', 'mn/', 'en/'].flatMap((l) => [gone.address + l, `${gone.address + l}poster/`]),
    ])
  })

  test('a tombstone never invites a robot or a reader to the old text', async () => {
    const gone = withdrawn(leaky(), 3, '数据有误。')
    const files = await filesOf(gone, [leaky(), gone])
    const stone = files.find((f) => f.path === gone.address)
    expect(stone?.headers).toEqual({ 'x-robots-tag': 'noindex, nofollow' })
    expect(page(files, '/sitemaps/1.xml')).not.toContain(gone.address)
    expect(textOf(stone)).not.toMatch(/og:title|ld\+json/)
  })
})

describe('lists', () => {
  const many = (n: number) => Array.from({ length: n }, (_, i) => sampleEdition({ sequence: i + 1 }))
  const slotsOn = (html: string) => [...html.matchAll(/href="\/releases\/2026-(\d{6})\/"/g)].map((m) => Number(m[1]))

  test('a link to a list page always shows the same twenty releases, however many come after', async () => {
    const site = await publishAll(many(47))
    const expected = Array.from({ length: 20 }, (_, i) => 20 - i)
    expect(slotsOn(textOf(site.at('/all/page-1/')))).toEqual(expected)
    expect(slotsOn(textOf(site.at('/all/page-2/')))).toEqual(expected.map((n) => n + 20))
    expect(slotsOn(textOf(site.at('/all/')))).toEqual(Array.from({ length: 20 }, (_, i) => 47 - i))
  })

  test('a reader can go from the newest to the oldest release and back without meeting a dead link', async () => {
    const site = await publishAll(many(47))
    const seen = new Set<number>()
    const links = (html: string, rel: string) => new RegExp(`href="([^"]+)" rel="${rel}"`).exec(html)?.[1]
    let last = '/all/'
    for (let path: string | undefined = '/all/'; path; path = links(textOf(site.at(path)), 'next')) {
      expect(site.at(path)).toBeDefined()
      for (const n of slotsOn(textOf(site.at(path)))) seen.add(n)
      last = path
    }
    expect(seen.size).toBe(47)
    expect(last).toBe('/all/page-1/')
    for (const path of ['/all/page-2/', '/all/page-3/']) {
      last = links(textOf(site.at(last)), 'prev') as string
      expect(last).toBe(path)
    }
  })

  test('slots never move: any order of first editions, corrections and withdrawals', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9), { minLength: 1, maxLength: 45 }), async (choices) => {
        const editions: Edition[] = []
        const firsts: Edition[] = []
        for (const [i, choice] of choices.entries()) {
          const target = firsts[choice % Math.max(1, firsts.length)]
          const latest = editions.findLast((e) => e.releaseId === target?.releaseId)
          if (latest && choice > 5 && latest.content !== null) {
            editions.push(choice > 8 ? withdrawn(latest, i + 1, '误') : nextEdition(latest, 'correction', i + 1))
          } else {
            firsts.push(sampleEdition({ sequence: i + 1 }))
            editions.push(firsts.at(-1) as Edition)
          }
        }
        const site = await publishAll(editions)
        firsts.forEach((first, i) => {
          const archive = textOf(site.at(`/all/page-${Math.floor(i / 20) + 1}/`))
          expect(archive).toContain(`href="${first.address}"`)
        })
      }),
      { numRuns: 12 },
    )
  }, 120_000)

  test('a change rewrites the page of its slot and the current page, and a new page its one neighbour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.nat(100_000), (slot, more) => {
        const size = slot + more
        const touched = pagesTouched(slot, size)
        expect(touched).toContain(Math.ceil(slot / 20))
        expect(touched.length).toBe(more === 0 && slot > 1 && slot % 20 === 1 ? 2 : 1)
      }),
    )
  })

  test('publishing touches as many files, and asks for as many editions, after 450 releases as after 150', async () => {
    const cost = async (n: number) => {
      const editions = many(n)
      const catalogue = memoryCatalogue(editions)
      const { files } = await create(sampleDeps(sampleConfig())).prepare(editions.at(-1) as Edition, 'all', catalogue)
      return { files: files.length, given: catalogue.given.editions, paths: new Set(files.map((f) => f.path)).size }
    }
    const small = await cost(150)
    expect(await cost(450)).toEqual(small)
    expect(small.paths).toBe(small.files)
    expect(small.files).toBeLessThan(80)
  })

  test('an incident page keeps the latest report on top when a press conference follows it', async () => {
    const site = await publishAll(demoEditions())
    const html = textOf(site.at('/incidents/2026-0007/'))
    expect(html.indexOf('明火东线已控制')).toBeLessThan(html.indexOf('新闻发布会（第一场）'))
    const home = textOf(site.at('/'))
    expect(home.indexOf('data-level="orange"')).toBeLessThan(home.indexOf('新闻发布会（第一场）'))
  })
})

describe('an exercise', () => {
  const drill = () => flashEdition({ sequence: 4, mode: 'exercise', core: { mode: 'exercise' } })

  test('stands under its own root, says so in title and band, and is hidden from robots', async () => {
    const { files } = await prepare(drill())
    for (const file of files) expect(file.path).toMatch(/^\/exercise\//)
    const html = page(files, drill().address)
    expect(html).toMatch(/<title>【演练】/)
    expect(html).toMatch(/<h1>【演练】/)
    expect(html).toContain('class="band exercise"')
    expect(html).toContain('<body class="mode-exercise">')
    for (const file of files.filter((f) => f.type.startsWith('text/html'))) {
      expect(file.headers?.['x-robots-tag']).toContain('noindex')
      expect(textOf(file)).not.toMatch(/href="\/(all|feeds|releases|areas|kinds)\//)
    }
  })

  test('never appears in a live list, nor a live release in its lists', async () => {
    const site = await publishAll([sampleEdition({ sequence: 1 }), drill(), sampleEdition({ sequence: 5 })])
    expect(textOf(site.at('/all/'))).not.toContain('exercise')
    expect(textOf(site.at('/exercise/all/'))).not.toContain('饲草')
  })

  test('is refused when its address is a live one', async () => {
    await expect(prepare({ ...drill(), address: '/releases/2026-000004/' })).rejects.toThrow('does not belong')
    await expect(prepare({ ...sampleEdition(), address: '/exercise/releases/1/' })).rejects.toThrow('does not belong')
  })
})

describe('a site before its first release', () => {
  const none = { topics: [], areas: [], agencies: [], running: [] }
  const files = staticFiles(sampleConfig(), none, '2026-11-23T06:00:00.000Z')

  test('answers politely on every page its menu leads to', () => {
    const paths = new Set(files.map((f) => f.path))
    for (const file of files.filter((f) => f.type.startsWith('text/html')))
      for (const [, path] of textOf(file).matchAll(/href="(\/[^"#]*)"/g))
        if (!/^\/((feeds|cap|ninjs)\/.*\.\w+|fault\/\?page=.*|search\?.*|\.well-known\/jwks.*)$/.test(path as string))
          expect(paths, file.path).toContain(path)
    for (const path of ['/', '/all/', '/kinds/policy/']) expect(page(files, path)).toContain('还没有发布')
    for (const path of ['/subscribe/', '/about/', '/feeds/', '/404.html', '/robots.txt', '/sitemap.xml'])
      expect(paths).toContain(path)
  })

  test('names a contact for security researchers until a day within the year', () => {
    const text = page(files, '/.well-known/security.txt')
    expect(text).toContain('Contact: mailto:press@qinggele.example')
    expect(text).toContain('Expires: 2027-10-01T00:00:00Z')
    const silent = staticFiles(sampleConfig({ contact: undefined }), none, '2026-11-23T06:00:00.000Z')
    expect(silent.map((f) => f.path)).not.toContain('/.well-known/security.txt')
  })

  test('shows the sample mark on every page, and no band at all on a real site', () => {
    for (const file of files.filter((f) => f.type.startsWith('text/html')))
      expect(textOf(file)).toContain('class="band sample"')
    const real = staticFiles(sampleConfig({ mark: '' }), none, '2026-11-23T06:00:00.000Z')
    for (const file of real) expect(textOf(file)).not.toContain('class="band ')
  })

  test('sends the subscription form to where subscriptions are taken, with room for notifications where a script can work', () => {
    const html = page(files, '/subscribe/')
    expect(html).toContain('<form method="post" action="/subscriptions?lang=zh"')
    for (const name of ['email', 'language', 'urgency', 'frequency', 'zone']) expect(html).toContain(`name="${name}"`)
    expect(html).toMatch(/<form.*<div data-push.*<\/form>/s)
    expect(files.filter((f) => textOf(f).includes('subscribe.js')).map((f) => f.path)).toEqual([
      '/subscribe/',
      '/en/subscribe/',
    ])
  })
})

describe('the outlet', () => {
  test('hands the same bytes over when rendered twice', async () => {
    const known = demoEditions()
    const last = known.at(-1) as Edition
    expect(await filesOf(last, known)).toEqual(await filesOf(last, known))
  })

  test('says what to set when the public address is not one', () => {
    const channel = create(sampleDeps(sampleConfig()))
    expect(channel.ready(sampleConfig())).toBeNull()
    expect(channel.ready({ ...sampleConfig(), publicUrl: 'press.example/' })).toContain('PUBLIC_URL')
  })

  test('reports a commit with the root it made, and asks to be tried again when the store is away', async () => {
    const prepared = await prepare(sampleEdition())
    const target = { deliveryId: 1, subscriberId: 0, address: '', token: '', language: 'zh-CN' as const, attempt: 1 }
    const good = await create(sampleDeps(sampleConfig())).send(prepared, [target], never())
    expect(good).toEqual([{ state: 'accepted', remoteId: expect.stringMatching(/^[0-9a-f]{64}$/) }])
    const away = { ...sampleDeps(sampleConfig()), site: { commit: () => Promise.reject(new Error('disk full')) } }
    expect(await create(away).send(prepared, [target], never())).toEqual([
      { state: 'again', why: 'disk full', after: 1000 },
    ])
    expect(await create(away).send(prepared, [target], AbortSignal.abort())).toMatchObject([{ why: 'stopped' }])
  })

  test('names the pages to read back, and the tombstone after a withdrawal', async () => {
    const channel = create(sampleDeps(sampleConfig()))
    const edition = flashEdition({ sequence: 1 })
    expect((await channel.proof?.(edition))?.map((p) => p.path)).toEqual(
      ['', 'mn/', 'en/'].map((l) => edition.address + l),
    )
    expect(await channel.proof?.(withdrawn(edition, 2, '误'))).toEqual([{ path: edition.address, format: 'html' }])
  })
})

describe('finding one’s way', () => {
  const directory = {
    topics: [{ slug: 'fire', name: { zh: '草原火灾', en: 'Grassland fire' }, releases: 2 }],
    areas: [
      { code: '159900', parent: null, name: { zh: '青格勒盟', en: 'Qinggele League' }, releases: 3 },
      { code: '159921', parent: '159900', name: { zh: '哈日诺尔旗', en: 'Hari Nuur Banner' }, releases: 2 },
      { code: '159922', parent: '159900', name: { zh: '无发布旗', en: 'Silent Banner' }, releases: 0 },
    ],
    agencies: [{ id: 'a', slug: 'press<&"', name: { zh: '新闻办<&"', en: 'Press <&"' }, releases: 3 }],
    months: [
      { month: '2026-11', releases: 3 },
      { month: '2025-12', releases: 1 },
    ],
    kinds: [{ kind: 'policy', releases: 3 }],
    running: [],
  }
  const files = () => staticFiles(sampleConfig(), directory, '2026-11-23T02:00:00.000Z')

  test('a month holds what was first published in it by local time, and its page keeps its slots', async () => {
    const late = sampleEdition({ sequence: 1, publishedAt: '2026-10-31T15:59:00.000Z' })
    const early = sampleEdition({ sequence: 2, publishedAt: '2026-10-31T16:01:00.000Z' })
    const site = await publishAll([late, early, nextEdition(late, 'correction', 3)])
    expect(textOf(site.at('/months/2026-10/'))).toContain(late.address)
    expect(textOf(site.at('/months/2026-10/'))).not.toContain(early.address)
    expect(textOf(site.at('/months/2026-11/page-1/'))).toContain(early.address)
    expect(textOf(site.at('/months/2026-11/'))).not.toContain(late.address)
    expect(textOf(site.at('/en/months/2026-11/'))).toContain('November 2026')
  })

  test('the archive names every month with how much is in it, and places stand inside places', () => {
    const archive = page(files(), '/archive/')
    expect(archive).toContain('<a href="/months/2026-11/">2026年11月</a> <span class="count">3 份</span>')
    expect(archive.indexOf('2026年')).toBeLessThan(archive.indexOf('2025年'))
    const areas = page(files(), '/areas/')
    expect(areas).toMatch(
      /青格勒盟<\/a> <span class="count">3 份<\/span><ul class="counts tree"><li><a href="\/areas\/159921\/"/,
    )
    expect(areas).toContain('<span class="quiet">无发布旗</span>')
    expect(page(files(), '/en/kinds/')).toContain('<a href="/en/kinds/policy/">Policy</a>')
  })

  test('a newsroom takes every feed at once as OPML, and none that is not there', () => {
    const opml = textOf(files().find((f) => f.path === '/feeds.opml'))
    const urls = [...opml.matchAll(/xmlUrl="([^"]+)"/g)].map((m) => m[1])
    expect(urls).toEqual([
      'https://press.example/feeds/all.rss',
      'https://press.example/feeds/topic/fire.rss',
      'https://press.example/feeds/area/159900.rss',
      'https://press.example/feeds/area/159921.rss',
      'https://press.example/feeds/agency/press%3C%26%22.rss',
      'https://press.example/feeds/kind/policy.rss',
    ])
    expect(opml).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<opml version="2.0"><head><title>/)
    expect(opml).toContain('text="新闻办&lt;&amp;&quot;"')
  })

  test('the guide says how a release is put right, checked and cited, in both languages', () => {
    for (const [path, words] of [
      ['/about/', ['勘误', '撤稿', '验真', '著作权法', 'press@qinggele.example']],
      ['/en/about/', ['Erratum', 'Withdrawn', 'Verify', 'Copyright Law', 'press@qinggele.example']],
    ] as const)
      for (const word of words) expect(page(files(), path)).toContain(word)
  })
})
