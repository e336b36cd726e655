/** The public tree, over folder and bucket: commits, order, removal, and what is left when words must be gone. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SiteWriter as ChannelSite } from '../../src/delivery/channel.ts'
import { sha256 } from '../../src/lib/id.ts'
import { type Blobs, folderBlobs } from '../../src/store/blob.ts'
import { s3Blobs } from '../../src/store/blob-s3.ts'
import { exclusiveByFile, type Still } from '../../src/store/exclusive.ts'
import { s3 } from '../../src/store/s3.ts'
import { openSite, type Site, type SiteFile, siteWriter } from '../../src/store/site.ts'
import { folderPointers, type Pointers, TREES, type Tree } from '../../src/store/site-pointer.ts'
import { s3Pointers } from '../../src/store/site-pointer-s3.ts'
import type { SiteHit } from '../../src/store/site-reader.ts'
import { type S3Server, startS3 } from '../support/s3.ts'

const now = () => '2026-11-23T06:00:00.000Z'
const html = (path: string, body: string): SiteFile => ({ path, type: 'text/html; charset=utf-8', body })
const long = (words: string) => `${words} `.repeat(200)

/** Blobs in memory that count what was written. */
function memoryBlobs(): Blobs & { puts: number; map: Map<string, Uint8Array> } {
  const map = new Map<string, Uint8Array>()
  const blobs = {
    map,
    puts: 0,
    async put(bytes: Uint8Array) {
      const hash = sha256(bytes)
      if (!map.has(hash)) blobs.puts++
      map.set(hash, bytes)
      return hash
    },
    get: async (hash: string) => map.get(hash) ?? null,
    has: async (hash: string) => map.has(hash),
    delete: async (hash: string) => void map.delete(hash),
    async *list() {
      yield* [...map.keys()]
    },
  }
  return blobs
}

let dir = ''
let blobs: Blobs & { puts: number }
let pointers: Pointers
let site: Site
let bucket: S3Server
beforeAll(async () => {
  bucket = await startS3()
})
afterAll(() => bucket.stop())
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ortoo-site-'))
  blobs = memoryBlobs()
  pointers = folderPointers(dir)
  site = openSite({ blobs, dir, now })
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

async function body(path: string, from: Site = site): Promise<string | null> {
  const hit = await from.lookup(path)
  return hit ? Buffer.from(await from.bytes(hit.hash)).toString() : null
}
const sequenceOf = async (tree: Tree) => (await pointers.read(tree))?.sequence

/** A bucket of its own for each test. */
let run = 0
function inBucket(): void {
  const far = s3({ ...bucket.place, prefix: `run${++run}/` }, { pauseMs: 1, timeoutMs: 300 })
  const files = s3Blobs(far, 'site/files/')
  const counted = {
    ...files,
    puts: 0,
    put: (bytes: Uint8Array) => {
      counted.puts++
      return files.put(bytes)
    },
  }
  blobs = counted
  pointers = s3Pointers(far, 'site/')
  site = openSite({ blobs, pointers, dir, now, far: true })
}
const OVER = ['folder', 'bucket']
const over = (which: string) => {
  beforeEach(() => {
    if (which === 'bucket') inBucket()
  })
}

