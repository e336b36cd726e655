/** Every feed of a list as OPML 2.0, so that a reader or a newsroom takes them all at once. */
import type { Directory, SiteFile } from '../../src/delivery/channel.ts'
import { el, type Xml, xmlDocument } from '../../src/lib/xml.ts'
import { named, pathTo, rootOf, type Site, siteName } from '../../templates/page/site.ts'
import { type Lang, t } from '../../templates/words/index.ts'

type List = { name: string; key: string; page: string }

const encoded = (key: string): string => key.split('/').map(encodeURIComponent).join('/')

/** One feed. `type` is rss for every format a reader subscribes to (OPML 2.0, Subscription lists). */
const feed = (site: Site, lang: Lang, { name, key, page }: List): Xml =>
  el('outline', {
    text: name,
    title: name,
    type: 'rss',
    version: 'RSS2',
    xmlUrl: `${site.publicUrl}${rootOf(site.mode)}/feeds/${encoded(key)}.rss`,
    htmlUrl: site.publicUrl + pathTo(site, lang, page),
    language: lang === 'en' ? 'en' : 'zh-CN',
  })

/** Lists nothing was published in have no feed yet and are left out. */
export function opmlFile(site: Site, lang: Lang, directory: Directory): SiteFile {
  const called = (x: { name: { zh: string; en: string } }) => named(x.name, lang)
  const groups: [word: string, lists: List[]][] = [
    [
      'public.feeds.topics',
      directory.topics
        .filter(hasAny)
        .map((x) => ({ name: called(x), key: `topic/${x.slug}`, page: `/topics/${x.slug}/` })),
    ],
    [
      'public.feeds.areas',
      directory.areas
        .filter(hasAny)
        .map((x) => ({ name: called(x), key: `area/${x.code}`, page: `/areas/${x.code}/` })),
    ],
    [
      'public.feeds.agencies',
      directory.agencies
        .filter(hasAny)
        .map((x) => ({ name: called(x), key: `agency/${x.slug}`, page: `/agencies/${x.slug}/` })),
    ],
    [
      'finding.kinds',
      (directory.kinds ?? [])
        .filter(hasAny)
        .map(({ kind }) => ({ name: t(lang, `public.kind.${kind}`), key: `kind/${kind}`, page: `/kinds/${kind}/` })),
    ],
  ]
  const title = `${siteName(site, lang)} · ${t(lang, 'public.feeds')}`
  const body = [
    feed(site, lang, { name: t(lang, 'public.all'), key: 'all', page: '/all/' }),
    ...groups
      .filter(([, lists]) => lists.length > 0)
      .map(([word, lists]) =>
        el(
          'outline',
          { text: t(lang, word) },
          lists.map((list) => feed(site, lang, list)),
        ),
      ),
  ]
  const head = el('head', {}, el('title', {}, title), el('docs', {}, 'https://opml.org/spec2.opml'))
  return {
    path: `${pathTo(site, lang, '')}/feeds.opml`,
    type: 'text/x-opml; charset=utf-8',
    body: xmlDocument(el('opml', { version: '2.0' }, head, el('body', {}, body))),
    headers: {
      'access-control-allow-origin': '*',
      ...(site.mode === 'live' ? {} : { 'x-robots-tag': 'noindex, nofollow' }),
    },
  }
}

const hasAny = ({ releases }: { releases: number }): boolean => releases > 0
