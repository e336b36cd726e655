/** 政报: an issue with its contents and full texts, and the list of issues. In Chinese, as it is printed. */
import { wallMinute } from '../../src/lib/clock.ts'
import type { Edition, GazetteIssue } from '../../src/publication/edition.ts'
import { t } from '../words/index.ts'
import { Body, filePath } from './article.tsx'
import { Title, When } from './bits.tsx'
import { Layout } from './layout.tsx'
import { isShown, pickPart } from './pick.ts'
import { formedOn } from './release.tsx'
import type { Site } from './site.ts'

export const issuePath = (issue: Pick<GazetteIssue, 'number'>): string => `/gazette/${issue.number}/`

const dayBefore = (iso: string, offset: string) =>
  wallMinute(new Date(Date.parse(iso) - 1).toISOString(), offset).slice(0, 10)
const period = (site: Site, issue: GazetteIssue): string =>
  t('zh', 'gazette.period', {
    from: wallMinute(issue.startsAt, site.offset).slice(0, 10),
    to: dayBefore(issue.endsAt, site.offset),
  })

/** `items`: what stands of each release at this moment, in the order of the issue. */
export function GazettePage({ site, issue, items }: { site: Site; issue: GazetteIssue; items: Edition[] }) {
  const name = t('zh', 'gazette.issue', { number: issue.number })
  return (
    <Layout
      site={site}
      lang="zh"
      title={name}
      path={issuePath(issue)}
      description={period(site, issue)}
      gov={{ column: t('zh', 'gazette') }}
    >
      <div class="page-head">
        <h1>{name}</h1>
        <p>{period(site, issue)}</p>
        {site.pdf ? (
          <p class="no-print">
            <a href={`${issuePath(issue)}gazette.pdf`}>{t('zh', 'print.pdf')}</a>
          </p>
        ) : null}
        {issue.standard ? <p>{t('zh', 'gazette.standard')}</p> : null}
      </div>
      <nav aria-label={t('zh', 'gazette.contents')}>
        <h2 class="day">{t('zh', 'gazette.contents')}</h2>
        <ol class="gazette-contents">
          {items.map((edition) => (
            <li>
              {isShown(edition) ? (
                <a href={`#r-${edition.releaseNumber}`}>{pickPart(edition.content, 'zh-CN').part.title}</a>
              ) : (
                <Gone site={site} edition={edition} />
              )}
            </li>
          ))}
        </ol>
      </nav>
      {items.map((edition) => (
        <Item site={site} edition={edition} madeAt={issue.madeAt} />
      ))}
    </Layout>
  )
}

/** A release that was withdrawn or taken down keeps its place and none of its words. */
const Gone = ({ site, edition }: { site: Site; edition: Edition }) => (
  <>
    {edition.releaseNumber} {t('zh', `public.gone.${edition.type === 'withdrawal' ? 'withdrawal' : 'takedown'}`)}{' '}
    <When at={edition.publishedAt} offset={site.offset} />
  </>
)

function Item({ site, edition, madeAt }: { site: Site; edition: Edition; madeAt: string }) {
  if (!isShown(edition)) return null
  const { part, language } = pickPart(edition.content, 'zh-CN')
  const { core } = edition.content
  return (
    <article class="official gazette-item" id={`r-${edition.releaseNumber}`} lang={language}>
      <h2>
        <Title text={part.title} />
      </h2>
      {core.documentNumber ? <p class="letterhead">{core.documentNumber}</p> : null}
      {edition.publishedAt > madeAt ? (
        <p class="notice">
          {t('zh', 'gazette.changed', { edition: edition.number, at: wallMinute(edition.publishedAt, site.offset) })}
        </p>
      ) : null}
      {part.addressees ? <p class="addressees">{part.addressees}</p> : null}
      <Body html={part.body} lang="zh" files={edition.content.attachments} href={(file) => filePath(edition, file)} />
      {part.signature ? (
        <p class="signature">
          <span>{part.signature}</span>
          {core.formedOn ? <span class="formed">{formedOn(core.formedOn, 'zh')}</span> : null}
        </p>
      ) : null}
      <p class="small">
        <a href={edition.address}>{t('zh', 'gazette.original', { number: edition.releaseNumber })}</a>
      </p>
    </article>
  )
}

/** Newest first. */
export function GazetteIndex({ site, issues }: { site: Site; issues: GazetteIssue[] }) {
  return (
    <Layout
      site={site}
      lang="zh"
      title={t('zh', 'gazette')}
      path="/gazette/"
      description={t('zh', 'gazette.about')}
      gov={{ column: t('zh', 'gazette') }}
    >
      <div class="page-head">
        <h1>{t('zh', 'gazette')}</h1>
        <p>{t('zh', 'gazette.about')}</p>
      </div>
      {issues.length === 0 ? <p class="empty">{t('zh', 'gazette.none')}</p> : null}
      <ul class="feeds">
        {issues.toReversed().map((issue) => (
          <li>
            <a href={issuePath(issue)}>{t('zh', 'gazette.issue', { number: issue.number })}</a> {period(site, issue)} ·{' '}
            {t('zh', 'gazette.count', { n: issue.releaseIds.length })}
          </li>
        ))}
      </ul>
    </Layout>
  )
}
