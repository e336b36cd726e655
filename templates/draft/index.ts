/** The kinds of release there are. Adding one: a file here, a line below, and its name in src/desk/content.ts. */
import type { Kind } from '../../src/desk/content.ts'
import { allClear } from './all-clear.ts'
import { clarification } from './clarification.ts'
import { incidentFinal } from './incident-final.ts'
import { incidentNotice } from './incident-notice.ts'
import { incidentUpdate } from './incident-update.ts'
import { interpretation } from './interpretation.ts'
import type { KindData } from './kind.ts'
import { notice } from './notice.ts'
import { policy } from './policy.ts'
import { pressConference } from './press-conference.ts'
import { response } from './response.ts'
import { warning } from './warning.ts'

export type { KindData }

export const kinds: Record<Kind, KindData> = {
  'incident-notice': incidentNotice,
  'incident-update': incidentUpdate,
  'incident-final': incidentFinal,
  warning,
  response,
  'all-clear': allClear,
  policy,
  interpretation,
  'press-conference': pressConference,
  clarification,
  notice,
}
