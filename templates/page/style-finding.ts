/** CSS of finding things: the search box, results, archive, checking, the calendar. */

export const findingCss = `
.find{display:flex;gap:0;max-width:none;margin:0}
.find input[type=search]{min-height:2.25rem;padding:.25rem .625rem;border-right:0;border-radius:4px 0 0 4px;width:11rem;min-width:0}
.find button{min-height:2.25rem;padding:.125rem .75rem;border-radius:0 4px 4px 0;font-weight:400;white-space:nowrap}
.find input:focus-visible{position:relative;z-index:1}
.top .find input[type=search]{width:8.5rem}
.top .find input[type=search]:focus{width:11rem}
.to-find{display:none;padding:.5rem .25rem;color:var(--ink);text-decoration:none;white-space:nowrap;margin-left:auto}
.foot .find{display:none;margin:.25rem 0 .75rem}
.foot .find input[type=search]{flex:1}
form.search{max-width:44rem;margin-bottom:1.75rem}
.search .field{margin-bottom:.75rem}
.search-line{display:flex;gap:.5rem}
.search-line input{flex:1;min-width:0}
.search summary{min-height:2rem;padding:.25rem 0;cursor:pointer;color:var(--sky)}
.search-filters{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 1.25rem;padding-top:.5rem}
.search-order{display:flex;flex-wrap:wrap;gap:0 1.5rem;margin:.25rem 0 0}
mark{background:var(--mark);color:var(--ink);border-radius:2px;padding:0 .0625em;box-decoration-break:clone;-webkit-box-decoration-break:clone}
.row.hit{grid-template-columns:6.5rem minmax(0,1fr)}
.row.hit p{-webkit-line-clamp:3}
.empty ul{margin:.75rem 0 0;padding-left:1.25rem}
.empty h2{font-size:1.25rem}
.counts{list-style:none;padding:0}
.counts li{padding:.375rem 0;border-bottom:1px solid var(--line)}
.counts a{display:inline-block;min-height:1.5rem}
.count{color:var(--ink-2);font-size:.875rem;font-variant-numeric:tabular-nums;font-weight:400;font-family:var(--sans);white-space:nowrap}
.tree .tree{margin:.375rem 0 -.375rem;padding-left:1.5rem}
.tree .tree li:last-child{border-bottom:0}
.counts.months{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:0 1.5rem}
.index-nav{margin-top:2rem;border-top:2px solid var(--ink);padding-top:.625rem}
.index-nav h2{margin:0 0 .25rem;font-size:1.0625rem}
.index-nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0;padding:0}
.index-nav a{display:inline-block;min-height:1.5rem}
.verdict{border:1px solid var(--line);border-left:8px solid var(--edge);background:var(--card);padding:1rem 1.25rem;margin:0 0 1.75rem}
.verdict.good{border-left-color:var(--ok)}.verdict.old{border-left-color:var(--warn)}.verdict.bad{border-left-color:var(--seal-ink)}
.verdict h2{margin:0 0 .5rem;font-size:1.375rem}
.verdict.good h2{color:var(--ok)}.verdict.old h2{color:var(--warn)}.verdict.bad h2{color:var(--seal-ink)}
.verdict>:last-child{margin-bottom:0}
.verdict ol.plain{list-style:none;margin:0;padding:0}
.difference dd{overflow-wrap:anywhere}
.prose form+form{border-top:1px solid var(--line);margin-top:1.75rem}
.offline{border-top:2px solid var(--ink);margin-top:2.25rem;padding-top:.25rem}
.offline ol{padding-left:1.5rem}
.row.meeting{grid-template-columns:9.5rem minmax(0,1fr)}
.row.meeting time{white-space:normal}
.row.meeting time span,.row.meeting time b{display:block}
.row.meeting time b{color:var(--ink)}
.row h4{font:700 1.125rem/1.35 var(--serif);margin:0}
.row h4 a{color:inherit;text-decoration:none;display:inline-block;min-height:1.5rem}
.row h4 a:hover{text-decoration:underline}
.row.off h4 a,.row.off b{text-decoration:line-through;color:var(--ink-2)}
.meeting .by:first-child{padding-left:0}
.past{margin-top:2rem}
.conference .facts{margin-bottom:.375rem}
.guide nav ul{columns:2;column-gap:1.5rem;list-style:none;padding:0;margin-bottom:1.5rem}
.guide nav li{break-inside:avoid}
.guide nav a{display:inline-block;min-height:1.75rem}
.guide dl.facts{margin-bottom:.5rem}
.guide blockquote{margin:0 0 1rem;padding:.5rem 1rem;border-left:3px solid var(--line);background:var(--card)}
.guide blockquote p{margin:0}
pre{margin:0;padding:.75rem 1rem;background:var(--wash);font-size:.875rem;line-height:1.5;width:max-content;min-width:100%}
@media (max-width:70rem){.top search{display:none}.to-find{display:inline-block}.foot .find{display:flex}}
@media (min-width:56.01rem){.to-find{margin-left:0;order:1}:root:lang(en) .top nav ul{gap:0 1rem}:root:lang(en) .top nav a{font-size:.9375rem}:root:lang(en) .top .find input[type=search]{width:5rem}}
@media (max-width:56rem){.to-find+.to-menu{margin-left:0}}
@media (max-width:32rem){
.search-filters{grid-template-columns:minmax(0,1fr)}
.row.hit{grid-template-columns:minmax(0,1fr)}
.row.meeting{grid-template-columns:6.25rem minmax(0,1fr)}
}
@media print{.find,.to-find,.index-nav,form.search{display:none!important}}
`
