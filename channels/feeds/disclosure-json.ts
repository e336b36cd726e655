/** The catalogue as JSON; its schema stands beside it at /catalogue/schema.json. */
import { cleanText } from '../../src/lib/xml.ts'
import type { Disclosure, Item } from './disclosure.ts'

export const VALIDITY_ZH = { valid: '有效', amended: '已修改', repealed: '废止', expired: '失效' } as const

export const disclosureJson = (d: Disclosure): string =>
  `${JSON.stringify({
    $schema: d.address('json', 'current').replace('index.json', 'schema.json'),
    title: cleanText(d.title),
    publisher: cleanText(d.publisher),
    updated: d.updated,
    self: d.address('json'),
    home: d.home,
    ...(d.page === 'current' ? {} : { archive: d.page, current: d.address('json', 'current') }),
    ...(d.previous ? { previous: d.address('json', d.previous) } : {}),
    ...(d.next ? { next: d.address('json', d.next) } : {}),
    items: d.items.map(itemJson),
  })}\n`

/** 公开属性: whatever stands on the site has been agreed to be 主动公开. */
function itemJson({ shown, ...bare }: Item) {
  if (!shown) return bare
  const { index, document, formed, published, validity, ...said } = shown
  return {
    ...bare,
    indexNumber: index ?? null,
    documentNumber: document ?? null,
    formedOn: formed,
    publishedAt: published,
    disclosure: '主动公开',
    validity: validity ? { ...validity, name: VALIDITY_ZH[validity.state] } : null,
    ...said,
    title: cleanText(said.title),
    summary: cleanText(said.summary),
  }
}
