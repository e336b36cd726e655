/** 查找: over everything this person may see. */
import { t } from '../../../templates/words/index.ts'
import { LONGEST_QUERY, searchInside } from '../../publication/search-inside.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { SearchDeskPage } from '../views/search-desk.tsx'
import { frameOf, page, screen } from './desk-frame.ts'

export function mountSearchDesk(app: App): void {
  screen(app, { method: 'get', path: '/desk/search', act: 'release.list' }, show)
}

async function show(c: Req): Promise<Response> {
  const { ctx, lang } = c.var
  const q = (c.req.query('q') ?? '').trim()
  const tooLong = [...q].length > LONGEST_QUERY
  const found = tooLong ? { hits: [], incidents: [], more: false } : await searchInside(ctx, actorIn(c), q, lang)
  const props = { q, found, ...(tooLong ? { refused: t(lang, 'desk.search.long', { max: LONGEST_QUERY }) } : {}) }
  return page(c, <SearchDeskPage f={await frameOf(c)} {...props} />, tooLong ? 422 : 200)
}
