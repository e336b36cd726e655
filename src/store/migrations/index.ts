/** Migrations in order; never edited once released, only added to. */
import { start } from './0001-start.ts'
import { rate } from './0002-rate.ts'
import { audience } from './0004-audience.ts'
import { store } from './0005-store.ts'
import { seen } from './0006-seen.ts'
import { mail } from './0007-mail.ts'
import { turn } from './0008-turn.ts'
import { search } from './0009-search.ts'
import { websub } from './0010-websub.ts'
import { fault } from './0011-fault.ts'
import { manual } from './0012-manual.ts'
import { canary } from './0014-canary.ts'
import { gazette } from './0016-gazette.ts'
import { readers } from './0017-readers.ts'
import { media } from './0018-media.ts'
import { relay } from './0020-relay.ts'
import { clocks } from './0021-clocks.ts'
import { accounts } from './0022-accounts.ts'
import { scanFile } from './0023-scan-file.ts'
import { editor } from './0024-editor.ts'
import { review } from './0025-review.ts'
import { office } from './0027-office.ts'
import { warning } from './0028-warning.ts'
import { incident } from './0029-incident.ts'
import { exercise } from './0030-exercise.ts'
import { farBack } from './0031-far-back.ts'
import { secondHands } from './0032-second-hands.ts'
import { newest } from './0033-newest.ts'
import type { Migration } from './ddl.ts'

export type { Migration }
export const migrations: Migration[] = [
  start,
  rate,
  audience,
  store,
  seen,
  mail,
  turn,
  search,
  websub,
  fault,
  manual,
  canary,
  gazette,
  readers,
  media,
  relay,
  clocks,
  accounts,
  scanFile,
  editor,
  review,
  office,
  warning,
  incident,
  exercise,
  farBack,
  secondHands,
  newest,
]
