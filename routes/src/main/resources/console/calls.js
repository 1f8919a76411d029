// The page of the list: calls live and past, newest first.

import { h, useEffect, useRef, useState, useKeys, useNow, step, direction, Badge, Icon, Notice, Party, Time } from './parts.js';
import { explain, isOver, moment, outcome, party, span, talked, why } from './words.js';
import { Filters, isEmpty } from './filters.js';

const spell = uri => party(uri).filter(Boolean).join('@');

function Row({ call, now, current, onCurrent }) {
    const { text, tone } = outcome(call);
    const way = call.direction === 'inbound' ? 'in' : 'out';
    const spoken = `${spell(call.from)} to ${spell(call.to)}, ${text}, ${moment(call.createdAt).join(' ')}`;
    const code = isOver(call) && call.cause !== 'normal' && call.sipCode ? call.sipCode : '';
    return h('tr', { role: 'row', class: isOver(call) ? '' : 'is-live', 'data-call': call.callId,
        onClick: event => event.target.closest('a') || getSelection().toString() || event.currentTarget.querySelector('a').click() },
    h('td', { role: 'cell', class: 'when' }, h(Time, { iso: call.createdAt, now })),
    h('td', { role: 'cell', class: 'way' }, h('span', { class: 'offscreen' }, call.direction), h(Icon, { name: way })),
    h('td', { role: 'cell', class: 'from' }, h('a', { href: '#/calls/' + encodeURIComponent(call.callId),
        tabIndex: current ? 0 : -1, onFocus: onCurrent, 'aria-label': spoken }, h(Party, { uri: call.from }))),
    h('td', { role: 'cell', class: 'to' }, h('span', { class: 'narrow', 'aria-hidden': 'true' }, '→ '), h(Party, { uri: call.to })),
    h('td', { role: 'cell', class: 'span' }, h('span', { class: 'offscreen' }, 'talked '), span(talked(call, now))),
    h('td', { role: 'cell', class: 'state' }, h(Badge, { tone }, text)),
    h('td', { role: 'cell', class: 'why', title: why(call) }, isOver(call) ? call.why || [code, call.phrase].filter(Boolean).join(' ') : ''));
}

const Empty = ({ filter, onClear }) => isEmpty(filter)
    ? h('div', { class: 'empty' }, h('h2', null, 'No calls yet'),
        h('p', null, 'Calls appear here the moment they come in or are placed, and stay when they are over.'))
    : h('div', { class: 'empty' }, h('h2', null, 'No call matches'), h('p', null, 'Try other words, or another time.'),
        h('button', { type: 'button', class: 'button', onClick: onClear }, 'Clear the filter'));

function Failure({ list, now }) {
    const { failure, retryAt } = list;
    const left = retryAt ? Math.max(Math.ceil((retryAt - now) / 1000), 0) : null;
    return h(Notice, { tone: failure.passing ? 'warn' : 'bad', title: failure.passing ? 'The list is not up to date' : 'The list cannot be shown',
        action: h('button', { type: 'button', class: 'button', onClick: () => list.refresh() }, h(Icon, { name: 'again' }), 'Try again') },
    explain(failure), left !== null && h('span', { 'aria-hidden': 'true' }, left > 0 ? ` Trying again in ${left} s.` : ' Trying again …'));
}

const HEADS = [['when', 'Started'], ['way', 'Way'], ['from', 'From'], ['to', 'To'], ['span', 'Talked'], ['state', 'Outcome'], ['why', 'Why']];

/** While the first page loads: rows as tall as those that will come. */
const Waiting = () => Array.from({ length: 12 }, (_, index) => h('tr', { key: index, class: 'waiting', 'aria-hidden': 'true' },
    h('td', { colSpan: 7 }, h('span', null))));

export function CallsPage({ list, filter, onFilter }) {
    const [, changed] = useState({});
    const table = useRef(null);
    useEffect(() => {
        list.listener = changed;
        return () => {
            list.listener = () => {};
            list.close();
        };
    }, [list]);
    useEffect(() => list.open(filter), [list, JSON.stringify(filter)]);
    useEffect(() => {
        const shown = () => document.hidden || list.refresh();
        document.addEventListener('visibilitychange', shown);
        return () => document.removeEventListener('visibilitychange', shown);
    }, [list]);
    useEffect(() => {
        document.title = 'Calls · camel-voice';
        // Back from a call: its row has the focus again.
        table.current?.querySelector('a[tabindex="0"]')?.focus();
    }, []);
    const live = list.rows.filter(each => !isOver(each)).length;
    const shown = list.next ? `newest ${list.rows.length} shown` : `${list.rows.length} in all`;
    const now = useNow(live > 0 || list.retryAt !== null);
    useKeys(event => {
        const links = [...table.current?.querySelectorAll('tbody a') ?? []];
        const by = direction(event.key);
        if (by !== 0) {
            const moved = step(links, by);
            if (!moved && by > 0) {
                document.getElementById('more')?.focus();
            }
            return moved;
        }
        switch (event.key) {
            case '/': document.getElementById('party').focus(); return true;
            case 'Home': case 'End': return step(links.slice(...(event.key === 'Home' ? [0, 1] : [-1])), -1);
            case 'Escape': event.target.blur(); table.current?.querySelector('a[tabindex="0"]')?.focus(); return true;
            default: return false;
        }
    });
    const current = list.rows.some(each => each.callId === list.current) ? list.current : list.rows[0]?.callId;
    const loading = list.state === 'loading' || list.state === 'idle';
    return h('main', { class: 'calls' },
        h('header', { class: 'head' }, h('h1', null, 'Calls'),
            h('p', { class: 'offscreen', role: 'status' }, list.announced),
            h('p', { class: 'sum' }, loading ? 'Reading …' : `${live} live · ${shown}`)),
        h(Filters, { filter, onChange: onFilter }),
        list.failure && h(Failure, { list, now }),
        list.rows.length === 0 && list.state === 'ready' && h(Empty, { filter, onClear: () => onFilter({}) }),
        (list.rows.length > 0 || loading) && h('table', { ref: table, role: 'table', 'aria-label': 'Calls, newest first', 'aria-busy': loading,
            class: list.stale ? 'list stale' : 'list' },
        h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, HEADS.map(([name, text]) => h('th', { key: name, role: 'columnheader', scope: 'col', class: name },
            name === 'way' ? h('span', { class: 'offscreen' }, 'Direction') : text)))),
        h('tbody', { role: 'rowgroup' }, loading ? h(Waiting) : list.rows.map(call => h(Row, { key: call.callId, call, now: isOver(call) ? null : now,
            current: call.callId === current, onCurrent: () => {
                list.current = call.callId;
                changed({});
            } })))),
        list.next && h('button', { type: 'button', id: 'more', class: 'button more', disabled: list.state === 'extending',
            onClick: () => list.more() },
            list.state === 'extending' ? 'Reading …' : 'Older calls'));
}