describe.each(OVER)('a commit to a %s', (which) => {
  over(which)

  test('shows all its files, and the pointer says which root, when and by which sequence', async () => {
    const { root, refused } = await site.commit('website', 'live', 7, [html('/', 'home'), html('/r/1/', '火灾')])
    expect([await body('/'), await body('/r/1/'), await body('/r/2/')]).toEqual(['home', '火灾', null])
    expect(refused).toEqual([])
    expect(await pointers.read('website')).toEqual({ tree: 'website', sequence: 7, root, at: now() })
    const left = which === 'folder' ? ['website.json', 'writer.lock'] : ['writer.lock']
    expect(readdirSync(dir).sort()).toEqual(left)
  })

  test('keeps type, status and headers', async () => {
    const headers = { 'Content-Disposition': 'attachment' }
    await site.commit('website', 'live', 1, [{ ...html('/gone/', 'x'), status: 410, headers }])
    const hit = (await site.lookup('/gone/')) as SiteHit
    expect(hit).toMatchObject({ status: 410, headers: { 'content-disposition': 'attachment' }, sequence: 1 })
  })

  test('compresses long text only', async () => {
    const image = new Uint8Array(5_000)
    await site.commit('website', 'live', 1, [
      html('/long', long('水位')),
      html('/short', 'x'.repeat(512)),
      { path: '/i.png', type: 'image/png', body: image },
      { path: '/c.xml', type: 'application/cap+xml', body: long('cap') },
    ])
    const packed = async (path: string) => {
      const hit = (await site.lookup(path)) as SiteHit
      return [hit.br, hit.gz].map(Boolean)
    }
    expect(await Promise.all(['/long', '/short', '/i.png', '/c.xml'].map(packed))).toEqual([
      [true, true],
      [false, false],
      [false, false],
      [true, true],
    ])
  })

  test('of a lower sequence never replaces a higher; an equal one does; other paths still get through', async () => {
    await site.commit('website', 'live', 5, [html('/a', 'five')])
    const late = await site.commit('website', 'live', 4, [html('/a', 'four'), html('/b', 'four')])
    expect([await body('/a'), await body('/b'), late.refused]).toEqual(['five', 'four', ['/a']])
    expect(await sequenceOf('website')).toBe(5)
    expect(await blobs.has(sha256('four'))).toBe(true)
    await site.commit('website', 'live', 5, [html('/a', 'five again')])
    expect(await body('/a')).toBe('five again')
  })

  test('of a lower sequence cannot bring back what a higher one removed', async () => {
    await site.commit('website', 'live', 3, [html('/a', 'three')])
    await site.remove('website', 'live', 5, ['/a', '/never-there'])
    const late = await site.commit('website', 'live', 4, [html('/a', 'four'), html('/never-there', 'four')])
    expect([late.refused, await body('/a')]).toEqual([['/a', '/never-there'], null])
    await site.commit('website', 'live', 6, [html('/a', 'six')])
    expect(await body('/a')).toBe('six')
  })

  test('that fails half way changes nothing a visitor sees', async () => {
    await site.commit('website', 'live', 1, [html('/a', 'one')])
    const before = await pointers.read('website')
    const put = blobs.put
    let left = 3
    blobs.put = async (bytes) => {
      if (left-- === 0) throw new Error('disk full')
      return put(bytes)
    }
    const files = Array.from({ length: 9 }, (_, i) => html(`/p${i}`, long(`page ${i}`)))
    await expect(site.commit('website', 'live', 2, files)).rejects.toThrow('disk full')
    blobs.put = put
    expect(await pointers.read('website')).toEqual(before)
    expect([await body('/a'), await body('/p0')]).toEqual(['one', null])
  })

  // Twenty thousand pages take a bucket of this process too long.
  if (which === 'folder')
    test('of thirty files among many rewrites only the nodes above them', async () => {
      const page = (i: number, body: string): SiteFile => ({ path: `/r/${i}/`, type: 'image/png', body })
      await site.commit(
        'website',
        'live',
        1,
        Array.from({ length: 20_000 }, (_, i) => page(i, 'x')),
      )
      blobs.puts = 0
      await site.commit(
        'website',
        'live',
        2,
        Array.from({ length: 30 }, (_, i) => page(i, 'y')),
      )
      expect(blobs.puts).toBeLessThanOrEqual(1 + 30 + 30 + 1)
      expect([await body('/r/29/'), await body('/r/30/'), await body('/r/19999/')]).toEqual(['y', 'x', 'x'])
    })

  test('waits for another of the same folder, so neither is lost', async () => {
    const other = siteWriter({ blobs, pointers, dir, now })
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        (i % 2 ? site : other).commit('website', 'live', 1, [html(`/p${i}`, `${i}`)]),
      ),
    )
    const found = await Promise.all(Array.from({ length: 12 }, (_, i) => body(`/p${i}`)))
    expect(found).toEqual(Array.from({ length: 12 }, (_, i) => `${i}`))
  })

  test.each([
    'no-slash',
    '/a//b',
    '/a/../b',
    '/..',
    '/./a',
    '/a?b',
    '/a#b',
    '/a\\b',
    '/a\nb',
    '/%E7%81%AB',
    '/\ud800',
    '/exercise/x',
    '/exercise',
  ])('refuses the path %j whole, before anything is written', async (path) => {
    await expect(site.commit('website', 'live', 1, [html('/good', 'x'), html(path, 'x')])).rejects.toThrow(/path|stand/)
    expect([await body('/good'), blobs.puts]).toEqual([null, 0])
  })

  test('refuses a path named twice, a header that could not be sent and a sequence that is no number', async () => {
    await expect(site.commit('website', 'live', 1, [html('/a', '1'), html('/a', '2')])).rejects.toThrow(/twice/)
    const headers = { link: 'a\r\nset-cookie: x' }
    await expect(site.commit('website', 'live', 1, [{ ...html('/a', '1'), headers }])).rejects.toThrow(/Invalid/)
    await expect(site.commit('website', 'live', Number.NaN, [html('/a', '1')])).rejects.toThrow(/sequence/)
    expect(blobs.puts).toBe(0)
  })

  test('can be made through what a channel is handed', () => {
    const handed: ChannelSite = site
    expect(handed.commit).toBe(site.commit)
  })
})

