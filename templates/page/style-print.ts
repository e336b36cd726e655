/** CSS of paper: the official form by GB/T 9704-2012, the plain form of everything else, and the marks no sheet may lack. */

/** 方正小标宋 and 仿宋 stand on office machines; elsewhere the Noto faces take their place and lines still break at 28 characters. */
const FACES = `
--fangsong:"FangSong","FangSong_GB2312","STFangsong","FZFangSong-Z02","FZFangSong-Z02S","Noto Serif CJK SC","Source Han Serif SC",serif;
--xiaobiaosong:"FZXiaoBiaoSong-B05","FZXiaoBiaoSong-B05S","方正小标宋简体","STZhongsong","Noto Serif CJK SC","Source Han Serif SC",serif;
--heiti:"SimHei","STHeiti","FZHei-B01","Noto Sans CJK SC","Source Han Sans SC",sans-serif;
--kaiti:"KaiTi","KaiTi_GB2312","STKaiti","FZKai-Z03","Noto Serif CJK SC",serif;
--songti:"SimSun","STSong","Songti SC","Noto Serif CJK SC",serif;`

/** 4号 half-width numerals between dashes, 7 mm below the text block, one character in from the outer edge. */
const NUMBER =
  'content:"— " counter(page) " —";font:14pt/1 "SimSun","STSong","Noto Serif CJK SC",serif;white-space:nowrap;vertical-align:top;'

/**
 * 37, 26, 35 and 28 mm leave 156 × 225 mm: 22 lines of 28 pt, 28 characters of 16 pt drawn 0.073 mm closer. The left edge is 28 mm on both
 * sides of a sheet: printed on one side it is as the standard says, on two the blocks part by 2 mm, which 6.3 allows.
 */
const OFFICIAL = `
@page official{size:A4;margin:37mm 26mm 35mm 28mm;@bottom-right{content:none}}
@page official:right{@bottom-right{${NUMBER}padding:7mm 14pt 0 0}}
@page official:left{@bottom-left{${NUMBER}padding:7mm 0 0 14pt}@bottom-right{content:none}}
@media print{
.paper-official{${FACES}page:official;--cell:5.5714mm;font:16pt/28pt var(--fangsong);letter-spacing:-.0731mm;text-spacing-trim:space-all;color:#000}
.paper-official .top .wrap,.paper-official .foot,.paper-official .skip,.paper-official .chips,.paper-official .document-head,.paper-official .conference,.paper-official .source,.paper-official .asof,.paper-official .side,.paper-official .after,.paper-official .band{display:none}
.paper-official .top{border:0}
.paper-official main.wrap{padding:0}
.paper-official .columns>div:first-child{position:relative;padding-bottom:44mm;height:calc-size(auto,round(up,size,225mm))}
.paper-official .release>header,.paper-official header{margin:0}
.paper-official .notice{font:12pt/1.5 var(--songti);letter-spacing:0;margin:0 0 4mm}
.p-office{font-family:var(--xiaobiaosong);font-weight:700;line-height:1.2;letter-spacing:0;text-align:center;color:#d7000f;margin:0;padding-top:33mm;text-wrap:balance}
.p-office.s42{font-size:42pt}.p-office.s32{font-size:32pt}.p-office.s25{font-size:25pt}.p-office.s22{font-size:22pt}
.paper-official .letterhead,.p-rule{font:16pt/28pt var(--fangsong);color:#000;text-align:center;margin:56pt 0 0;padding:0 0 4mm;border-bottom:.7mm solid #d7000f}
.p-rule{margin-top:0}
.paper-official .official h1{font:700 22pt/28pt var(--xiaobiaosong);letter-spacing:0;text-align:center;text-wrap:balance;margin:56pt 0 28pt}
.paper-official .addressees{font-weight:400;margin:0}
.paper-official .advice{background:none;padding:0;margin:0}
.paper-official .advice h2,.paper-official .block h2,.paper-official .body h2{font:400 16pt/28pt var(--heiti);text-indent:calc(2*var(--cell));padding:0!important;margin:0}
.paper-official .body h3{font:400 16pt/28pt var(--kaiti);text-indent:calc(2*var(--cell));padding:0!important;margin:0}
.paper-official .body h4{font:700 16pt/28pt var(--fangsong);text-indent:calc(2*var(--cell));padding:0;margin:0}
.paper-official .body,.paper-official .block{line-height:28pt;margin:0}
.paper-official .body>p,.paper-official .block p,.paper-official .official:lang(zh) .body>p{text-indent:calc(2*var(--cell));text-align:justify;margin:0;orphans:1;widows:1}
.paper-official .body ul,.paper-official .body ol{margin:0;padding-left:calc(3*var(--cell))}
.paper-official .body blockquote{margin:0;color:#000}
.paper-official .body table{font:12pt/1.5 var(--songti);letter-spacing:0;margin:7pt 0}
.paper-official .body th,.paper-official .body td{border:.25mm solid #000;padding:1.5mm 2mm}
.paper-official .body th{text-align:center;font-family:var(--heiti);font-weight:400}
.paper-official .p-attached{display:flex;padding-left:calc(2*var(--cell));margin:28pt 0 0;break-inside:avoid}
.p-attached>span:first-child{flex:none}
.p-attached>span:last-child>span{display:block}
.paper-official .signature{position:relative;width:max-content;margin:28pt calc(4*var(--cell)) 0 auto;padding-top:28pt;text-align:center;break-inside:avoid;break-before:avoid}
.paper-official .signature>span:first-child{position:absolute;top:0;left:50%;translate:-50% 0;white-space:nowrap}
.paper-official .signature>span:only-child{position:static;translate:none;margin-top:-28pt}
.paper-official .signature.long{padding:0;margin-left:auto;max-width:calc(26*var(--cell));margin-right:calc(2*var(--cell));text-align:right}
.paper-official .signature.long>span:first-child{position:static;translate:none;white-space:normal}
.paper-official .signature .formed{padding:0}
.paper-official .signature.long .formed{padding-right:calc(2*var(--cell))}
.paper-official .p-note{text-indent:calc(2*var(--cell));margin:0;break-before:avoid}
.p-imprint{font-size:14pt;line-height:20pt;letter-spacing:0;position:absolute;left:0;right:0;bottom:0;break-inside:avoid}
.p-imprint .p-copy{border-top:.35mm solid #000;border-bottom:.25mm solid #000;padding:1.5mm 14pt;margin:0;font-size:10.5pt;line-height:15pt}
.p-issued{display:flex;justify-content:space-between;gap:1em;border-bottom:.35mm solid #000;padding:1mm 14pt}
.p-issued span:last-child{white-space:nowrap}
}`

