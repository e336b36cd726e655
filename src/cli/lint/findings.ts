/** What the linter finds, and how grave it is. Its words stand in templates/words under `lint.<code>`. */

/** error: the profile or the law of a page is broken · warning: a reader is worse off · hint: worth a look. */
export type Level = 'error' | 'warning' | 'hint'
export type Finding = { path: string; level: Level; code: string; params: Record<string, string | number> }

export const found = (path: string, level: Level, code: string, params: Finding['params'] = {}): Finding => ({
  path,
  level,
  code,
  params,
})
