'use strict';
// Makes, reads, lists and changes calls with one of the libraries; what it saw is one line of JSON.
const twilio = require('twilio');
const { RestClient } = require('@signalwire/compatibility-api');

const [library, base, sid, token, to, url] = process.argv.slice(2);

function client() {
  if (library === 'twilio') {
    const made = twilio(sid, token);
    made.api.baseUrl = base;
    return made;
  }
  const made = new RestClient(sid, token, { signalwireSpaceUrl: 'space.example' });
  made.api.baseUrl = base;
  return made;
}

async function until(ask, status) {
  for (let i = 0; i < 200; i++) {
    const call = await ask();
    if (call.status === status) {
      return call;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`never ${status}`);
}

async function refused(promise) {
  try {
    await promise;
    return null;
  } catch (error) {
    return { status: error.status, code: error.code, message: error.message };
  }
}

async function main() {
  const api = client();
  const seen = {};
  const made = await api.calls.create({ to, from: library, url: `${url}/pause`, statusCallback: `${url}/status`,
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'], timeout: 20 });
  seen.made = { sid: made.sid, accountSid: made.accountSid, status: made.status, direction: made.direction, to: made.to,
    created: made.dateCreated instanceof Date && !Number.isNaN(made.dateCreated.getTime()), uri: made.uri };
  const live = await until(() => api.calls(made.sid).fetch(), 'in-progress');
  seen.live = { status: live.status, endTime: live.endTime };
  seen.listed = (await api.calls.list({ status: 'in-progress', from: library, limit: 20 })).map(call => call.sid);
  await api.calls(made.sid).update({ twiml: '<Response><Pause length="60"/></Response>' });
  const ended = await api.calls(made.sid).update({ status: 'completed' });
  const past = await until(() => api.calls(made.sid).fetch(), 'completed');
  seen.ended = { status: ended.status, past: past.status, duration: past.duration, endTime: past.endTime instanceof Date };
  const more = [];
  for (let i = 0; i < 3; i++) {
    const call = await api.calls.create({ to, from: `${library}-page`, twiml: '<Response><Hangup/></Response>' });
    await until(() => api.calls(call.sid).fetch(), 'completed');
    more.push(call.sid);
  }
  const paged = await api.calls.list({ from: `${library}-page`, pageSize: 2 });
  seen.paged = { made: more, found: paged.filter(call => call.direction === 'outbound-api').map(call => call.sid) };
  seen.later = (await api.calls.list({ from: `${library}-page`, startTimeAfter: new Date(Date.now() + 86400000), limit: 5 })).length;
  seen.unknown = await refused(api.calls('none').fetch());
  seen.machine = await refused(api.calls.create({ to, from: library, url: `${url}/pause`, machineDetection: 'Enable' }));
  seen.number = await refused(api.calls.create({ to: '+4930123456', from: library, url: `${url}/pause` }));
  console.log(JSON.stringify(seen));
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
