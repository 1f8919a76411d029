// The ladder: parties as columns, messages as arrows with their time. A list of buttons, so that it works without eyes and without a mouse.

import { h, useState } from './parts.js';
import { isOver, party } from './words.js';

// A page with thousands of messages would be slow; who wants them all asks for them.
const MOST = 300;
// From more columns on than these they are narrow.
const MANY = 4;

/** Columns: this gateway is one, whatever its ports; everybody else one per address. */
export function columns(messages) {
    const list = [];
    const at = new Map();
    const column = (ours, address) => {
        const key = ours ? 'us' : address;
        if (!at.has(key)) {
            at.set(key, list.length);
            list.push({ ours, addresses: new Set() });
        }
        list[at.get(key)].addresses.add(address);
        return at.get(key);
    };
    const ends = messages.map(each => [column(each.sent, each.source), column(!each.sent, each.destination)]);
    return { list, ends };
}

/** The same for calls that belong together: the far end of the first, this gateway, and one column for each of the others. */
export function legColumns(messages, legs) {
    const list = legs.map(leg => ({ leg, ours: false, addresses: new Set() }));
    const us = { ours: true, addresses: new Set() };
    const ends = messages.map(each => {
        const leg = Math.max(0, legs.findIndex(one => one.callId === each.callId));
        list[leg].addresses.add(each.sent ? each.destination : each.source);
        us.addresses.add(each.sent ? each.source : each.destination);
        const far = leg === 0 ? 0 : leg + 1;
        return each.sent ? [1, far] : [far, 1];
    });
    list.splice(1, 0, us);
    return { list, ends };
}

/** Without the port where there is little room. */
const short = (address, of) => of > MANY ? address?.replace(/:\d+$/, '') : address;

/** Who is at the far end of a leg. */
export const legParty = leg => leg.direction === 'inbound' ? leg.from : leg.to;

/** What a message says in a word, and how: request, 1xx, 2xx, 3xx or failure. */
export function said(message) {
    const code = /^\d{3}$/.test(message.method) ? Number(message.method) : 0;
    const tone = code === 0 ? 'asks' : code < 200 ? 'quiet' : code < 300 ? 'good' : code < 400 || code === 401 || code === 407 ? 'warn' : 'bad';
    return { text: code ? message.requestLine : message.method, tone };
}

export const offset = seconds => seconds < 60 ? `+${seconds.toFixed(3)}`
    : `+${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(3).padStart(6, '0')}`;

const hasSdp = message => /^(content-type|c)\s*:\s*application\/sdp/im.test(message.data ?? '');

function name(column, call, all) {
    if (column.ours) {
        return all.length > MANY ? 'Gateway' : 'This gateway';
    }
    if (column.leg) {
        return party(legParty(column.leg))[0];
    }
    const others = all.filter(each => !each.ours);
    return others.length === 1 ? party(call.direction === 'inbound' ? call.from : call.to)[0] : 'Far end';
}

function Arrow({ message, from, to, of }) {
    const { text, tone } = said(message);
    const [left, right] = from < to ? [from, to] : [to, from];
    // Halves of columns: the arrow runs from the middle of one to the middle of another.
    return h('span', { class: 'lanes' },
        h('span', { class: ['arrow', tone, from <= to ? 'right' : 'left', message.retransmission ? 'again' : ''].join(' '),
            style: { gridColumn: `${2 * left + 2} / ${2 * right + 2 + (left === right ? 1 : 0)}` } },
        h('span', { class: 'label', title: text }, text, hasSdp(message) && h('em', null, 'SDP'), message.retransmission && h('em', null, 'again'))));
}

function spoken(message, names, [from, to]) {
    return `${offset(message.offsetSeconds)} seconds: ${said(message).text}, from ${names[from]} to ${names[to]}`
        + (message.retransmission ? ', sent again' : '') + (hasSdp(message) ? ', with SDP' : '');
}

export function Ladder({ call, legs, messages, open, onOpen, inside }) {
    const { list, ends } = legs ? legColumns(messages, legs) : columns(messages);
    const [last, setLast] = useState(0);
    const names = list.map(each => name(each, call, list));
    const [all, setAll] = useState(false);
    const shown = all || messages.length <= MOST * 1.2 ? messages : messages.slice(0, MOST);
    const entry = Math.min(last, shown.length - 1);
    return h('div', { class: list.length > MANY ? 'ladder many' : 'ladder', style: { '--columns': list.length } },
        h('div', { class: 'parties', 'aria-hidden': 'true' }, h('span', { class: 'at' }), h('span', { class: 'lanes' }, list.map((each, index) =>
            h('span', { key: index, class: 'who', style: { gridColumn: `${2 * index + 1} / span 2` } }, h('b', null, names[index]),
                h('small', { title: [...each.addresses].join(', ') }, short([...each.addresses][0], list.length), each.addresses.size > 1 && ` +${each.addresses.size - 1}`),
                each.leg && h('small', { class: each.leg.note === 'bridged' ? 'note good' : 'note' }, each.leg.note))))),
        h('div', { class: 'rows' },
            h('div', { class: 'lines', 'aria-hidden': 'true' }, list.map((each, index) =>
                h('i', { key: index, class: each.leg?.note === 'bridged' ? 'won' : '' }))),
            h('ol', { 'aria-label': 'Messages in the order of time' }, shown.map((message, index) => h('li', { key: index },
                h('button', { type: 'button', class: open === index ? 'message open' : 'message', 'aria-expanded': open === index,
                    'aria-label': spoken(message, names, ends[index]), tabIndex: index === entry ? 0 : -1,
                    onFocus: () => setLast(index), onClick: () => onOpen(index) },
                h('span', { class: 'at' }, offset(message.offsetSeconds)),
                h(Arrow, { message, from: ends[index][0], to: ends[index][1], of: list.length })),
                open === index && inside)))),
        shown.length < messages.length && h('button', { type: 'button', class: 'button more', onClick: () => setAll(true) },
            `Show the other ${messages.length - shown.length}`),
        h('p', { class: 'end' }, isOver(call) ? '' : 'The call goes on; messages appear as they are seen.'));
}
