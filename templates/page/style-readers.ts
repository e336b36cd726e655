/** Style of subscribing: ways, the tree of areas, what is chosen in words, findings beside their fields. */
export const readersCss = `
.ways{background:var(--card);border:1px solid var(--line);border-radius:3px;padding:1rem 1.25rem}
.ways legend{float:left;width:100%;font:700 1.125rem/1.4 var(--serif);margin-bottom:.75rem}
.ways legend+*{clear:both}
.ways>label{display:block;margin-bottom:.25rem}
.ways>input{width:100%}
.ways [data-way]{border-top:1px solid var(--line);margin-top:1rem;padding-top:.75rem}
.ways .choice{font-weight:700}
.ways [data-uses]{margin:.75rem 0 0}
.ways [data-uses] legend{font:700 1rem/1.5 var(--sans);margin-bottom:.25rem}
.ways [data-uses] .choice{font-weight:400;clear:both}
.ways [data-way][hidden],.ways [data-uses][hidden]{display:none}
.tree,.tree ul,.found{list-style:none;padding:0;margin:0}
.tree ul{border-left:2px solid var(--line);padding-left:.875rem;margin:0 0 .5rem .5625rem;columns:11rem auto;column-gap:1.25rem}
.tree ul:has(details){columns:auto}
.tree li{break-inside:avoid}
.tree .choice{padding:.125rem 0}
.tree summary,.ways summary{cursor:pointer;color:var(--sky);min-height:1.75rem;padding:.125rem 0;margin-left:1.85rem;font-size:.9375rem}
.tree li:has(>label>input:checked)>details>ul{opacity:1;border-left-color:var(--sky)}
.places [data-find]:not(:empty){margin:.5rem 0 .75rem}
.places [data-find]>label,.place-names>label{display:block;margin-bottom:.25rem}
.places [data-find]>input,.place-names textarea{width:100%}
.place-names textarea{min-height:5rem}
.found .over{color:var(--ink-2);font-size:.875rem;margin-left:.5rem}
.picked:not(:empty){border-left:2px solid var(--sky);padding-left:.875rem;margin:.5rem 0}
.picked p{margin:0}
.in-words:empty{display:none}
.in-words{border-left:4px solid var(--sky);background:var(--wash);padding:.75rem 1rem;margin:0 0 1.25rem}
.way-said:empty{display:none}
.way-said{border-left:4px solid var(--seal-ink);background:var(--wash);padding:.75rem 1rem}
.field-issue{color:var(--seal-ink);font-weight:700;margin:.25rem 0 .5rem}
#push{border-top:1px solid var(--line);margin-top:1.75rem;padding-top:1rem}
#push:not(:has([data-state])){display:none}
#push button{margin-right:.5rem}
#push[data-quiet]{display:none}
#issues a{color:inherit}
`
