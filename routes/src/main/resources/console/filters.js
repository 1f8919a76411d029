// What of the calls is listed. The filter lives in the address, so that a list can be linked.

import { h, useEffect, useRef, useState, Icon } from './parts.js';
import { CAUSES } from './words.js';

export const NAMES = ['party', 'direction', 'cause', 'live', 'time', 'since', 'until'];
const SPANS = { '15m': 15, '1h': 60, '24h': 24 * 60, '7d': 7 * 24 * 60 };

/** From the query of the address; unknown names and values are left out. */
export function read(query) {
    const given = new URLSearchParams(query);
    const filter = {};
    for (const name of NAMES) {
        const value = given.get(name);
        if (value && allowed(name, value)) {
            filter[name] = value;
        }
    }
    return filter;
}

function allowed(name, value) {
    switch (name) {
        case 'direction': return value === 'inbound' || value === 'outbound';
        case 'cause': return value in CAUSES;
        case 'live': return value === 'true' || value === 'false';
        case 'time': return value in SPANS || value === 'custom';
        case 'since': case 'until': return !Number.isNaN(Date.parse(value));
        default: return value.length <= 200;
    }
}

export const isEmpty = filter => !Object.keys(filter).some(name => name !== 'time' || filter.time !== 'custom');

export function write(filter) {
    const query = new URLSearchParams();
    NAMES.forEach(name => filter[name] && query.set(name, filter[name]));
    const text = query.toString();
    return text && '?' + text;
}

/** The same as parameters of the API. */
export function parameters(filter, now = Date.now()) {
    const query = new URLSearchParams();
    ['party', 'direction', 'cause', 'live'].forEach(name => filter[name] && query.set(name, filter[name]));
    if (filter.time in SPANS) {
        query.set('since', new Date(now - SPANS[filter.time] * 60_000).toISOString());
    } else if (filter.time === 'custom') {
        ['since', 'until'].forEach(name => filter[name] && query.set(name, new Date(filter[name]).toISOString()));
    }
    return query;
}

/** Whether a call that is told of by an event belongs into the list. */
export function matches(filter, call, now = Date.now()) {
    const query = parameters(filter, now);
    const text = (query.get('party') ?? '').toLowerCase();
    const began = Date.parse(call.createdAt);
    return (!text || [call.from, call.to].some(uri => uri?.toLowerCase().includes(text)))
        && (!filter.direction || filter.direction === call.direction)
        && (!filter.cause || filter.cause === call.cause)
        && (!filter.live || (filter.live === 'true') === !call.endedAt)
        && (!query.get('since') || began >= Date.parse(query.get('since')))
        && (!query.get('until') || began < Date.parse(query.get('until')));
}

const Choice = ({ label, value, options, onChange }) => h('label', { class: value ? 'field set' : 'field' }, h('span', null, label),
    h('select', { value: value ?? '', onChange: event => onChange(event.currentTarget.value) },
        options.map(([key, text]) => h('option', { key, value: key }, text))));

const When = ({ label, value, onChange }) => h('label', { class: value ? 'field set' : 'field' }, h('span', null, label),
    h('input', { type: 'datetime-local', step: 1, value: value ?? '', onChange: event => onChange(event.currentTarget.value) }));

/** The party is searched for a moment after the last key. */
function Search({ value, onChange }) {
    const [text, setText] = useState(value ?? '');
    const timer = useRef(0);
    const told = useRef(value ?? '');
    useEffect(() => {
        if ((value ?? '') !== told.current) {
            told.current = value ?? '';
            setText(told.current);
        }
    }, [value]);
    useEffect(() => () => clearTimeout(timer.current), []);
    const tell = next => {
        clearTimeout(timer.current);
        if (next !== told.current) {
            told.current = next;
            onChange(next);
        }
    };
    return h('label', { class: text ? 'field search set' : 'field search' }, h('span', null, 'Caller or called'),
        h('input', {
            id: 'party', type: 'search', value: text, maxLength: 200, placeholder: 'number, name or host', autocomplete: 'off', spellcheck: false,
            'aria-keyshortcuts': '/',
            onInput: event => {
                const next = event.currentTarget.value;
                setText(next);
                clearTimeout(timer.current);
                timer.current = setTimeout(() => tell(next.trim()), 300);
            },
            onKeyDown: event => {
                if (event.key === 'Enter') {
                    tell(event.currentTarget.value.trim());
                }
            },
        }));
}

export function Filters({ filter, onChange }) {
    const set = (name, value) => {
        const next = { ...filter, [name]: value || undefined };
        if (next.time !== 'custom') {
            next.since = next.until = undefined;
        }
        onChange(next);
    };
    return h('form', { class: 'filters', role: 'search', 'aria-label': 'Filter calls', onSubmit: event => event.preventDefault() },
        h(Search, { value: filter.party, onChange: value => set('party', value) }),
        h(Choice, { label: 'State', value: filter.live, onChange: value => set('live', value),
            options: [['', 'Live and over'], ['true', 'Live'], ['false', 'Over']] }),
        h(Choice, { label: 'Direction', value: filter.direction, onChange: value => set('direction', value),
            options: [['', 'In and out'], ['inbound', 'Inbound'], ['outbound', 'Outbound']] }),
        h(Choice, { label: 'Outcome', value: filter.cause, onChange: value => set('cause', value),
            options: [['', 'Any'], ...Object.entries(CAUSES).map(([key, [text]]) => [key, text])] }),
        h(Choice, { label: 'Started', value: filter.time, onChange: value => set('time', value),
            options: [['', 'Any time'], ['15m', 'Last 15 minutes'], ['1h', 'Last hour'], ['24h', 'Last 24 hours'], ['7d', 'Last 7 days'],
                ['custom', 'Between …']] }),
        filter.time === 'custom' && h(When, { label: 'From', value: filter.since, onChange: value => set('since', value) }),
        filter.time === 'custom' && h(When, { label: 'Before', value: filter.until, onChange: value => set('until', value) }),
        h('button', { type: 'button', class: 'button clear', disabled: isEmpty(filter) && !filter.time, onClick: () => onChange({}) },
            h(Icon, { name: 'close' }), 'Clear'));
}
