/** The files of the gazette: an issue, and the list of issues. Live only. */
import type { Catalogue, SiteFile } from '../../src/delivery/channel.ts'
import type { Edition, GazetteIssue } from '../../src/publication/edition.ts'
import { GazetteIndex, GazettePage, issuePath } from '../../templates/page/gazette.tsx'
import { documentOf } from '../../templates/page/layout.tsx'
import type { Site } from '../../templates/page/site.ts'
import { htmlFile } from './site.ts'

export type IssueData = { issue: GazetteIssue; items: Edition[] }

/** What stands of each release of an issue as of the catalogue. */
export async function gatherIssue(issue: GazetteIssue, catalogue: Catalogue): Promise<IssueData> {
  const found = await Promise.all(issue.releaseIds.map((id) => catalogue.latest(id)))
  return { issue, items: found.filter((edition) => edition !== null) }
}

/** Issues a later edition changes: a correction stands in them at once, and a withdrawal leaves a line. */
export async function issuesTouched(edition: Edition, catalogue: Catalogue): Promise<IssueData[]> {
  if (edition.number === 1 || edition.mode !== 'live' || !catalogue.issuesHolding) return []
  const issues = await catalogue.issuesHolding(edition.releaseId)
  return Promise.all(issues.map((issue) => gatherIssue(issue, catalogue)))
}

export const issueFile = (site: Site, { issue, items }: IssueData): SiteFile =>
  htmlFile(site, issuePath(issue), documentOf(<GazettePage site={site} issue={issue} items={items} />))

export const gazetteIndex = (site: Site, issues: GazetteIssue[]): SiteFile =>
  htmlFile(site, '/gazette/', documentOf(<GazetteIndex site={site} issues={issues} />))
