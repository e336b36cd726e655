/** CAP files one publication writes: its own message, tombstones for what was taken back, and the index. */
import { createHash } from 'node:crypto'
import type { Catalogue, SiteFile } from '../../src/delivery/channel.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { t } from '../../templates/words/index.ts'
import { CAP_TYPE, capCertificatePath, capIndexPath, capPath, FEED_TYPES } from './addresses.ts'
import { capXml, type Digests } from './cap.ts'
import { type CapMessage, capChain, readable } from './cap-chain.ts'
import { activeMessages, capIndex, capIndexRss } from './cap-index.ts'
import type { Run } from './feed.ts'
import { feedHeaders, OPEN } from './headers.ts'

/** Attachments larger than this go without a digest: an alert does not wait for a film to be hashed. */
const HASHED_BYTES = 8 * 1024 * 1024

export async function capFiles(run: Run & { edition: Edition }): Promise<SiteFile[]> {
  const { config, catalogue, edition } = run
  const past = (await catalogue.editions(edition.releaseId)).filter((e) => e.number < edition.number)
  const chain = capChain(config, [...past, edition])
  const own = chain.find((m) => m.edition.id === edition.id && readable(m))
  return [
    ...(own ? [file(own, capXml(config, own, await digests(catalogue, edition)))] : []),
    ...(own && config.alertKey ? [certificate(edition.mode, config.alertKey(edition.mode).certificate)] : []),
    ...(takesBack(edition) ? chain.filter((m) => m !== own && goes(edition, m)).map(tombstone) : []),
    ...(await capIndexFiles(run)),
  ]
}

/** The index as of `run.asOf`, in both formats: the only CAP files that change by time alone. */
export async function capIndexFiles(run: Run): Promise<SiteFile[]> {
  const messages = await activeMessages(run)
  const headers = (format: 'atom' | 'rss') =>
    feedHeaders(run.config, run.config.publicUrl + capIndexPath(run.mode, format), true)
  const at = (format: 'atom' | 'rss') => ({ path: capIndexPath(run.mode, format), type: FEED_TYPES[format] })
  return [
    { ...at('atom'), body: capIndex(run, messages), headers: headers('atom') },
    { ...at('rss'), body: capIndexRss(run, messages), headers: headers('rss') },
  ]
}

const takesBack = (edition: Edition) => edition.type === 'withdrawal' || edition.type === 'takedown'

/** The note of an earlier Cancel says why it was one: after a takedown that is gone too. */
const goes = (edition: Edition, m: CapMessage): boolean => m.msgType !== 'Cancel' || edition.type === 'takedown'

const file = (message: CapMessage, body: string): SiteFile => ({
  path: capPath(message.edition.mode, message.identifier),
  type: CAP_TYPE,
  body,
  headers: OPEN,
})

/** What the signatures are checked with, where every reader of alerts can fetch it, also from a copy. */
const certificate = (mode: Edition['mode'], body: string): SiteFile => ({
  path: capCertificatePath(mode),
  type: 'application/pem-certificate-chain',
  body,
  headers: OPEN,
})

/** Earlier alerts stay where they were through corrections; once the text is taken back only the number is left. */
function tombstone(message: CapMessage): SiteFile {
  const number = message.edition.releaseNumber
  const body = `${t('zh', 'feeds.cap.gone', { number })}\n${t('en', 'feeds.cap.gone', { number })}\n`
  return {
    path: capPath(message.edition.mode, message.identifier),
    type: 'text/plain; charset=utf-8',
    status: 410,
    body,
    headers: OPEN,
  }
}

export async function digests(catalogue: Catalogue, edition: Edition): Promise<Digests> {
  const small = (edition.content?.attachments ?? []).filter((f) => f.bytes <= HASHED_BYTES)
  const pairs = small.map(async (f) => {
    const bytes = await catalogue.file(f.sha256)
    return [f.sha256, createHash('sha1').update(bytes).digest('hex')] as const
  })
  return new Map(await Promise.all(pairs))
}