describe.each(OVER)('exercise and live in a %s', (which) => {
  over(which)

  test('an exercise never reaches a live tree, nor a live page the exercise root', async () => {
    for (const mode of ['exercise', 'test'] as const) {
      await expect(site.commit('website', mode, 1, [html('/r/1/', 'drill')])).rejects.toThrow(/may not stand/)
      await site.commit('feeds', mode, 1, [html(`/exercise/${mode}.xml`, 'drill')])
    }
    await expect(site.commit('feeds', 'live', 1, [html('/exercise/a.xml', 'x')])).rejects.toThrow(/may not stand/)
    const there = await Promise.all(TREES.map(async (tree) => ((await pointers.read(tree)) ? [tree] : [])))
    expect(there.flat()).toEqual(['exercise-feeds'])
    expect((await site.lookup('/exercise/test.xml'))?.exercise).toBe(true)
  })
})

describe.each(OVER)('reading from a %s', (which) => {
  over(which)

  test('what is in memory is answered without a promise', async () => {
    await site.commit('website', 'live', 1, [html('/a', 'x')])
    await body('/a')
    const hit = site.lookup('/a')
    expect(hit).not.toBeInstanceOf(Promise)
    expect(site.bytes((hit as SiteHit).hash)).not.toBeInstanceOf(Promise)
  })

  test('another process follows in time, and at once when the bell rings', async () => {
    let ticks = 0
    const follower = openSite({ blobs, pointers, dir, now, clock: { ticks: () => ticks } })
    expect(await body('/a', follower)).toBeNull()
    await site.commit('website', 'live', 1, [html('/a', 'one')])
    expect(await body('/a', follower)).toBeNull()
    ticks += which === 'folder' ? 250 : 3_000
    expect(await body('/a', follower)).toBe('one')
    await site.commit('website', 'live', 2, [html('/a', 'two')])
    expect(await body('/a', follower)).toBe('one')
    follower.refresh()
    expect(await body('/a', follower)).toBe('two')
    await site.commit('website', 'live', 3, [html('/a', 'three')])
    expect((await follower.entry('/a'))?.hash).toBe(sha256('three'))
  })

  test('a memory too small for anything still answers', async () => {
    const tight = openSite({ blobs, pointers, dir, now, maxCacheBytes: 10 })
    await tight.commit('website', 'live', 1, [html('/a', long('a')), html('/b', long('b'))])
    for (let i = 0; i < 3; i++)
      expect([await body('/a', tight), await body('/b', tight)]).toEqual([long('a'), long('b')])
  })
})

