/** 记者备案: an office says who may read what it holds under embargo, and hands them a way in, once. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { DAY, plus } from '../lib/clock.ts'
import { type Issue, invalid, issue, notAllowed, notFound, wrongState } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { adminsOver } from '../staff/store.ts'
import { isAccredited, type Journalist } from './journalist.ts'
import {
  deleteJournalist,
  insertJournalist,
  journalistByEmail,
  journalistById,
  retireMediaLinks,
  updateJournalist,
} from './journalist-store.ts'
import { sendLetter } from './letter.ts'
import { mailAddress } from './mail-address.ts'
import { makeMediaLink } from './media-link.ts'

const line = z.string().trim().min(1, 'filled').max(80)
export const accreditationInput = z.strictObject({
  agencyId: z.string().max(40).optional(),
  name: line,
  outlet: line,
  email: z.string().max(320),
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
  /** The last day it holds, in the site's time. */
  validUntil: z.iso.date(),
  /** By mail to their address, or shown here once, to be handed over. */
  by: z.enum(['mail', 'hand']).default('mail'),
})

/** An accreditation is looked at again at least once a year. */
const LONGEST = 366 * DAY

/**
 * `link` only where it is handed over; `letter` settles when the mail has left, and never rejects. One that is `proposed` waits
 * for another administrator: no link was made.
 */
export type Invited = { journalist: Journalist; link?: string; expiresAt?: string; letter: Promise<void> }

/**
 * With two administrators one proposes and another agrees: whoever reads under embargo is never one person's choice.
 * @throws Refusal not allowed; `invalid`: email-address, journalist-known, accreditation-past, accreditation-long
 */
export async function accredit(ctx: Ctx, by: Actor, sent: unknown): Promise<Invited> {
  const input = readableZod(accreditationInput, sent)
  const agencyId = input.agencyId ?? by.agencyId
  const row = rowOf(ctx, by, agencyId, input)
  const made = await ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, agencyId, 'media.accredit')
    // One address, one journalist: whoever is asked to accredit them again speaks to the office that has.
    if (await journalistByEmail(trx, row.email)) throw invalid([issue('email', 'journalist-known')])
    const alone = (await adminsOver(trx, agencyId)).every((m) => m.id === by.memberId)
    const kept: Journalist = alone ? row : { ...row, state: 'proposed' }
    await insertJournalist(trx, kept)
    await append(trx, ctx, {
      actor: by.memberId,
      act: alone ? 'media.accredit' : 'media.propose',
      subject: `journalist:${row.id}`,
      fact: { agency: agencyId, until: row.valid_until },
    })
    return alone ? linkFor(ctx, trx, by, row, input.by) : kept
  })
  return 'link' in made ? handOver(ctx, made, input.by) : { journalist: made, letter: Promise.resolve() }
}

export const accreditationDecision = z.strictObject({
  verdict: z.enum(['apply', 'refuse']),
  by: z.enum(['mail', 'hand']).default('mail'),
})

/**
 * The second person's word. Whoever proposed may take it back, never agree to it; what is refused leaves no name behind.
 * @returns null where it was refused @throws Refusal `not-found`; own-change; change-decided
 */
export async function decideAccreditation(ctx: Ctx, by: Actor, id: string, sent: unknown): Promise<Invited | null> {
  const input = readableZod(accreditationDecision, sent)
  const made = await ctx.store.tx(async (trx) => {
    const journalist = await journalistById(trx, id)
    if (!journalist) throw notFound('journalist')
    await admitAgency(trx, by, journalist.agency_id, 'media.accredit')
    if (journalist.state !== 'proposed') throw wrongState('change-decided')
    const agreed = input.verdict === 'apply'
    if (agreed && journalist.created_by === by.memberId) throw notAllowed('own-change')
    await append(trx, ctx, {
      actor: by.memberId,
      act: agreed ? 'media.accredit' : 'media.refuse',
      subject: `journalist:${id}`,
      fact: { proposedBy: journalist.created_by },
    })
    if (!agreed) {
      await deleteJournalist(trx, id)
      return null
    }
    await updateJournalist(trx, id, { state: 'invited' })
    return linkFor(ctx, trx, by, { ...journalist, state: 'invited' }, input.by)
  })
  return made && handOver(ctx, made, input.by)
}

