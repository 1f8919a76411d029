// Registrations and sessions in words. Nothing of what servers and far ends say is trusted; it is text.

import { party, span } from './words.js';

/** [word, tone] of a registration's state. */
export const REGISTRATIONS = {
    registered: ['Registered', 'good'],
    registering: ['Registering', 'warn'],
    queued: ['Waits for its turn', 'quiet'],
    waiting: ['Not registered', 'bad'],
    refused: ['Refused', 'bad'],
    unregistering: ['Unregistering', 'quiet'],
    gone: ['Not registered', 'quiet'],
};

const WHY = {
    400: 'The server does not understand us',
    401: 'The server refuses user or password',
    403: 'The server refuses user or password',
    404: 'The server does not know this user',
    407: 'The server refuses user or password',
    408: 'The server does not answer',
    423: 'The server wants longer times than we can offer',
    480: 'The server takes no registrations now',
    500: 'The server failed',
    503: 'The server is too busy, or being looked after',
    504: 'The server waits for another in vain',
};

/** Why an account is not registered, in a sentence; empty where nothing failed. */
export function trouble(registration) {
    const { code, phrase = '' } = registration;
    if (!code && !phrase) {
        return '';
    }
    const told = [code, phrase].filter(Boolean).join(' ');
    return WHY[code] ? `${WHY[code]} (${told}).` : `${told}.`;
}

/** How far away a time is: in 12 s, in 5 min, in 2 h; now where it is over. */
export function away(iso, now) {
    const seconds = Math.round((new Date(iso) - now) / 1000);
    if (!(seconds > 0)) {
        return 'now';
    }
    return seconds < 100 ? `in ${seconds} s` : seconds < 7200 ? `in ${Math.round(seconds / 60)} min` : `in ${Math.round(seconds / 3600)} h`;
}

const STATUSES = {
    NO_SESSION: ['No session', 'quiet'],
    REGISTERED: ['Registered', 'good'],
    READY: ['Ready for calls', 'good'],
    INCOMING_CALL_INITIATED: ['Called by', 'live'],
    OUTGOING_CALL_INITIATED: ['Calls', 'live'],
    OUTGOING_CALL_CONNECTED: ['In call with', 'live'],
    INCOMING_CALL_CONNECTED: ['In call with', 'live'],
    TRANSFER_CALL_INITIATED: ['Is being transferred', 'live'],
    SOFT_HANGUP_INITIATED: ['Hangs up', 'quiet'],
    HARD_HANGUP_INITIATED: ['Hangs up without waiting', 'warn'],
    INCOMING_CALL_FAILED: ['Missed a call of', 'warn'],
    OUTGOING_CALL_FAILED: ['Did not reach', 'warn'],
    INCOMING_CALL_FINISHED: ['Call is over with', 'quiet'],
    OUTGOING_CALL_FINISHED: ['Call is over with', 'quiet'],
    SESSION_REGISTRATION_FAILED: ['Registration failed', 'bad'],
    SESSION_STARTED: ['Session started', 'good'],
    SESSION_ENDED: ['Session ended', 'quiet'],
    TRANSFER_CALL_FAILED: ['Transfer failed', 'warn'],
    MICROPHONE_MUTED: ['Muted', 'warn'],
    MICROPHONE_UNMUTED: ['No longer muted', 'live'],
    MICROPHONE_WAV_FILES_PLAYED: ['Files were played', 'live'],
    NO_ONGOING_CALL: ['No call', 'quiet'],
};
const WITH_PARTY = /^(INCOMING|OUTGOING)_CALL_/;

export const name = uri => party(uri).filter(Boolean).join('@');

/** [words, tone] of a status. */
export function said(status) {
    const [words, tone] = STATUSES[status.status] ?? [status.status, 'quiet'];
    const other = WITH_PARTY.test(status.status) ? (status.callee ? ` ${name(status.callee)}` : ' somebody') : '';
    const target = status.transferTarget ? `, transferred to ${name(status.transferTarget)}` : '';
    return [words + other + target, tone];
}

/** Seconds until a call is answered, in words. */
export const answers = seconds => seconds < 0 ? 'calls are not answered by themselves' : seconds === 0 ? 'calls are answered at once'
    : `calls are answered after ${seconds < 60 ? seconds + ' s' : span(seconds)}`;