describe('while the bucket does not answer', () => {
  beforeEach(inBucket)
  afterEach(() => bucket.mood(() => 'fine'))
  const pages = (words: string) => ['/a', '/b'].map((path) => html(path, long(`${words} ${path}`)))

  test.each(['failing', 'silent'] as const)(
    'half way through a commit (%s), nothing of it is public, and it can be made later',
    async (mood) => {
      await site.commit('website', 'live', 1, pages('one'))
      const before = await pointers.read('website')
      let puts = 0
      bucket.mood((req) => (req.method === 'PUT' && ++puts > 4 ? mood : 'fine'))
      await expect(site.commit('website', 'live', 2, pages('two'))).rejects.toMatchObject({ code: 'files-unavailable' })
      expect(puts).toBeGreaterThan(5)
      expect(await pointers.read('website')).toEqual(before)
      expect([await body('/a'), await body('/b')]).toEqual([long('one /a'), long('one /b')])
      bucket.mood(() => 'fine')
      await site.commit('website', 'live', 2, pages('two'))
      expect([await body('/a'), await body('/b')]).toEqual([long('two /a'), long('two /b')])
    },
  )

  test('visitors go on reading the last state, without waiting once it is known', async () => {
    let ticks = 0
    const follower = openSite({ blobs, pointers, dir, now, clock: { ticks: () => ticks } })
    await site.commit('website', 'live', 1, pages('one'))
    expect(await body('/a', follower)).toBe(long('one /a'))
    bucket.mood(() => 'silent')
    for (let second = 0; second < 20; second++) {
      ticks += 1_000
      expect(follower.lookup('/a')).not.toBeInstanceOf(Promise)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    expect(await body('/a', follower)).toBe(long('one /a'))
  })

  test('a new page whose bytes cannot be had leaves the whole last state, until they can', async () => {
    let ticks = 0
    const follower = openSite({ blobs, pointers, dir, now, clock: { ticks: () => ticks } })
    await site.commit('website', 'live', 1, pages('one'))
    expect(await body('/a', follower)).toBe(long('one /a'))
    await site.commit('website', 'live', 2, pages('two'))
    bucket.mood((req) => (req.url?.includes('/files/') ? 'failing' : 'fine'))
    follower.refresh()
    expect([await body('/a', follower), await body('/a', follower)]).toEqual([long('one /a'), long('one /a')])
    bucket.mood(() => 'fine')
    ticks += 3_000
    expect(await body('/a', follower)).toBe(long('two /a'))
  })

  test('what a new root changes is in memory before the first visitor asks', async () => {
    let ticks = 0
    const follower = openSite({ blobs, pointers, dir, now, clock: { ticks: () => ticks } })
    await site.commit('website', 'live', 1, pages('one'))
    await body('/a', follower)
    await site.commit('website', 'live', 2, pages('two'))
    ticks += 3_000
    await follower.lookup('/a')
    bucket.mood(() => 'silent')
    expect([await body('/a', follower), await body('/b', follower)]).toEqual([long('two /a'), long('two /b')])
  })

  test('one that was never read is an error, not an empty site', async () => {
    bucket.mood(() => 'failing')
    const fresh = openSite({ blobs, pointers, dir, now })
    await expect(Promise.resolve(fresh.lookup('/'))).rejects.toMatchObject({ code: 'files-unavailable' })
  })
})

describe('the tree against a plain map', () => {
  const PATHS = ['/', '/a', '/b/', '/b/c', '/火/灾', '/exercise/', '/exercise/x', '/feed.xml']
  type Op = { live: boolean; sequence: number; put: [string, string][]; remove: boolean; restart: boolean }
  const op: fc.Arbitrary<Op> = fc.record({
    live: fc.boolean(),
    sequence: fc.integer({ min: 1, max: 6 }),
    put: fc.uniqueArray(fc.tuple(fc.constantFrom(...PATHS), fc.constantFrom('x', 'y', long('z'), long('w'))), {
      selector: ([path]) => path,
      maxLength: 5,
    }),
    remove: fc.boolean(),
    restart: fc.boolean(),
  })
  type Told = { sequence: number; text: string | null }

  async function apply(to: Site, { live, sequence, put, remove }: Op): Promise<void> {
    const fit = put.filter(([path]) => path.startsWith('/exercise/') !== live)
    const mode = live ? 'live' : 'test'
    if (remove)
      await to.remove(
        'website',
        mode,
        sequence,
        fit.map(([path]) => path),
      )
    else
      await to.commit(
        'website',
        mode,
        sequence,
        fit.map(([path, text]) => html(path, text)),
      )
  }

  test('random commits and removals equal the map; after deletion exactly the current files are left', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(op, { maxLength: 12 }), async (ops) => {
        const home = mkdtempSync(join(tmpdir(), 'ortoo-model-'))
        const store = memoryBlobs()
        const inline = async <T>(work: (still: Still) => Promise<T>) => work(async () => {})
        let tree = openSite({ blobs: store, dir: join(home, 'a'), now, exclusive: inline })
        const model = new Map<string, Told>()
        for (const step of ops) {
          if (step.restart) tree = openSite({ blobs: store, dir: join(home, 'a'), now, exclusive: inline })
          await apply(tree, step)
          for (const [path, text] of step.put.filter(([path]) => path.startsWith('/exercise/') !== step.live)) {
            if ((model.get(path)?.sequence ?? 0) > step.sequence) continue
            model.set(path, { sequence: step.sequence, text: step.remove ? null : text })
          }
        }
        for (const path of PATHS) expect(await body(path, tree)).toBe(model.get(path)?.text ?? null)

        const kept = await store.put(new TextEncoder().encode('kept'))
        const loose = await tree.unreferenced(new Set([kept]))
        expect(await tree.deleteUnreferenced(new Set([kept]))).toEqual(loose)
        tree.forget()
        for (const path of PATHS) expect(await body(path, tree)).toBe(model.get(path)?.text ?? null)

        // A tree built anew from the map alone has the very same blobs: nothing more was left, nothing less.
        const fresh = memoryBlobs()
        const rebuilt = openSite({ blobs: fresh, dir: join(home, 'b'), now, exclusive: inline })
        for (const live of [true, false]) {
          if (!ops.some((step) => step.live === live)) continue
          await apply(rebuilt, { live, sequence: 1, put: [], remove: false, restart: false })
          for (const [path, { sequence, text }] of model) {
            if (path.startsWith('/exercise/') === live) continue
            const one = { live, sequence, put: [[path, text ?? '']] as [string, string][], restart: false }
            await apply(rebuilt, { ...one, remove: text === null })
          }
        }
        await rebuilt.deleteUnreferenced()
        fresh.map.set(kept, new Uint8Array())
        expect([...store.map.keys()].sort()).toEqual([...fresh.map.keys()].sort())
        rmSync(home, { recursive: true })
      }),
      { numRuns: 60 },
    )
  })

  test('a page published while old files are looked for is not deleted, though its bytes lay about before', async () => {
    await site.commit('website', 'live', 1, [html('/a', 'comes back')])
    await site.commit('website', 'live', 2, [html('/a', 'between')])
    const justBeforeTheLock = async <T>(work: (still: Still) => Promise<T>): Promise<T> => {
      await site.commit('website', 'live', 3, [html('/b', 'comes back')])
      return work(async () => {})
    }
    const purge = siteWriter({ blobs, dir, now, exclusive: justBeforeTheLock })
    const gone = await purge.deleteUnreferenced()
    expect(gone.length).toBeGreaterThan(0)
    expect(gone).not.toContain(sha256('comes back'))
    site.forget()
    expect([await body('/a'), await body('/b')]).toEqual(['between', 'comes back'])
  })

  test('a purged page leaves no byte in any file on the disk, plain or compressed', async () => {
    const files = join(dir, 'files')
    const onDisk = openSite({ blobs: folderBlobs(files), dir, now })
    await onDisk.commit('website', 'live', 1, [html('/a', long('canary-4711')), html('/b', long('stays'))])
    const held = (await onDisk.lookup('/a')) as SiteHit
    await onDisk.commit('website', 'live', 2, [html('/a', 'taken down')])
    const gone = await onDisk.deleteUnreferenced()
    expect(gone).toEqual(expect.arrayContaining([held.hash, held.br, held.gz]))
    const left = readdirSync(files, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const bytes = left.map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    expect(bytes.filter((one) => one.includes('canary-4711'))).toEqual([])
    expect(left.map((entry) => entry.name)).not.toEqual(expect.arrayContaining([held.br]))
    expect(await body('/b', onDisk)).toBe(long('stays'))
  })
})

test('the lock lets one in at a time and hands on after a failure', async () => {
  const file = join(dir, 'x.lock')
  const [one, two] = [exclusiveByFile(file), exclusiveByFile(file)]
  let inside = 0
  let most = 0
  const visit = async () => {
    most = Math.max(most, ++inside)
    await new Promise((resolve) => setTimeout(resolve, 3))
    inside--
  }
  const failed = one(async () => Promise.reject(new Error('died')))
  await Promise.all([
    ...Array.from({ length: 8 }, (_, i) => (i % 2 ? one : two)(visit)),
    expect(failed).rejects.toThrow('died'),
  ])
  expect(most).toBe(1)
})
