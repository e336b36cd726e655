/** 转发预警: another station's warning becomes a draft beside its original, whose bytes nobody touches. */
import type { Ctx } from '../context.ts'
import type { CapAlert } from '../incident/warning/alert.ts'
import { fileName } from '../incident/warning/dialect.ts'
import { heldCertificates } from '../incident/warning/held.ts'
import { type Place, placeOf } from '../incident/warning/place.ts'
import type { Reading, Signed } from '../incident/warning/read.ts'
import { toCap } from '../incident/warning/to-cap.ts'
import { type Issue, invalid, issue, wrongState } from '../lib/errors.ts'
import type { Actor } from '../staff/member.ts'
import { agencyById } from '../staff/store.ts'
import type { Attachment } from './content.ts'
import { createRelease } from './create.ts'
import { admitHome } from './gate.ts'
import { type Before, originalTitle, relayDraft } from './relay-draft.ts'
import { insertRelay, type KnownRelay, recentRelays } from './relay-store.ts'
import { type ReleaseRow, releaseById, revisionOf } from './store.ts'

/** `remarks`: what the original lacks and can still be passed on with. */
export type Relayed = { release: ReleaseRow; place: Place['is']; signature: Signed; remarks: Issue[] }

/**
 * @throws Refusal `invalid` for a file that is no sound public warning, every fault named; `wrong-state` relay-duplicate,
 * relay-conflict, relay-late or relay-unknown-cancel for one that has no place among those already here
 */
export async function relayWarning(ctx: Ctx, by: Actor, bytes: Uint8Array): Promise<Relayed> {
  admitHome(by, 'release.create')
  const { readWarning } = await import('../incident/warning/read.ts')
  const reading = readWarning(bytes, await heldCertificates(ctx.config.dataDir))
  const known = await recentRelays(ctx.store.db, by.agencyId)
  const alert = soundAlert(reading, known)
  const place = placeOf(alert, reading.sha256, known)
  const from = await refuseOutOfPlace(ctx, place)
  const { release } = await keep(ctx, by, { reading, alert, bytes, from })
  const remarks = reading.problems.filter((p) => p.severity !== 'error')
  return { release, place: place.is, signature: reading.signature, remarks }
}

/** The warning in CAP's terms, whichever form it came in. */
function soundAlert(reading: Reading, known: KnownRelay[]): CapAlert {
  const faults = reading.problems.filter((p) => p.severity === 'error')
  if (faults.length > 0 || reading.form === 'none' || !reading.alert) throw invalid(faults)
  const alert = reading.form === 'cap' ? reading.alert : asCap(reading.alert, known)
  if (!['Actual', 'Exercise', 'Test'].includes(alert.status))
    throw invalid([issue('alert.status', 'relay-status', { found: alert.status })])
  if (!['Alert', 'Update', 'Cancel'].includes(alert.msgType))
    throw invalid([issue('alert.msgType', 'cn-message', { found: alert.msgType })])
  return alert
}

function asCap(d: Parameters<typeof toCap>[0], known: KnownRelay[]): CapAlert {
  const mapped = toCap(d, { sentOf: (identifier) => known.find((k) => k.identifier === identifier)?.sent })
  if (mapped.to === null) throw invalid(mapped.refused)
  return mapped.to
}

/** @returns the release the warning goes on from */
async function refuseOutOfPlace(ctx: Ctx, place: Place): Promise<Before | undefined> {
  const number = async (k: unknown) =>
    (await releaseById(ctx.store.db, (k as KnownRelay).releaseId))?.number ?? (k as KnownRelay).identifier
  if (place.is === 'duplicate' || place.is === 'conflict')
    throw wrongState(`relay-${place.is}`, { number: await number(place.of) })
  if (place.is === 'late') throw wrongState('relay-late', { number: await number(place.behind) })
  if (place.is === 'unknown-cancel') throw wrongState('relay-unknown-cancel')
  if (place.is === 'new') return undefined
  const { releaseId } = place.from as KnownRelay
  const release = await releaseById(ctx.store.db, releaseId)
  const revision = release && (await revisionOf(ctx.store.db, releaseId, release.revision))
  return revision?.content ? { releaseId, core: revision.content.core } : undefined
}

type Sound = { reading: Reading; alert: CapAlert; bytes: Uint8Array; from: Before | undefined }

/** The blob first, then in one transaction the release, the file bound to it, and what the message is known by. */
async function keep(ctx: Ctx, by: Actor, { reading, alert, bytes, from }: Sound): Promise<{ release: ReleaseRow }> {
  const own = JSON.parse((await agencyById(ctx.store.db, by.agencyId))?.area_codes ?? '[]') as string[]
  const form = reading.form === '12379' ? '12379' : 'cap'
  const beside = { areas: own, sha256: reading.sha256, form, public: !namesOfficer(reading) } as const
  const { draft, relayOf } = relayDraft(alert, { ...beside, ...(from ? { before: from } : {}) })
  await ctx.blobs.put(bytes)
  const file: Attachment = {
    sha256: reading.sha256,
    name: nameOf(reading, alert),
    type: form === 'cap' ? 'application/cap+xml' : 'application/xml',
    bytes: bytes.byteLength,
    title: originalTitle(relayOf),
  }
  const whole = { ...(draft as object), attachments: relayOf.public ? [file] : [] }
  const expires = alert.info
    .flatMap((i) => i.expires ?? [])
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1)
  const release = await createRelease(ctx, by, whole, 'import', {
    relayOf,
    files: [file],
    record: async (trx, releaseId) => {
      const of = { releaseId, agencyId: by.agencyId, sha256: reading.sha256, form, at: ctx.clock.now() }
      if (!(await insertRelay(trx, alert, { ...of, ...(expires ? { expires } : {}) })))
        throw wrongState('relay-duplicate', { number: alert.identifier })
    },
  })
  return { release }
}

/** The platform's file holds the name of the officer who signed. It is kept, and shown to nobody outside. */
const namesOfficer = (reading: Reading): boolean =>
  reading.form === '12379' && reading.alert !== null && reading.alert.senderName !== reading.alert.sender

const nameOf = (reading: Reading, alert: CapAlert): string =>
  reading.form === '12379' && reading.alert
    ? fileName(reading.alert)
    : `${alert.identifier.replace(/[^\w.-]/g, '_').slice(0, 100)}.xml`
