// What the keys do.

import { h, useEffect, useRef, useState, singleKeys, Icon } from './parts.js';

const KEYS = [
    ['Everywhere', [['?', 'this help'], ['Esc', 'close, or back to the calls'], ['Tab', 'to the next control']]],
    ['Calls', [['/', 'to the filter'], ['j ↓', 'the next call'], ['k ↑', 'the call before'], ['Home End', 'the first, the last'],
        ['Enter', 'open it']]],
    ['A call', [['j ↓', 'the next message'], ['k ↑', 'the message before'], ['Enter', 'open it, or close it'], ['Esc', 'close the message']]],
];

export function Help({ onClose }) {
    const dialog = useRef(null);
    const [single, setSingle] = useState(singleKeys.on);
    useEffect(() => {
        const before = document.activeElement;
        dialog.current.showModal();
        return () => before?.focus?.();
    }, []);
    return h('dialog', { ref: dialog, class: 'help', 'aria-labelledby': 'help-title', onClose,
        onClick: event => event.target === dialog.current && onClose() },
        h('div', { class: 'sheet' },
            h('header', null, h('h2', { id: 'help-title' }, 'Keys'),
                h('button', { type: 'button', class: 'button bare', 'aria-label': 'Close', onClick: onClose }, h(Icon, { name: 'close' }))),
            h('div', { class: 'groups' }, KEYS.map(([title, keys]) => h('section', { key: title }, h('h3', null, title),
                h('dl', null, keys.map(([key, does]) => h('div', { key },
                    h('dt', null, key.split(' ').map(each => h('kbd', { key: each }, each))), h('dd', null, does))))))),
            h('label', { class: 'check' }, h('input', { type: 'checkbox', checked: single, onChange: event => {
                singleKeys.set(event.currentTarget.checked);
                setSingle(event.currentTarget.checked);
            } }), 'Keys of one letter (j, k, /, ?)'),
            h('p', { class: 'small' }, 'The console is documented in docs/console.md, and shows what the HTTP API tells.')));
}
