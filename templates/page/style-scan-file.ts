/** CSS of what is said of attached files: their scan beside them, their findings, the form that masks. */
export const scanFileCss = `
.d-scanned{margin:.125rem 0 .5rem}
.d-contact .d-scanned{grid-column:1/-1;margin:0 0 .75rem;overflow-wrap:anywhere}
.d-looked ul{list-style:none;margin:0;padding:0}
.d-looked li{border-top:1px solid var(--line);padding:.375rem 0;overflow-wrap:anywhere}
.d-hits li.d-listed{border-left-color:var(--line)}
.d-hits q{overflow-wrap:anywhere}
.d-mask{margin-top:.5rem}
.d-mask .choices{columns:auto}
.d-hits h2{margin-bottom:.375rem}
.d-columns-list .chip{margin-left:.5rem}
.d-columns-list .choice{overflow-wrap:anywhere}
`
