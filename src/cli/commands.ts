/** Every command there is, in the order `ortoo help` lists them. */
import { importAreas } from './areas.ts'
import { backup } from './backup.ts'
import { bundle } from './bundle.ts'
import { capCertificate, capCheck, capConvert } from './cap.ts'
import type { Command } from './command.ts'
import { doctor } from './doctor.ts'
import { edgePush } from './edge-push.ts'
import { gazetteCommand } from './gazette.ts'
import { importDraft } from './import.ts'
import { lintSite } from './lint-site.ts'
import { memberAdd, memberDisable, memberLink, memberList } from './member.ts'
import { migrateCommand } from './migrate.ts'
import { resend } from './resend.ts'
import { restore } from './restore.ts'
import { searchRebuild } from './search-rebuild.ts'
import { serve } from './serve.ts'
import { siteRebuild } from './site-rebuild.ts'
import { sweep } from './sweep.ts'
import { tokenIssue, tokenList, tokenRevoke } from './token.ts'
import { unit } from './unit.ts'
import { verify } from './verify.ts'
import { work } from './work.ts'

export const commands: readonly Command[] = [
  serve,
  work,
  doctor,
  migrateCommand,
  memberAdd,
  memberList,
  memberLink,
  memberDisable,
  tokenIssue,
  tokenList,
  tokenRevoke,
  importDraft,
  importAreas,
  gazetteCommand,
  sweep,
  resend,
  verify,
  siteRebuild,
  searchRebuild,
  lintSite,
  edgePush,
  backup,
  restore,
  capCheck,
  capConvert,
  capCertificate,
  unit,
  bundle,
]
