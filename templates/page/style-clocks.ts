/** CSS of the monitoring board and of an incident's page at the desk. Standing is told by word and shape, never by a warning's colour. */
export const clocksDeskCss = `
.d-clock-head{display:flex;flex-wrap:wrap;gap:.25rem 2rem;align-items:baseline;justify-content:space-between}
.d-clock-head p{margin:0}
.d-clock-counts{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;list-style:none;margin:0;padding:0}
.standing{white-space:nowrap;font-weight:700}
.standing.on-time,.standing.met,.standing.ended{font-weight:400}
.standing>span{display:inline-block;width:1.125rem;text-align:center}
.d-clocks{list-style:none;margin:.5rem 0 1.5rem;padding:0;border-top:2px solid var(--ink)}
.d-clocks>li{display:grid;grid-template-columns:6.5rem minmax(0,1.2fr) minmax(0,1.2fr) 10rem minmax(0,1.3fr);gap:.25rem 1.25rem;padding:.625rem 0;border-bottom:1px solid var(--line)}
.d-clocks>li>.standing{white-space:normal;overflow-wrap:anywhere}
.d-clocks p{margin:0}
.d-clocks .what{font-weight:700}
.d-clocks .rule{overflow-wrap:anywhere}
.d-clocks details{grid-column:2/-1}
.d-clocks details .field{margin-bottom:.75rem}
.d-clocks summary{min-height:1.75rem}
.d-clocks .when{font-variant-numeric:tabular-nums}
.d-facts{min-width:36rem}
.d-clock section p{margin:0 0 .25rem}
.d-clock section h3,.d-new-fact h3{margin:1rem 0 .25rem}
.d-facts td,.d-facts th{vertical-align:top;text-align:left}
.d-facts .old{color:var(--ink-2)}
.d-events{list-style:none;margin:0 0 1rem;padding:0}
.d-events li{display:flex;flex-wrap:wrap;gap:0 .75rem;padding:.25rem 0;border-bottom:1px solid var(--line)}
@media (max-width:60rem){
.d-clocks>li{grid-template-columns:minmax(0,1fr) auto}
.d-clocks>li>*{grid-column:1/-1}
.d-clocks>li>.standing{grid-column:1}
.d-clocks>li>.when{grid-column:2;grid-row:1;text-align:right}
}
@media (max-width:30rem){
.d-clocks>li>.when .small{display:block}
}
`
