/** The website as an outlet: pages, tombstones, lists, receipts, attachments. */
import type { Channel, ChannelConfig, ChannelDeps, Proof } from '../../src/delivery/channel.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { siteOf } from '../../templates/page/assets.ts'
import { catalogueSeenAt } from '../../templates/page/display.ts'
import { isShown, languagePath, languagesIn } from '../../templates/page/pick.ts'
import { gatherIssue, gazetteIndex, issueFile } from './gazette-files.tsx'
import { previewPages } from './preview.ts'
import { siteFilesAt } from './render.tsx'
import { type PreparedSite, sendSite } from './send.ts'

export { staticFiles } from './static-files.tsx'

export const create = (deps: ChannelDeps): Channel<PreparedSite> => ({
  name: 'website',
  audience: 'everyone',
  ready,
  variants: () => ['all'],
  prepare: async (edition, _variant, catalogue) => ({
    mode: edition.mode,
    sequence: edition.sequence,
    files: await siteFilesAt(deps.config, edition, catalogue),
  }),
  preview: (edition, language, catalogue) => previewPages(deps.config, edition, language, catalogue),
  turn: async (turn, catalogue) => ({
    mode: turn.mode,
    sequence: turn.sequence,
    files: await siteFilesAt(deps.config, turn.edition, catalogue),
  }),
  prepareIssue: async (issue, catalogue) => {
    const site = siteOf(deps.config, 'live')
    const all = (await catalogue.issues?.()) ?? [issue]
    const keepTitle = deps.config.site.gov?.endedTitle === 'keep'
    const seen = catalogue.asOf ? catalogueSeenAt(catalogue, catalogue.asOf, keepTitle) : catalogue
    const files = [issueFile(site, await gatherIssue(issue, seen)), gazetteIndex(site, all)]
    return { mode: 'live', sequence: issue.sequence, files }
  },
  send: (prepared, targets, signal) => sendSite(deps.site, prepared, targets, signal),
  proof: async (edition) => proofs(edition),
})

function ready(config: ChannelConfig): string | null {
  if (/^https?:\/\/[^/\s]+$/.test(config.publicUrl) && URL.canParse(config.publicUrl)) return null
  return `网站地址“${config.publicUrl}”不是网址：请将 PUBLIC_URL 设为 https://press.example 这样的地址，末尾不带斜线。`
}

/** Each language's page; after a withdrawal or takedown the release's own address, which must answer 410. */
function proofs(edition: Edition): Proof[] {
  if (!isShown(edition)) return [{ path: edition.address, format: 'html' }]
  return languagesIn(edition.content).map((l) => ({ path: languagePath(edition, l), format: 'html' }))
}
