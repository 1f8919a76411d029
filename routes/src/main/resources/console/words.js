// Calls in words and figures.

/** Cause of an end: what people say, and how bad it is. The keys are those of the API. */
export const CAUSES = {
    normal: ['Completed', 'good'],
    busy: ['Busy', 'warn'],
    declined: ['Declined', 'warn'],
    no_answer: ['No answer', 'warn'],
    cancelled: ['Cancelled', 'quiet'],
    not_found: ['Not found', 'bad'],
    unauthorized: ['Not allowed', 'bad'],
    not_acceptable: ['Not acceptable', 'bad'],
    redirected: ['Redirected', 'quiet'],
    bad_request: ['Bad request', 'bad'],
    unavailable: ['Unavailable', 'warn'],
    overloaded: ['Overloaded', 'bad'],
    server_error: ['Server error', 'bad'],
    transport: ['Connection failed', 'bad'],
    dialog_lost: ['Dialog lost', 'bad'],
    session_expired: ['Session expired', 'bad'],
    time_limit: ['Time limit', 'warn'],
    media_lost: ['Audio lost', 'bad'],
    interrupted: ['Interrupted', 'bad'],
};

export const isOver = call => Boolean(call.endedAt);

/** { text, tone }: the one word of a call, live or over. */
export function outcome(call) {
    if (isOver(call)) {
        const [text, tone] = CAUSES[call.cause] ?? [call.cause || 'Ended', 'quiet'];
        return { text, tone };
    }
    if (call.answeredAt) {
        return { text: call.held ? 'On hold' : 'In call', tone: 'live' };
    }
    return { text: call.ringingAt ? 'Ringing' : call.direction === 'inbound' ? 'Arriving' : 'Calling', tone: 'live' };
}

const ENDERS = { local: 'this gateway', remote: 'the far end', timeout: 'a time limit', transport: 'the network' };
export const endedBy = call => ENDERS[call.endedBy] ?? call.endedBy ?? '';

const GOING_ON = { 'In call': 'The call is going on.', 'On hold': 'The call is on hold.', Ringing: 'It rings; nobody has answered yet.' };

/** The reason line, if the API did not say one. */
export function why(call) {
    if (call.why && isOver(call)) {
        return call.why;
    }
    if (!isOver(call)) {
        return GOING_ON[outcome(call).text] ?? 'The call is being set up.';
    }
    const parts = [outcome(call).text];
    if (call.endedBy) {
        parts.push(`ended by ${endedBy(call)}`);
    }
    const told = [call.sipCode, call.phrase].filter(Boolean).join(' ');
    return parts.join(', ') + (told ? ` (${told})` : '') + '.';
}

/** A URI in two parts, for people: [name, host]. Nothing of it is trusted; it is text. */
export function party(uri) {
    if (!uri) {
        return ['unknown', ''];
    }
    const bare = uri.replace(/^(sips?|tel):/i, '').split(/[;?]/)[0];
    const at = bare.lastIndexOf('@');
    return at > 0 ? [decode(bare.slice(0, at)), bare.slice(at + 1)] : [decode(bare), ''];
}

function decode(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

const two = number => String(number).padStart(2, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Time of day in the browser's zone; [day, time], the day empty for today. */
export function moment(iso, now) {
    const time = new Date(iso);
    if (!iso || Number.isNaN(time.getTime())) {
        return ['', '–'];
    }
    const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
    const today = now ?? new Date();
    if (time.toDateString() === today.toDateString()) {
        return ['', clock];
    }
    const year = time.getFullYear() === today.getFullYear() ? '' : ` ${time.getFullYear()}`;
    return [`${time.getDate()} ${MONTHS[time.getMonth()]}${year}`, clock];
}

/** Seconds between two times, never negative; null if one is missing. */
export function between(from, to) {
    const span = (new Date(to) - new Date(from)) / 1000;
    return from && to && Number.isFinite(span) ? Math.max(span, 0) : null;
}

/** 0:07, 12:05, 1:02:03 */
export function span(seconds) {
    if (seconds === null || seconds === undefined) {
        return '–';
    }
    const whole = Math.floor(seconds);
    const minutes = Math.floor(whole / 60);
    return minutes < 60 ? `${minutes}:${two(whole % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** 0.15 s, 12.4 s, 3:20 */
export function lapse(seconds) {
    if (seconds === null || seconds === undefined) {
        return '–';
    }
    return seconds >= 60 ? `${span(seconds)} min` : `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}

/** How long a call has talked, or lasts: from the answer where there was one. */
export const talked = (call, now) => between(call.answeredAt, call.endedAt ?? now);

export const count = number => number === undefined ? '–' : number.toLocaleString('en').replaceAll(',', '\u202f');

export function quality(mos) {
    if (!mos) {
        return null;
    }
    return mos >= 4 ? ['good', 'good'] : mos >= 3.6 ? ['fair', 'warn'] : mos >= 3.1 ? ['poor', 'warn'] : ['bad', 'bad'];
}

/** What went wrong with a request, in a sentence for people. */
export function explain(failure) {
    const said = failure.problem?.detail ? ` (${failure.problem.detail})` : '';
    switch (failure.status) {
        case 0: return 'The gateway does not answer. Is it running, and is the network up?';
        case 400: return `The gateway did not understand this${said}.`;
        case 401: return 'Account or token is wrong.';
        case 403: return `This account may not see that${said || '; it lacks the permission'}.`;
        case 404: return 'There is no such call here. Calls are deleted when they are as old as the gateway keeps them.';
        case 429: return `Too many requests at the moment${said || '; the gateway looks after its calls first'}.`;
        case 503: return `The gateway cannot tell at the moment${said}.`;
        default: return failure.status ? `The gateway failed (${failure.status})${said}.` : `The page failed: ${failure.message}.`;
    }
}
