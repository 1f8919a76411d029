// Who is signed in, and every request to the API. The token lives in sessionStorage: it is gone with the tab.

const KEY = 'voice-console-session';
const listeners = new Set();

/** An answer that is not what was asked for. status 0: no answer at all. */
export class Refusal extends Error {
    constructor(status, problem, retryAfter) {
        super(problem.detail || problem.title || `HTTP ${status}`);
        this.status = status;
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** Whether the same request may go through a little later. */
    get passing() {
        return this.status === 0 || this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504;
    }
}

function read() {
    try {
        return JSON.parse(sessionStorage.getItem(KEY));
    } catch {
        return null;
    }
}

let current = read();

export const account = () => current?.account ?? null;

/** Calls back with null, or why it ended, whenever somebody signs in or out. */
export function onSession(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

function change(session, why) {
    current = session;
    try {
        if (session) {
            sessionStorage.setItem(KEY, JSON.stringify(session));
        } else {
            sessionStorage.removeItem(KEY);
        }
    } catch {
        // Without storage the session lasts as long as the page.
    }
    listeners.forEach(listener => listener(why));
}

export const signOut = why => change(null, why ?? null);

function basic(name, token) {
    const bytes = new TextEncoder().encode(`${name}:${token}`);
    return 'Basic ' + btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}

async function refusal(response) {
    let problem = {};
    try {
        const body = await response.json();
        problem = body?.error ? { detail: body.error.message, code: body.error.status } : body ?? {};
    } catch {
        // A proxy may answer with anything.
    }
    const seconds = Number(response.headers.get('Retry-After'));
    return new Refusal(response.status, problem, Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 120) : null);
}

async function send(path, authorization, { accept = 'application/json', signal, method = 'GET', json } = {}) {
    const headers = { Authorization: authorization, Accept: accept };
    if (json !== undefined) {
        headers['Content-Type'] = 'application/json';
    }
    let response;
    try {
        // 'omit': the browser must not ask for a password of its own when the answer is 401.
        response = await fetch(path, { method, headers, body: json === undefined ? undefined : JSON.stringify(json), credentials: 'omit',
            cache: 'no-store', signal });
    } catch (failure) {
        if (failure.name === 'AbortError') {
            throw failure;
        }
        throw new Refusal(0, {}, null);
    }
    if (!response.ok) {
        throw await refusal(response);
    }
    return response;
}

export async function signIn(name, token) {
    await send('/api/v1/history?limit=1', basic(name, token));
    change({ account: name, token }, null);
}

/** The response, if it is a good one. Ends the session when it is 401. options: accept, signal, method, json (what to send). */
export async function request(path, options) {
    if (!current) {
        throw new Refusal(401, {}, null);
    }
    const asked = current;
    try {
        return await send('/api/v1/' + path, basic(asked.account, asked.token), options);
    } catch (failure) {
        if (failure.status === 401 && current === asked) {
            signOut('The account or its token is no longer valid. Please sign in again.');
        }
        throw failure;
    }
}

export const getJson = async (path, options) => (await request(path, options)).json();
export const getText = async (path, options) => (await request(path, { accept: '*/*', ...options })).text();

/** Saves what the API answers as a file. */
export async function download(path, fileName) {
    const blob = await (await request(path, { accept: '*/*' })).blob();
    const url = URL.createObjectURL(blob);
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
