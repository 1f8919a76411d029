// The library, and small parts that several pages use.

const { h, render, Fragment } = globalThis.preact;
const { useState, useEffect, useRef, useMemo, useCallback } = globalThis.preactHooks;

export { h, render, Fragment, useState, useEffect, useRef, useMemo, useCallback };

import { moment, party } from './words.js';

/** Runs the handler for keys, unless somebody types or a dialog is open. The handler says true if the key was meant for it. */
export function useKeys(handler, on = true) {
    const latest = useRef(handler);
    latest.current = handler;
    useEffect(() => {
        if (!on) {
            return undefined;
        }
        const listen = event => {
            if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
                return;
            }
            const typing = event.target.matches?.('input, select, textarea');
            if (event.key.length === 1 && (typing || !singleKeys.on())) {
                return;
            }
            if (typing && event.key !== 'Escape') {
                return;
            }
            if (latest.current(event)) {
                event.preventDefault();
            }
        };
        document.addEventListener('keydown', listen);
        return () => document.removeEventListener('keydown', listen);
    }, [on]);
}

/** Keys of one character can be switched off, for those who speak to their browser (WCAG 2.1.4). */
export const singleKeys = {
    on: () => {
        try {
            return localStorage.getItem('voice-console-keys') !== 'off';
        } catch {
            return true;
        }
    },
    set: on => {
        try {
            localStorage.setItem('voice-console-keys', on ? 'on' : 'off');
        } catch {
            // Then they stay on.
        }
    },
};

/** Moves the focus among elements: 1 to the next, -1 to the one before. Says whether there was one. */
export function step(elements, by) {
    const all = [...elements];
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? all.find(each => each.tabIndex === 0) ?? all[0] : all.at(-1)) : all[at + by];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
    return Boolean(next);
}

/** -1, 1 or 0: which way a key leads in a list. */
export const direction = key => key === 'j' || key === 'ArrowDown' ? 1 : key === 'k' || key === 'ArrowUp' ? -1 : 0;

/** The time, anew each second while something shown depends on it. */
export function useNow(on) {
    const [now, setNow] = useState(() => new Date());
    useEffect(() => {
        if (!on) {
            return undefined;
        }
        setNow(new Date());
        const timer = setInterval(() => setNow(new Date()), 1000);
        return () => clearInterval(timer);
    }, [on]);
    return now;
}

export function useMedia(query) {
    const [matches, setMatches] = useState(() => matchMedia(query).matches);
    useEffect(() => {
        const list = matchMedia(query);
        const changed = () => setMatches(list.matches);
        changed();
        list.addEventListener('change', changed);
        return () => list.removeEventListener('change', changed);
    }, [query]);
    return matches;
}

const ICONS = {
    in: 'M13 3 4 12M4 5.5V12h6.5',
    out: 'M4 12l9-9M6.5 3H13v6.5',
    back: 'M10 3 5 8l5 5',
    next: 'M6 3l5 5-5 5',
    close: 'M4 4l8 8M12 4l-8 8',
    copy: 'M6 6h7v7H6zM10 6V3H3v7h3',
    down: 'M8 2.5v8M4.5 7.5 8 11l3.5-3.5M3 13.5h10',
    again: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3',
    light: 'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M8 1.2v1.3M8 13.5v1.3M1.2 8h1.3M13.5 8h1.3'
        + 'M3.2 3.2l.9.9M11.9 11.9l.9.9M12.8 3.2l-.9.9M4.1 11.9l-.9.9',
    dark: 'M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6Z',
    auto: 'M8 2.4a5.6 5.6 0 1 0 0 11.2ZM8 2.4a5.6 5.6 0 0 1 0 11.2',
    leave: 'M9.5 5V3H3v10h6.5v-2M6.5 8H14M11.5 5.5 14 8l-2.500 2.500',
    done: 'M3 8.500l3.200 3.200L13 5',
};

export const Icon = ({ name }) => h('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    h('path', { d: ICONS[name] }));

export const Party = ({ uri }) => {
    const [name, host] = party(uri);
    return h('span', { class: 'party', title: uri ?? '' }, h('b', null, name), host && h('span', { class: 'host' }, '@' + host));
};

export const Time = ({ iso, now }) => {
    const [day, clock] = moment(iso, now);
    return h('time', { datetime: iso, title: iso }, day && h('span', { class: 'day' }, day + ' '), clock);
};

export const Badge = ({ tone, children }) => h('span', { class: 'badge ' + tone }, h('i', { 'aria-hidden': 'true' }), children);

/** A message above or instead of content. tone: 'bad', 'warn' or 'quiet'. */
export const Notice = ({ tone, title, children, action }) => h('div', { class: 'notice ' + tone, role: tone === 'quiet' ? null : 'alert' },
    h('div', null, title && h('strong', null, title), children && h('p', null, children)), action);

/** text: a promise. Some browsers let a page copy only what it names while the click is being handled, hence the promise inside. */
async function toClipboard(text) {
    try {
        const blob = text.then(each => new Blob([each], { type: 'text/plain' }));
        await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
    } catch {
        // Without https the browser has no clipboard for pages; the old way still works.
        const box = document.createElement('textarea');
        box.value = await text;
        box.className = 'offscreen';
        document.body.append(box);
        box.select();
        const copied = document.execCommand('copy');
        box.remove();
        if (!copied) {
            throw new Error('the browser does not let this page copy');
        }
    }
}

/** A button that copies what get() gives, and says that it did. */
export function Copy({ get, label, children, onFailure }) {
    const [done, setDone] = useState(false);
    const click = async event => {
        const button = event.currentTarget;
        try {
            await toClipboard(Promise.resolve(get()));
            button.focus();
            setDone(true);
            setTimeout(() => setDone(false), 1500);
        } catch (failure) {
            onFailure?.(failure);
        }
    };
    return h('button', { type: 'button', class: children ? 'button' : 'button bare', onClick: click, title: label,
        'aria-label': children ? null : label },
        h(Icon, { name: done ? 'done' : 'copy' }), children, h('span', { class: 'offscreen', role: 'status' }, done ? 'copied' : ''));
}

export const Back = ({ href, onBack, children }) => h('nav', { 'aria-label': 'Back' }, h('a', { href, class: 'back', onClick: event => {
    event.preventDefault();
    onBack();
} }, h(Icon, { name: 'back' }), children));

export const Fact = ({ name, children }) => h('div', null, h('dt', null, name), h('dd', null, children));
