/** What the edge takes, from whom, and what it answers to everybody else. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { edge as look } from '../../src/cli/doctor/edge.ts'
import { readConfig } from '../../src/config.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { packParcel } from '../../src/lib/edge-parcel.ts'
import { sha256 } from '../../src/lib/id.ts'
import { folderPointers } from '../../src/store/site-pointer.ts'
import { SECRET, startEdge, type TestEdge } from '../support/edge.ts'
import { html, type Origin, startOrigin } from '../support/edge-origin.ts'
import { needs } from '../support/needs.ts'

const said = (answer: { body: Buffer }) => JSON.parse(answer.body.toString()).error

describe.skipIf(!needs('workerd'))('a push', () => {
  let origin: Origin
  let edge: TestEdge

  beforeAll(async () => {
    origin = await startOrigin()
    edge = await startEdge()
    await origin.site.commit('website', 'live', 1, [html('/', 'home'), html('/a/', 'first'), html('/b/', 'other')])
  })
  afterAll(async () => {
    await edge?.close()
    origin?.close()
  })

  test('of somebody who has not the secret is refused, and leaves nothing', async () => {
    const stranger = origin.edgeOf(edge, 'another secret of forty letters, guessed!')
    await expect(stranger.push()).rejects.toMatchObject({ code: 'edge-refuses' })
    expect(said(await edge.ask('/_edge/state'))).toBe('not-signed')
    expect(await edge.keys()).toEqual([])
    expect((await edge.ask('/')).status).toBe(503)
  })

  test('brings everything once, and nothing the second time', async () => {
    const ours = origin.edgeOf(edge)
    expect((await ours.push()).pointers).toBe(1)
    expect(await ours.push()).toEqual({ files: 0, bytes: 0, pointers: 0, ahead: [] })
    expect((await edge.ask('/a/')).body.toString()).toContain('first')
  })

  test('carries only what is new', async () => {
    await origin.site.commit('website', 'live', 2, [html('/a/', 'second')])
    const { files } = await origin.edgeOf(edge).push()
    // The page, its leaf, its middle node, the root.
    expect(files).toBe(4)
    expect((await edge.ask('/a/', { 'x-ortoo-read-back': '1' })).body.toString()).toContain('second')
  })

  test('that somebody recorded cannot be made again', async () => {
    const once = { nonce: 'a-nonce-of-24-characters', at: String(Date.now()) }
    expect((await edge.call('GET', '/_edge/state', '', once)).status).toBe(200)
    const again = await edge.call('GET', '/_edge/state', '', once)
    expect([again.status, said(again)]).toEqual([401, 'replayed'])
  })

  test.each([
    ['an hour ago', { at: String(Date.now() - 3_600_000) }, 'clock'],
    ['in an hour', { at: String(Date.now() + 3_600_000) }, 'clock'],
    ['without a nonce', { nonce: '' }, 'replayed'],
    ['for another call', { path: '/_edge/files' }, 'not-signed'],
  ])('signed %s is refused', async (_, wrong, error) => {
    const answer = await edge.call('GET', '/_edge/state', '', wrong)
    expect([answer.status, said(answer)]).toEqual([401, error])
  })

  test('of a file must be the file it is named for, and the one that was signed', async () => {
    const name = sha256('these bytes')
    const other = await edge.call('PUT', `/_edge/files/${name}`, 'other bytes')
    expect([other.status, said(other)]).toEqual([422, 'hash-differs'])
    const swapped = await edge.call('PUT', `/_edge/files/${name}`, 'other bytes', { body: name })
    expect([swapped.status, said(swapped)]).toEqual([400, 'body-differs'])
    expect((await edge.call('PUT', `/_edge/files/${name}`, 'these bytes')).status).toBe(200)
    const parcel = packParcel([
      { hash: sha256('one'), bytes: Buffer.from('one') },
      { hash: sha256('two'), bytes: Buffer.from('not two') },
    ])
    const false2 = await edge.call('POST', '/_edge/files', parcel)
    expect([false2.status, said(false2)]).toEqual([422, 'hash-differs'])
    expect(said(await edge.call('POST', '/_edge/files', parcel.subarray(1)))).toBe('parcel')
    expect(await edge.keys()).not.toContain(`site/files/${sha256('one')}`)
    expect((await edge.call('PUT', '/_edge/files/..%2fwebsite.json', 'x')).status).toBe(404)
  })

  test('of a list larger than may be sent is refused', async () => {
    const hashes = Array.from({ length: 501 }, (_, i) => sha256(String(i)))
    expect((await edge.call('POST', '/_edge/missing', JSON.stringify({ hashes }))).status).toBe(422)
    expect((await edge.call('POST', '/_edge/missing', 'x'.repeat((1 << 20) + 1))).status).toBe(413)
    expect((await edge.call('POST', '/_edge/pointer', '{"tree":"website"}')).status).toBe(422)
  })

  test('of an earlier state changes nothing', async () => {
    const before = await origin.edgeOf(edge).state()
    const late = { tree: 'website', sequence: 1, root: sha256('late'), at: '2026-01-01T00:00:00.000Z' }
    const answer = await edge.call('POST', '/_edge/pointer', JSON.stringify(late))
    expect([answer.status, said(answer)]).toEqual([409, 'older'])
    expect(await origin.edgeOf(edge).state()).toEqual(before)
  })

  test('of a pointer to what never arrived names what is missing', async () => {
    const root = sha256('nowhere')
    const ahead = { tree: 'website', sequence: 99, root, at: '2027-01-01T00:00:00.000Z' }
    const answer = await edge.call('POST', '/_edge/pointer', JSON.stringify(ahead))
    expect([answer.status, JSON.parse(answer.body.toString()).missing]).toEqual([409, [root]])
    expect((await edge.ask('/a/')).status).toBe(200)
  })

  test('of two releases at once ends with the later, whichever comes first', async () => {
    const ours = origin.edgeOf(edge)
    await Promise.all(
      [3, 4, 5].map(async (n) => {
        await origin.site.commit('website', 'live', n, [html('/a/', `release ${n}`), html(`/r/${n}/`, `release ${n}`)])
        await ours.push()
      }),
    )
    const [theirs, here] = [(await ours.state()).website, await folderPointers(origin.dir).read('website')]
    expect(theirs).toEqual(here)
    expect((await edge.ask('/a/', { 'x-ortoo-read-back': '1' })).body.toString()).toContain('release 5')
    for (const n of [3, 4, 5]) expect((await edge.ask(`/r/${n}/`)).status).toBe(200)
  })

  test('that takes a page away is acknowledged when nobody shows it any more', async () => {
    await edge.ask('/b/')
    await origin.site.commit('website', 'live', 6, [html('/b/', 'withdrawn', 410), html('/', 'home without b')])
    const began = performance.now()
    await origin.edgeOf(edge).push()
    expect(performance.now() - began).toBeGreaterThan(2_000)
    const { status, body } = await edge.ask('/b/')
    expect([status, body.toString().includes('other')]).toEqual([410, false])
  })

  test('to delete is heard only while the roots are those it was made for', async () => {
    const ours = origin.edgeOf(edge)
    const loose = sha256('these bytes')
    const stale = JSON.stringify({ roots: { website: sha256('x') }, hashes: [loose] })
    expect((await edge.call('POST', '/_edge/delete', stale)).status).toBe(409)
    expect(await edge.keys()).toContain(`site/files/${loose}`)
    expect(await ours.deleteUnreferenced()).toBeGreaterThan(5)
    const keys = await edge.keys()
    expect(keys).not.toContain(`site/files/${loose}`)
    for (const path of ['/', '/a/', '/b/', '/r/3/']) expect((await edge.ask(path)).status).toBeLessThan(411)
    expect(await ours.deleteUnreferenced()).toBe(0)
  })

  test('to an edge that has no secret finds no door', async () => {
    const open = await startEdge({ secret: 'short' })
    expect((await open.call('GET', '/_edge/state', '', { secret: SECRET })).status).toBe(404)
    await open.close()
  })
})

describe.skipIf(!needs('workerd'))('the doctor', () => {
  test('says of an edge that it is in order, that the secret is another, or that nobody answers', async () => {
    const edge = await startEdge()
    const dir = mkdtempSync(join(tmpdir(), 'ortoo-doctor-'))
    const found = async (url: string, secret = SECRET) => {
      const config = readConfig({ ORTOO_DATA: dir, EDGE_URL: url, EDGE_SECRET: secret })
      return (await look.run(config, systemClock)).map((f) => `${f.level} ${f.key}`)
    }
    expect(await found(edge.url)).toEqual(['ok doctor.edge'])
    expect(await found(edge.url, 'another-secret-of-forty-letters-guessed!')).toEqual(['fail doctor.edge-secret'])
    await edge.close()
    expect(await found(edge.url)).toEqual(['fail doctor.edge-unreachable'])
    expect(() => readConfig({ EDGE_URL: edge.url })).toThrow(/EDGE_SECRET/)
    expect(() => readConfig({ EDGE_URL: edge.url, EDGE_SECRET: 'short' })).toThrow(/32 letters/)
    rmSync(dir, { recursive: true, force: true })
  })
})
