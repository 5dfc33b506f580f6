// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/htmlparts.h"

namespace parallax::report {

// The roles of the visual language, light and dark as the reader's system wants it. No script, no remote load.
const char *styleSheet()
{
    return R"css(
:root{color-scheme:light dark;--base:#FFFFFF;--window:#F4F5F7;--border:#E3E6EB;--borderStrong:#C9CED7;--text:#1A1E26;--text2:#454D5B;--muted:#5C6574;--accent:#4A55CF;--accentSoft:#EEF0FD;--equal:#4F6B66;--different:#A84A00;--error:#B4232C;--dropped:#5C6574;--warning:#7A5B00;--ok:#1E7466;--differentSoft:#FDF0E3;--errorSoft:#FCEDED;--warningSoft:#FBF4DC;--okSoft:#E5F3F0;--diffLeft:#FEF3E8;--diffLeftIn:#FBD5AC;--diffLeftMark:#A95106;--diffRight:#EAF3FE;--diffRightIn:#BCDBFB;--diffRightMark:#1C64B8;--diffMove:#F1EFF8;--diffMoveMark:#6B5B95;--diffVoid:#F4F5F7;--synKey:#33415C;--synString:#1F6654;--synNumber:#6E3A94;--synWord:#8A2C62;--primary:#454D5B;--mirrorA:#0E7F8A;--mirrorB:#8E1F70;--mirrorC:#8A6A00;--mirrorD:#7361CC;--mirrorE:#3D5200;--mirrorF:#4A1E12;--chartGrid:#ECEEF2;--chartAxis:#5C6574;--chartEqual:#B9C9C5;--chartRule:#D6DFDD;--chartDiff:#E08A3C;--chartError:#C9414A;--chartDropped:#AEB5C0;--sunken:#F8F9FB;--track:#E2E5EB}
@media (prefers-color-scheme:dark){:root{--base:#1D2026;--window:#17191E;--border:#2C3038;--borderStrong:#424854;--text:#E4E7EC;--text2:#B4BAC5;--muted:#9CA4B2;--accent:#A3ACFF;--accentSoft:#262A44;--equal:#8FAFA8;--different:#F2A65A;--error:#FF8A8A;--dropped:#9CA4B2;--warning:#E8C45A;--ok:#5CC3AE;--differentSoft:#33271B;--errorSoft:#3A2226;--warningSoft:#322C1A;--okSoft:#1B302D;--diffLeft:#2E251C;--diffLeftIn:#5F3C14;--diffLeftMark:#F2A65A;--diffRight:#18273B;--diffRightIn:#1B4675;--diffRightMark:#7DB9F5;--diffMove:#272536;--diffMoveMark:#B6A8DB;--diffVoid:#191B20;--synKey:#B9C6DE;--synString:#8CCBB5;--synNumber:#D0A8F0;--synWord:#EFA0CB;--primary:#B4BAC5;--mirrorA:#30D0DC;--mirrorB:#CF66A6;--mirrorC:#F5CF68;--mirrorD:#8F86F2;--mirrorE:#6F9A3C;--mirrorF:#F0A58F;--chartGrid:#282C34;--chartAxis:#9CA4B2;--chartEqual:#41544F;--chartRule:#303D3A;--chartDiff:#E0944A;--chartError:#E56B70;--chartDropped:#636B79;--sunken:#191C21;--track:#131519}}
*{box-sizing:border-box;margin:0;padding:0}
body{font:13px/18px system-ui,Inter,"Noto Sans",sans-serif;color:var(--text);background:var(--base);font-feature-settings:"tnum";font-variant-numeric:tabular-nums}
header,section{padding:20px 24px;border-bottom:1px solid var(--border)}
header{background:var(--window)}
h1{font-size:24px;line-height:32px;font-weight:600;letter-spacing:-.01em}
h2{font-size:18px;line-height:26px;font-weight:600;letter-spacing:-.01em;display:flex;align-items:center;gap:8px}
h3{font-size:14px;line-height:20px;font-weight:600;margin:20px 0 6px}
p{max-width:72em}
.muted{color:var(--muted)}.t2{color:var(--text2)}.small{font-size:12px;line-height:16px}
.mono,code,pre{font-family:ui-monospace,"JetBrains Mono","DejaVu Sans Mono",monospace;font-size:12px;font-variant-ligatures:none}
.panels{display:flex;flex-wrap:wrap;border-bottom:1px solid var(--border)}
.panel{flex:1 1 340px;padding:16px 24px;border-right:1px solid var(--border);min-width:0}
.panel:last-child{border-right:0}
.display{font-size:30px;line-height:38px;font-weight:600;letter-spacing:-.02em}
.pill{display:inline-flex;align-items:center;height:20px;padding:0 8px;border-radius:10px;font-size:11.5px;font-weight:500;white-space:nowrap}
.pill.equivalent{background:var(--okSoft);color:var(--ok)}.pill.different{background:var(--differentSoft);color:var(--different)}.pill.inconclusive{background:var(--warningSoft);color:var(--warning)}
.pill.fails{background:var(--errorSoft);color:var(--error)}
table{border-collapse:collapse;max-width:100%}
th{font-size:11.5px;font-weight:400;color:var(--muted);text-align:left;border-bottom:1px solid var(--border);padding:4px 12px 4px 0;white-space:nowrap}
td{padding:4px 12px 4px 0;vertical-align:top}
td.n,th.n{text-align:right;white-space:nowrap}
.wide{overflow-x:auto}
.eq{color:var(--equal)}.diff{color:var(--different)}.err{color:var(--error)}.drop{color:var(--dropped)}
.sw{display:inline-block;width:10px;height:10px;border-radius:2px}
.g{width:14px;height:14px;flex:none;vertical-align:-2px}
.cP{color:var(--primary)}.cA{color:var(--mirrorA)}.cB{color:var(--mirrorB)}.cC{color:var(--mirrorC)}.cD{color:var(--mirrorD)}.cE{color:var(--mirrorE)}.cF{color:var(--mirrorF)}
.b-equal{background:var(--chartEqual)}.b-rule{background:var(--chartRule)}.b-diff{background:var(--chartDiff)}.b-error{background:var(--chartError)}.b-drop{background:var(--chartDropped)}
.bar{display:flex;height:12px;gap:2px;margin:6px 0 10px}
.bar span{min-width:4px;border-radius:2px}
svg[width]{display:block;max-width:100%;height:auto}
table+p.small{margin-top:8px}
svg text{font:10.5px system-ui,Inter,sans-serif;fill:var(--chartAxis)}
svg .grid{stroke:var(--chartGrid);stroke-width:1}
svg .line{fill:none;stroke:currentColor;stroke-width:2}
svg .track{stroke:var(--borderStrong);stroke-width:2}
svg .range{stroke:var(--chartDiff);stroke-width:6;stroke-linecap:round}
svg .range.equivalent{stroke:var(--ok)}
svg .ring{fill:var(--base);stroke:var(--diffLeftMark);stroke-width:2}
svg .tick{stroke:var(--text);stroke-width:2}
details{border-top:1px solid var(--border)}
details:last-of-type{border-bottom:1px solid var(--border)}
summary{padding:6px 0;cursor:pointer}
summary>span{margin-right:12px}
.pair{display:grid;grid-template-columns:1fr 1fr;overflow-x:auto;border-top:1px solid var(--border)}
.pair>div{min-width:0}
.side+.side{border-left:1px solid var(--border)}
.side .head{padding:6px 12px;border-bottom:1px solid var(--border);display:flex;gap:8px;align-items:center}
.side .head .end{margin-left:auto}
.ln{display:flex;min-height:20px;line-height:20px;white-space:pre-wrap;overflow-wrap:anywhere}
.ln .no{flex:none;width:38px;padding-right:8px;text-align:right;color:var(--muted);font-size:11px}
.ln .sg{flex:none;width:22px;text-align:center;font-weight:700}
.ln.l{background:var(--diffLeft)}.ln.r{background:var(--diffRight)}.ln.o{background:var(--diffMove)}
.ln.l .sg{color:var(--diffLeftMark)}.ln.r .sg{color:var(--diffRightMark)}.ln.o .sg{color:var(--diffMoveMark)}
.ln.h{color:var(--muted)}
.ln.v{background:repeating-linear-gradient(135deg,var(--diffVoid) 0 4px,transparent 4px 8px)}
.ln.l mark{background:var(--diffLeftIn)}.ln.r mark{background:var(--diffRightIn)}
mark{background:none;color:inherit;border-radius:3px}
ul{padding-left:18px;margin-top:6px}
@media print{details{break-inside:avoid}}
@media (max-width:900px){.pair{grid-template-columns:1fr}}
)css";
}

} // namespace parallax::report
