/** Reads the office's own mailbox: what a reader's mail program would show, held against the edition. */

import { readMaildir } from '../audience/maildir.ts'
import type { Ctx } from '../context.ts'
import { enrolMailbox, sighted } from './canary.ts'
import type { CanaryRow } from './canary-store.ts'
import { mailFault } from './canary-text.ts'

/** Mails are read and not kept: a purge must find no word of a release there. @returns how many were read */
export async function readCanaryMail(ctx: Ctx): Promise<number> {
  const canary = await enrolMailbox(ctx)
  const dir = ctx.config.canaryMail?.maildir
  if (!canary || !dir) return 0
  return readMaildir(ctx, { dir, take: (raw) => takeMail(ctx, canary, raw), forget: true })
}

/** Only a mail that holds this reader's own link was sent by us: the link is 128 bits nobody else has. */
async function takeMail(ctx: Ctx, canary: CanaryRow, raw: Uint8Array): Promise<void> {
  const { simpleParser } = await import('mailparser')
  const mail = await simpleParser(Buffer.from(raw), { skipTextToHtml: true, skipImageLinks: true })
  const header = (name: string) => String(mail.headers.get(name) ?? '')
  const editionId = header('x-ortoo-edition').split(' ')[0] ?? ''
  const text = mail.text ?? ''
  const html = mail.html || ''
  if (!editionId || !`${text}${html}`.includes(canary.token)) return
  const language = header('content-language')
  await sighted(ctx, canary, editionId, (edition) =>
    mailFault(edition, { language, subject: mail.subject ?? '', text, html }),
  )
}
