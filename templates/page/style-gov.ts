/** CSS of the government profile: head of a document, the button for faults, the catalogue. */

export const govCss = `
.document-head{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0;border:1px solid var(--line);border-width:1px 0;background:var(--card);margin:0 0 1.25rem;padding:.375rem 0;font-size:.9375rem}
.document-head>div{display:flex;gap:.75rem;padding:.25rem .75rem;min-width:0}
.document-head .whole{grid-column:1/-1}
.document-head dt{flex:none;width:5.5rem;color:var(--ink-2)}
.document-head:lang(en) dt{width:7.5rem}
.document-head dd{margin:0;min-width:0;overflow-wrap:anywhere}
[data-validity=amended],[data-validity=repealed],[data-validity=expired]{font-weight:700}
.foot .fault{display:inline-block;margin:.5rem 0 0 1.25rem;padding:.1875rem .75rem;border:1px solid var(--line);border-radius:3px;color:var(--ink);text-decoration:none}
.foot .fault:hover{border-color:var(--ink-2);text-decoration:underline}
.catalogue-table{width:100%;border-collapse:collapse;font-size:.9375rem}
.catalogue-table th,.catalogue-table td{border:0;border-bottom:1px solid var(--line);padding:.5rem .75rem .5rem 0;text-align:left;vertical-align:top}
.catalogue-table thead th{border-bottom:2px solid var(--ink);white-space:nowrap;background:none}
.catalogue-table td.nb{white-space:nowrap}
.catalogue-table .number{overflow-wrap:anywhere;color:var(--ink-2)}
.ticket{font-size:1.25rem;font-variant-numeric:tabular-nums;letter-spacing:.03em}
.fault-page{overflow-wrap:anywhere;color:var(--ink-2)}
@media (max-width:48rem){
.document-head{grid-template-columns:minmax(0,1fr)}
.foot .fault{margin-left:0;display:block;width:max-content}
.catalogue-table thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.catalogue-table tr{display:block;border-bottom:1px solid var(--line);padding:.625rem 0}
.catalogue-table td,.catalogue-table th{display:block;border:0;padding:0}
.catalogue-table td[data-name]::before{content:attr(data-name) ' ';color:var(--ink-2)}
}
@media print{.foot .fault{display:none}.document-head{background:none}}
`
