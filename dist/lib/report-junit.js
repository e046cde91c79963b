"use strict";var B=Object.create;var x=Object.defineProperty;var G=Object.getOwnPropertyDescriptor;var J=Object.getOwnPropertyNames;var Q=Object.getPrototypeOf,Y=Object.prototype.hasOwnProperty;var g=(e,t)=>()=>{try{return t||e((t={exports:{}}).exports,t),t.exports}catch(n){throw t=0,n}},Z=(e,t)=>{for(var n in t)x(e,n,{get:t[n],enumerable:!0})},q=(e,t,n,r)=>{if(t&&typeof t=="object"||typeof t=="function")for(let s of J(t))!Y.call(e,s)&&s!==n&&x(e,s,{get:()=>t[s],enumerable:!(r=G(t,s))||r.enumerable});return e};var f=(e,t,n)=>(n=e!=null?B(Q(e)):{},q(t||!e||!e.__esModule?x(n,"default",{value:e,enumerable:!0}):n,e)),ee=e=>q(x({},"__esModule",{value:!0}),e);var w=g((de,A)=>{A.exports=require("./main.js").modules["src/report/counts.ts"]()});var h=g((ge,M)=>{M.exports=require("./main.js").modules["src/report/display.ts"]()});var N=g((ye,T)=>{T.exports=require("./main.js").modules["src/report/failure.ts"]()});var F=g(($e,E)=>{E.exports=require("./main.js").modules["src/report/finding.ts"]()});var S=g((he,H)=>{H.exports=require("./main.js").modules["src/report/places.ts"]()});var pe={};Z(pe,{junit:()=>re});module.exports=ee(pe);var d=f(w()),R=f(h()),_=f(N()),O=f(F());var te=f(w()),C={error:0,warning:1,info:2};var c=f(S());var I=f(h()),j=f(S());function V(e,{sources:t},n){let{why:r,notes:s,related:o,via:i,help:m,fix:u}=e;return[...r===null?[]:[`why: ${n(r)}`],...s.map(a=>`note: ${n(a)}`),...o.map(a=>`see ${(0,j.placeName)(t,a)}: ${n(a.message)}`),...i.length===0?[]:[`included from ${i.map(a=>(0,j.placeName)(t,a)).join(", from ")}`],...m===null?[]:[`help: ${n(m)}`],...u===null?[]:[`fix: ${u.title} (${ne[u.safety]})`]].map(I.visible)}var ne={safe:"safe, --fix",unsafe:"unsafe, --fix --unsafe-fixes"};var K=f(h()),W=`<?xml version="1.0" encoding="UTF-8"?>
`;function D(e){return e.split(`
`).map(X).join(`
`)}function X(e){return(0,K.visible)(e).replace(/[&<>"'\ufffe\uffff]/g,t=>se[t]??`\\u${t.charCodeAt(0).toString(16)}`)}var se={"&":"&amp;","<":"&lt;",">":"&gt;",'"':"&quot;","'":"&apos;"};function l(e){return Object.entries(e).map(([t,n])=>` ${t}="${X(String(n))}"`).join("")}function re(e,t){let n=[...oe(e,t),...le(e)];for(let s of e.results)n.push(v(`WebSocket handshakes of ${s.root}`,ue(s,t)));let r=n.flatMap(({cases:s})=>s);return`${W}<testsuites${l({name:"nginx-ws-lint",...P(r)})}>
${n.map(({xml:s})=>s).join("")}</testsuites>
`}function v(e,t){let n=l({name:e,...P(t),skipped:U(t,"skipped")});return{cases:t,xml:`  <testsuite${n}>
${t.map(({xml:r})=>r).join("")}  </testsuite>
`}}function P(e){return{tests:e.length,failures:U(e,"failed"),errors:0}}function U(e,t){return e.filter(({state:n})=>n===t).length}function oe({results:e},t){let n=new Map;for(let r of e){for(let s of r.sources.keys())n.has(s)||n.set(s,[]);for(let s of(0,d.shown)(r,t.quiet)){let o=n.get(s.file)??[];o.length===0&&n.set(s.file,o),o.push(ae(s,r,t))}}return[...n].map(([r,s])=>v(r,s.length===0?[ie(r)]:s))}function ie(e){return{state:"passed",xml:`    <testcase${l({name:"no findings",classname:e,file:e})}/>
`}}function ae(e,t,n){let{rule:r,message:s,severity:o,file:i,start:m}=e,{line:u,column:p}=(0,c.positionIn)(t.sources,i,m),a=(0,c.masker)(n.showSecrets),y=l({name:`${r} at ${u}:${p}`,classname:i,file:i,line:u}),b=[`${(0,R.visible)((0,c.placeName)(t.sources,e))}: ${o}: ${(0,R.visible)(a(s))} [${r}]`,...V(e,t,a)],$=D(b.join(`
`));if(!z(e,n))return{state:"passed",xml:`    <testcase${y}>
      <system-out>${$}</system-out>
    </testcase>
`};let k=l({message:a(s),type:o});return{state:"failed",xml:`    <testcase${y}>
      <failure${k}>${$}</failure>
    </testcase>
`}}function z({severity:e,ignored:t},{failOn:n="error"}){return t===null&&C[e]<=C[n]}function le({results:e}){let t=e.flatMap(r=>r.problems);if(t.length===0)return[];let n=t.map(({file:r,message:s})=>{let o=l({name:r??"nginx-ws-lint",classname:"input"}),i=l({message:s,type:"problem"});return{state:"failed",xml:`    <testcase${o}>
      <failure${i}/>
    </testcase>
`}});return[v("what could not be read",n)]}function ue(e,t){let n=new Map,r=e.diagnostics.filter(o=>z(o,t)),s=r.filter(({refuses:o})=>o);for(let o of r)if(!(!o.breaks||o.refuses))for(let i of o.routes)n.set(i,[...n.get(i)??[],o]);return e.routes.filter(({route:o})=>o.websocket.serves!=="no").map(o=>ce(o,e,[...s,...n.get(o.route)??[]],t))}function ce(e,t,n,r){let{route:s,url:o}=e,i=(0,c.masker)(r.showSecrets),m=o===null?(0,O.routeName)(s,t):`${(0,O.routeName)(s,t)} (${o})`,u=l({name:m,classname:t.root,...(0,c.fileLine)(s.pass)}),p=(0,d.outcomeOf)(e);if(p==="switches")return{state:"passed",xml:`    <testcase${u}/>
`};if(p==="fails"&&n.length>0){let b=n.map(L=>`${(0,c.placeName)(t.sources,L)}: ${i(L.message)} [${L.rule}]`),$=l({message:"the handshake fails",type:"handshake"}),k=D(b.map(R.visible).join(`
`));return{state:"failed",xml:`    <testcase${u}>
      <failure${$}>${k}</failure>
    </testcase>
`}}let a=p==="unknown"?(0,d.unknownText)(e):fe(e,t),y=l({message:`${p}: ${i(a)}`});return{state:"skipped",xml:`    <testcase${u}>
      <skipped${y}/>
    </testcase>
`}}function fe({handshake:e},t){let[n]=t.refusals();return n!==void 0?(0,_.refusalText)(n,t):e?.faults.map(({detail:r})=>r).join("; ")??""}0&&(module.exports={junit});
