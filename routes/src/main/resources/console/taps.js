// The taps of a live call: where its audio goes, how loud it is, and what starts, changes and stops them.

import { h, useEffect, useRef, useState, Badge, Icon, Notice, Time } from './parts.js';
import { getJson, request } from './session.js';
import { count, explain } from './words.js';

const LEVELS = 250;
const LOOK = 5_000;
const KEPT = 5;
const FLOOR = -60;
const DIRECTIONS = { speak: 'what the far end says', listen: 'what the far end hears', both: 'both' };
const DIALECTS = ['raw', 'twilio', 'signalwire', 'telnyx', 'vonage', 'jambonz'];
const STATES = { connecting: ['Connecting', 'quiet'], tapping: ['Tapping', 'live'], reconnecting: ['Reconnecting', 'warn'],
    finished: ['Over', 'quiet'], failed: ['Failed', 'bad'] };
const REASONS = { stopped: 'stopped', 'call-ended': 'the call ended' };

const path = (callId, controlId) => `calls/${encodeURIComponent(callId)}/taps${controlId ? '/' + encodeURIComponent(controlId) : ''}`;

/** What the gateway said to a change, without the words for pages that cannot be shown. */
function said(failure) {
    const detail = failure.problem?.detail;
    return detail && failure.status !== 401 && failure.status !== 429 ? detail[0].toUpperCase() + detail.slice(1) + '.' : explain(failure);
}

/** Taps, anew four times a second while there are some and somebody looks; and those that ended meanwhile. */
function useTaps(callId, events) {
    const [state, set] = useState({ taps: null, over: [], failure: null });
    const again = useRef(() => {});
    useEffect(() => {
        let gone = false;
        let timer = 0;
        let running = false;
        let missed = false;
        const plan = millis => {
            clearTimeout(timer);
            timer = setTimeout(read, millis);
        };
        const read = async () => {
            if (running || gone) {
                missed = running;
                return;
            }
            running = true;
            missed = false;
            try {
                const { taps } = await getJson(path(callId));
                if (!gone) {
                    set(before => ({ ...before, taps, failure: null }));
                    plan(taps.length > 0 && !document.hidden ? LEVELS : LOOK);
                }
            } catch (failure) {
                if (!gone) {
                    set(before => ({ ...before, failure: failure.status === 404 ? null : failure }));
                    if (failure.passing) {
                        plan((failure.retryAfter ?? 5) * 1000);
                    }
                }
            } finally {
                running = false;
                if (missed) {
                    plan(0);
                }
            }
        };
        again.current = read;
        read();
        const stop = events.listen(event => {
            if (event.callId === callId && event.type.startsWith('tap-')) {
                if (event.type === 'tap-ended') {
                    set(before => ({ ...before, over: [event, ...before.over].slice(0, KEPT) }));
                }
                plan(0);
            }
        });
        const seen = () => document.hidden || plan(0);
        document.addEventListener('visibilitychange', seen);
        return () => {
            gone = true;
            clearTimeout(timer);
            stop();
            document.removeEventListener('visibilitychange', seen);
        };
    }, [callId]);
    return [state, () => again.current()];
}

function Meter({ name, label, level, on }) {
    const value = on ? Math.max(FLOOR, Math.min(0, level)) : FLOOR;
    const text = on ? value > FLOOR ? `${value} dB` : 'silence' : 'not tapped';
    return h('div', { class: 'meter' }, h('span', { 'aria-hidden': 'true' }, name),
        h('div', { class: 'scale', role: 'meter', 'aria-label': label, 'aria-valuemin': FLOOR, 'aria-valuemax': 0, 'aria-valuenow': value,
            'aria-valuetext': text }, h('i', { style: { transform: `scaleX(${1 - value / FLOOR})` } })),
        h('span', { class: 'value', 'aria-hidden': 'true' }, text));
}

const Fact = ({ name, children }) => h('div', null, h('dt', null, name), h('dd', null, children));

function Tap({ tap, act }) {
    const [text, tone] = tap.paused && tap.state === 'tapping' ? ['Paused', 'quiet'] : STATES[tap.state] ?? [tap.state, 'quiet'];
    const way = tap.direction;
    const where = path(tap.callId, tap.controlId);
    return h('li', { class: 'tap', 'data-tap': tap.controlId },
        h('header', null, h('h3', null, tap.controlId), h(Badge, { tone }, text), tap.bidirectional && h('small', null, 'speaks too'),
            h('div', { class: 'tools' },
                h('select', { 'aria-label': `Direction of ${tap.controlId}`, value: way, onChange: event =>
                    act('PATCH', where, { direction: event.currentTarget.value }) },
                Object.entries(DIRECTIONS).map(([value, words]) => h('option', { key: value, value }, words))),
                h('button', { type: 'button', class: 'button pause', 'aria-label': `${tap.paused ? 'Resume' : 'Pause'} ${tap.controlId}`, onClick: () =>
                    act('PATCH', where, { paused: !tap.paused }) }, tap.paused ? 'Resume' : 'Pause'),
                h('button', { type: 'button', class: 'button stop', 'aria-label': `Stop ${tap.controlId}`, onClick: () => act('DELETE', where) }, 'Stop'))),
        h('p', { class: 'to' }, h('span', { class: 'id' }, tap.uri)),
        h('div', { class: 'meters' },
            h(Meter, { name: 'Says', label: `What the far end says, ${tap.controlId}`, level: tap.inboundLevel, on: way !== 'listen' }),
            h(Meter, { name: 'Hears', label: `What the far end hears, ${tap.controlId}`, level: tap.outboundLevel, on: way !== 'speak' })),
        h('dl', null,
            h(Fact, { name: 'Protocol' }, tap.protocol === 'rtp' ? 'RTP' : tap.protocol),
            h(Fact, { name: 'Audio' }, `${tap.codec} ${tap.rate / 1000} kHz, ${tap.ptime} ms${tap.channels > 1 ? ', two channels' : ''}`),
            h(Fact, { name: 'Since' }, h(Time, { iso: tap.startedAt })),
            h(Fact, { name: 'Frames' }, count(tap.frames)),
            h(Fact, { name: 'Dropped' }, tap.dropped > 0 ? h('b', { class: 'warn' }, count(tap.dropped)) : '0'),
            tap.reconnects > 0 && h(Fact, { name: 'Reconnected' }, count(tap.reconnects)),
            tap.bidirectional && h(Fact, { name: 'Spoken' }, `${(tap.spokenMillis / 1000).toFixed(1)} s`)));
}

