/** Links of the bodies as they stand in the form, looked at when somebody asks. */
import type { Ctx } from '../../context.ts'
import { checkLinks } from '../../desk/check-links.ts'
import { LANGUAGES } from '../../desk/content.ts'
import { type Issue, issue } from '../../lib/errors.ts'
import { bodyFrom, type Fields, first, offeredIn } from '../views/fields.ts'

/** What is wrong with them; one line saying that all is well where nothing is. */
export async function linkIssues(ctx: Ctx, fields: Fields, outside = true): Promise<Issue[]> {
  const found: Issue[] = []
  for (const language of LANGUAGES) {
    const field = `parts.${language}.body`
    const typed = first(fields, field)
    if (typed) found.push(...(await checkLinks(ctx, field, bodyFrom(typed, offeredIn(fields)), outside)))
  }
  const nothing = outside && found.length === 0
  return nothing ? [issue('parts.zh-CN.body', 'links-fine', {}, 'hint')] : found
}
