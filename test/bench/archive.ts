/** An office with a past: as many published releases as one likes, as rows and as public files, made from one that was really published. */
import { sql } from 'kysely'
import type { Ctx } from '../../src/context.ts'
import { newId } from '../../src/lib/id.ts'
import { indexEdition } from '../../src/publication/search.ts'
import { editionsAfter } from '../../src/publication/store.ts'
import {
  isGap,
  keyOf,
  readNode,
  type SiteBranch,
  type SiteEntry,
  type SiteLeaf,
  writeEntries,
} from '../../src/store/site-trie.ts'

const BATCH = 50_000
const PER_PAGE = 20

/**
 * Copies the newest release until there are `total`. Each stands in the lists the first stands in and has files at addresses of
 * its own; lists and feeds have the archive pages that many fill. What the copies say is the same, which costs the same.
 */
export async function fillArchive(ctx: Ctx, total: number): Promise<void> {
  const raw = ctx.store.raw
  if (!raw) throw new Error('the archive is filled on SQLite')
  const one = await ctx.store.db
    .selectFrom('edition')
    .selectAll()
    .orderBy('sequence')
    .limit(1)
    .executeTakeFirstOrThrow()
  const from = await ctx.store.db
    .selectFrom('release')
    .selectAll()
    .where('id', '=', one.release_id)
    .executeTakeFirstOrThrow()
  const have = Number(
    (
      await ctx.store.db
        .selectFrom('edition')
        .select((e) => e.fn.max('sequence').as('top'))
        .executeTakeFirstOrThrow()
    ).top,
  )
  const wanted = total - have
  if (wanted <= 0) return
  const lists = (
    await ctx.store.db.selectFrom('slot').select('list').where('release_id', '=', one.release_id).execute()
  ).map((s) => s.list)
  const triggers = raw
    .prepare(
      `select name, sql from sqlite_master where type = 'trigger' and tbl_name in ('edition', 'slot', 'release')`,
    )
    .all()
  for (const t of triggers) raw.exec(`drop trigger "${t['name']}"`)
  const columns = (table: string) =>
    raw
      .prepare(`select * from "${table}"`)
      .columns()
      .map((c) => c.name)
  const copy = (table: string, set: Record<string, string>, where: string) =>
    raw.prepare(
      `insert into "${table}" (${columns(table)
        .map((c) => `"${c}"`)
        .join(', ')}) select ${columns(table)
        .map((c) => set[c] ?? `"${c}"`)
        .join(', ')} from "${table}" where ${where}`,
    )
  const release = copy(
    'release',
    { id: ':id', number: ':number', document_number: 'null', incident_id: 'null' },
    'id = :old',
  )
  const edition = copy('edition', { id: ':eid', release_id: ':id', sequence: ':seq', faces: ':faces' }, 'id = :old')
  const slot = raw.prepare(
    'insert into slot (list, slot, release_id, first_sequence) select ?, coalesce(max(slot), 0) + 1, ?, ? from slot where list = ?',
  )
  const change = raw.prepare('insert into list_change (list, sequence, release_id) values (?, ?, ?)')
  raw.exec('pragma foreign_keys = off; begin')
  const numbers: string[] = []
  for (let i = 0; i < wanted; i++) {
    const seq = have + 1 + i
    const number = `2025-${String(seq).padStart(6, '0')}`
    const id = newId(Date.parse(one.published_at) + i)
    numbers.push(number)
    release.run({ id, number, old: from.id })
    edition.run({ eid: `e${id.slice(1)}`, id, seq, faces: one.faces.replaceAll(from.number, number), old: one.id })
    for (const list of lists) {
      slot.run(list, id, seq, list)
      change.run(list, seq, id)
    }
  }
  const top = have + wanted
  raw.prepare(`update counter set value = ? where name in ('sequence', 'adopted')`).run(top)
  raw.exec('commit; pragma foreign_keys = on')
  for (const t of triggers) raw.exec(String(t['sql']))
  await sql`analyze`.execute(ctx.store.db)
  await fillSearch(ctx, have, top)
  for (const tree of ['website', 'feeds'] as const) await fillTree(ctx, tree, from.number, numbers, top)
}

/** Every copy can be found: what is published next goes into an index of that size. */
async function fillSearch(ctx: Ctx, have: number, top: number): Promise<void> {
  for (let from = have; from < top; from += 2_000)
    await ctx.store.tx(async (trx) => {
      for (const row of await editionsAfter(trx, from, Math.min(2_000, top - from)))
        await indexEdition(trx, ctx.store.dialect, row, JSON.parse(row.content as string), JSON.parse(row.faces))
    })
}

/** Entries for every copy: the addresses of the first with another number, and numbered archive pages as many as the lists now have. */
async function fillTree(
  ctx: Ctx,
  tree: 'website' | 'feeds',
  number: string,
  numbers: string[],
  size: number,
): Promise<void> {
  const { blobs, pointers } = ctx.files.site
  const pointer = await pointers.read(tree)
  if (!pointer) throw new Error(`${tree} was never written`)
  const own: [string, SiteEntry][] = []
  const pages: [string, SiteEntry][] = []
  for await (const [path, entry] of entries(ctx, pointer.root)) {
    if (path.includes(number)) own.push([path, entry])
    if (path.endsWith('/page-1/')) pages.push([path.replace('/page-1/', '/page-#/'), entry])
    const feed = /^(\/feeds\/(?:all|(?:kind|agency|topic|area)\/[^/]+))\.(atom|json)$/.exec(path)
    if (feed) pages.push([`${feed[1]}/archive-#.${feed[2]}`, entry])
  }
  let root = pointer.root
  let changes = new Map<string, SiteEntry>()
  const write = async (atLeast: number) => {
    if (changes.size < atLeast || changes.size === 0) return
    root = (await writeEntries(blobs, root, changes)).root
    changes = new Map()
  }
  // A leaf is rewritten by whatever falls into it: entries go in by leaf, so that each is written once.
  const leaf = (path: string) => `${keyOf(path).mid}${keyOf(path).leaf}`
  const all: [string, SiteEntry][] = []
  for (const to of numbers)
    for (const [path, entry] of own) all.push([path.replaceAll(number, to), { ...entry, sequence: 1 }])
  for (const [path, entry] of pages) {
    for (let page = 1; page <= Math.floor(size / PER_PAGE); page++)
      all.push([path.replace('#', String(page)), { ...entry, sequence: 1 }])
  }
  const keyed = all.map(([path, entry]) => ({ key: leaf(path), path, entry })).sort((a, b) => (a.key < b.key ? -1 : 1))
  for (const { path, entry } of keyed) {
    changes.set(path, entry)
    await write(BATCH)
  }
  await write(1)
  await pointers.swap({ ...pointer, sequence: Math.max(pointer.sequence, size), root })
}

async function* entries(ctx: Ctx, root: string): AsyncIterable<[string, SiteEntry]> {
  const { blobs } = ctx.files.site
  for (const mid of Object.values((await readNode<SiteBranch>(blobs, root)).nodes))
    for (const below of Object.values((await readNode<SiteBranch>(blobs, mid)).nodes))
      for (const [path, entry] of Object.entries((await readNode<SiteLeaf>(blobs, below)).files))
        if (!isGap(entry)) yield [path, entry]
}
