/** CSS of how readers want to see: more contrast, larger type on a small screen, their own colours. */

/** Two columns of facts have no room beside large type on a phone. */
const LARGE = ':is(:root[data-type=large],:root:has(#large-type:checked))'

export const looksCss = `
@media (prefers-contrast:more){
:root{--ink-2:var(--ink);--ink-3:var(--ink);--line:var(--edge);--edge:var(--ink)}
a{text-decoration-thickness:2px}
.chip,.row,.hero,.side section{border-color:var(--ink)}
}
@media (forced-colors:active){
.button,button,.chip,.advice,.notice,.band,.hero{border:1px solid}
[aria-current]{outline:1px solid;outline-offset:2px}
}
@media (prefers-reduced-motion:reduce){*,*::before,*::after{transition:none!important;animation:none!important;scroll-behavior:auto!important}}
@media (max-width:56rem){.columns>.side{border-top:0;padding-top:0}}
@media (max-width:32rem){
${LARGE} dl.facts{display:block}
${LARGE} dl.facts dd{margin-bottom:.375rem}
${LARGE} time,${LARGE} .nb{white-space:normal}
${LARGE} .row{display:block}
}
`

/** An issue of the gazette: its contents, then each text as it was published. */
export const gazetteCss = `
.gazette-contents li{padding:.25rem 0}
.gazette-item{border-top:2px solid var(--ink);margin:2.5rem auto 0;padding-top:1.5rem;max-width:46rem}
.gazette-item h2:first-child{font-size:1.5rem;text-align:center;text-wrap:balance;margin-bottom:1rem}
@media print{.gazette-item{break-before:page;border:0;max-width:none}}
`
