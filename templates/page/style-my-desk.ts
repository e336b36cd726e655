/** CSS of search, calendar and keys at the desk, and of the two rows of its head. */

export const myDeskCss = `
.d-top .d-wrap{flex-wrap:wrap;padding-top:.5rem}
.d-top .d-wrap>.d-nav{order:5;flex-basis:100%;margin:0 0 0 -.125rem}
.d-top .d-nav a{padding:.25rem 0 .5rem}
.d-search{display:flex;gap:.5rem;align-items:center;margin:0}
.d-search-place{display:block}
.d-top .brand{margin-right:auto}
.d-top .d-search-place{flex:0 1 20rem}
.d-top .d-search{width:100%}
.d-search input{flex:1 1 auto;width:auto;max-width:none;min-width:0;min-height:2.25rem;padding:.25rem .625rem}
.d-top .d-search button{min-height:2.25rem;padding:.25rem .75rem;font-size:.9375rem;flex:none}
.d-search.whole{flex-wrap:wrap;max-width:44rem;margin-bottom:1.25rem}
.d-search.whole label{flex-basis:100%}
.d-search.whole input{flex:1 1 12rem;min-height:2.75rem}
.d-rows .d-excerpt{color:var(--ink);display:block}
.d-day{display:grid;grid-template-columns:13rem minmax(0,1fr);gap:0 1.5rem;border-top:1px solid var(--line);padding:.5rem 0 0}
.d-day h2{align-self:start;align-content:start;font:700 1rem/1.5 var(--sans);margin:.625rem 0;display:flex;flex-wrap:wrap;gap:.125rem .5rem;align-items:baseline}
.d-day.bare h2{font-weight:400;color:var(--ink-2);margin:0}
.d-day.bare{padding:.375rem 0}
.d-day.weekend,.d-day.holiday{background:var(--wash);box-shadow:-.75rem 0 0 var(--wash),.75rem 0 0 var(--wash)}
.d-day.holiday h2,.d-day.weekend h2{color:var(--ink-2)}
.d-day .d-rows{margin:0}
.d-day .d-rows>li:last-child{border-bottom:0}
.d-day.late-day{border-top:2px solid var(--seal-ink)}
.d-keys{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:0 2rem}
.d-keys h2{font:700 1rem/1.5 var(--sans);border-top:2px solid var(--ink);padding-top:.5rem;margin:0 0 .25rem}
.d-keys dl{margin:0 0 1.25rem}
.d-keys dl>div{display:grid;grid-template-columns:9rem minmax(0,1fr);border-bottom:1px solid var(--line);padding:.25rem 0}
.d-keys dd{margin:0}
.d-keys>.hint{grid-column:1/-1}
kbd{font:600 .875rem/1.4 ui-monospace,Consolas,monospace;border:1px solid var(--edge);border-radius:3px;padding:0 .375rem;background:var(--card)}
.d-dialog{border:1px solid var(--edge);border-radius:5px;background:var(--paper);color:var(--ink);width:min(62rem,calc(100vw - 2rem));max-height:calc(100vh - 2rem);overflow:auto;padding:1.25rem 1.5rem}
.d-dialog::backdrop{background:rgb(0 0 0/.5)}
.d-dialog a{align-self:center}
.d-mine{grid-template-areas:"tasks side" "recent side";grid-template-rows:auto 1fr}
.d-mine>#tasks{grid-area:tasks}
.d-mine>.d-side{grid-area:side}
.d-mine>#recent{grid-area:recent}
.d-going div+div{margin-top:.5rem}
.d-large{font-size:1.0625rem;padding:.625rem 1.5rem}
@media (max-width:60rem){
.d-mine{grid-template-areas:"tasks" "side" "recent"}
.d-mine>.d-side{margin-top:1.5rem}
.d-top .d-search-place{display:none}
.d-foot .d-search{margin-bottom:.75rem}
}
@media (min-width:60.01rem){.d-foot .d-search-place{display:none}}
@media (min-width:38.01rem){.d-band-menu{display:none}}
.d-found-n{flex-basis:100%;margin:0;font-size:.875rem;line-height:1.4}
.d-who-signs{display:flex;flex-wrap:wrap;gap:0 1rem;align-items:center}
.d-who-signs details{flex:1 1 auto}
.d-who-signs details[open]{flex-basis:100%;order:3}
.d-call{font-weight:700;padding:.25rem 0}
@media (max-width:38rem){
.plain .d-top{display:none}
.plain .d-band-menu{color:inherit;padding:.125rem 0}
.plain main.d-wrap{padding-top:.25rem}
.d-flash .field{margin-bottom:.25rem;grid-template-columns:4.25rem minmax(0,1fr)}
:lang(en) .d-flash .field{grid-template-columns:5.5rem minmax(0,1fr)}
.d-flash .d-pair .field{grid-template-columns:minmax(0,1fr)!important}
.plain .d-band{line-height:1.4}
.plain.mode-exercise,.plain.mode-test{border-block-width:6px}
.plain.mode-exercise .d-band,.plain.mode-test .d-band{padding-block:0;line-height:1.3}
.d-flash textarea{min-height:2.75rem;height:2.75rem;line-height:1.25;padding:.125rem .5rem}
.d-flash input,.d-flash select{min-height:2.25rem;padding:.125rem .375rem}
.d-flash .d-pair{grid-template-columns:11rem minmax(0,1fr)}
.d-flash .d-pair.ends{grid-template-columns:minmax(0,1fr) 11rem}
.d-flash .d-send{padding:.25rem 0;gap:.25rem .5rem;margin:0}
.d-flash .d-send button{min-height:2.5rem;padding:.25rem 1rem}
.d-flash .d-call{font-size:.9375rem;padding:.125rem 0}
.d-flash .d-who-signs summary{font-size:.9375rem;min-height:1.5rem}
.d-day{grid-template-columns:minmax(0,1fr)}
.d-day .d-rows>li{grid-template-columns:4rem minmax(0,1fr)}
.d-day .d-rows>li>time{grid-column:auto}
.d-day .d-rows>li>span:last-child{display:none}
}
`
