/** The Maildir for what came back: bounces and complaints are heeded and kept. */
import type { Ctx } from '../context.ts'
import { takeReport } from './intake.ts'
import { readMaildir } from './maildir.ts'

/** @returns how many mails were heeded */
export async function readMailbox(ctx: Ctx): Promise<number> {
  const dir = ctx.config.bounceMaildir
  return dir ? readMaildir(ctx, { dir, take: (raw) => takeReport(ctx, raw) }) : 0
}
