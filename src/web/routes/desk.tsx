/** Screens of the desk. */
import { deskCss } from '../../../templates/page/style-desk.ts'
import { mediaCss } from '../../../templates/page/style-media.ts'
import { mountAssets } from '../assets.ts'
import type { App } from '../env.ts'
import { mountActs } from './desk-acts.tsx'
import { mountAlarms } from './desk-alarms.tsx'
import { mountAuthority } from './desk-authority.tsx'
import { mountClocksDesk } from './desk-clocks.tsx'
import { mountContactsDesk } from './desk-contacts.tsx'
import { mountDecide } from './desk-decide.tsx'
import { mountDraft } from './desk-draft.tsx'
import { mountExpiry } from './desk-expiry.tsx'
import { mountFalseAlarm } from './desk-false-alarm.tsx'
import { mountFar } from './desk-far.tsx'
import { mountFaultDesk } from './desk-faults.tsx'
import { mountFlash } from './desk-flash.tsx'
import { mountImport } from './desk-import.tsx'
import { mountIncidentDesk } from './desk-incident.tsx'
import { mountIncidents } from './desk-incidents.tsx'
import { mountKit } from './desk-kit.tsx'
import { mountMediaDesk } from './desk-media.tsx'
import { mountOfficeDesk } from './desk-office.tsx'
import { mountOutlets } from './desk-outlets.tsx'
import { mountQueue } from './desk-queue.tsx'
import { mountRelease } from './desk-release.tsx'
import { mountRepostDesk } from './desk-repost.tsx'
import { mountSession } from './desk-session.tsx'
import { mountSuppressionDesk } from './desk-suppression.tsx'
import { mountRelayDesk } from './relay.tsx'

export function mountDesk(app: App): void {
  // Not the site's own: whoever reads the public site loads neither.
  mountAssets(app, { 'desk.css': deskCss, 'media.css': mediaCss })
  mountSession(app)
  mountQueue(app)
  mountAlarms(app)
  mountFlash(app)
  mountImport(app)
  mountRelayDesk(app)
  mountDraft(app)
  mountDecide(app)
  mountActs(app)
  mountKit(app)
  mountFalseAlarm(app)
  mountExpiry(app)
  mountAuthority(app)
  mountRepostDesk(app)
  mountRelease(app)
  mountIncidents(app)
  mountIncidentDesk(app)
  mountClocksDesk(app)
  mountOutlets(app)
  mountFar(app)
  mountOfficeDesk(app)
  mountSuppressionDesk(app)
  mountFaultDesk(app)
  mountContactsDesk(app)
  mountMediaDesk(app)
}
