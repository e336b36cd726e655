/** 政策文件: the block of facts above an official document, and the banner over one that no longer holds as it stands. */
import { wallMinute } from '../../src/lib/clock.ts'
import { type Lang, t } from '../words/index.ts'
import type { Shown } from './pick.ts'
import { titleFor } from './row.tsx'
import { named, pathTo, type Site } from './site.ts'
import type { Validity } from './validity.ts'

type Props = { site: Site; edition: Shown; lang: Lang; title: string; validity: Validity }

/** 索引号 主题分类 发文机关 成文日期 标题 发文字号 发布日期 有效性; a fact nobody gave is left out. */
export function DocumentHead({ site, edition, lang, title, validity }: Props) {
  const { core } = edition.content
  const row = (key: string, value: unknown) =>
    value ? (
      <div class={key === 'title' ? 'whole' : undefined}>
        <dt>{t(lang, `gov.head.${key}`)}</dt>
        <dd>{value as string}</dd>
      </div>
    ) : null
  return (
    <section aria-label={t(lang, 'gov.head')}>
      <dl class="document-head">
        {row('index', core.indexNumber)}
        {row('topics', edition.topics.map((topic) => named(topic.name, lang)).join(lang === 'zh' ? '、' : ', '))}
        {row('agency', named(edition.agency.name, lang))}
        {row('formed', core.formedOn ? <time datetime={core.formedOn}>{core.formedOn}</time> : null)}
        {row('title', title)}
        {row('document', core.documentNumber ? <span lang="zh-CN">{core.documentNumber}</span> : null)}
        {row('published', wallMinute(edition.firstPublishedAt, site.offset))}
        {row('validity', <ValidityMark validity={validity} lang={lang} />)}
      </dl>
    </section>
  )
}

/** The word and its day: 废止（2026-11-24）. */
export function ValidityMark({ validity, lang }: { validity: Validity; lang: Lang }) {
  const word = t(lang, `gov.validity.${validity.state}`)
  return (
    <span data-validity={validity.state}>
      {validity.since ? t(lang, 'gov.validity.dated', { word, day: validity.since }) : word}
    </span>
  )
}

/** The text stays online (R-069d); what has become of it stands above it, with the way to what stands in its place. */
export function ValidityBanner({ site, lang, validity }: Pick<Props, 'site' | 'lang' | 'validity'>) {
  if (validity.state === 'valid') return null
  const by = validity.by ? titleFor(site, validity.by, lang) : null
  return (
    <div class="notice warn" role="note">
      <p>
        <strong>{t(lang, `gov.banner.${validity.state}`, { day: validity.since ?? '' })}</strong>
      </p>
      {by ? (
        <p>
          {t(lang, `gov.banner.by.${validity.state}`)}{' '}
          <a href={by.href} lang={by.tag}>
            {by.text}
          </a>
        </p>
      ) : null}
      <p class="quiet">
        {t(lang, 'gov.banner.kept')} <a href={pathTo(site, lang, '/kinds/policy/')}>{t(lang, 'gov.banner.others')}</a>
      </p>
    </div>
  )
}