function rowOf(ctx: Ctx, by: Actor, agencyId: string, input: z.output<typeof accreditationInput>): Journalist {
  const now = ctx.clock.now()
  const email = mailAddress(input.email)
  const { validUntil, issues: day } = lastDay(ctx, input.validUntil)
  const issues = [
    ...(email ? [] : [issue('email', 'email-address')]),
    ...day,
    ...textIssues('name', input.name),
    ...textIssues('outlet', input.outlet),
  ]
  if (issues.length) throw invalid(issues)
  return {
    id: newId(ctx.clock.ms()),
    agency_id: agencyId,
    name: cleanText(input.name).text,
    outlet: cleanText(input.outlet).text,
    email: email as string,
    language: input.language,
    valid_until: validUntil,
    state: 'invited',
    terms_version: null,
    terms_at: null,
    created_by: by.memberId,
    created_at: now,
  }
}

/** The first instant after a local day, and what stands against it. */
export function lastDay(ctx: Ctx, day: string): { validUntil: string; issues: Issue[] } {
  const now = ctx.clock.now()
  const validUntil = plus(new Date(`${day}T00:00:00${ctx.config.site.offset}`).toISOString(), DAY)
  const tooLong = Date.parse(validUntil) - Date.parse(now) > LONGEST
  return {
    validUntil,
    issues: [
      ...(validUntil <= now ? [issue('validUntil', 'accreditation-past')] : []),
      ...(tooLong ? [issue('validUntil', 'accreditation-long')] : []),
    ],
  }
}

export const inviteAgainInput = z.strictObject({ by: z.enum(['mail', 'hand']).default('mail') })

/** A new way in; invitations before it are good no longer. @throws Refusal `not-found`; `invalid` journalist-out */
export async function inviteAgain(ctx: Ctx, by: Actor, id: string, sent: unknown): Promise<Invited> {
  const input = readableZod(inviteAgainInput, sent)
  const made = await ctx.store.tx(async (trx) => {
    const journalist = await journalistById(trx, id)
    if (!journalist) throw notFound('journalist')
    await admitAgency(trx, by, journalist.agency_id, 'media.accredit')
    if (!isAccredited(journalist, ctx.clock.now())) throw invalid([issue('by', 'journalist-out')])
    return linkFor(ctx, trx, by, journalist, input.by)
  })
  return handOver(ctx, made, input.by)
}

type Made = { journalist: Journalist; link: string; expiresAt: string }

async function linkFor(
  ctx: Ctx,
  trx: Parameters<typeof makeMediaLink>[0],
  by: Actor,
  journalist: Journalist,
  way: 'mail' | 'hand',
): Promise<Made> {
  await retireMediaLinks(trx, journalist.id, ctx.clock.now(), 'invitation')
  await append(trx, ctx, {
    actor: by.memberId,
    act: 'media.invite',
    subject: `journalist:${journalist.id}`,
    fact: { by: way },
  })
  return { journalist, ...(await makeMediaLink(trx, ctx, journalist, 'invitation')) }
}

/** After the commit. A member who sees the link could come in by it: it is shown where it is handed over, and else to nobody. */
function handOver(ctx: Ctx, { journalist, link, expiresAt }: Made, way: 'mail' | 'hand'): Invited {
  if (way === 'hand') return { journalist, link, expiresAt, letter: Promise.resolve() }
  const { language, email } = journalist
  return { journalist, expiresAt, letter: sendLetter(ctx, language, email, { about: 'media-invited', enterUrl: link }) }
}
