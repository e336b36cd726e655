/** CSS of running the office: its index, the week of the roster, lists with a form each, the plain map. */
export const officeDeskCss = `
.d-back{margin:0 0 .25rem}
.d-back a{display:inline-block;min-height:1.75rem}
.d-lead{max-width:48rem}
.d-links-line{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:.5rem 0}
.d-links-line a{display:inline-block;min-height:1.75rem;padding:.125rem 0}
.d-links-line a[aria-current]{font-weight:700;color:var(--ink);text-decoration:none}
.d-index ul{list-style:none;margin:0 0 1.5rem;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:0 1.75rem}
.d-index li{border-bottom:1px solid var(--line);border-left:4px solid var(--line);padding:.5rem 0 .5rem .75rem}
.d-index li.missing{border-left-color:var(--seal-ink)}
.d-index li.note{border-left-color:var(--warn)}
.d-index li p{margin:0;display:flex;flex-wrap:wrap;gap:.125rem .75rem;justify-content:space-between;align-items:baseline}
.d-index li p.small{display:block;color:var(--ink-2)}
.d-index li a{font-weight:700;min-height:1.5rem;display:inline-block}
.d-index .chip.late{border-color:var(--seal-ink);color:var(--seal-ink);font-weight:700}
.d-set{list-style:none;margin:0 0 1.5rem;padding:0}
.d-set>li{border-bottom:1px solid var(--line);padding:.75rem 0;display:grid;grid-template-columns:minmax(0,1fr) minmax(0,26rem);gap:.25rem 1.5rem;align-items:start}
.d-set>li>div:only-child{grid-column:1/-1}
.d-set p{margin:.125rem 0 0}
.d-set>li:has(details[open]){grid-template-columns:minmax(0,1fr)}
.d-set summary{padding:0}
.d-across{display:flex;flex-wrap:wrap;gap:0 1.25rem;margin-bottom:.75rem}
.d-across .chip{margin-left:.25rem}
.d-week-nav{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;border-top:2px solid var(--ink);padding-top:.625rem;margin-top:1.5rem}
.d-week-nav h2{margin:0;font-variant-numeric:tabular-nums}
.d-week-nav+section{margin-top:1rem}
.d-week-nav~section>h3{margin-bottom:.375rem}
.d-week-nav a{min-height:1.75rem;display:inline-block}
.d-week{list-style:none;margin:0 0 1.25rem;padding:0;display:grid;grid-template-columns:repeat(7,minmax(0,1fr));border-top:1px solid var(--line)}
.d-week>li{border-right:1px solid var(--line);border-bottom:1px solid var(--line);padding:.375rem .5rem .5rem;min-width:0}
.d-week>li:last-child{border-right:0}
.d-week>li.today{background:var(--wash)}
.d-week .day{margin:0 0 .25rem;font-weight:700;font-size:.9375rem}
.d-week .day time{font-weight:400;color:var(--ink-2);font-variant-numeric:tabular-nums}
.d-week ul{list-style:none;margin:0;padding:0;font-size:.9375rem}
.d-week ul li{padding:.25rem 0;overflow-wrap:anywhere}
.d-week .hours{display:block;color:var(--ink-2);font-size:.875rem;font-variant-numeric:tabular-nums}
.d-week .backup{border-left:2px solid var(--line);padding-left:.5rem}
.d-week .gap{border-left:3px solid var(--seal-ink);padding-left:.5rem;color:var(--seal-ink);font-weight:700}
.d-week form{display:inline}
.d-week button.link{min-height:1.5rem;padding:0 .25rem}
.d-now-list>li{grid-template-columns:10rem minmax(0,14rem) minmax(8rem,12rem) minmax(0,1fr)}
.d-line-form{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:center;border-top:1px solid var(--line);padding:.5rem 0}
.d-line-form p{margin:0;flex:1 1 20rem}
.d-plan{list-style:none;margin:.25rem 0;padding:0;overflow-wrap:anywhere}
.d-plan[tabindex]{max-height:20rem;overflow:auto}
.d-plan li{padding:.125rem 0}
.d-plan ins{text-decoration:none;color:var(--ok);font-weight:700}
.d-plan del{color:var(--ink-2)}
.d-places{min-width:34rem}
.d-places code{white-space:nowrap}
.d-steps{margin:0;padding:0;list-style:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:0 1.25rem;clear:both}
.d-steps>li{border-top:1px solid var(--line);padding-top:.5rem}
.d-steps .choices{columns:auto}
.d-place-fold{border-top:1px solid var(--line);padding:.125rem 0;margin-bottom:.375rem}
.d-place-fold summary .own,.d-place-fold summary .late{margin-left:.5rem;font-weight:400}
.d-place-fold summary .late{font-weight:700}
.d-flash .d-place-fold .field{display:block}
.d-pair>.d-place-fold{border:0;margin:0}
.d-pair>.d-place-fold[open]{grid-column:1/-1}
.places .tree{max-height:24rem;overflow:auto}
.d-shapes{border-top:1px solid var(--line);padding:.25rem 0 .5rem}
.d-map{display:block;width:100%;max-width:44rem;height:auto;background:var(--card);border:1px solid var(--line);margin:.5rem 0}
.d-map.drawing{touch-action:none;cursor:crosshair}
.d-map .knob{-webkit-user-select:none;user-select:none}
.d-map .grid{stroke:var(--line);stroke-width:1}
.d-map .grid-word{fill:var(--ink-3);font:11px var(--sans)}
.d-map .shape{fill:var(--sky);fill-opacity:.16;stroke:var(--sky);stroke-width:2}
.d-map .shape.open{fill:none;stroke-dasharray:6 4}
.d-map .scale{fill:none;stroke:var(--ink);stroke-width:2}
.d-map .knob{cursor:move;outline:0}
.d-map .knob .reach{fill:transparent}
.d-map .knob .dot{fill:var(--card);stroke:var(--sky);stroke-width:3}
.d-map .knob:focus .dot{fill:var(--seal);stroke:var(--ink)}
.d-map-tools{align-items:center}
.d-map-tools label{display:inline-flex;gap:.375rem;align-items:center;font-size:.9375rem}
.d-map-tools input{width:6rem;min-height:2.25rem}
@media (max-width:60rem){
.d-set>li{grid-template-columns:minmax(0,1fr)}
.d-week{grid-template-columns:minmax(0,1fr)}
.d-week>li{border-right:0;display:grid;grid-template-columns:6rem minmax(0,1fr);gap:0 .75rem}
.d-now-list>li{grid-template-columns:minmax(0,1fr) auto}
}
`
