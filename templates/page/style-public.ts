/** CSS of the public site alone: frame, home, lists, a release, vertical Mongolian. */

export const publicCss = `
body{min-height:100vh;min-height:100dvh;display:flex;flex-direction:column}
main{flex:1}
.wrap{width:100%;max-width:1112px;margin:0 auto;padding:0 1rem}
.top{background:var(--card);border-bottom:1px solid var(--line)}
.top .wrap{display:flex;align-items:center;gap:.75rem 1.5rem;min-height:4rem}
.brand{display:flex;align-items:center;gap:.75rem;color:var(--ink);text-decoration:none;font:700 1.125rem/1.3 var(--serif);min-height:2.75rem}
.top nav{margin-left:auto}
.top nav ul,.foot nav ul{display:flex;flex-wrap:wrap;gap:0 1.375rem;list-style:none;margin:0;padding:0}
.top nav a,.foot nav a,.to-menu{display:inline-block;padding:.375rem 0;color:var(--ink);text-decoration:none}
.top nav a:hover,.foot nav a:hover{text-decoration:underline}
.top nav a[aria-current]{box-shadow:inset 0 -2px 0 var(--ink)}
.to-menu{display:none;margin-left:auto;padding:.5rem .25rem;white-space:nowrap}
main.wrap{padding-top:1.75rem;padding-bottom:3rem}
.foot{border-top:1px solid var(--line);background:var(--card);font-size:.9375rem;padding:1.5rem 0 2.5rem}
.foot p{margin:.5rem 0 0;color:var(--ink-2)}
.foot .site-facts{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;margin:.75rem 0 0;list-style:none;color:var(--ink-2);font-size:.875rem}
.foot .site-facts a,.small-links a{display:inline-block;min-height:1.5rem}
.large{display:inline-flex;align-items:center;font-weight:400;min-height:1.75rem;margin-top:.5rem}
.large input{margin-top:0}

.columns{display:grid;grid-template-columns:minmax(0,1fr) 18.75rem;gap:0 3rem;align-items:start}
.side section{border-top:2px solid var(--ink);padding-top:.625rem;margin-bottom:1.75rem;font-size:.9375rem}
.side h2{font-size:1.0625rem;margin-bottom:.375rem}
.page-head{margin-bottom:1.75rem}
.page-head p{margin:.5rem 0 0;color:var(--ink-2)}

.hero{display:grid;grid-template-columns:minmax(0,1fr) 19rem;gap:0 2rem;background:var(--card);border:1px solid var(--line);border-left:10px solid var(--edge);padding:1.25rem 1.5rem;margin-bottom:1.25rem}
.hero:not(:has(.advice)){grid-template-columns:minmax(0,1fr)}
.hero.red{border-left-color:#b3261e}.hero.orange{border-left-color:#b34a00}.hero.yellow{border-left-color:#f4c414}.hero.blue{border-left-color:#0f5cab}
.hero h2{font-size:1.625rem;margin:.25rem 0 .375rem}
.hero h2 a,.row h3 a{color:inherit;text-decoration:none}
.hero h2 a:hover,.row h3 a:hover{text-decoration:underline;text-decoration-thickness:1px}
.hero .advice{margin:0}
.hero .summary{color:var(--ink-2);margin-bottom:.75rem}
.hero dl{margin:0}
.day{font-size:1.0625rem;border-bottom:2px solid var(--ink);padding-bottom:.375rem;margin:1.75rem 0 0}
.day:first-child{margin-top:0}
.rows{list-style:none;margin:0 0 1.5rem;padding:0}
.row{display:grid;grid-template-columns:4rem minmax(0,1fr);gap:.125rem .75rem;padding:.875rem 0;border-bottom:1px solid var(--line)}
.row>time{color:var(--ink-2);padding-top:.125rem}
.row h3{font-size:1.125rem}
.row h3 a{display:inline-block;min-height:1.5rem}
.row p{margin:.125rem 0 .375rem;color:var(--ink-2);display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
.row .chips{margin:.25rem 0 0}
.chips .by{font-size:.875rem;color:var(--ink-2);padding:.125rem .25rem}
.pages{display:flex;justify-content:space-between;gap:1rem}
.pages a{display:inline-block;padding:.375rem 0}
.empty{border-top:1px solid var(--line);border-bottom:1px solid var(--line);padding:2rem 0;margin:1rem 0 2rem}
.empty>:last-child{margin:0}

.release>header{margin-bottom:1.25rem}
.release h1{margin:.25rem 0 .5rem}
.nb{white-space:nowrap}
.release .source{color:var(--ink-2);margin:0 0 .5rem;font-size:.9375rem}
.asof{display:flex;flex-wrap:wrap;gap:.125rem 1.5rem;margin:0 0 .75rem}
.asof div{display:flex;gap:.5rem}
.asof dt{color:var(--ink-2)}
.asof dd{margin:0;font-weight:700}
.tongues{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0 0 .75rem;padding:0;list-style:none;font-size:.9375rem}
.tongues a,.tongues span{display:inline-block;min-height:1.5rem}
.tongues [aria-current]{font-weight:700}
.advice{background:var(--warn-wash);border-radius:3px;padding:.875rem 1.125rem;margin:0 0 1.25rem}
.advice h2,.advice h3{font-size:1.125rem;margin-bottom:.375rem}
.advice ul{margin:0;padding-left:1.25rem}
.advice li{padding:.0625rem 0}
.calls{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;list-style:none;margin:.625rem 0 0!important;padding:0!important}
.calls a{font-weight:700;display:inline-block;padding:.125rem 0}
.release .summary{font-size:1.0625rem;color:var(--ink-2);border-left:3px solid var(--line);padding-left:1rem}
.block{margin-bottom:1.25rem}
.block h2{margin-bottom:.25rem}
.block p{margin-bottom:.5rem}
.body{line-height:1.8}
.body h2,.body h3{margin:1.5rem 0 .5rem}
.body table{width:100%}
.body img{max-width:100%;height:auto}
.body figure{margin:1.25rem 0}
.body figure img{display:block;margin:0 auto;max-width:min(100%,40rem);background:#fff}
.body figcaption{margin-top:.375rem;font-size:.9375rem;line-height:1.6;color:var(--ink-2);text-align:center}
.mongolian .body figure img{max-width:none;max-height:100%}
.body blockquote{margin:0 0 1rem;padding-left:1rem;border-left:3px solid var(--line);color:var(--ink-2)}
.official h1{text-align:center;font-size:1.875rem;margin:1.5rem 0 1.25rem;text-wrap:balance}
.official .letterhead{text-align:center;border-bottom:2px solid var(--ink);padding-bottom:.625rem;margin:.75rem 0 0;color:var(--ink-2)}
.official .source,.official .asof,.official .tongues{justify-content:center;text-align:center}
.official:lang(zh) .body>p{text-indent:2em}
.official:lang(zh) .body>h2,.official:lang(zh) .body>h3{padding-left:2em}
.addressees{font-weight:700}
.signature{text-align:right;margin:2rem 0 1.5rem}
.signature span{display:block}
.signature .formed{padding-right:2em}
.files{list-style:none;padding:0}
.files li{padding:.375rem 0;border-bottom:1px solid var(--line)}
.files img{display:block;max-width:100%;max-height:32rem;height:auto;margin:.25rem 0 .5rem;border:1px solid var(--line);border-radius:3px}
.after{border-top:1px solid var(--line);padding-top:1rem;margin-top:1.5rem}
.after h2{margin-bottom:.375rem}
.gone h1{margin-bottom:.75rem}
.gone .notice h2{margin-bottom:.25rem}
form{max-width:38rem}
.feeds{list-style:none;padding:0}
.feeds li{padding:.25rem 0;border-bottom:1px solid var(--line)}
.prose{max-width:44rem}
.prose h2{margin:1.5rem 0 .5rem}
.mongolian-calls .calls{margin:0 0 .75rem!important}
.mongolian{writing-mode:vertical-lr;width:100%;height:min(34rem,78vh);overflow-x:auto;overflow-y:hidden;font-family:var(--mongol);font-size:1.25rem;line-height:1.9;background:var(--card);border:1px solid var(--line);padding:1.25rem 1rem;margin:0 0 1.25rem;text-orientation:mixed}
.mongolian h1{font-family:var(--mongol);font-size:1.625rem;margin:0 .25rem 0 1rem;text-align:left}
.mongolian h2,.mongolian h3{font-family:var(--mongol);margin:0 .25rem 0 .75rem}
.mongolian p,.mongolian ul{margin:0 .75rem 0 0}
.mongolian .advice{margin:0 1rem 0 0;padding:1rem .75rem}
.mongolian .advice ul{padding:1rem 0 0}
.mongolian .summary{border:0;padding:0}
.vertical{writing-mode:vertical-lr;font-family:var(--mongol)}

.mode-exercise,.mode-test{border:10px solid;border-image:repeating-linear-gradient(45deg,#f4c414 0 10px,#1b2420 10px 20px) 10}
.mode-test{border-image:repeating-linear-gradient(45deg,#5b3a8c 0 10px,#fff 10px 20px) 10}

@media (max-width:56rem){
.columns,.hero{grid-template-columns:minmax(0,1fr);gap:1rem}
.top nav{display:none}
.to-menu{display:inline-block}
.top .wrap{min-height:3.25rem}
main.wrap{padding-top:.75rem}
.side{border-top:1px solid var(--line);padding-top:1.25rem;margin-top:1rem}
}
@media (min-width:56.01rem){
.timeline .relay>li{display:grid;grid-template-columns:9.5rem minmax(0,1fr);column-gap:1rem}
.timeline .relay>li>*{grid-column:2}
.timeline .relay time{grid-column:1;grid-row:1;padding-top:.125rem}
.timeline .relay .station{grid-row:1}
}
.timeline{margin-top:1rem}
@media (max-width:32rem){
.chips{gap:.25rem}
.chip,.level{padding:.0625rem .375rem}
h1,.official h1{font-size:1.5rem}
.hero{border-left-width:6px;padding:1rem}
.hero h2{font-size:1.375rem}
.brand{font-size:1rem}
.seal{width:1.875rem;height:1.875rem}
.row{grid-template-columns:3.25rem minmax(0,1fr)}
.band{text-align:left}
.release .asof{display:grid;grid-template-columns:max-content 1fr;gap:0 .75rem}
.release .asof div{display:contents}
}
@media print{
body{display:block}
.top nav,.to-menu,.foot nav,.large,.tongues,.side .no-print{display:none}
.columns{display:block}
.mongolian{height:230mm;overflow:visible;border:0}
main.wrap{padding:.75rem 0 0}
.wrap{max-width:none;padding:0}
.top,.foot{background:none}
}
`
