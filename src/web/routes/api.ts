/** The HTTP API, one file per resource, and the document that describes it. */
import type { App } from '../env.ts'
import { mountAccounts } from './accounts.ts'
import { mountAgreement } from './agreement.ts'
import { mountClocks } from './clocks.ts'
import { mountComments } from './comments.ts'
import { mountContacts } from './contacts.ts'
import { mountExercises } from './exercises.ts'
import { mountHealth } from './health.ts'
import { mountIncidentApi } from './incident-api.ts'
import { mountJournalists } from './journalists.ts'
import { mountLive } from './live.ts'
import { mountManual } from './manual.ts'
import { mountOpenApi } from './openapi.ts'
import { mountPublication } from './publication.ts'
import { mountRelayApi } from './relay.tsx'
import { mountReleases } from './releases.ts'
import { mountReviewOffice } from './review-office.ts'
import { mountScan } from './scan.ts'
import { mountSystem } from './system.ts'
import { mountWarningApi } from './warning-api.ts'

export function mountApi(app: App): void {
  mountReleases(app)
  mountRelayApi(app)
  mountAgreement(app)
  mountScan(app)
  mountComments(app)
  mountReviewOffice(app)
  mountPublication(app)
  mountWarningApi(app)
  mountManual(app)
  mountContacts(app)
  mountJournalists(app)
  mountLive(app)
  mountSystem(app)
  mountAccounts(app)
  mountClocks(app)
  mountExercises(app)
  mountIncidentApi(app)
  mountHealth(app)
  mountOpenApi(app)
}
