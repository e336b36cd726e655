/** Two releases with the same file: one gives it up in the moment the other takes it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { attach } from '../../src/desk/attach.ts'
import { createRelease } from '../../src/desk/create.ts'
import { releaseById, revisionOf } from '../../src/desk/store.ts'
import type { Actor } from '../../src/staff/member.ts'
import { policyDraft } from '../support/sample.ts'
import { type Station, station } from '../support/station.ts'

let s: Station
beforeEach(async () => {
  s = await station()
})
afterEach(async () => {
  await s.close()
  expect(s.errors).toEqual([])
})

test('bytes deleted for another release before this one named them are there all the same', async () => {
  const drafter = s.people['drafter'] as Actor
  const { id } = await createRelease(s.ctx, drafter, policyDraft())
  const { blobs } = s.ctx
  let puts = 0
  const put = async (bytes: Uint8Array) => {
    const hash = await blobs.put(bytes)
    // The other release's masking ends here: its transaction found nobody else who names the file.
    if (++puts === 1) await blobs.delete(hash)
    return hash
  }
  const ctx = { ...s.ctx, blobs: { ...blobs, put } }
  await attach(ctx, drafter, id, { name: '附表.txt', title: '附表', bytes: new TextEncoder().encode('附表\n') }, null)
  const row = await releaseById(s.ctx.store.db, id)
  const file = (await revisionOf(s.ctx.store.db, id, row!.revision))!.content.attachments[0]
  expect(await blobs.get(file!.sha256)).not.toBeNull()
})
