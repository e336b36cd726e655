/** Whoever kept an address, in whatever language or of whatever file: the latest text, or plain words that it has been replaced. */
import { expect, test } from 'vitest'
import { isShown, languagePath, languagesIn } from '../../templates/page/pick.ts'
import { publishAll } from '../support/demo-site.ts'
import {
  attachment,
  flashEdition,
  nextEdition,
  policyEdition,
  sampleEdition,
  samplePart,
  takenDown,
  textOf,
  withdrawn,
} from '../support/editions.ts'

const fileOf = (name: string, hash: string) => `/files/${hash}/${name}`

test('a forwarded link always shows the latest edition, and the receipt beside it is that of the latest', async () => {
  const first = policyEdition({ sequence: 1 })
  const part = samplePart({ title: '补助标准的通知', body: '<p>每吨130元。</p>', changeNote: '标准有误。' })
  const second = nextEdition(first, 'correction', 2, { parts: { 'zh-CN': part } })
  const site = await publishAll([first, second])
  const page = textOf(site.at(first.address))
  expect(page).toContain('每吨130元')
  expect(page).toContain('本稿已更正（第2版）')
  expect(page).not.toContain('每吨120元')
  const receipt = JSON.parse(textOf(site.at(`${first.address}receipt.json`)))
  expect(receipt.edition).toEqual({ id: second.id, number: 2, type: 'correction' })
  expect(receipt.history.map((h: { number: number }) => h.number)).toEqual([1, 2])
})

test('a language that is dropped says so and leads to the text there is; added again, it is back at its old address', async () => {
  const first = flashEdition({ sequence: 1 })
  const { 'zh-CN': zh, en } = first.content?.parts ?? {}
  const alone = nextEdition(first, 'correction', 2, { parts: { 'zh-CN': zh } as never })
  const both = nextEdition(alone, 'addition', 3, { parts: { 'zh-CN': zh, en } as never })
  let site = await publishAll([first, alone])
  for (const folder of ['en/', 'mn/']) {
    const gone = site.at(first.address + folder)
    expect(gone?.status).toBe(410)
    expect(textOf(gone)).toContain(`href="${first.address}"`)
    expect(textOf(gone)).not.toContain('eastern front')
  }
  site = await publishAll([first, alone, both])
  expect(site.at(`${first.address}en/`)?.status ?? 200).toBe(200)
  expect(textOf(site.at(`${first.address}en/`))).toContain('eastern front')
  expect(site.at(`${first.address}mn/`)?.status).toBe(410)
})

test('a replaced attachment says that it was replaced and leads to the release; of a withdrawn one only that it is gone', async () => {
  const [old, fresh] = [attachment('标准表', '标准表.txt', '甲类 120'), attachment('标准表', '标准表.txt', '甲类 130')]
  const first = policyEdition({ sequence: 1, attachments: [old] })
  const second = nextEdition(first, 'correction', 2, { attachments: [fresh] })
  let site = await publishAll([first, second])
  const replaced = site.at(fileOf(old.name, old.sha256))
  expect(replaced?.status).toBe(410)
  expect(textOf(replaced)).toContain('已被较新的版本取代')
  expect(textOf(replaced)).toContain(`href="${first.address}"`)
  expect(textOf(site.at(fileOf(fresh.name, fresh.sha256)))).toBe('甲类 130')
  site = await publishAll([first, second, withdrawn(second, 3, '数据有误。')])
  for (const file of [old, fresh]) {
    const gone = site.at(fileOf(file.name, file.sha256))
    expect(gone?.status).toBe(410)
    expect(textOf(gone)).not.toContain('已被较新的版本取代')
  }
})

test('the languages of a release name each other and themselves, in the tags of their scripts', async () => {
  const edition = flashEdition({ sequence: 1 })
  const site = await publishAll([edition])
  if (!isShown(edition)) throw new Error('shown')
  const wanted = [
    ['zh-CN', edition.address],
    ['mn-Mong-CN', `${edition.address}mn/`],
    ['en', `${edition.address}en/`],
    ['x-default', edition.address],
  ]
  for (const language of languagesIn(edition.content)) {
    const page = textOf(site.at(languagePath(edition, language)))
    const found = [...page.matchAll(/<link rel="alternate" hreflang="([^"]+)" href="https:\/\/press\.example([^"]+)"/g)]
    expect(found.map((m) => [m[1], m[2]])).toEqual(wanted)
  }
})

test('a policy that goes takes its title with it, also from the page that explains it', async () => {
  const policy = policyEdition({ sequence: 1 })
  const explained = sampleEdition({
    sequence: 2,
    kind: 'interpretation',
    core: { relatesTo: [{ releaseId: policy.releaseId, as: 'interprets' }] },
    parts: { 'zh-CN': samplePart({ title: '一图读懂补助' }) },
  })
  const title = policy.content?.parts['zh-CN']?.title as string
  expect(textOf((await publishAll([policy, explained])).at(explained.address))).toContain(title)
  for (const end of [withdrawn(policy, 3, '数据有误。'), takenDown(policy, 3)]) {
    const site = await publishAll([policy, explained, end])
    for (const path of site.paths()) expect(textOf(site.at(path)), path).not.toContain(title)
  }
})

test('what stands beside an incident for its script says nothing of a report that is gone', async () => {
  const first = flashEdition({ sequence: 1 })
  for (const end of [withdrawn(first, 2, '数据有误。'), takenDown(first, 2)]) {
    const site = await publishAll([first, end])
    for (const path of [
      '/incidents/2026-0007/',
      '/incidents/2026-0007/now.json',
      '/en/incidents/2026-0007/now.json',
      '/',
    ])
      expect(textOf(site.at(path)), path).not.toMatch(/412|12119|0000-12345/)
    expect(JSON.parse(textOf(site.at('/incidents/2026-0007/now.json')))).toMatchObject({ incident: '2026-0007' })
  }
})

test('a report that was put under the wrong incident speaks for that no more', async () => {
  const other = {
    id: 'incident-snow',
    number: '2026-0008',
    title: { zh: '白灾（示例）', en: 'Snow (sample)' },
    closed: false,
  }
  const wrong = flashEdition({ sequence: 1 })
  const right = nextEdition(wrong, 'correction', 2, { incident: other, core: { incidentId: other.id } })
  const site = await publishAll([wrong, right])
  expect(textOf(site.at('/incidents/2026-0007/'))).not.toContain('412')
  expect(textOf(site.at('/incidents/2026-0007/now.json'))).not.toContain('412')
  expect(textOf(site.at('/incidents/2026-0008/'))).toContain('412')
})