const PLAIN = `
@page{@bottom-right{content:counter(page) " / " counter(pages);writing-mode:horizontal-tb;font:9pt/1 "Noto Sans CJK SC",sans-serif;color:#555}}
@media print{
.print-only{display:revert!important}
.p-attached.print-only{display:flex!important}
.print-mark.print-only{display:grid!important;position:fixed;inset:0;place-content:center;justify-items:center;rotate:-32deg;z-index:5;pointer-events:none;font:700 64pt/1.3 var(--sans);letter-spacing:.1em;color:rgb(168 35 26/.13);text-align:center;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.print-mark span{display:block;white-space:nowrap}
.mode-exercise,.mode-test{border:0}
.band{border:1px solid #000;margin-bottom:3mm}
.top{border:0;border-bottom:1px solid #000}
.top .wrap{min-height:0;padding-bottom:2mm}
.seal{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.foot{padding:2mm 0 0;margin-top:6mm;border:0;border-top:1px solid #000}
.foot .site-facts{margin:0}
.foot .site-facts li:has(a[href$="/sitemap.xml"]){display:none}
.side{margin-top:6mm;columns:2;column-gap:10mm}
.side .small-links,body:not(:has(.release)) .side{display:none}
.side section{break-inside:avoid;margin-bottom:4mm;font-size:9.5pt}
.page-head{margin-bottom:4mm}
.columns,.hero{display:block}
.hero,.notice,.row,.relay>li,.advice{break-inside:avoid}
.hero .advice{margin-top:3mm}
.advice{border:1.5pt solid #000;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.row p{display:block;overflow:visible}
.pages,form,#push,noscript{display:none}
.scroll{overflow:visible}
.body table,table{width:100%;font-size:.9em}
tr{break-inside:avoid}
thead{display:table-header-group}
.release h1{font-size:20pt}
.body a[href^="http"]::after,.after dl a::after{content:" (" attr(href) ")";font-size:.8em;word-break:break-all}
.release .calls a,.calls a{font-size:1.15em}
.relay>li::before,.relay>li::after{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.p-copy{display:flex;gap:5mm;align-items:center;break-inside:avoid;border-top:1px solid #000;padding-top:3mm;margin-top:6mm;font-size:9.5pt;line-height:1.5}
.p-copy>div>span{display:block}
.p-copy .qr{width:22mm;height:22mm;flex:none}
.p-address{word-break:break-all}
}`

/** Mongolian runs on from sheet to sheet only where the sheet itself is read in columns, so the body is. */
const COLUMNS = `
@media print{
html:has(>.paper-columns),.paper-columns{writing-mode:vertical-lr}
.paper-columns .top .wrap,.paper-columns .band,.paper-columns .foot,.paper-columns .side{display:none}
.paper-columns .top{border:0}
.paper-columns .release header,.paper-columns .mongolian-calls,.paper-columns .p-foot,.paper-columns .after{writing-mode:horizontal-tb;width:48mm;margin:0 4mm 0 0;padding:0;border:0;break-inside:avoid}
.paper-columns .print-mark.print-only{writing-mode:horizontal-tb}
.paper-columns .asof,.paper-columns .p-copy{display:block}
.paper-columns .asof div{display:block}
.paper-columns .mongolian{height:auto;width:auto;padding:0;border:0;overflow:visible;background:none}
}`

export const printCss = PLAIN + OFFICIAL + COLUMNS
