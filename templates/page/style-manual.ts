/** CSS of the manual outlet: the kit, lists of people to ring, the page a contact signs on. */
export const manualDeskCss = `
.d-by-hand{margin:.5rem 0 1rem}
.d-kit h3{margin-top:.75rem}
.d-kit-text{margin-bottom:1.5rem}
.d-kit-text h3{margin-bottom:.25rem}
.d-kit-text>section{background:var(--card);border:1px solid var(--line);padding:.75rem 1rem;margin:.25rem 0 .5rem;max-height:24rem;overflow:auto}
.d-kit-text pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font:1rem/1.7 var(--sans);background:none;border:0;padding:0;width:auto;min-width:0}
.d-kit-text .mongolian pre{font-family:inherit;font-size:1.125rem}
.d-ticks{list-style:none;margin:0;padding:0}
.d-ticks>li{border-left:4px solid var(--line);padding:.5rem 0 .5rem .75rem;margin-bottom:.5rem}
.d-ticks>li.carried{border-left-color:var(--ok)}
.d-ticks>li.wrong{border-left-color:var(--seal-ink)}
.d-ticks>li.wrong .chip{border-color:var(--seal-ink);color:var(--seal-ink);font-weight:700}
.d-ticks p{margin:0}
.d-ticks .record{display:flex;flex-wrap:wrap;gap:0 .5rem;align-items:baseline;padding:.125rem 0}
.d-ticks form{display:inline}
.d-ticks details form{display:block}
.d-ticks button.link{min-height:1.5rem}
.d-ticks .field{margin-bottom:.75rem}
.d-roll{list-style:none;margin:0 0 1.5rem;padding:0}
.d-roll>li{display:grid;grid-template-columns:10rem minmax(0,18rem) minmax(10rem,1fr) 9rem 9.5rem;gap:.25rem 1rem;align-items:center;padding:.5rem 0;border-bottom:1px solid var(--line)}
.d-roll .place{color:var(--ink-2)}
.d-roll .call{font-weight:700;min-height:2rem;display:inline-flex;align-items:center;font-variant-numeric:tabular-nums}
.d-roll>li>.button{justify-self:start}
.d-roll details{grid-column:1/-1}
.d-roll code{overflow-wrap:anywhere}
.d-columns .d-roll>li{grid-template-columns:8rem minmax(0,1fr) 9rem auto}
.d-columns .d-roll>li>.small{grid-column:2/4}
.d-columns .d-roll>li>.small:empty{display:none}
@media (max-width:60rem){
.d-roll>li,.d-columns .d-roll>li{grid-template-columns:minmax(0,1fr) auto}
.d-roll>li>.place,.d-columns .d-roll>li>.small{grid-column:1/-1}
}
`
export const manualPublicCss = `
.acknowledge{border-top:2px solid var(--ink);padding-top:1rem;margin-top:1.5rem}
.acknowledge button{width:100%;min-height:3.25rem;font-size:1.125rem}
.acknowledge-text h1{font-size:1.5rem}
.acknowledge-text .tongues{display:none}
`
