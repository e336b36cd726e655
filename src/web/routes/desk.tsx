/** Screens of the desk. */
import { deskCss } from '../../../templates/page/style-desk.ts'
import { mediaCss } from '../../../templates/page/style-media.ts'
import { mountAssets } from '../assets.ts'
import type { App } from '../env.ts'
import { mountAccount } from './desk-account.tsx'
import { mountActs } from './desk-acts.tsx'
import { mountAgencyDesk } from './desk-agency.tsx'
import { mountAlarms } from './desk-alarms.tsx'
import { mountAuthority } from './desk-authority.tsx'
import { mountCalendarDesk } from './desk-calendar.tsx'
import { mountClocksDesk } from './desk-clocks.tsx'
import { mountConferencesDesk } from './desk-conferences.tsx'
import { mountContactsDesk } from './desk-contacts.tsx'
import { mountDecide } from './desk-decide.tsx'
import { mountDirectoryDesk } from './desk-directory.tsx'
import { mountDocx } from './desk-docx.ts'
import { mountDraft } from './desk-draft.tsx'
import { mountExercisesDesk } from './desk-exercises.tsx'
import { mountExpiry } from './desk-expiry.tsx'
import { mountFalseAlarm } from './desk-false-alarm.tsx'
import { mountFar } from './desk-far.tsx'
import { mountFaultDesk } from './desk-faults.tsx'
import { mountFlash } from './desk-flash.tsx'
import { mountImport } from './desk-import.tsx'
import { mountIncidentDesk } from './desk-incident.tsx'
import { mountIncidents } from './desk-incidents.tsx'
import { mountKeep } from './desk-keep.tsx'
import { mountKit } from './desk-kit.tsx'
import { mountLedgerDesk } from './desk-ledger.tsx'
import { mountMediaDesk } from './desk-media.tsx'
import { mountOfficeDesk } from './desk-office.tsx'
import { mountOfficeAccounts } from './desk-office-accounts.tsx'
import { mountOfficeFacts } from './desk-office-facts.tsx'
import { mountOfficeReview } from './desk-office-review.tsx'
import { mountOpinionsDesk } from './desk-opinions.tsx'
import { mountOutlets } from './desk-outlets.tsx'
import { mountOwnWordsDesk } from './desk-own-words.tsx'
import { mountPreview } from './desk-preview.tsx'
import { mountQueue } from './desk-queue.tsx'
import { mountReach } from './desk-reach.tsx'
import { mountReaders } from './desk-readers.tsx'
import { mountRelease } from './desk-release.tsx'
import { mountRepostDesk } from './desk-repost.tsx'
import { mountReviewDesk } from './desk-review.tsx'
import { mountRosterDesk } from './desk-roster.tsx'
import { mountScanDesk } from './desk-scan.tsx'
import { mountSearchDesk } from './desk-search.tsx'
import { mountSession } from './desk-session.tsx'
import { mountShortcuts } from './desk-shortcuts.tsx'
import { mountSuppressionDesk } from './desk-suppression.tsx'
import { mountRelayDesk } from './relay.tsx'

export function mountDesk(app: App): void {
  // Not the site's own: whoever reads the public site loads neither.
  mountAssets(app, { 'desk.css': deskCss, 'media.css': mediaCss })
  mountSession(app)
  mountAccount(app)
  mountQueue(app)
  mountAlarms(app)
  mountSearchDesk(app)
  mountCalendarDesk(app)
  mountShortcuts(app)
  mountFlash(app)
  mountImport(app)
  mountRelayDesk(app)
  mountDraft(app)
  mountKeep(app)
  mountDocx(app)
  mountReach(app)
  mountDecide(app)
  mountReviewDesk(app)
  mountActs(app)
  mountKit(app)
  mountFalseAlarm(app)
  mountExpiry(app)
  mountAuthority(app)
  mountRepostDesk(app)
  mountPreview(app)
  mountReaders(app)
  mountRelease(app)
  mountIncidents(app)
  mountIncidentDesk(app)
  mountOpinionsDesk(app)
  mountConferencesDesk(app)
  mountClocksDesk(app)
  mountExercisesDesk(app)
  mountOutlets(app)
  mountFar(app)
  mountOfficeDesk(app)
  mountOfficeAccounts(app)
  mountRosterDesk(app)
  mountDirectoryDesk(app)
  mountAgencyDesk(app)
  mountOwnWordsDesk(app)
  mountOfficeFacts(app)
  mountLedgerDesk(app)
  mountScanDesk(app)
  mountOfficeReview(app)
  mountSuppressionDesk(app)
  mountFaultDesk(app)
  mountContactsDesk(app)
  mountMediaDesk(app)
}