function Start({ callId, act, onDone }) {
    const [spec, setSpec] = useState({ uri: '', direction: 'both', protocol: 'raw', bidirectional: false });
    const [busy, setBusy] = useState(false);
    const first = useRef(null);
    useEffect(() => first.current.focus(), []);
    const socket = !/^rtp:/i.test(spec.uri.trim());
    const set = (name, value) => setSpec(before => ({ ...before, [name]: value }));
    const submit = async event => {
        event.preventDefault();
        setBusy(true);
        const json = { uri: spec.uri.trim(), direction: spec.direction };
        if (socket) {
            json.protocol = spec.protocol;
            if (spec.bidirectional && spec.protocol !== 'raw') {
                json.bidirectional = true;
            }
        }
        if (await act('POST', path(callId), json)) {
            onDone();
        } else {
            setBusy(false);
            first.current?.focus();
        }
    };
    return h('form', { class: 'tap-form', onSubmit: submit, 'aria-label': 'Start a tap', onKeyDown: event => {
        if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            onDone();
        }
    } },
        h('label', { class: 'field uri' }, h('span', null, 'To'), h('input', { ref: first, name: 'uri', required: true, spellcheck: false, autocapitalize: 'none',
            autocomplete: 'off', placeholder: 'wss://bots.example/stream or rtp://192.0.2.9:4000', value: spec.uri,
            onInput: event => set('uri', event.currentTarget.value) })),
        h('label', { class: 'field' }, h('span', null, 'Audio'), h('select', { name: 'direction', value: spec.direction,
            onChange: event => set('direction', event.currentTarget.value) },
        Object.entries(DIRECTIONS).map(([value, words]) => h('option', { key: value, value }, words)))),
        h('label', { class: 'field' }, h('span', null, 'Protocol'), h('select', { name: 'protocol', value: socket ? spec.protocol : 'rtp', disabled: !socket,
            onChange: event => set('protocol', event.currentTarget.value) },
        (socket ? DIALECTS : ['rtp']).map(value => h('option', { key: value, value }, value)))),
        h('label', { class: 'speaks' }, h('input', { type: 'checkbox', name: 'bidirectional', checked: spec.bidirectional && socket && spec.protocol !== 'raw',
            disabled: !socket || spec.protocol === 'raw', onChange: event => set('bidirectional', event.currentTarget.checked) }), 'may speak into the call'),
        h('div', { class: 'tools' }, h('button', { class: 'button primary', disabled: busy }, busy ? 'Starting …' : 'Start'),
            h('button', { type: 'button', class: 'button', onClick: onDone }, 'Cancel')));
}

export function Taps({ call, events }) {
    const [{ taps, over, failure }, again] = useTaps(call.callId, events);
    const [asking, setAsking] = useState(false);
    const [trouble, setTrouble] = useState(null);
    const button = useRef(null);
    const act = async (method, where, json) => {
        try {
            await request(where, { method, json });
            setTrouble(null);
            return true;
        } catch (refused) {
            setTrouble(refused);
            return false;
        } finally {
            again();
        }
    };
    const done = () => {
        setAsking(false);
        setTrouble(null);
        button.current?.focus();
    };
    const all = taps ?? [];
    return h('section', { class: 'taps', 'aria-labelledby': 'taps' },
        h('header', null, h('h2', { id: 'taps' }, 'Taps', all.length > 0 && h('small', null, ` ${all.length}`)),
            h('button', { type: 'button', class: 'button', id: 'tap', ref: button, disabled: !call.answeredAt, 'aria-expanded': String(asking),
                onClick: () => setAsking(!asking) }, 'Start a tap')),
        asking && h(Start, { callId: call.callId, act, onDone: done }),
        trouble && h(Notice, { tone: 'bad', title: 'That did not work', action: h('button', { type: 'button', class: 'button',
            onClick: () => setTrouble(null) }, 'Close') }, said(trouble)),
        failure && h(Notice, { tone: failure.status === 403 ? 'quiet' : 'warn' }, explain(failure)),
        !failure && all.length === 0 && h('p', { class: 'none' }, taps ? 'The audio of this call goes nowhere else.' : 'Reading …'),
        all.length > 0 && h('ul', null, all.map(tap => h(Tap, { key: tap.controlId, tap, act }))),
        over.length > 0 && h('ul', { class: 'over' }, over.map(each => h('li', { key: each.sequence }, h('b', null, each.controlId), ' is over: ',
            REASONS[each.reason] ?? each.reason ?? 'no reason given'))));
}
