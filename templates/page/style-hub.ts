/** Style of the pages for programmers, and of the receivers at the desk. */

export const hubCss = `
.code{overflow-x:auto;background:var(--wash);border:1px solid var(--line);padding:.75rem 1rem;font-size:.875rem;line-height:1.5;max-width:100%}
.code code{white-space:pre}
.prose dl.facts code{overflow-wrap:anywhere}
.d-buttons.d-webhook-acts{margin-top:.5rem}
.d-webhook-acts button{min-height:2.5rem;padding:.25rem .875rem}
`
