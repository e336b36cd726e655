/** CSS of the home and incident pages, of what has expired, and of Mongolian titles in lists. */

export const incidentCss = `
.level.over{background:var(--card);color:var(--ink-2);border:1px solid var(--edge);padding:0 .4375rem}
`
