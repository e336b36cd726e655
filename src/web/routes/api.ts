/** The HTTP API, one file per resource, and the document that describes it. */
import type { App } from '../env.ts'
import { mountAgreement } from './agreement.ts'
import { mountClocks } from './clocks.ts'
import { mountContacts } from './contacts.ts'
import { mountHealth } from './health.ts'
import { mountJournalists } from './journalists.ts'
import { mountLive } from './live.ts'
import { mountManual } from './manual.ts'
import { mountOpenApi } from './openapi.ts'
import { mountPublication } from './publication.ts'
import { mountRelayApi } from './relay.tsx'
import { mountReleases } from './releases.ts'
import { mountSystem } from './system.ts'
import { mountWarningApi } from './warning-api.ts'

export function mountApi(app: App): void {
  mountReleases(app)
  mountRelayApi(app)
  mountAgreement(app)
  mountPublication(app)
  mountWarningApi(app)
  mountManual(app)
  mountContacts(app)
  mountJournalists(app)
  mountLive(app)
  mountSystem(app)
  mountClocks(app)
  mountHealth(app)
  mountOpenApi(app)
}
