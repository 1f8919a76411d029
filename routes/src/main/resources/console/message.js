// One SIP message as it was on the wire, secrets masked by the API.

import { h, useEffect, useRef, Copy, Icon } from './parts.js';
import { count } from './words.js';
import { offset } from './ladder.js';

const MASK = /(\*{3,})/;

const masked = text => text.split(MASK).map((part, index) => index % 2 === 1 ? h('mark', { key: index, title: 'masked' }, part) : part);

/** Header names stand out; everything is text, nothing of it is interpreted. */
function lines(data) {
    const all = data.replace(/\r\n/g, '\n').trimEnd().split('\n');
    const blank = all.indexOf('');
    return all.map((line, index) => {
        const head = blank < 0 || index < blank;
        const colon = head && index > 0 ? line.indexOf(':') : -1;
        const content = index === 0 ? h('b', null, masked(line))
            : colon > 0 && !/^\s/.test(line) ? [h('span', { key: 'name', class: 'name' }, line.slice(0, colon + 1)), masked(line.slice(colon + 1))]
                : masked(line);
        return h('span', { key: index, class: head ? 'line' : 'line body' }, content, '\n');
    });
}

export function Message({ message, index, of, onClose, onStep }) {
    const text = useRef(null);
    const size = new TextEncoder().encode(message.data).length;
    useEffect(() => {
        text.current.scrollTop = 0;
    }, [index]);
    return h('section', { class: 'detail', 'aria-label': 'Message ' + (index + 1) },
        h('header', null,
            h('h3', null, message.requestLine),
            h('div', { class: 'tools' },
                h('button', { type: 'button', class: 'button bare', 'aria-label': 'Message before', disabled: index === 0, onClick: () => onStep(-1) },
                    h(Icon, { name: 'back' })),
                h('button', { type: 'button', class: 'button bare', 'aria-label': 'Next message', disabled: index === of - 1, onClick: () => onStep(1) },
                    h(Icon, { name: 'next' })),
                h(Copy, { get: () => message.data, label: 'Copy the message' }),
                h('button', { type: 'button', class: 'button bare', 'aria-label': 'Close the message', onClick: onClose }, h(Icon, { name: 'close' })))),
        h('dl', { class: 'line' },
            h('div', null, h('dt', null, message.sent ? 'Sent' : 'Received'), h('dd', null, offset(message.offsetSeconds), ' s')),
            h('div', null, h('dt', null, 'From'), h('dd', null, message.source)),
            h('div', null, h('dt', null, 'To'), h('dd', null, message.destination)),
            h('div', null, h('dt', null, 'Over'), h('dd', null, `${(message.transport ?? '').toUpperCase()}, ${count(size)} bytes`)),
            message.retransmission && h('div', null, h('dt', null, 'Note'), h('dd', null, 'a retransmission'))),
        h('pre', { ref: text, class: 'wire', tabIndex: 0, 'aria-label': 'Text of the message' }, h('code', null, lines(message.data))));
}
