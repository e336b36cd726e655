/** What a person sees when a page cannot be given: what happened, and a way on. */
import { raw } from 'hono/html'
import { t } from '../../templates/words/index.ts'
import type { Problem } from './errors.ts'

/** A whole page; loads only the desk's own style sheet. */
export function errorPage(problem: Problem, lang: 'zh' | 'en') {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={lang === 'zh' ? 'zh-CN' : 'en'}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <title>{problem.title}</title>
          <link rel="stylesheet" href="/assets/desk.css" />
        </head>
        <body class="error-page">
          <main>
            <h1>{problem.title}</h1>
            <p>{problem.detail}</p>
            {problem.issues && (
              <ul>
                {problem.issues.map((i) => (
                  <li>
                    {i.rule} {i.remedy}
                  </li>
                ))}
              </ul>
            )}
            <p>
              <a href="/desk/">{t(lang, 'problem.back')}</a>
            </p>
            <p>
              <small>
                {problem.status} · {problem.code} · {problem.requestId}
              </small>
            </p>
          </main>
        </body>
      </html>
    </>
  )
}
